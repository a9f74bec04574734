"""A sheet on its way in, as far as a test wants it, and what it became."""

from plaza.core.records import record_kinds
from plaza.directory.models import City, Membership, Person
from plaza.meetings.models import Meeting
from plaza.records.domain import writing
from plaza.records.domain.sheets import apply_sheet, look_through, match, receive_sheet, take_in
from plaza.records.models import Sheet

PEOPLE = """Nombre;Idioma
Ana Ribera;português
Marta Lejana;es
Luis Prado;es
"""


def received(network, text, kind="people", language="es"):
    data = text if isinstance(text, bytes) else text.encode()
    return receive_sheet(kind=record_kinds[kind], data=data, name="hoja.csv", language=language, by=network.secretary)


def seen(network, text, kind="people", empties=False):
    sheet = received(network, text, kind)
    match(sheet=sheet, matching=sheet.matching, empties=empties, by=network.secretary)
    look_through(sheet)
    return Sheet.objects.get(pk=sheet.pk)


def taken_in(network, text, kind="people", empties=False):
    sheet = seen(network, text, kind, empties)
    apply_sheet(take_in(sheet=sheet, by=network.secretary))
    return Sheet.objects.get(pk=sheet.pk)


def foreseen(sheet):
    return [(row.number, row.foreseen) for row in sheet.rows.all()]


def became(sheet):
    return [(row.number, row.effect, row.record) for row in sheet.rows.all()]


def exported(kind, network):
    rows = record_kinds[kind].visible_to(network.secretary)
    return "".join(writing.as_csv(writing.rows_of(record_kinds[kind], rows))).encode()


def everything():
    """All that is kept, but for the sheets themselves."""
    return (
        list(Person.objects.order_by("pk").values()),
        list(Meeting.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
        list(City.objects.order_by("pk").values()),
    )
