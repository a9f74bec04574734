from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "plaza.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.conf import settings
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.choices import NetworkRole
        from plaza.accounts.domain import personal
        from plaza.accounts.routes import ENTRANCE, PROVIDER, ROUTES
        from plaza.core.changes import unseen
        from plaza.core.personal import Holding, holdings
        from plaza.core.routes import add_rules
        from plaza.ui.navigation import Entry, account_pages

        unseen.add("accounts", ("accounts",))
        add_rules("accounts", ROUTES)
        add_rules("", ENTRANCE)
        if settings.OIDC:
            add_rules("", PROVIDER)
        holdings.add(
            "accounts",
            Holding(
                _("Your account, where you are signed in, and what you did here"),
                personal.tell,
                personal.erase,
                _("What you did in the network stays in its history, without your name."),
                codes={"role": NetworkRole},
            ),
        )
        account_pages.add("address", Entry(_("Change your e-mail address"), "accounts:address", position=10))
        account_pages.add("password", Entry(_("Set a password"), "accounts:password", position=20))
        account_pages.add("sessions", Entry(_("Where you are signed in"), "accounts:sessions", position=40))
        account_pages.add("data", Entry(_("What is kept of you"), "accounts:data", position=80))
        account_pages.add("erase", Entry(_("Erase your account"), "accounts:erase", position=90))
