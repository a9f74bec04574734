"""Works as records that are kept by hand and by sheet."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plaza.accounts.access import Asker, is_staff
from plaza.accounts.models import User
from plaza.core.folding import fold
from plaza.core.languages import CHOICES, DEFAULT
from plaza.core.record_fields import Choice, Pointers, When, Words, YesOrNo, in_order, the_one
from plaza.core.records import Column, Label, RecordKind, Values, translations_of
from plaza.core.translations import OwnLanguage
from plaza.knowledge.choices import Visibility, WorkKind
from plaza.knowledge.domain.recordings import NoWordsYet
from plaza.knowledge.domain.works import IsARecording, add_work, change_work
from plaza.knowledge.models import Work
from plaza.topics.models import Topic

TITLE: Final = ("título", "title", "titre", "nombre", "nome", "name", "nom")
SUMMARY: Final = ("resumen", "descripción", "resumo", "descrição", "summary", "description", "résumé")
LANGUAGE: Final = ("idioma", "lengua", "língua", "language", "langue")
KIND: Final = ("tipo", "clase", "kind", "type", "genre")
DATE: Final = ("fecha", "día", "data", "dia", "date", "day", "jour")
VISIBILITY: Final = ("visibilidad", "quién puede verlo", "visibilidade", "visibility", "visibilité")
TOPICS: Final = ("temas", "tema", "tópicos", "topics", "thèmes")
TRANSLATED: Final[Mapping[str, Label]] = {"title": gettext_lazy("Title"), "summary": gettext_lazy("Summary")}


def topic_called(text: str) -> Topic:
    """By its code or its name in any of the four languages. Raises ValidationError."""
    found: Topic = the_one(
        text,
        by_slug=lambda code: None,
        by_name=lambda name: [
            row
            for row in Topic.objects.all()
            if row.code == name or fold(name) in [fold(str(each)) for each in row.names.values()]
        ],
        slug_of=lambda row: str(row.code),
    )
    return found


def topics_field() -> Pointers:
    return Pointers(find=topic_called, show=lambda topic: topic.called)


def dated_alike(rows: "QuerySet[Any]", values: Values) -> Sequence[Any]:
    """Those of the same title; on the same day, where the sheet says one."""
    alike = rows.filter(title__iexact=values["title"])
    date = values.get("date")
    return list(alike.filter(date_start=date.start, date_end=date.end) if date else alike)


def title_column() -> Column:
    """Of works, series and meetings."""
    return Column(
        "title", gettext_lazy("Title"), lambda: Words(max_length=300), lambda row: row.title,
        called=TITLE, is_required=True, is_listed=True,
    )  # fmt: skip


def common_columns() -> tuple[Column, ...]:
    """What meetings and works have in common."""
    return (
        Column("date", gettext_lazy("Day or days"), When, lambda row: row.date, called=DATE, is_listed=True),
        Column(
            "summary", gettext_lazy("Summary"),
            lambda: Words(max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})), lambda row: row.summary,
            called=SUMMARY,
        ),
        Column(
            "language", gettext_lazy("Language"), lambda: Choice(choices=CHOICES), lambda row: row.language,
            called=LANGUAGE, is_bulk=True,
        ),
        Column(
            "visibility", gettext_lazy("Who may see it"), lambda: Choice(choices=Visibility.choices),
            lambda row: row.visibility, called=VISIBILITY, is_bulk=True, is_listed=True,
        ),
        Column(
            "topics", gettext_lazy("Topics"), topics_field, lambda row: in_order(row.topics.all()),
            called=TOPICS, is_bulk=True,
        ),
    )  # fmt: skip


def without_emptied_choices(values: Values, names: Sequence[str]) -> dict[str, Any]:
    """A choice is never nothing: emptied, it stays as it was."""
    return {name: value for name, value in values.items() if value or name not in names}


def _works(user: Asker) -> "QuerySet[Work]":
    # Whoever keeps records sees more than who reads them: the gate of works first, then who keeps.
    rows = Work.objects.visible_to(user).select_related("recording").prefetch_related("translations", "topics")
    return rows.order_by("-pk") if is_staff(user) else rows.none()


def _make(values: Values, by: User | None) -> Work:
    given = {"language": DEFAULT, "kind": WorkKind.PUBLICATION} | {name: v for name, v in values.items() if v}
    try:
        return add_work(by=by, **given)
    except IsARecording as error:
        raise ValidationError(_("A recording comes in on its own page, with its words.")) from error
    except OwnLanguage as error:
        raise ValidationError(own_language()) from error


def _change(work: Work, values: Values, by: User | None) -> list[str]:
    try:
        return change_work(
            work=work, by=by, **without_emptied_choices(values, ("kind", "language", "visibility", "title"))
        )
    except IsARecording as error:
        raise ValidationError(_("A recording stays a recording, and nothing else becomes one.")) from error
    except NoWordsYet as error:
        raise ValidationError(_("It has no words yet: add its captions first.")) from error
    except OwnLanguage as error:
        raise ValidationError(own_language()) from error


def own_language() -> str:
    return _("This is its own language: write it in the field itself, not as a translation.")


WORKS: Final = RecordKind(
    name="works",
    label=gettext_lazy("Works"),
    one=gettext_lazy("Work"),
    visible_to=_works,
    columns=(
        title_column(),
        Column(
            "kind", gettext_lazy("Kind"), lambda: Choice(choices=WorkKind.choices), lambda row: row.kind,
            called=KIND, is_bulk=True, is_listed=True,
        ),
        *common_columns(),
        Column(
            "licence", gettext_lazy("Licence"), lambda: Words(max_length=80), lambda row: row.licence,
            called=("licencia", "licença", "licence", "license"), is_bulk=True,
        ),
        Column(
            "rights", gettext_lazy("Rights"), lambda: Words(max_length=300), lambda row: row.rights,
            called=("derechos", "direitos", "rights", "droits"), is_bulk=True,
        ),
        Column(
            "is_published", gettext_lazy("Published"), YesOrNo, lambda row: row.is_published,
            called=("publicado", "publicada", "published", "publié"), is_bulk=True, is_listed=True,
        ),
        *translations_of(TRANSLATED, {"title": TITLE, "summary": SUMMARY}),
    ),
    identify=lambda row: str(row.slug),
    find=lambda slug: Work.objects.prefetch_related("translations", "topics").filter(slug=slug).first(),
    alike=lambda values: dated_alike(Work.objects.prefetch_related("translations", "topics"), values),
    key=("title", "date"),
    make=_make,
    change=_change,
    containing=lambda rows, words: rows.filter(Q(title__icontains=words) | Q(translations__text__icontains=words)).distinct(),
    address=lambda row: row.get_absolute_url() if hasattr(row, "recording") else "",
)  # fmt: skip
