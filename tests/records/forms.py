"""The records that are kept, their pages, and what the form of one sends."""

from plaza.core.records import record_kinds


def page(kind, record=None):
    return f"/es/workspace/records/{kind}/{record.pk if record else 'new'}/"


def as_it_stands(kind, record, /, **others):
    """What the form of a record sends when nobody touches it, but for `others`."""
    columns = [column for column in record_kinds[kind].columns if not column.is_fixed]
    sent = {}
    for column in columns:
        value = column.get(record)
        sent[column.name] = column.field().prepare_value(value) if value is not None else ""
    return sent | others


KINDS = [
    "cities", "people", "posts", "organisations", "works", "series", "meetings", "sessions", "appearances", "organisers",
    "indicators", "indicator-values",
]  # fmt: skip
