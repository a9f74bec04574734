"""Looking at an address, and writing down what came of it: when it is believed to be dead, when it is looked at again."""

import datetime as dt
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import egress, history
from plaza.core.egress import Heard, NotFetched
from plaza.knowledge.choices import LinkAnswer, MaterialState
from plaza.knowledge.models import Material

# Servers have bad days: this many failures, over at least so long. "No such page" is worth two.
MOST_FAILURES: Final = 3
PATIENCE: Final = dt.timedelta(days=7)
WEIGHT: Final = {LinkAnswer.NOT_THERE: 2, LinkAnswer.WRONG: 1, LinkAnswer.SILENT: 1, LinkAnswer.INSIDE: 1}

DAY: Final = dt.timedelta(days=1)
# Together with the number of the row: about monthly, and not all on one day.
A_MONTH: Final = dt.timedelta(days=28)
SPREAD_DAYS: Final = 5
# What fails is looked at sooner, and then ever more rarely: after as long as it has been failing.
SOONEST: Final = dt.timedelta(days=4)
RAREST: Final = dt.timedelta(days=90)
MOST_STATUS: Final = 999

SHOWN_TO_SOME: Final = frozenset((401, 402, 403, 405, 406, 407, 408, 423, 425, 429, 451))
INSIDE: Final = frozenset((egress.NOT_PUBLIC,))
ASTRAY: Final = frozenset((egress.TOO_MANY_REDIRECTS, egress.NOT_AN_ADDRESS, egress.TOO_LONG))


@dataclass(frozen=True, slots=True)
class Look:
    """`wait`: how long the server asked us to stay away."""

    answer: LinkAnswer
    status: int | None = None
    moved_to: str = ""
    wait: dt.timedelta | None = None


def look_at(url: str, *, seconds: float = egress.TIMEOUT_SECONDS) -> Look:
    """One light request. Never raises: that nobody answers is an answer."""
    try:
        heard = egress.look(url, seconds=seconds)
    except NotFetched as reason:
        if reason.why in INSIDE:
            return Look(LinkAnswer.INSIDE)
        return Look(LinkAnswer.WRONG if reason.why in ASTRAY else LinkAnswer.SILENT)
    answer = _answer(url, heard)
    moved_to = _kept_address(heard.moved_to) if answer == LinkAnswer.THERE else ""
    return Look(answer, min(heard.status, MOST_STATUS), moved_to, _asked_to_wait(heard))


def _answer(url: str, heard: Heard) -> LinkAnswer:
    # 416: it is there, and has no first byte.
    if 200 <= heard.status < 300 or heard.status == 416:
        was_front, is_front = _is_front_page(url), _is_front_page(heard.url)
        return LinkAnswer.FRONT_PAGE if is_front and not was_front else LinkAnswer.THERE
    if heard.status in (404, 410):
        return LinkAnswer.NOT_THERE
    if heard.status in SHOWN_TO_SOME or heard.status >= 500:
        return LinkAnswer.NOT_SHOWN
    return LinkAnswer.WRONG


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _kept_address(url: str) -> str:
    try:
        return egress.web_address(url) if url else ""
    except NotFetched:
        return ""


def _asked_to_wait(heard: Heard) -> dt.timedelta | None:
    """Retry-After, in seconds or as a date (RFC 9110); between an hour and three months, whatever it says."""
    if heard.status not in (429, 503) or not heard.retry_after:
        return None
    asked = heard.retry_after.strip()
    if asked.isascii() and asked.isdigit():
        wait = dt.timedelta(seconds=min(int(asked[:9]), RAREST.total_seconds()))
    else:
        try:
            until = parsedate_to_datetime(asked)
        except ValueError:
            return None
        wait = (until if until.tzinfo else until.replace(tzinfo=dt.UTC)) - timezone.now()
    return min(max(wait, dt.timedelta(hours=1)), RAREST)


@transaction.atomic
def note(*, material_id: int, url: str, look: Look, by: User | None = None) -> Material | None:
    """Writes down what a look at `url` gave. None where another address stands there meanwhile, or it was given up."""
    rows = Material.objects.watched().select_for_update(of=("self",)).select_related("work")
    row = rows.filter(pk=material_id, url=url).first()
    if row is None:
        return None
    now = timezone.now()
    row.answer, row.status, row.moved_to, row.checked_at = look.answer, look.status, look.moved_to, now
    if look.answer == LinkAnswer.THERE:
        row.failures, row.failing_since = 0, None
        if row.died_at is not None:
            _alive_again(row, by)
    elif look.answer in WEIGHT:
        row.failures = min(row.failures + WEIGHT[look.answer], 1000)
        row.failing_since = row.failing_since or now
        if row.died_at is None and row.failures >= MOST_FAILURES and now - row.failing_since >= PATIENCE:
            _dead(row, now, by)
    row.check_after = _next_look(row, look, now)
    row.save(
        update_fields=[
            *("answer", "status", "moved_to", "checked_at", "check_after"),
            *("failures", "failing_since", "died_at", "state"),
        ]
    )
    return row


def _dead(row: Material, now: dt.datetime, by: User | None) -> None:
    row.died_at = now
    if row.state == MaterialState.LINKED:
        row.state = MaterialState.GONE
    history.record(verb="address died", by=by, subject=row.work, url=row.url, answer=row.answer, status=row.status)


def _alive_again(row: Material, by: User | None) -> None:
    row.died_at = None
    if row.state == MaterialState.GONE:
        row.state = MaterialState.LINKED
    history.record(verb="address found again", by=by, subject=row.work, url=row.url)


def _next_look(row: Material, look: Look, now: dt.datetime) -> dt.datetime:
    if look.wait is not None:
        return now + look.wait
    if look.answer == LinkAnswer.NO_LINE:
        return now + DAY
    if look.answer == LinkAnswer.NOT_SHOWN:
        return now + PATIENCE
    if row.failing_since is not None:
        return now + min(max(DAY * (now - row.failing_since).days, SOONEST), RAREST)
    return now + A_MONTH + DAY * (row.pk % SPREAD_DAYS)
