from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "plaza.core"
    label = "core"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from plaza.core import examinations as look
        from plaza.core.changes import unseen, watch_tables
        from plaza.core.health import examinations

        unseen.add("core", ("core.DataChange", "core.HistoryEntry", "core.TokenBucket"))
        # Django's own signal, told to the whole: tables of every package are there by then.
        post_migrate.connect(watch_tables, dispatch_uid="watch tables")
        examinations.add("database", look.examine_database)
        examinations.add("disk", look.examine_disk)
        examinations.add("jobs", look.examine_queue)
