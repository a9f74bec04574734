"""Loading the shared words from the files beside this package. Loading again changes nothing."""

import json
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from plaza.core.languages import LANGUAGES
from plaza.topics.models import SdgGoal, SdgTarget, Topic

DATA: Final = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def load_topics() -> int:
    """Goals, targets and topics as the files have them; returns how many topics there are."""
    goals = _read("sdg.json")
    SdgGoal.objects.bulk_create(
        [
            SdgGoal(number=row["goal"], names=_names(row, "short_"), titles=_names(row, "title_"))
            for row in goals["goals"]
        ],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["names", "titles"],
    )
    SdgTarget.objects.bulk_create(
        [SdgTarget(code=row["target"], goal_id=row["goal"], names=_names(row, "")) for row in goals["targets"]],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["names", "goal"],
    )
    tops = _read("urban_topics.json")["topics"]
    rows = [row for top in tops for row in (top, *top["leaves"])]
    parents = {leaf["id"]: top["id"] for top in tops for leaf in top["leaves"]}
    topics = [_topic(row, parents.get(row["id"]), position) for position, row in enumerate(rows)]
    Topic.objects.bulk_create(
        topics,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["names", "parent", "position", "dac_codes", "hint_words"],
    )
    known = set(SdgTarget.objects.values_list("code", flat=True))
    Link = Topic.targets.through
    links = [
        Link(topic_id=topic.code, sdgtarget_id=code)
        for topic, row in zip(topics, rows, strict=True)
        for code in row.get("sdg", [])
        if code in known
    ]
    Link.objects.bulk_create(links, ignore_conflicts=True)
    return len(topics)


def _topic(row: dict[str, Any], parent: str | None, position: int) -> Topic:
    return Topic(
        code=f"{parent}/{row['id']}" if parent else row["id"],
        parent_id=parent,
        position=position,
        names=_names(row, ""),
        dac_codes=row.get("dac", []),
        hint_words=row.get("terms", []),
    )


def _names(row: dict[str, Any], prefix: str) -> dict[str, str]:
    return {language: row[prefix + language] for language in LANGUAGES}


def _read(name: str) -> dict[str, Any]:
    return dict(json.loads((DATA / name).read_text("utf-8")))
