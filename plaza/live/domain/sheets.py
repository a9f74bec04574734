"""What was asked, as rows of a sheet; the first names the columns. Who did not want to be named is not."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from plaza.core.languages import NATIVE_NAMES
from plaza.live.models import QuestionQuerySet


def asked_sheet(rows: QuestionQuerySet) -> Iterator[Sequence[str]]:
    """Of one meeting."""
    yield [
        *(_("Meeting"), _("Number"), _("Question"), _("Language"), _("State"), _("People who second it")),
        *(_("Name"), _("City"), _("Session"), _("Asked at"), _("Answer"), _("Joined to number"), _("Why dismissed")),
    ]
    for row in rows.for_list().select_related("room__meeting").most_wanted_first():
        yield [
            *(row.room.meeting.title, str(row.number), row.words, NATIVE_NAMES[row.language]),
            *(str(row.get_state_display()), str(getattr(row, "n", 0)), row.asked_by, row.asked_from),
            *(row.session.title if row.session else "", f"{row.asked_at:%Y-%m-%d %H:%M} UTC", row.answer),
            *(str(row.merged_into.number) if row.merged_into else "", row.reason),
        ]
