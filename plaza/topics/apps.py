from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "plaza.topics"
    label = "topics"
