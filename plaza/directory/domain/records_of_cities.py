"""Cities, with their membership of the network, as records that are kept by hand and by sheet."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plaza.accounts.access import Asker, is_staff
from plaza.accounts.models import User
from plaza.core.folding import fold
from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.core.record_fields import Choice, Day, Number, Words
from plaza.core.records import Column, Named, RecordKind, Values
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.finding import cities_named, country_field, person_field
from plaza.directory.domain.membership import (
    LeavesBeforeItCame,
    NoMembership,
    NotThatWay,
    correct_membership,
    move,
)
from plaza.directory.domain.places import add_city, correct_city
from plaza.directory.domain.records import CITY, COUNTRY
from plaza.directory.models import City, NetworkMembership

OF_THE_PLACE: Final = ("country", "admin1", "population")
OF_THE_MEMBERSHIP: Final = ("since", "until", "focal_point")


def _cities(user: Asker) -> "QuerySet[City]":
    rows = City.objects.for_list().select_related("network_membership__focal_point")
    return rows if is_staff(user) else rows.none()


def _membership(name: str) -> Any:
    return lambda city: getattr(getattr(city, "network_membership", None), name, None)


def _alike(values: Values) -> list[City]:
    country = values.get("country")
    rows = cities_named(values["name_es"])
    return [row for row in rows if country is None or row.country_id == country.pk]


@transaction.atomic
def _make(values: Values, by: User | None) -> City:
    if values.get("country") is None:
        raise ValidationError(_("A new city needs its country."))
    place = {name: values[name] for name in OF_THE_PLACE if values.get(name)}
    city = add_city(names=_names(values), by=by, **place)
    _keep_membership(city, values, by)
    return city


@transaction.atomic
def _change(city: City, values: Values, by: User | None) -> list[str]:
    place = {name: values[name] for name in OF_THE_PLACE if name in values}
    if "country" in place and place["country"] is None and not city.is_fictional:
        raise ValidationError(_("A city needs its country."))
    fields = correct_city(city=city, names=_names(values), by=by, **place)
    return fields + _keep_membership(city, values, by)


def _names(values: Values) -> dict[str, str]:
    return {language: values[f"name_{language}"] for language in LANGUAGES if f"name_{language}" in values}


def _keep_membership(city: City, values: Values, by: User | None) -> list[str]:
    standing = NetworkMembership.objects.filter(city=city).first()
    before, to = (standing.status if standing else ""), values.get("status")
    fields = []
    try:
        if to and to != before:
            move(city=city, to=MembershipStatus(to), on=values.get("since") or timezone.localdate(), by=by)
            fields.append("status")
        elif to == "" and before:
            raise ValidationError(_("A membership is not taken away: choose “%(left)s”.") % {"left": _("left")})
        rest = {name: values[name] for name in OF_THE_MEMBERSHIP if name in values}
        if standing or fields or any(rest.values()):
            fields += correct_membership(city=city, by=by, **_without_emptied(rest, fields))
    except NotThatWay as error:
        raise ValidationError(
            _("A membership does not pass from “%(before)s” to “%(after)s”."),
            params={"before": _label(before), "after": _label(to)},
        ) from error
    except NoMembership as error:
        raise ValidationError(_("This city has no membership yet: say its state.")) from error
    except LeavesBeforeItCame as error:
        raise ValidationError(_("The last day lies before the first.")) from error
    return fields


def _without_emptied(rest: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    """A change of state writes its day itself: an empty one beside it does not take it away again."""
    return {name: value for name, value in rest.items() if value or "status" not in fields}


def _name_in(language: str) -> Callable[[City], str]:
    return lambda city: str(city.names.get(language, ""))


def _label(status: str | None) -> str:
    return str(MembershipStatus(status).label) if status else _("no membership")


CITIES: Final = RecordKind(
    name="cities",
    label=gettext_lazy("Cities"),
    one=gettext_lazy("City"),
    visible_to=_cities,
    columns=(
        *(
            Column(
                f"name_{language}", Named(gettext_lazy("Name"), NATIVE_NAMES[language]), lambda: Words(max_length=200),
                _name_in(language),
                called=(*(f"{word} {language}" for word in ("nombre", "nome", "name", "nom")),
                        *((*CITY, "nombre", "name") if language == "es" else ())),
                is_required=language == "es", is_listed=language == "es",
            )
            for language in LANGUAGES
        ),
        Column(
            "country", gettext_lazy("Country"), country_field, lambda row: row.country, called=COUNTRY, is_listed=True
        ),
        Column(
            "admin1", gettext_lazy("Province or state"), lambda: Words(max_length=120), lambda row: row.admin1,
            called=("provincia", "departamento", "estado", "province", "state", "département", "région"),
        ),
        Column(
            "population", gettext_lazy("Inhabitants"), Number, lambda row: row.population,
            called=("población", "habitantes", "população", "population", "inhabitants", "habitants"),
        ),
        Column(
            "status", gettext_lazy("Membership"), lambda: Choice(choices=[("", "—"), *MembershipStatus.choices]),
            lambda row: _membership("status")(row) or "",
            called=("membresía", "estado de membresía", "filiação", "membership", "adhésion", "status"),
            is_bulk=True, is_listed=True,
        ),
        Column(
            "since", gettext_lazy("Member since"), Day, _membership("since"),
            called=("miembro desde", "membro desde", "member since", "membre depuis", "ingreso"), is_bulk=True,
            is_listed=True,
        ),
        Column(
            "until", gettext_lazy("Member until"), Day, _membership("until"),
            called=("miembro hasta", "membro até", "member until", "membre jusqu'à", "salida"), is_bulk=True,
        ),
        Column(
            "focal_point", gettext_lazy("Focal point"), person_field, _membership("focal_point"),
            called=("punto focal", "ponto focal", "focal point", "point focal", "contacto"), is_bulk=True,
        ),
    ),
    identify=lambda row: str(row.slug),
    find=lambda slug: City.objects.select_related("country", "network_membership__focal_point").filter(slug=slug).first(),
    alike=_alike,
    key=("name_es", "country"),
    make=_make,
    change=_change,
    containing=lambda rows, words: rows.filter(search_names__contains=fold(words)),
    address=lambda row: row.get_absolute_url(),
)  # fmt: skip
