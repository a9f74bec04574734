from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "plaza.mail"
    label = "mail"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.core.changes import unseen
        from plaza.core.health import examinations
        from plaza.core.personal import Holding, holdings
        from plaza.core.routes import add_rules
        from plaza.mail.choices import LetterState
        from plaza.mail.domain import personal
        from plaza.mail.domain.health import examine_mail
        from plaza.mail.routes import ROUTES

        unseen.add("mail", ("mail",))
        add_rules("mail", ROUTES)
        holdings.add(
            "mail",
            Holding(
                _("Letters to your address"),
                personal.tell,
                personal.erase,
                _("That you left a list of letters is kept as a hash, so that you get none again."),
                codes={"state": LetterState},
            ),
        )
        examinations.add("mail", examine_mail)
