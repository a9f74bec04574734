from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "plaza.portal"
    label = "portal"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.ui.navigation import Entry, navigation, workspace_pages

        navigation.add("cities", Entry(_("Cities"), "portal:cities", position=40))
        navigation.add("workspace", Entry(_("Workspace"), "portal:workspace", position=90, shown_to=is_staff))
        workspace_pages.add("lost-links", Entry(_("Lost links"), "portal:lost-links", position=40, shown_to=is_staff))
