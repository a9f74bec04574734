from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "plaza.files"
    label = "files"
