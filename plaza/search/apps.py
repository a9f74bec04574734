from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "plaza.search"
    label = "search"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.core import jobs
        from plaza.core.changes import unseen
        from plaza.core.health import examinations
        from plaza.core.personal import Holding, holdings
        from plaza.core.routes import add_rules
        from plaza.knowledge.domain.recordings import when_published
        from plaza.retrieval.apertium.protecting import names
        from plaza.search.domain.health import examine_search
        from plaza.search.domain.naming import names_of_places
        from plaza.search.models import AskedGroup
        from plaza.search.routes import ROUTES
        from plaza.ui.navigation import Entry, navigation, workspace_pages

        unseen.add("search", ("search",))
        add_rules("search", ROUTES)
        holdings.add(
            "search",
            Holding(
                _("Questions you asked"),
                lambda whom: [],
                stays=_(
                    "The words of a question are kept without whoever asked it, so none can be shown or erased as yours."
                ),
            ),
        )
        when_published.add(
            "search",
            lambda recording: jobs.later("plaza.search.tasks.index_recording", recording_id=recording.pk),
        )
        names.add("places", names_of_places)
        examinations.add("search", examine_search)
        navigation.add("search", Entry(_("Ask"), "search:answer", position=10))
        workspace_pages.add(
            "asked",
            Entry(
                _("What was asked"),
                "search:asked",
                position=20,
                shown_to=is_staff,
                waiting=lambda: AskedGroup.objects.waiting_in_vain(),
            ),
        )
