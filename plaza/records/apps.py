from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "plaza.records"
    label = "records"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.core.changes import unseen
        from plaza.core.routes import add_rules
        from plaza.records.routes import ROUTES
        from plaza.ui.navigation import Entry, workspace_pages

        unseen.add("records", ("records",))
        add_rules("records", ROUTES)
        workspace_pages.add("records", Entry(_("Records"), "records:records", position=10, shown_to=is_staff))
