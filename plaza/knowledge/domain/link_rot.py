"""The round of the addresses: those that are due, one request at a time to each host, with a pause.

Each answer is written down before the next question, so whoever is killed in the middle has lost one question at most.
"""

import heapq
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Max
from django.utils import timezone

from plaza.knowledge.choices import LinkAnswer
from plaza.knowledge.domain.addresses import DAY, Look, look_at, note
from plaza.knowledge.domain.robots import Wishes, wishes_of
from plaza.knowledge.models import Material

# Seconds between two requests to one host.
PAUSE: Final = 3.0
# A site that wants longer pauses than this is asked once a round.
LONGEST_PAUSE: Final = 30.0
# Of one batch: a worker has other things to do.
SECONDS: Final = 60.0
# While a question is out, nobody else asks it; if its answer is never written down, it is asked again after this.
CLAIM: Final = DAY / 24
# So many hosts silent, and none that answers: it is our own line.
OUR_LINE: Final = 2


@dataclass(frozen=True, slots=True)
class Due:
    pk: int
    url: str
    host: str


@dataclass(slots=True)
class Round:
    """What one batch has learnt: the wishes of each host, whether anybody answered, who has not."""

    wishes: dict[str, Wishes] = field(default_factory=dict)
    somebody_answered: bool = False
    silent: list[Due] = field(default_factory=list)

    def hear(self, due: Due, look: Look) -> None:
        if look.answer != LinkAnswer.SILENT:
            note(material_id=due.pk, url=due.url, look=look)
            if look.answer not in (LinkAnswer.INSIDE, LinkAnswer.NOT_WANTED):
                self.somebody_answered = True
        else:
            self.silent.append(due)
        if self.somebody_answered:
            self.settle(LinkAnswer.SILENT)

    def settle(self, answer: LinkAnswer) -> None:
        while self.silent:
            due = self.silent.pop()
            note(material_id=due.pk, url=due.url, look=Look(answer))

    def end(self) -> None:
        alone = len({due.host for due in self.silent}) > OUR_LINE
        self.settle(LinkAnswer.NO_LINE if alone else LinkAnswer.SILENT)


def check_due(*, most: int, seconds: float = SECONDS, pause: float = PAUSE) -> int:
    """Looks at the addresses that are due, the longest due first, at most so many and about so long. Returns how many
    were looked at."""
    until = time.monotonic() + seconds
    queues: dict[str, deque[Due]] = defaultdict(deque)
    for due in _due(most):
        queues[due.host].append(due)
    ready = [(moment, host) for host, moment in _free_from(list(queues), pause)]
    heapq.heapify(ready)
    learnt, looked = Round(), 0
    while ready:
        moment, host = heapq.heappop(ready)
        if max(moment, time.monotonic()) > until:
            break
        time.sleep(max(0.0, moment - time.monotonic()))
        if host not in learnt.wishes:
            # The question for its wishes is a request too: a pause follows, then the first address.
            learnt.wishes[host] = wishes_of(queues[host][0].url)
            rest = pause
        else:
            looked += _ask_next(queues[host], learnt)
            rest = max(pause, learnt.wishes[host].pause)
        if queues[host]:
            heapq.heappush(ready, (time.monotonic() + (rest if learnt.wishes[host].answers else 0.0), host))
    learnt.end()
    return looked


def _ask_next(queue: "deque[Due]", learnt: Round) -> int:
    due = queue.popleft()
    wishes = learnt.wishes[due.host]
    if not _claimed(due):
        return 0
    if not wishes.answers:
        look = Look(LinkAnswer.SILENT)
    elif not wishes.allows(due.url):
        look = Look(LinkAnswer.NOT_SHOWN if wishes.is_closed else LinkAnswer.NOT_WANTED)
    else:
        look = look_at(due.url)
    learnt.hear(due, look)
    if look.wait is not None or wishes.pause > LONGEST_PAUSE:
        queue.clear()
        _put_off(due.host, timezone.now() + (look.wait or DAY))
    return 1


def _due(most: int) -> Iterator[Due]:
    rows = Material.objects.watched().filter(check_after__lte=timezone.now()).order_by("check_after", "pk")
    return (Due(*row) for row in rows.values_list("pk", "url", "host")[:most])


def _free_from(hosts: list[str], pause: float) -> Iterator[tuple[str, float]]:
    """From when on each host may be asked: the batch before this one may have asked it a moment ago."""
    now, here = timezone.now(), time.monotonic()
    lately = (
        Material.objects.filter(host__in=hosts, checked_at__gt=now - DAY).values("host").annotate(at=Max("checked_at"))
    )
    asked = {row["host"]: (now - row["at"]).total_seconds() for row in lately}
    return ((host, here + max(0.0, pause - asked.get(host, pause))) for host in hosts)


def _claimed(due: Due) -> bool:
    now = timezone.now()
    still = Material.objects.watched().filter(pk=due.pk, url=due.url, check_after__lte=now)
    return bool(still.update(check_after=now + CLAIM))


def _put_off(host: str, until: object) -> None:
    Material.objects.filter(host=host, check_after__lt=until).update(check_after=until)
