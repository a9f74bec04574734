"""What goes with a letter: small texts of ours, kept in the outbox with its words and the same each time they go out."""

from dataclasses import dataclass, field
from email.mime.text import MIMEText

from plaza.mail.models import Letter


@dataclass(frozen=True, slots=True)
class Attached:
    """`kind` is the second half of its media type: `calendar`. Its bytes go out as they are, line ends and all."""

    name: str
    kind: str
    text: str
    parameters: dict[str, str] = field(default_factory=dict)


def parts_of(letter: Letter) -> list[MIMEText]:
    return [_part(Attached(**each)) for each in letter.attachments]


def _part(attached: Attached) -> MIMEText:
    part = MIMEText(attached.text, attached.kind, "utf-8")
    for name, value in attached.parameters.items():
        part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=attached.name)
    return part
