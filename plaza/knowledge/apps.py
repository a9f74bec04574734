from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "plaza.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.core.merging import Follows, followers
        from plaza.core.personal import Holding, holdings
        from plaza.core.records import record_kinds
        from plaza.core.routes import add_rules
        from plaza.core.subjects import Subject, subjects
        from plaza.directory.domain.withdrawing import before_hiding
        from plaza.knowledge.domain import personal
        from plaza.knowledge.domain.records import WORKS
        from plaza.knowledge.models import Segment, Work
        from plaza.knowledge.routes import MEDIA, ROUTES
        from plaza.ui.navigation import Entry, navigation

        add_rules("knowledge", ROUTES)
        followers.add("knowledge.Segment.person", Follows(lambda pk: Segment.objects.filter(person=pk)))
        holdings.add(
            "knowledge",
            Holding(
                _("Recordings in which you speak"),
                personal.tell,
                stays=_(
                    "What was said in public stays as a fact of the archive; ask for a correction if something should go."
                ),
            ),
        )
        before_hiding.add("knowledge", personal.note_by_label)
        add_rules("media", MEDIA)
        subjects.add(
            "knowledge:recording",
            Subject(lambda slug, user: Work.objects.visible_to(user).filter(slug=slug, kind="recording").first()),
        )
        navigation.add("recordings", Entry(_("Recordings"), "knowledge:recordings", position=20))
        record_kinds.add(WORKS.name, WORKS)
