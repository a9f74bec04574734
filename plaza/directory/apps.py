from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "plaza.directory"
    label = "directory"
