"""Two records of one person become one: each package tells which of its rows point at a person, and what becomes of them.

What moved is written down, so that undoing puts back exactly that, and leaves what has changed since.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, QuerySet

from plaza.core.registry import Registry

# As JSON keeps it: by the name in the registry, what happened to its rows.
Moved: TypeAlias = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Follows:
    """Rows that point at a person with `field`, and go with her. `rows(pk)` are those of one person. Two rows that agree
    in all of `same` are one: the doubled one is folded into its twin, which takes from it what it lacks of `fills`, and
    what points at it (`brings`, by the key of a row) in the same way. Where `is_left`, the doubled one stays with the
    record that goes."""

    rows: Callable[[int], "QuerySet[Any]"]
    field: str = "person_id"
    same: tuple[str, ...] | None = None
    fills: tuple[str, ...] = ()
    brings: tuple["Follows", ...] = ()
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class Stays:
    """Rows that keep pointing at the record they were made for, and why."""

    why: str


# By the foreign key: `meetings.Appearance.person`. A test walks all models for one that was forgotten.
followers: Final[Registry[Follows | Stays]] = Registry("what follows a person into another record")


@dataclass(frozen=True, slots=True)
class Stage:
    """Somewhere both people were at the same time: what it is called, and its address."""

    name: str
    url: str


# Where two people (by their keys) were at once; asked before they become one.
at_once: Final[Registry[Callable[[int, int], list[Stage]]]] = Registry("where two people were at the same time")

# What people have in common, by person: pairs of what it is and its key, `("city", 12)`. All of them where None.
shares: Final[Registry[Callable[[Collection[int] | None], Mapping[int, set[tuple[str, int]]]]]] = Registry(
    "what people have in common"
)


def move_all(gone: int, kept: int) -> Moved:
    """Everything that follows. To be called in the deed's transaction."""
    moved: Moved = {}
    for name, each in followers.items():
        if isinstance(each, Follows) and (told := _move(each, gone, kept)):
            moved[name] = told
    return moved


def _move(each: Follows, gone: int, kept: int) -> dict[str, Any]:
    doubled: list[tuple[Any, Any]] = []
    if each.same is not None:
        there = {_key(row, each.same): row for row in each.rows(kept)}
        doubled = [(row, twin) for row in each.rows(gone) if (twin := there.get(_key(row, each.same)))]
    told: dict[str, Any] = {}
    if doubled and not each.is_left:
        told["folded"] = json.loads(serializers.serialize("json", [row for row, _ in doubled]))
        told["filled"] = [filled for row, twin in doubled for filled in _fill(each, row, twin)]
        brought = [[row.pk, twin.pk, [_move(one, row.pk, twin.pk) for one in each.brings]] for row, twin in doubled]
        told["brought"] = [each for each in brought if any(each[2])]
        each.rows(gone).filter(pk__in=[row.pk for row, _ in doubled]).delete()
    rows = each.rows(gone).exclude(pk__in=[row.pk for row, _ in doubled])
    told["moved"] = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.model._base_manager.filter(pk__in=told["moved"]).update(**{each.field: kept})
    return {name: value for name, value in told.items() if value}


def _key(row: Any, same: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in same)


def _fill(each: Follows, row: Any, twin: Any) -> list[list[Any]]:
    """What the twin lacks and the folded one knows: [its key, the field, the value]."""
    names = [name for name in each.fills if getattr(row, name) and not getattr(twin, name)]
    for name in names:
        setattr(twin, name, getattr(row, name))
    if names:
        twin.save(update_fields=[twin._meta.get_field(name).name for name in names])
    return [[twin.pk, name, _plain(getattr(row, name))] for name in names]


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str) else value.isoformat()


def move_back(moved: Moved, gone: int, kept: int) -> int:
    """Puts back what moved and has not changed since; returns how many rows could not be put back."""
    left = 0
    for name, told in moved.items():
        each = followers.get(name)
        if not isinstance(each, Follows):
            left += 1  # a package that is not here any more
            continue
        left += _put_back(each, told, gone, kept)
    return left


def _put_back(each: Follows, told: dict[str, Any], gone: int, kept: int) -> int:
    there = each.rows(kept).filter(pk__in=told.get("moved", []))
    pks = list(there.values_list("pk", flat=True))
    there.model._base_manager.filter(pk__in=pks).update(**{each.field: gone})
    left = len(told.get("moved", [])) - len(pks)
    for pk, field, value in told.get("filled", []):
        _empty(each.rows(kept).filter(pk=pk), field, value)
    left += sum(not _restored(row) for row in told.get("folded", []))
    for row, twin, brought in told.get("brought", []):
        if each.rows(gone).filter(pk=row).exists():
            left += sum(_put_back(one, what, row, twin) for one, what in zip(each.brings, brought, strict=True))
    return left


def _empty(rows: "QuerySet[Any]", field: str, value: Any) -> None:
    nothing = None if rows.model._meta.get_field(field).null else ""
    rows.filter(**{field: value}).update(**{field: nothing})


def _restored(told: dict[str, Any]) -> bool:
    """Whether a folded row stands again; what it pointed at may be gone."""
    try:
        with transaction.atomic():
            (row,) = serializers.deserialize("json", json.dumps([told]))
            if type(row.object)._base_manager.filter(pk=row.object.pk).exists():
                return False
            row.save()
            connection.check_constraints()
    except (IntegrityError, serializers.base.DeserializationError):
        return False
    return True


def foreign_keys_to(model: type[Model]) -> set[str]:
    """Every foreign key of the project that points at a model, as the registry names them."""
    from django.apps import apps  # after all are loaded

    return {
        f"{each._meta.label}.{field.name}"
        for each in apps.get_models(include_auto_created=True)
        for field in each._meta.local_fields
        if field.is_relation and field.related_model is model
    }
