from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class QuestionState(models.TextChoices):
    """(waiting →) asked → answered | merged | dismissed; each of the three may be undone."""

    WAITING = "waiting", pgettext_lazy("question from the room", "waits for the moderator")
    ASKED = "asked", pgettext_lazy("question from the room", "not answered")
    ANSWERED = "answered", pgettext_lazy("question from the room", "answered")
    MERGED = "merged", pgettext_lazy("question from the room", "joined to another")
    DISMISSED = "dismissed", pgettext_lazy("question from the room", "dismissed")


_Q = QuestionState
# Whatever is not here cannot happen.
NEXT: Final[dict[QuestionState, tuple[QuestionState, ...]]] = {
    _Q.WAITING: (_Q.ASKED, _Q.DISMISSED),
    _Q.ASKED: (_Q.ANSWERED, _Q.MERGED, _Q.DISMISSED),
    _Q.ANSWERED: (_Q.ASKED,),
    _Q.MERGED: (_Q.ASKED,),
    # Back where it was: nothing is shown that nobody let pass.
    _Q.DISMISSED: (_Q.ASKED, _Q.WAITING),
}
# Nobody has answered them: they may become the next meeting.
UNANSWERED: Final = (_Q.WAITING, _Q.ASKED)


class PollState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("poll", "being prepared")
    OPEN = "open", pgettext_lazy("poll", "open")
    CLOSED = "closed", pgettext_lazy("poll", "closed")
