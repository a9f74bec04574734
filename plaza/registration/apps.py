from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "plaza.registration"
    label = "registration"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.core.changes import unseen
        from plaza.core.health import examinations
        from plaza.core.merging import Follows, followers
        from plaza.core.personal import Holding, holdings
        from plaza.core.routes import add_rules
        from plaza.directory.choices import Sector
        from plaza.mail.domain.lists import MailingList, lists
        from plaza.meetings.domain.doors import desk_doors, doors, marks
        from plaza.meetings.domain.versions import when_told
        from plaza.registration.choices import RegistrationState
        from plaza.registration.domain import personal, versions
        from plaza.registration.domain.doors import MARK, desk_doors_of, doors_of, has_a_desk
        from plaza.registration.domain.health import examine_registration
        from plaza.registration.domain.telling import AFTERWARDS, REMINDERS, left_behind_by, reminders_of
        from plaza.registration.models import Registration
        from plaza.registration.routes import ROUTES
        from plaza.ui.navigation import Entry, account_pages

        # Who registers changes no page for everybody; whether a desk is open or full does, and stands in the desk.
        names = (
            "Answer",
            "Consent",
            "DoorKeeper",
            "Invitation",
            "KeptSeats",
            "OwnCalendar",
            "Question",
            "Registration",
            "Telling",
        )
        unseen.add("registration", tuple(f"registration.{name}" for name in names))
        add_rules("registration", ROUTES)
        followers.add("registration.Registration.person", Follows(lambda pk: Registration.objects.filter(person=pk)))
        holdings.add(
            "registration",
            Holding(
                _("Meetings you registered for"),
                personal.tell,
                personal.erase,
                codes={"state": RegistrationState, "sector": Sector},
            ),
        )
        lists.add(REMINDERS, MailingList(_("reminders of meetings"), of=reminders_of))
        lists.add(AFTERWARDS, MailingList(_("what meetings left behind"), of=left_behind_by))
        examinations.add("registration", examine_registration)
        marks.add(MARK, has_a_desk())
        doors.add("registration", doors_of)
        desk_doors.add("registration", desk_doors_of)
        account_pages.add("registrations", Entry(_("Your meetings"), "registration:own", position=60))
        when_told.add("registration", versions.ask_telling)
