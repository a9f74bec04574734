"""A newsletter: written in four languages, tried, sent, paused, stopped."""

from typing import Final, TypeAlias

from django.db import transaction
from django.db.models import Count
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from plaza.accounts.models import User
from plaza.core import history, jobs
from plaza.core.languages import LANGUAGES
from plaza.core.plain import plain_line, plain_text
from plaza.mail.domain import outbox
from plaza.mail.models import Letter
from plaza.network.domain.settings import the_settings
from plaza.newsletters.choices import CopyState, IssueState
from plaza.newsletters.domain.links import leaving_link
from plaza.newsletters.domain.segments import contacts
from plaza.newsletters.models import LIST, LONGEST_SUBJECT, LONGEST_TEXT, Copy, Issue, IssueText, Segment, Subscriber

AT_A_TIME: Final = 2000
Words: TypeAlias = dict[str, tuple[str, str]]


class NotADraft(Exception):
    """It was sent meanwhile: its words stay as they are."""


class NotUnderWay(Exception):
    """It is not being sent, or not any more."""


class NoWords(Exception):
    """It has no words in the language that stands in for those that are missing."""


class NoSegment(Exception):
    """Nobody said for whom it is."""


class NobodyThere(Exception):
    """Its segment means nobody: there is nothing to send."""


@transaction.atomic
def begin(*, by: User) -> Issue:
    issue = Issue.objects.create(default_language=the_settings().language)
    history.record(verb="newsletter begun", by=by, subject=issue)
    return issue


@transaction.atomic
def write(*, issue: Issue, words: Words, segment: Segment | None, by: User) -> Issue:
    """`words`: subject and text by language; a language without either has no words. Raises NotADraft."""
    here = _draft(issue)
    here.segment = segment
    here.save(update_fields=["segment"])
    for language in LANGUAGES:
        subject, text = words.get(language, ("", ""))
        subject, text = plain_line(subject)[:LONGEST_SUBJECT], plain_text(text)[:LONGEST_TEXT]
        if subject and text:
            here.texts.update_or_create(language=language, defaults={"subject": subject, "text": text})
        else:
            here.texts.filter(language=language).delete()
    history.record(verb="newsletter written", by=by, subject=here)
    return here


@transaction.atomic
def try_out(*, issue: Issue, by: User) -> list[Letter]:
    """To oneself, in each language that has words, as subscribers will get it."""
    letters = []
    for text in issue.texts.order_by("pk"):
        with translation.override(text.language):
            subject = _("Test: %(subject)s") % {"subject": text.subject}
        letter = outbox.write(
            to=by.email,
            name=by.name,
            language=text.language,
            template="newsletters/issue",
            values=_values(text, by.email) | {"subject": subject, "day": timezone.localdate()},
        )
        letters += [letter] if letter else []
    if not letters:
        raise NoWords(issue.pk)
    return letters


@transaction.atomic
def send(*, issue: Issue, by: User) -> Issue:
    """To each whom the segment means at this moment. Raises NotADraft, NoWords, NoSegment, NobodyThere; then nothing was
    sent to anybody."""
    here = _draft(issue)
    languages = set(here.texts.values_list("language", flat=True))
    if here.default_language not in languages:
        raise NoWords(here.pk)
    if here.segment is None:
        raise NoSegment(here.pk)
    meant = list(contacts(here.segment.choices).order_by("pk").values_list("pk", "language"))
    if not meant:
        raise NobodyThere(here.segment.pk)
    here.state, here.sent_at, here.addressed = IssueState.SENDING, timezone.now(), len(meant)
    here.save(update_fields=["state", "sent_at", "addressed"])
    Copy.objects.bulk_create(
        (
            Copy(issue=here, subscriber_id=pk, language=language if language in languages else here.default_language)
            for pk, language in meant
        ),
        batch_size=AT_A_TIME,
    )
    history.record(verb="newsletter sent", by=by, subject=here, segment=here.segment.name, addressed=here.addressed)
    _write_on()
    return here


@transaction.atomic
def pause(*, issue: Issue, by: User) -> None:
    """Letters that are written already still go out; no more are written."""
    _move(issue, {IssueState.SENDING}, IssueState.PAUSED, "newsletter paused", by)


@transaction.atomic
def go_on(*, issue: Issue, by: User) -> None:
    _move(issue, {IssueState.PAUSED}, IssueState.SENDING, "newsletter went on", by)
    _write_on()


@transaction.atomic
def stop(*, issue: Issue, by: User) -> None:
    """For good. Copies that were not written stay so."""
    _move(issue, {IssueState.SENDING, IssueState.PAUSED}, IssueState.STOPPED, "newsletter stopped", by)


def write_copy(copy: Copy, text: IssueText) -> Letter | None:
    """None where the subscriber left meanwhile."""
    subscriber: Subscriber = copy.subscriber
    if subscriber.ended_at is not None or subscriber.confirmed_at is None:
        return None
    return outbox.write(
        to=subscriber.email,
        name=subscriber.name,
        language=text.language,
        template="newsletters/issue",
        values=_values(text, subscriber.email) | {"day": timezone.localdate(subscriber.confirmed_at)},
        list_name=LIST,
    )


def _values(text: IssueText, email: str) -> dict[str, object]:
    return {"subject": text.subject, "text": text.text, "leave": leaving_link(email, text.language)}


def _draft(issue: Issue) -> Issue:
    here = Issue.objects.select_for_update(of=("self",)).select_related("segment").get(pk=issue.pk)
    if not here.is_draft:
        raise NotADraft(here.pk)
    return here


def _move(issue: Issue, those: set[IssueState], to: IssueState, verb: str, by: User) -> None:
    closed_at = timezone.now() if to == IssueState.STOPPED else None
    if not Issue.objects.filter(pk=issue.pk, state__in=those).update(state=to, closed_at=closed_at):
        raise NotUnderWay(issue.pk)
    history.record(verb=verb, by=by, subject=issue)


def _write_on() -> None:
    jobs.later("plaza.newsletters.tasks.write_on", once_as="write newsletters")


def counts_of(issue: Issue) -> dict[str, int]:
    """How many copies came to what; of a newsletter of long ago, as it was kept."""
    counts = dict(issue.copies.order_by().values_list("state").annotate(n=Count("pk"))) or issue.outcome
    return {state: counts.get(state, 0) for state in CopyState.values}
