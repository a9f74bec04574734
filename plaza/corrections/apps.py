from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "plaza.corrections"
    label = "corrections"

    def ready(self) -> None:
        from django.contrib.contenttypes.models import ContentType
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.core.changes import unseen
        from plaza.core.health import examinations
        from plaza.core.merging import Follows, followers
        from plaza.core.personal import Holding, holdings
        from plaza.core.routes import add_rules
        from plaza.corrections.choices import CorrectionKind, CorrectionState
        from plaza.corrections.domain import personal
        from plaza.corrections.domain.health import examine_corrections
        from plaza.corrections.models import Correction
        from plaza.corrections.routes import ROUTES
        from plaza.directory.models import Person
        from plaza.ui.navigation import Entry, workspace_pages

        unseen.add("corrections", ("corrections",))
        add_rules("corrections", ROUTES)
        # Not a foreign key: a request names its record in general.
        followers.add(
            "corrections.Correction.subject",
            Follows(
                lambda pk: Correction.objects.filter(
                    subject_type=ContentType.objects.get_for_model(Person), subject_id=pk
                ),
                field="subject_id",
            ),
        )
        holdings.add(
            "corrections",
            Holding(
                _("Requests for a correction with your address"),
                personal.tell,
                personal.erase,
                _("Of a request, its number, its days and its outcome stay; what is still open is withdrawn."),
                codes={"kind": CorrectionKind, "state": CorrectionState},
            ),
        )
        examinations.add("corrections", examine_corrections)
        workspace_pages.add(
            "corrections",
            Entry(
                _("Corrections asked for"),
                "corrections:asked-for",
                position=25,
                shown_to=is_staff,
                waiting=lambda: Correction.objects.open(),
            ),
        )
