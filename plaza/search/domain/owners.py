"""What recordings and meetings tell of themselves in the query that reads them: their topics, and who was on stage."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from plaza.accounts.access import Asker
from plaza.knowledge.models import Recording
from plaza.meetings.models import Appearance, Session
from plaza.topics.models import Topic


def annotated(rows: QuerySet[Any], user: Asker) -> QuerySet[Any]:
    """Each with `topic_facts` (code, names) and `stage_facts` (slug and name of the person; id, population, country of
    the city, all null where none is known) of the sessions that `user` may see."""
    topics, appearances = (
        Topic.objects.all(),
        Appearance.objects.filter(session__in=Session.objects.visible_to(user), person__is_withdrawn=False),
    )
    if rows.model is Recording:
        topics, appearances = (
            topics.filter(works=OuterRef("work")),
            appearances.filter(session__works=OuterRef("work")),
        )
    else:
        topics, appearances = (
            topics.filter(meetings=OuterRef("pk")),
            appearances.filter(session__meeting=OuterRef("pk")),
        )
    on_stage = JSONObject(
        person="person__slug",
        name="person__name",
        city="city",
        population="city__population",
        country="city__country",
        country_names="city__country__names",
    )
    found: QuerySet[Any] = rows.annotate(
        topic_facts=ArraySubquery(topics.values(json=JSONObject(code="code", names="names"))),
        stage_facts=ArraySubquery(appearances.order_by("pk").values(json=on_stage)),
    )
    return found
