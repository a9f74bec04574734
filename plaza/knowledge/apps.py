from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "plaza.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.core.records import record_kinds
        from plaza.core.subjects import Subject, subjects
        from plaza.knowledge.domain.records import WORKS
        from plaza.knowledge.models import Work
        from plaza.ui.navigation import Entry, navigation

        subjects.add(
            "knowledge:recording",
            Subject(lambda slug, user: Work.objects.visible_to(user).filter(slug=slug, kind="recording").first()),
        )
        navigation.add("recordings", Entry(_("Recordings"), "knowledge:recordings", position=20))
        record_kinds.add(WORKS.name, WORKS)
