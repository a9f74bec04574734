from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "plaza.certificates"
    label = "certificates"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.certificates.choices import CertificateState
        from plaza.certificates.domain import personal
        from plaza.certificates.domain.doors import desk_doors_of, own_doors_of
        from plaza.certificates.domain.health import examine_certificates
        from plaza.certificates.models import Certificate
        from plaza.certificates.routes import ROUTES
        from plaza.core.changes import unseen
        from plaza.core.health import examinations
        from plaza.core.merging import Follows, followers
        from plaza.core.personal import Holding, holdings
        from plaza.core.routes import add_rules
        from plaza.meetings.domain.doors import desk_doors
        from plaza.registration.domain.doors import own_doors
        from plaza.ui.navigation import Entry, account_pages

        # What a code says is asked for each time, and stands on no page that is kept.
        unseen.add("certificates", ("certificates",))
        add_rules("certificates", ROUTES)
        # Of two standing ones of one meeting, the doubled one stays with the record that goes: both codes hold.
        followers.add(
            "certificates.Certificate.person",
            Follows(lambda pk: Certificate.objects.filter(person=pk), same=("meeting_id", "state"), is_left=True),
        )
        holdings.add(
            "certificates",
            Holding(
                _("Your certificates"),
                personal.tell,
                personal.erase,
                stays=_(
                    "The code of a certificate stays, without your name: whoever verifies it reads that it was withdrawn."
                ),
                codes={"state": CertificateState},
            ),
        )
        examinations.add("certificates", examine_certificates)
        desk_doors.add("certificates", desk_doors_of)
        own_doors.add("certificates", own_doors_of)
        account_pages.add("certificates", Entry(_("Your certificates"), "certificates:own-certificates", position=61))
