from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "plaza.network"
    label = "network"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.core.routes import add_rules
        from plaza.core.site import namers
        from plaza.network.domain.face import network_name
        from plaza.network.routes import FACE, ROUTES
        from plaza.ui.navigation import Entry, workspace_pages

        add_rules("network", ROUTES)
        add_rules("face", FACE)
        namers.add("network", network_name)
        workspace_pages.add(
            "settings", Entry(_("Network settings"), "network:settings", position=80, shown_to=is_staff)
        )
        workspace_pages.add("own-pages", Entry(_("Own pages"), "network:pages", position=81, shown_to=is_staff))
