from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "plaza.core"
    label = "core"

    def ready(self) -> None:
        from plaza.core import examinations as look
        from plaza.core.health import examinations

        examinations.add("database", look.examine_database)
        examinations.add("disk", look.examine_disk)
        examinations.add("jobs", look.examine_queue)
