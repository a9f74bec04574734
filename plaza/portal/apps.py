from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "plaza.portal"
    label = "portal"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.core.routes import add_rules
        from plaza.core.subjects import Subject, subjects
        from plaza.directory.models import Organization, Twins
        from plaza.knowledge.models import Material
        from plaza.mail.models import Letter
        from plaza.portal.domain.subjects import find_city, find_person
        from plaza.portal.routes import ROUTES
        from plaza.ui.navigation import Entry, navigation, workspace_pages

        add_rules("portal", ROUTES)
        navigation.add("cities", Entry(_("Cities"), "portal:cities", position=40))
        navigation.add("people", Entry(_("People"), "portal:people", position=50))
        navigation.add("workspace", Entry(_("Workspace"), "portal:workspace", position=90, shown_to=is_staff))
        workspace_pages.add(
            "letters",
            Entry(
                _("Letters"),
                "portal:letters",
                position=60,
                shown_to=is_staff,
                waiting=lambda: Letter.objects.doubtful(),
            ),
        )
        workspace_pages.add(
            "twins",
            Entry(
                _("Two records of one person"),
                "portal:twins",
                position=48,
                shown_to=is_staff,
                waiting=lambda: Twins.objects.open(),
            ),
        )
        workspace_pages.add("statistics", Entry(_("Statistics"), "portal:statistics", position=80, shown_to=is_staff))
        subjects.add("portal:city", Subject(find_city, lambda city: str(city.full_name)))
        subjects.add("portal:organisation", Subject(lambda slug, user: Organization.objects.filter(slug=slug).first()))
        subjects.add("portal:person", Subject(find_person))
        workspace_pages.add(
            "lost-links",
            Entry(
                _("Lost links"),
                "portal:lost-links",
                position=40,
                shown_to=is_staff,
                waiting=lambda: Material.objects.to_be_mended(),
            ),
        )
