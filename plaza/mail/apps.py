from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "plaza.mail"
    label = "mail"

    def ready(self) -> None:
        from plaza.core.health import examinations
        from plaza.core.routes import add_rules
        from plaza.mail.domain.health import examine_mail
        from plaza.mail.routes import ROUTES

        add_rules("mail", ROUTES)
        examinations.add("mail", examine_mail)
