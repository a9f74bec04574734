from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "plaza.directory"
    label = "directory"

    def ready(self) -> None:
        from plaza.core.records import record_kinds
        from plaza.directory.domain.records import ORGANISATIONS, PEOPLE, POSTS
        from plaza.directory.domain.records_of_cities import CITIES

        for kind in (CITIES, PEOPLE, POSTS, ORGANISATIONS):
            record_kinds.add(kind.name, kind)
