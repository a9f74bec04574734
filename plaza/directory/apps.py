from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "plaza.directory"
    label = "directory"

    def ready(self) -> None:
        from plaza.core.records import record_kinds
        from plaza.directory.choices import ClaimState, PlaceRole
        from plaza.directory.domain.records import ORGANISATIONS, PEOPLE, POSTS
        from plaza.directory.domain.records_of_cities import CITIES

        for kind in (CITIES, PEOPLE, POSTS, ORGANISATIONS):
            record_kinds.add(kind.name, kind)
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.core.changes import unseen
        from plaza.core.merging import followers, shares
        from plaza.core.personal import Holding, holdings
        from plaza.core.routes import add_rules
        from plaza.directory.domain import personal
        from plaza.directory.domain.following import FOLLOWING
        from plaza.directory.domain.twins import places_of_posts
        from plaza.directory.models import CityApplication, HandOver
        from plaza.directory.routes import ROUTES
        from plaza.ui.navigation import Entry, account_pages, workspace_pages

        hidden = ("KnownAddress", "Claim", "RoleInPlace", "Invitation", "JoinRequest", "CityApplication", "HandOver")
        unseen.add("directory", tuple(f"directory.{name}" for name in (*hidden, "Twins", "Merge", "NameWord")))
        add_rules("directory", ROUTES)
        for name, each in FOLLOWING.items():
            followers.add(name, each)
        shares.add("posts", places_of_posts)
        holdings.add(
            "directory",
            Holding(
                _("Your person in the directory, your roles in cities and institutions, and invitations to you"),
                personal.tell,
                personal.erase,
                _(
                    "Your page is taken away and your name is shown no more. Those who run the network still see it in the"
                    " records of the archive."
                ),
                codes={"role": PlaceRole, "state": ClaimState},
            ),
        )
        account_pages.add("places", Entry(_("Your cities and institutions"), "directory:places", position=60))
        account_pages.add("page", Entry(_("Your page"), "directory:own-page", position=5))
        workspace_pages.add(
            "invitations",
            Entry(_("Invitations, and who asks to join"), "directory:invitations", position=40, shown_to=is_staff),
        )
        workspace_pages.add(
            "accounts", Entry(_("Accounts and roles"), "directory:accounts", position=42, shown_to=is_staff)
        )
        workspace_pages.add(
            "applications",
            Entry(
                _("Cities that apply"), "directory:applications", position=37, shown_to=is_staff,
                waiting=lambda: CityApplication.objects.waiting(),
            ),
        )  # fmt: skip
        workspace_pages.add(
            "member-cities",
            Entry(_("Member cities"), "directory:member-cities", position=38, shown_to=is_staff),
        )
        workspace_pages.add(
            "hand-overs",
            Entry(
                _("Hand-overs"), "directory:hand-overs", position=39, shown_to=is_staff,
                waiting=lambda: HandOver.objects.open(),
            ),
        )  # fmt: skip
        workspace_pages.add(
            "claims", Entry(_("Claimed pages of people"), "directory:claims", position=45, shown_to=is_staff)
        )
