from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "plaza.ingest"
    label = "ingest"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.core.changes import unseen
        from plaza.core.provenance import tellers
        from plaza.core.routes import add_rules
        from plaza.ingest.domain.sources import MARK, pages_that_tell, was_told_by_a_page
        from plaza.ingest.models import Proposal
        from plaza.ingest.routes import ROUTES
        from plaza.meetings.domain.doors import marks
        from plaza.ui.navigation import Entry, workspace_pages

        unseen.add("ingest", ("ingest.BroughtCalendar", "ingest.BroughtEvent"))
        add_rules("ingest", ROUTES)
        marks.add(MARK, was_told_by_a_page())
        tellers.add("ingest", pages_that_tell)
        workspace_pages.add(
            "pages",
            Entry(
                _("Read an old page"),
                "ingest:pages",
                position=30,
                shown_to=is_staff,
                waiting=lambda: Proposal.objects.waiting(),
            ),
        )
        workspace_pages.add(
            "calendars", Entry(_("Bring in a calendar"), "ingest:calendars", position=31, shown_to=is_staff)
        )
