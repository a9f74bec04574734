"""Asking for the letters, confirming it by a link, and the choice of somebody who is signed in."""

import uuid
from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone, translation

from plaza.accounts.models import User
from plaza.core import history, rate
from plaza.core.languages import Language, known
from plaza.core.plain import plain_line
from plaza.core.secret_links import hash_of
from plaza.directory.models import KnownAddress
from plaza.mail.domain import lists, outbox
from plaza.newsletters.choices import Source
from plaza.newsletters.domain.consent import VERSION, consent_words
from plaza.newsletters.domain.links import leaving_link, link_of, token_of
from plaza.newsletters.models import LIST, LONGEST_NAME, Subscriber
from plaza.topics.models import Topic

# Letters go to an address that anybody may have typed: few, and none with words of whoever typed it.
CONFIRMATIONS: Final = rate.Limit("letters to confirm a subscription", burst=3, every=3600)


@transaction.atomic
def ask(*, email: str, language: Language, name: str = "", topics: Iterable[Topic] = ()) -> None:
    """Writes a letter with the link that confirms; somebody who gets the letters already is told so in a letter, and
    nothing of hers changes. Whoever asks learns nothing of it."""
    subscriber = _row_of(email, language)
    gets_them = Subscriber.objects.with_consent().filter(pk=subscriber.pk).exists()
    if not gets_them:
        _begin(subscriber, name, language, Source.PAGE)
        subscriber.topics.set(topics)
    if rate.take(CONFIRMATIONS, subscriber.email):
        outbox.write(
            to=subscriber.email,
            language=subscriber.language,
            template="newsletters/already" if gets_them else "newsletters/confirm",
            values={"link": leaving_link(subscriber.email, language) if gets_them else link_of(subscriber)},
        )


@transaction.atomic
def confirm(*, token: str) -> Subscriber | None:
    """Used twice, the link confirms once. None for one that is too old, or was never written."""
    subscriber = Subscriber.objects.select_for_update().opened_by(token).first()
    if subscriber is None or subscriber.is_too_old:
        return None
    if subscriber.confirmed_at is None:
        _agree(subscriber)
    return subscriber


@transaction.atomic
def subscribe_account(*, user: User, topics: Iterable[Topic] = ()) -> Subscriber:
    """Somebody signed in has proved her address already."""
    subscriber = _row_of(user.email, known(user.language) or "es")
    if not Subscriber.objects.with_consent().filter(pk=subscriber.pk).exists():
        _begin(subscriber, user.name, user.language, Source.ACCOUNT)
        _agree(subscriber)
    subscriber.topics.set(topics)
    return subscriber


@transaction.atomic
def leave_account(*, user: User) -> None:
    """The same as one click in a letter."""
    lists.leave(lists.place_of(LIST, user.email))


def link_known(rows: "QuerySet[Subscriber]") -> None:
    """Which account and which person of the directory have the address. For those who confirmed it only: an address that
    somebody merely typed is nobody's."""
    proved = rows.filter(confirmed_at__isnull=False)
    accounts = User.objects.filter(email=OuterRef("email"), is_active=True)
    proved.filter(user__isnull=True).update(user=Subquery(accounts.values("pk")[:1]))
    people = KnownAddress.objects.filter(email__iexact=OuterRef("email")).order_by("pk")
    proved.filter(person__isnull=True).update(person=Subquery(people.values("person")[:1]))


def _row_of(email: str, language: str) -> Subscriber:
    """The one row of an address, held until the deed is done; ten who ask at once make one."""
    email, key = email.strip().lower(), uuid.uuid4()
    new = Subscriber(key=key, email=email)
    with translation.override(language):
        words = consent_words()
    Subscriber.objects.get_or_create(
        email=email,
        defaults={
            "key": key,
            "token_hash": hash_of(token_of(new)),
            "address_hash": lists.place_of(LIST, email).address_hash,
            "language": language,
            "consent_words": words,
            "consent_version": VERSION,
        },
    )
    return Subscriber.objects.select_for_update().get(email=email)


def _begin(subscriber: Subscriber, name: str, language: str, source: Source) -> None:
    """As on the first day. A link of yesterday holds while it waits; one that was used before confirms nothing now."""
    if subscriber.confirmed_at is not None or subscriber.ended_at is not None:
        subscriber.key = uuid.uuid4()
    with translation.override(language):
        subscriber.consent_words = consent_words()
    subscriber.token_hash = hash_of(token_of(subscriber))
    subscriber.name, subscriber.language = plain_line(name)[:LONGEST_NAME], language
    subscriber.consent_version, subscriber.source = VERSION, source
    subscriber.asked_at, subscriber.confirmed_at = timezone.now(), None
    subscriber.ended_at, subscriber.why_ended, subscriber.reason = None, "", ""
    subscriber.save()


def _agree(subscriber: Subscriber) -> None:
    """Who had left the list comes back to it: only her own link, or her account, can do that."""
    subscriber.confirmed_at = timezone.now()
    subscriber.save(update_fields=["confirmed_at"])
    lists.come_back(lists.place_of(LIST, subscriber.email))
    link_known(Subscriber.objects.filter(pk=subscriber.pk))
    history.record(verb="subscribed", by=None, subject=subscriber)
