from django.apps import AppConfig


class RetrievalConfig(AppConfig):
    name = "plaza.retrieval"
    label = "retrieval"

    def ready(self) -> None:
        from plaza.core.changes import unseen  # apps load before models

        unseen.add("retrieval", ("retrieval",))
