from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "plaza.corrections"
    label = "corrections"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.core.health import examinations
        from plaza.core.routes import add_rules
        from plaza.corrections.domain.health import examine_corrections
        from plaza.corrections.routes import ROUTES
        from plaza.ui.navigation import Entry, workspace_pages

        add_rules("corrections", ROUTES)
        examinations.add("corrections", examine_corrections)
        workspace_pages.add(
            "corrections",
            Entry(_("Corrections asked for"), "corrections:asked-for", position=25, shown_to=is_staff),
        )
