from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "plaza.ui"
    label = "ui"
