from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "plaza.mail"
    label = "mail"

    def ready(self) -> None:
        from plaza.core.health import examinations
        from plaza.mail.domain.health import examine_mail

        examinations.add("mail", examine_mail)
