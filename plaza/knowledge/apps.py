from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "plaza.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.core.routes import add_rules
        from plaza.core.subjects import Subject, subjects
        from plaza.knowledge.models import Work
        from plaza.knowledge.routes import MEDIA, ROUTES
        from plaza.ui.navigation import Entry, navigation

        add_rules("knowledge", ROUTES)
        add_rules("media", MEDIA)
        subjects.add(
            "knowledge:recording",
            Subject(lambda slug, user: Work.objects.visible_to(user).filter(slug=slug, kind="recording").first()),
        )
        navigation.add("recordings", Entry(_("Recordings"), "knowledge:recordings", position=20))
