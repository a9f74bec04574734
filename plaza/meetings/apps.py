from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "plaza.meetings"
    label = "meetings"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.core.changes import unseen
        from plaza.core.health import examinations
        from plaza.core.merging import at_once, followers, shares
        from plaza.core.personal import Holding, holdings
        from plaza.core.records import record_kinds
        from plaza.core.routes import add_rules
        from plaza.core.subjects import Subject, subjects
        from plaza.meetings.choices import AppearanceRole
        from plaza.meetings.domain import personal
        from plaza.meetings.domain.following import FOLLOWING, shared, stages_of_both
        from plaza.meetings.domain.health import examine_video_server
        from plaza.meetings.domain.online import address_of_the_end, telling
        from plaza.meetings.domain.records import MEETINGS, SERIES
        from plaza.meetings.domain.records_of_organisers import ORGANISERS
        from plaza.meetings.domain.records_of_sessions import APPEARANCES, SESSIONS
        from plaza.meetings.models import Meeting
        from plaza.meetings.routes import ROOM_ROUTES, ROUTES
        from plaza.ui.navigation import Entry, navigation, workspace_pages

        unseen.add("meetings", ("meetings.ProgrammeVersion", "meetings.OnlineVenue", "meetings.FoundRecording"))
        examinations.add("video server", examine_video_server)
        add_rules("meetings", ROUTES)
        add_rules("rooms", ROOM_ROUTES)
        telling.add("meetings", address_of_the_end)
        followers.add("meetings.Appearance.person", FOLLOWING)
        at_once.add("meetings", stages_of_both)
        shares.add("meetings", shared)
        holdings.add(
            "meetings",
            Holding(
                _("Meetings in which you were on stage"),
                personal.tell,
                stays=_("That somebody spoke in a meeting stays as a fact of the archive, without your name."),
                codes={"role": AppearanceRole},
            ),
        )
        subjects.add(
            "meetings:meeting",
            Subject(lambda slug, user: Meeting.objects.visible_to(user).filter(slug=slug).first()),
        )
        navigation.add("meetings", Entry(_("Meetings"), "meetings:meetings", position=30))
        workspace_pages.add(
            "meetings", Entry(_("Meetings being prepared"), "meetings:desk", position=12, shown_to=is_staff)
        )
        for kind in (SERIES, MEETINGS, SESSIONS, APPEARANCES, ORGANISERS):
            record_kinds.add(kind.name, kind)
