"""Putting together what asks the same. `alike` knows when it does; here is what is written down of it."""

import logging
from typing import Final

from django.db import transaction

from plaza.core import locks
from plaza.core.languages import known
from plaza.directory.models import City
from plaza.retrieval.encoders import Encoder, EncoderAbsent
from plaza.retrieval.engines import encoders
from plaza.search.choices import AskedState
from plaza.search.domain.alike import AboutWhat, Groups, about_what, pack, unpack
from plaza.search.domain.naming import CitiesNamed
from plaza.search.models import AskedGroup, AskedQuestion

log: Final = logging.getLogger(__name__)

# Questions of one job: a second or two of the encoder.
AT_ONCE: Final = 500
# One at a time groups: two workers would each make a group of the same question.
LOCK: Final = "search: groups"


def group_waiting() -> bool:
    """Puts the questions that wait with those that ask the same, in any language; whether more may wait.

    The same words ask the same; otherwise the quick encoder decides. Without it words alone serve, and what they
    left apart is looked at again once it answers. Twice, or in two workers at once, it does what it does once.
    """
    with transaction.atomic():
        locks.hold(LOCK)
        about = _meanings()
        encoder = encoders().quick if about else None
        waiting = list(AskedQuestion.objects.waiting()[:AT_ONCE])
        _name_cities(waiting)
        standing = AskedQuestion.objects.standing_for_their_groups(encoder.name if encoder else "")
        groups = Groups((row.group_id, row.vector) for row in standing if row.group_id and row.vector)
        by_words = dict(
            AskedQuestion.objects.filter(group__isnull=False, folded__in={row.folded for row in waiting})
            .order_by("-pk")
            .values_list("folded", "group_id")
        )
        for row in waiting:
            vector = unpack(row.vector) if encoder and row.vector is not None else None
            key = by_words.get(row.folded) or (groups.nearest(vector) if vector is not None else None)
            if key is None:
                topic = about(vector) if about and vector is not None else None
                key = _begin(row, topic).pk
                if vector is not None:
                    groups.add(key, vector)
            by_words[row.folded] = key
            row.group_id = key
        AskedQuestion.objects.bulk_update(waiting, ["group"])
    return len(waiting) == AT_ONCE


def _meanings() -> AboutWhat | None:
    """Sees that every question has its vector; gives what tells topics by them. None while the encoder is away."""
    encoder = encoders().quick
    if encoder is None:
        return None
    try:
        with transaction.atomic():
            _give_vectors(encoder)
            return about_what(encoder)
    except EncoderAbsent as reason:
        log.warning("questions are grouped by their words alone: %s", reason)
        return None


def _give_vectors(encoder: Encoder) -> None:
    by_words_alone = list(
        AskedGroup.objects.filter(state=AskedState.OPEN)
        .exclude(questions__vector__isnull=False)
        .values_list("pk", flat=True)
    )
    rows = AskedQuestion.objects.exclude(encoder=encoder.name).order_by("pk")
    while batch := list(rows[:AT_ONCE]):
        languages = [language for row in batch if (language := known(row.language))]
        vectors = encoder.encode([row.question for row in batch], languages, "query")
        for row, vector in zip(batch, vectors, strict=True):
            row.vector, row.encoder = pack(vector), encoder.name
        AskedQuestion.objects.bulk_update(batch, ["vector", "encoder"])
    # Deleting a group sets its questions free, to be put together by what they mean.
    AskedGroup.objects.filter(pk__in=by_words_alone).delete()


def _name_cities(questions: list[AskedQuestion]) -> None:
    if not questions:
        return
    named = CitiesNamed(City.objects.members().only("names"))
    Link = AskedQuestion.cities.through
    Link.objects.bulk_create(
        [Link(askedquestion_id=row.pk, city_id=key) for row in questions for key in sorted(named(row.question))],
        ignore_conflicts=True,
    )


def _begin(question: AskedQuestion, topic: str | None) -> AskedGroup:
    return AskedGroup.objects.create(
        question=question.question, language=question.language, topic_id=topic, created_on=question.asked_on
    )
