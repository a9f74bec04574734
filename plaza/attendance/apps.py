from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "plaza.attendance"
    label = "attendance"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.attendance.domain import personal
        from plaza.attendance.domain.arriving import address_for_reports, note_present, waits_to_be_read
        from plaza.attendance.domain.doors import desk_doors_of
        from plaza.attendance.models import AttendanceImport, AttendanceRow
        from plaza.attendance.routes import REPORT_ROUTES, ROUTES
        from plaza.core.changes import unseen
        from plaza.core.merging import Follows, followers, shares
        from plaza.core.personal import Holding, holdings
        from plaza.core.routes import add_rules
        from plaza.directory.choices import Sector
        from plaza.meetings.domain.doors import desk_doors
        from plaza.meetings.domain.online import still_reading, telling
        from plaza.meetings.domain.rooms import when_seen
        from plaza.ui.navigation import Entry, workspace_pages

        # Who came stands on no page for everybody.
        unseen.add("attendance", ("attendance",))
        add_rules("attendance", ROUTES)
        add_rules("reports", REPORT_ROUTES)
        telling.add("attendance", address_for_reports)
        when_seen.add("attendance", note_present)
        still_reading.add("attendance", waits_to_be_read)
        followers.add("attendance.AttendanceRow.person", Follows(lambda pk: AttendanceRow.objects.filter(person=pk)))
        shares.add("attendance", personal.shared)
        holdings.add(
            "attendance",
            Holding(
                _("Meetings you came to"),
                personal.tell,
                personal.erase,
                stays=_("That somebody of your city came stays as a number, without your name and your address."),
                codes={"sector": Sector},
            ),
        )
        desk_doors.add("attendance", desk_doors_of)
        workspace_pages.add(
            "attendance",
            Entry(
                _("Who came"),
                "attendance:overview",
                position=28,
                shown_to=is_staff,
                waiting=lambda: AttendanceImport.objects.waiting(),
            ),
        )
