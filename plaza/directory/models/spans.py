"""Spans of days in the database: one row at a time for one thing. An integer is compared as a range of itself, so that
no extension of PostgreSQL is needed."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db.models import F, Func, Q, Value


def one_at_a_time(of: str, *, condition: Q, name: str) -> ExclusionConstraint:
    """From `start` to the last day `end`, both counted; nothing means without end."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (_range("int8range", BigIntegerRangeField(), of, of), RangeOperators.OVERLAPS),
            (_range("daterange", DateRangeField(), "start", "end"), RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


def _range(function: str, field: Any, first: str, last: str) -> Func:
    return Func(F(first), F(last), Value("[]"), function=function, output_field=field)
