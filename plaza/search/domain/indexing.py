"""Keeping the index in step with what is published. Each deed may run twice, in any order."""

import logging
from typing import Final

from django.db import transaction

from plaza.core import jobs
from plaza.core.languages import Language, known
from plaza.knowledge.choices import RecordingState
from plaza.knowledge.models import Recording, Work
from plaza.meetings.choices import MeetingStatus
from plaza.meetings.models import Meeting
from plaza.retrieval import index
from plaza.retrieval.encoders import EncoderAbsent
from plaza.retrieval.engines import encoders, names_in_use
from plaza.retrieval.passages import NewPassage
from plaza.retrieval.usual import note_usual
from plaza.search.domain.passages import passages_of, told_passages
from plaza.search.domain.shelves import AUDIENCES, shelf_of, shelves
from plaza.search.models import QuoteTranslation

log: Final = logging.getLogger(__name__)

RECORDING: Final = "recording"
MEETING: Final = "meeting"
AT_ONCE: Final = 32
# E5 takes some 60 ms a passage: a job of this many stays under half a minute and can be taken up again.
CAREFUL_AT_ONCE: Final = 8


def index_recording(recording_id: int) -> int:
    """Makes a recording's words findable, by words and the quick encoder at once; the careful one
    follows in jobs of its own. Returns how many passages there are."""
    recording = Recording.objects.select_related("work").filter(pk=recording_id).first()
    transcript = recording.transcript if recording else None
    if recording is None or transcript is None or not recording.work.is_published:
        _place(RECORDING, recording_id, None, [])
        return 0
    language = known(transcript.language)
    if language is None:
        return 0
    work = recording.work
    passages = passages_of(
        list(transcript.segments.all()),
        language,
        work.visibility,
        context=work.title,
        headings=_headings(work),
    )
    _place(RECORDING, recording_id, work.visibility, passages)
    fill_quick()
    with transaction.atomic():
        Recording.objects.filter(pk=recording_id, state=RecordingState.PUBLISHED).update(state=RecordingState.INDEXED)
        jobs.later("plaza.search.tasks.fill_careful", queue="careful", once_as="fill careful")
    return len(passages)


def _headings(work: Work) -> list[tuple[str, Language]]:
    """Title and summary in every language somebody has written them in."""
    own = known(work.language)
    written = [(getattr(work, field), own) for field in work.translated_fields]
    written += [(row.text, known(row.language)) for row in work.translations.all()]
    return [(text, language) for text, language in written if text and language]


def index_meeting(meeting_id: int) -> None:
    """A meeting is found by its title and summary, each in the language it was written in."""
    meeting = Meeting.objects.prefetch_related("translations").filter(pk=meeting_id).first()
    if meeting is None or meeting.status == MeetingStatus.DRAFT:
        _place(MEETING, meeting_id, None, [])
        return
    language = known(meeting.language)
    assert language is not None  # a choice field
    passages = told_passages(meeting.title, meeting.summary, language, meeting.visibility)
    _place(MEETING, meeting_id, meeting.visibility, passages)
    fill_quick()
    jobs.later("plaza.search.tasks.fill_careful", queue="careful", once_as="fill careful")


@transaction.atomic
def _place(source: str, pk: int, audience: str | None, passages: list[NewPassage]) -> None:
    """Puts a source on the shelf of its audience and takes it from the others; from all where it has none. What was quoted of
    it may be said otherwise now, or be for nobody."""
    QuoteTranslation.objects.filter(source=source, source_id=str(pk)).delete()
    for each in AUDIENCES:
        if each == audience:
            index.put(collection=shelf_of(each), source=source, source_id=str(pk), passages=passages)
        else:
            index.remove(collection=shelf_of(each), source=source, source_id=str(pk))


def fill_quick() -> int:
    """Vectors of the quick encoder for every passage and every word that has none. Without it, words still serve."""
    _fill_words()
    return _fill(careful=False, most=None)


def fill_careful() -> bool:
    """Vectors of the careful encoder for the next few passages; whether there may be more to do."""
    return _fill(careful=True, most=CAREFUL_AT_ONCE) == CAREFUL_AT_ONCE


def quicken() -> None:
    """Once an index is large, a graph for each encoder makes it quick; what a former encoder left is forgotten when
    nobody asks with it any more. Costs nothing when there is nothing to do."""
    at_hand = encoders()
    engines = [(engine.name, engine.dimensions) for engine in (at_hand.careful, at_hand.quick) if engine]
    for shelf in shelves():
        index.quicken(shelf, engines)
        if in_use := names_in_use(shelf):
            index.forget_encoders(shelf, in_use)


def measure_usual() -> None:
    """What usual questions have with passages that were read before that was measured. Nothing to do, mostly."""
    at_hand = encoders()
    for shelf in shelves():
        for engine in (at_hand.careful, at_hand.quick):
            if engine is not None:
                try:
                    note_usual(shelf, engine)
                except EncoderAbsent as reason:
                    log.warning("usual questions wait for %s: %s", engine.name, reason)


def _fill_words() -> None:
    words = encoders().words
    if words is None:
        return
    try:
        for shelf in shelves():
            while index.embed_words(shelf, words):
                pass
    except EncoderAbsent as reason:
        log.warning("words wait for %s: %s", words.name, reason)


def _fill(*, careful: bool, most: int | None) -> int:
    at_hand = encoders()
    encoder = at_hand.careful if careful else at_hand.quick
    if encoder is None:
        return 0
    done = 0
    for shelf in shelves():
        while most is None or done < most:
            rows = index.waiting(shelf, encoder, most=min(AT_ONCE, (most or AT_ONCE + done) - done))
            if not rows:
                break
            try:
                index.embed(shelf, encoder, rows)
            except EncoderAbsent as reason:
                log.warning("passages wait for %s: %s", encoder.name, reason)
                return done
            done += len(rows)
    return done
