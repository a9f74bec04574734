"""What somebody asked, seconded and voted while meetings ran."""

from typing import Any

from django.db.models import Q, QuerySet

from plaza.core.personal import Whom
from plaza.live.domain.rooms import beat, held
from plaza.live.models import Question, Room, Seconding, Vote
from plaza.registration.models import Registration


def _registrations(whom: Whom) -> "QuerySet[Registration]":
    return Registration.objects.filter(Q(email__iexact=whom.email) | Q(user=whom.user))


def tell(whom: Whom) -> list[dict[str, Any]]:
    """What is kept of her here, for her dump: what she asked, seconded, voted."""
    hers = _registrations(whom)
    told: list[dict[str, Any]] = []
    for row in Question.objects.filter(asker__in=hers).select_related("room__meeting").order_by("pk"):
        told.append(
            {
                "what": "question to a meeting",
                "meeting": row.room.meeting.title,
                "words": row.words,
                "language": row.language,
                "state": row.state,
                "shown_with_name": row.is_named,
                "asked": row.asked_at.isoformat(),
            }
        )
    for each in Seconding.objects.filter(registration__in=hers).select_related("question").order_by("pk"):
        told.append({"what": "seconding", "question": each.question.words, "given": each.at.isoformat()})
    for vote in Vote.objects.filter(registration__in=hers).select_related("poll").order_by("pk"):
        lines = vote.poll.choices.splitlines()
        chosen = ", ".join(lines[number] for number in vote.chosen)
        told.append({"what": "vote", "question": vote.poll.question, "answer": chosen, "given": vote.at.isoformat()})
    return told


def erase(whom: Whom) -> None:
    """The questions stay, without her: the meeting answered them, and others seconded them. That somebody seconded or voted
    stays as a number."""
    hers = list(_registrations(whom).values_list("pk", flat=True))
    rooms = Room.objects.filter(
        Q(questions__asker__in=hers)
        | Q(questions__secondings__registration__in=hers)
        | Q(polls__votes__registration__in=hers)
    )
    for room in rooms.distinct().order_by("pk"):
        held(room)
        beat(room)
    Question.objects.filter(asker__in=hers).update(asker=None, is_named=False)
    Seconding.objects.filter(registration__in=hers).update(registration=None)
    Vote.objects.filter(registration__in=hers).update(registration=None)
