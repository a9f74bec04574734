from django.apps import AppConfig


class RetrievalConfig(AppConfig):
    name = "plaza.retrieval"
    label = "retrieval"
