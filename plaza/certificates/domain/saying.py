"""What a certificate says, in a language. Her page, the PDF and whoever verifies read the same."""

from dataclasses import dataclass

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plaza.certificates.models import Certificate
from plaza.core.times import in_minutes
from plaza.core.translations import Words
from plaza.meetings.choices import MeetingKind


@dataclass(frozen=True, slots=True)
class Said:
    """`facts` are lines of their own: day, hours, modules."""

    heading: str
    opening: str
    name: str
    city: str
    deed: str
    title: Words
    facts: list[str]
    issuer: str
    issued: str
    asks_to_verify: str


def said(certificate: Certificate, language: str) -> Said:
    row = certificate
    with translation.override(language):
        is_course = row.kind == MeetingKind.COURSE
        return Said(
            heading=_("Certificate of completion") if is_course else _("Certificate of participation"),
            opening=_("This is to certify that"),
            name=row.name,
            city=row.city,
            deed=_("completed the course") if is_course else _("took part in"),
            title=Words(row.title, row.title_language),
            facts=_facts(row),
            issuer=row.issuer,
            issued=_("Issued on %(day)s")
            % {"day": formats.date_format(timezone.localtime(row.issued_at), "DATE_FORMAT")},
            asks_to_verify=_("Verify this certificate by its code %(code)s:") % {"code": row.shown_code},
        )


def hours_and_minutes(seconds: int) -> str:
    """`2 h`, `1 h 30 min`, `45 min`: as the four languages write it."""
    hours, minutes = divmod(in_minutes(seconds) or 0, 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{minutes} min"] if minutes or not hours else [])])


def _facts(row: Certificate) -> list[str]:
    found = [str(row.date)] if row.date else []
    if row.length:
        found.append(_("Length: %(hours)s") % {"hours": hours_and_minutes(row.length)})
    if row.seconds:
        found.append(_("Present: %(hours)s") % {"hours": hours_and_minutes(row.seconds)})
    if row.modules is not None and row.all_modules:
        modules = ngettext("%(done)d of %(n)d module", "%(done)d of %(n)d modules", row.all_modules)
        found.append(modules % {"done": row.modules, "n": row.all_modules})
    if row.meeting.is_fictional:
        found.append(_("Demonstration: what this certificate tells of is invented"))
    return found
