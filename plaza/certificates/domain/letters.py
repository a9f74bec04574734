"""Letters about a certificate, in her language. Until she has proved her address, no word that was typed into a form stands
in one: anybody may have typed her address."""

from typing import Any

from plaza.certificates.domain.links import link_of
from plaza.certificates.models import Certificate
from plaza.mail.domain import outbox
from plaza.mail.models import Letter


def write(certificate: Certificate, template: str, *, is_proved: bool, **values: Any) -> Letter | None:
    """None where no address is known."""
    if not certificate.email:
        return None
    return outbox.write(
        to=certificate.email,
        name=certificate.name if is_proved else "",
        language=certificate.language,
        template=f"certificates/{template}",
        values={"title": certificate.title, "code": certificate.shown_code, "link": link_of(certificate), **values},
    )


def is_proved(certificate: Certificate) -> bool:
    """Her registration says it. Whoever came without one is named as the directory names her, by no stranger's form."""
    if certificate.registration is None:
        return certificate.person_id is not None
    return certificate.registration.address_confirmed_at is not None
