from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "plaza.meetings"
    label = "meetings"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.ui.navigation import Entry, navigation

        navigation.add("meetings", Entry(_("Meetings"), "meetings:meetings", position=30))
