"""What was asked, as rows of a sheet; the first names the columns. Who did not want to be named is not."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from plaza.core.languages import NATIVE_NAMES
from plaza.live.models import QuestionQuerySet


def asked_sheet(rows: QuestionQuerySet) -> Iterator[Sequence[str]]:
    yield [
        *(_("Meeting"), _("Number"), _("Question"), _("Language"), _("State"), _("People who second it")),
        *(_("Name"), _("City"), _("Session"), _("Asked at"), _("Answer"), _("Joined to number"), _("Why dismissed")),
    ]
    for row in rows.for_list().select_related("room__meeting").order_by("room__meeting_id", "-n", "number"):
        yield [
            *(row.room.meeting.title, str(row.number), row.words, NATIVE_NAMES[row.language]),
            *(str(row.get_state_display()), str(row.n), row.asked_by, row.asked_from),  # type: ignore[attr-defined]
            *(row.session.title if row.session else "", f"{row.asked_at:%Y-%m-%d %H:%M} UTC", row.answer),
            *(str(row.merged_into.number) if row.merged_into else "", row.reason),
        ]
