from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "plaza.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.core.records import record_kinds
        from plaza.knowledge.domain.records import WORKS
        from plaza.ui.navigation import Entry, navigation

        navigation.add("recordings", Entry(_("Recordings"), "knowledge:recordings", position=20))
        record_kinds.add(WORKS.name, WORKS)
