"""People, organisations and posts as records that are kept by hand and by sheet."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from plaza.accounts.access import Asker, is_staff
from plaza.accounts.models import User
from plaza.core.folding import fold
from plaza.core.languages import CHOICES, DEFAULT
from plaza.core.plain import row_number
from plaza.core.record_fields import Address, Choice, Day, Words, YesOrNo
from plaza.core.records import Column, RecordKind, Values
from plaza.directory.choices import OrganisationType, Sector
from plaza.directory.domain import people
from plaza.directory.domain.finding import city_field, country_field, organisation_field, person_field
from plaza.directory.domain.organisations import correct_organisation, found_organisation
from plaza.directory.models import Membership, Organization, Person

NAMES: Final = ("nombre", "nombre completo", "nome", "nome completo", "name", "full name", "nom", "nom complet")
LANGUAGE: Final = ("idioma", "lengua", "língua", "language", "langue")
COUNTRY: Final = ("país", "country", "pays")
CITY: Final = ("ciudad", "municipio", "cidade", "município", "city", "ville")
ORGANISATION: Final = (
    *("organización", "institución", "organização", "instituição", "organisation", "organization", "institution"),
)
PERSON: Final = ("persona", "pessoa", "person", "personne", "nombre", "nome", "name", "nom")


def _people(user: Asker) -> "QuerySet[Person]":
    rows = Person.objects.filter(merged_into__isnull=True).order_by("name_sort", "pk")
    return rows if is_staff(user) else rows.none()


def _organisations(user: Asker) -> "QuerySet[Organization]":
    rows = Organization.objects.select_related("country", "city__country").order_by("name", "pk")
    return rows if is_staff(user) else rows.none()


def _posts(user: Asker) -> "QuerySet[Membership]":
    rows = Membership.objects.select_related("person", "post__city__country", "post__organization")
    return rows.order_by("person__name_sort", "pk") if is_staff(user) else rows.none()


PEOPLE: Final = RecordKind(
    name="people",
    label=gettext_lazy("People"),
    one=gettext_lazy("Person"),
    visible_to=_people,
    columns=(
        Column(
            "name", gettext_lazy("Name"), lambda: Words(max_length=200), lambda row: row.name,
            called=NAMES, is_required=True, is_listed=True,
        ),
        Column(
            "language", gettext_lazy("Language"), lambda: Choice(choices=[("", "—"), *CHOICES]),
            lambda row: row.language, called=LANGUAGE, is_bulk=True, is_listed=True,
        ),
    ),
    identify=lambda row: str(row.slug),
    find=lambda slug: Person.objects.filter(slug=slug, merged_into__isnull=True).first(),
    alike=lambda values: list(Person.objects.filter(name_sort=fold(values["name"]), merged_into__isnull=True)),
    key=("name",),
    make=lambda values, by: people.enrol(name=values["name"], language=values.get("language") or None, by=by),
    change=lambda row, values, by: people.correct_person(person=row, by=by, **values),
    containing=lambda rows, words: rows.filter(name_sort__contains=fold(words)),
    address=lambda row: row.get_absolute_url(),
)  # fmt: skip

ORGANISATIONS: Final = RecordKind(
    name="organisations",
    label=gettext_lazy("Organisations"),
    one=gettext_lazy("Organisation"),
    visible_to=_organisations,
    columns=(
        Column(
            "name", gettext_lazy("Name"), lambda: Words(max_length=300), lambda row: row.name,
            called=(*NAMES, *ORGANISATION), is_required=True, is_listed=True,
        ),
        Column(
            "type", gettext_lazy("Type"), lambda: Choice(choices=OrganisationType.choices), lambda row: row.type,
            called=("tipo", "type"), is_required=False, is_bulk=True, is_listed=True,
        ),
        Column(
            "sector", gettext_lazy("Sector"), lambda: Choice(choices=Sector.choices), lambda row: row.sector,
            called=("sector", "setor", "secteur"), is_bulk=True, is_listed=True,
        ),
        Column(
            "country", gettext_lazy("Country"), country_field, lambda row: row.country,
            called=COUNTRY, is_bulk=True, is_listed=True,
        ),
        Column("city", gettext_lazy("City"), city_field, lambda row: row.city, called=CITY, is_bulk=True),
        Column(
            "website", gettext_lazy("Website"), Address, lambda row: row.website,
            called=("sitio web", "página web", "site", "web", "site web"),
        ),
    ),
    identify=lambda row: str(row.slug),
    find=lambda slug: Organization.objects.filter(slug=slug).first(),
    alike=lambda values: list(Organization.objects.filter(name__iexact=values["name"])),
    key=("name",),
    make=lambda values, by: found_organisation(by=by, **values),
    change=lambda row, values, by: correct_organisation(organisation=row, by=by, **_with_codes(values)),
    containing=lambda rows, words: rows.filter(name__icontains=words),
)  # fmt: skip


def _with_codes(values: Values) -> dict[str, Any]:
    """A type and a sector are never nothing: emptied, they stay as they were."""
    return {name: value for name, value in values.items() if value or name not in ("type", "sector")}


def _holders(values: Values) -> Sequence[Membership]:
    """Who holds that post: from that day, else from no day that is known."""
    rows = Membership.objects.select_related("person", "post__city", "post__organization").filter(
        person=values["person"],
        post__city=values.get("city"),
        post__organization=values.get("organization"),
    )
    named = [row for row in rows if fold(row.post.label) == fold(values["label"])]
    start = values.get("start")
    exact = [row for row in named if row.start == start] if start else []
    return exact or ([row for row in named if row.start is None] if start else named)


def _appoint(values: Values, by: User | None) -> Membership:
    _in_one_place(values.get("city"), values.get("organization"))
    _in_order(values.get("start"), values.get("end"))
    try:
        return people.appoint(
            by=by, **({"language": DEFAULT} | {name: value for name, value in values.items() if value})
        )
    except people.HeldAlready as error:
        raise ValidationError(held_already(error)) from error


def _correct(row: Membership, values: Values, by: User | None) -> list[str]:
    places = {"city": row.post.city, "organization": row.post.organization, **values}
    _in_one_place(places["city"], places["organization"])
    try:
        return people.correct_appointment(
            membership=row, by=by, **{name: value for name, value in values.items() if name != "person"}
        )
    except people.EndsBeforeItStarts as error:
        raise ValidationError(_("The last day lies before the first.")) from error
    except people.HeldAlready as error:
        raise ValidationError(held_already(error)) from error
    except people.SamePostTwice as error:
        raise ValidationError(_("The same person holds the same post from the same day already.")) from error


def held_already(error: people.HeldAlready) -> str:
    return _(
        "%(name)s is mayor of this city on some of these days, and a city has one at a time: end that term first, or hand"
        " the post over on the page of the city's membership."
    ) % {"name": error.by.person.name}


def _in_one_place(city: Any, organisation: Any) -> None:
    if bool(city) == bool(organisation):
        raise ValidationError(_("A post is in a city or in an organisation: name one of the two."))


def _in_order(first: Any, last: Any) -> None:
    if first and last and last < first:
        raise ValidationError(_("The last day lies before the first."))


POSTS: Final = RecordKind(
    name="posts",
    label=gettext_lazy("Posts and who holds them"),
    one=gettext_lazy("Post"),
    visible_to=_posts,
    columns=(
        Column(
            "person", gettext_lazy("Person"), person_field, lambda row: row.person,
            called=PERSON, is_required=True, is_listed=True, is_fixed=True,
        ),
        Column(
            "label", gettext_lazy("Post"), lambda: Words(max_length=200), lambda row: row.post.label,
            called=("cargo", "puesto", "post", "position", "poste", "fonction"), is_required=True, is_listed=True,
        ),
        Column(
            "language", gettext_lazy("Language of the post"), lambda: Choice(choices=CHOICES),
            lambda row: row.post.language, called=LANGUAGE,
        ),
        Column("city", gettext_lazy("City"), city_field, lambda row: row.post.city, called=CITY, is_listed=True),
        Column(
            "organization", gettext_lazy("Organisation"), organisation_field, lambda row: row.post.organization,
            called=ORGANISATION, is_listed=True,
        ),
        Column(
            "is_mayor", gettext_lazy("Mayor"), YesOrNo, lambda row: row.post.is_mayor,
            called=("alcalde", "alcaldesa", "alcaldía", "prefeito", "prefeita", "mayor", "maire"),
        ),
        Column(
            "start", pgettext_lazy("day", "From"), Day, lambda row: row.start,
            called=("desde", "inicio", "início", "de", "from", "start", "depuis", "début"), is_bulk=True, is_listed=True,
        ),
        Column(
            "end", pgettext_lazy("day", "Until"), Day, lambda row: row.end,
            called=("hasta", "fin", "até", "fim", "until", "to", "end", "jusqu'à"), is_bulk=True, is_listed=True,
        ),
    ),
    identify=lambda row: str(row.pk),
    find=lambda text: Membership.objects.filter(pk=row_number(text)).first(),
    alike=_holders,
    key=("person", "label", "city", "organization", "start"),
    make=_appoint,
    change=_correct,
    containing=lambda rows, words: rows.filter(
        Q(person__name_sort__contains=fold(words)) | Q(post__label__icontains=words)
    ),
    told_by=lambda row: row.person,
    address=lambda row: row.person.get_absolute_url(),
)  # fmt: skip
