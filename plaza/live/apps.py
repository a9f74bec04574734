from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "plaza.live"
    label = "live"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.core.changes import unseen
        from plaza.core.personal import Holding, holdings
        from plaza.core.routes import add_rules
        from plaza.live.choices import QuestionState
        from plaza.live.domain import personal
        from plaza.live.domain.asking import show_anew
        from plaza.live.domain.doors import MARK, desk_doors_of, doors_of, has_open_room, own_doors_of
        from plaza.live.routes import ROUTES
        from plaza.meetings.domain.doors import desk_doors, doors, marks
        from plaza.registration.domain.deciding import hear_changed
        from plaza.registration.domain.doors import own_doors
        from plaza.ui.navigation import Entry, workspace_pages

        # What happens in a room changes no page for everybody; whether it is open does.
        names = ("Poll", "Pulse", "Question", "Seconding", "Vote")
        unseen.add("live", tuple(f"live.{name}" for name in names))
        add_rules("live", ROUTES)
        holdings.add(
            "live",
            Holding(
                _("What you asked and voted while meetings ran"),
                personal.tell,
                personal.erase,
                stays=_(
                    "The words of your questions stay with the meeting, without your name; what you seconded and voted "
                    "stays as a number."
                ),
                codes={"state": QuestionState},
            ),
        )
        hear_changed.add("live", show_anew)
        marks.add(MARK, has_open_room())
        doors.add("live", doors_of)
        own_doors.add("live", own_doors_of)
        desk_doors.add("live", desk_doors_of)
        workspace_pages.add(
            "live", Entry(_("Questions nobody answered"), "live:live-unanswered", position=27, shown_to=is_staff)
        )
