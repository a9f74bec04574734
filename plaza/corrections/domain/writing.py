"""Letters to whoever asked, in her language."""

from plaza.corrections.domain.links import link_of
from plaza.corrections.models import Correction
from plaza.mail.domain import outbox


def tell(correction: Correction, template: str, text: str = "") -> None:
    """`mail/corrections/<template>.txt`; `text` is an answer of the network, never words of the asker."""
    outbox.write(
        to=correction.email,
        language=correction.language,
        template=f"corrections/{template}",
        values={"correction": correction, "link": link_of(correction), "text": text},
    )
