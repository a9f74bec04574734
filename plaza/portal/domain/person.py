"""What a person said, and where; what she knows, and what shows it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Min, Prefetch, QuerySet

from plaza.accounts.access import Asker
from plaza.core.translations import read_translations
from plaza.directory.access import Shown
from plaza.directory.models import Expertise, Person
from plaza.knowledge.models import Segment, Work
from plaza.meetings.models import Appearance
from plaza.portal.domain.stage import appearances_visible_to
from plaza.topics.models import Topic

# Of a talk that is evidence: enough to see that it was not once only.
TALKS_OF_A_TOPIC = 5


@dataclass
class Talk:
    """An appearance with the works of its session; each work with the second at which she begins to speak."""

    appearance: Appearance
    works: list[tuple[Any, float | None]]

    @property
    def heard(self) -> list[tuple[Any, float]]:
        return [(work, second) for work, second in self.works if second is not None]


@dataclass
class Known:
    """A topic: what is stated of it, if anything, and the talks that show it."""

    topic: Topic
    stated: Expertise | None = None
    talks: list[Talk] = field(default_factory=list)


def said_by_person(person: Person, user: Asker) -> "QuerySet[Appearance]":
    return appearances_visible_to(user).filter(person=person)


def talks_of(person: Person, user: Asker) -> list[Talk]:
    """Newest first; seven queries, however many."""
    rows = said_by_person(person, user).prefetch_related(None).select_related("organization")
    rows = rows.prefetch_related(
        Prefetch("session__meeting__topics", Topic.objects.order_by("position")),
        Prefetch("session__works", Work.objects.visible_to(user).select_related("recording", "material")),
    )
    appearances = list(rows)
    works = [work for row in appearances for work in row.session.works.all()]
    read_translations([*(row.session.meeting for row in appearances), *works])
    begins = dict(
        Segment.objects.filter(person=person, transcript__recording__work__in=works)
        .values("transcript__recording__work")
        .values_list("transcript__recording__work", Min("start"))
    )
    return [Talk(row, [(work, begins.get(work.pk)) for work in row.session.works.all()]) for row in appearances]


def knowledge_of(person: Person, talks: list[Talk], shown: Shown) -> list[Known]:
    """By topic: what she knows where the asker may see it, and what she spoke of; stated ones first. One query."""
    rows = person.expertise.select_related("topic") if "expertise" in shown else Expertise.objects.none()
    known = {row.topic_id: Known(row.topic, row) for row in rows}
    for talk in talks:
        for topic in talk.appearance.session.meeting.topics.all():
            each = known.setdefault(topic.pk, Known(topic))
            if len(each.talks) < TALKS_OF_A_TOPIC:
                each.talks.append(talk)
    return sorted(known.values(), key=lambda each: (each.stated is None, each.topic.position))
