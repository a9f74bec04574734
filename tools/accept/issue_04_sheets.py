"""Sheets go out and come back, come in twice, and are killed while they are taken in; so is a change of many records."""

import time
from collections.abc import Callable
from typing import Any, Final

from tools.accept.lines import Line, tell
from tools.accept.processes import killed_in_the_middle
from tools.bench.installation import scratch_installation

ROWS: Final = 5000
BLOWS: Final = (0.2, 0.7, 1.5)
DO: Final = """
import sys
from plaza.cli.database import connected
with connected():
    from plaza.records.domain.bulk import apply_bulk
    from plaza.records.domain.sheets import apply_sheet
    from plaza.records.models import BulkEdit, Sheet
    deed, model = {"sheet": (apply_sheet, Sheet), "bulk": (apply_bulk, BulkEdit)}[sys.argv[1]]
    row = model.objects.get(pk=int(sys.argv[2]))
    print("ready", flush=True)
    deed(row)
"""


def find_out() -> list[Line]:
    with scratch_installation():
        from plaza.accounts.choices import NetworkRole  # needs settings
        from plaza.accounts.models import User  # needs settings
        from plaza.demo.network import load_cities, load_people  # needs settings
        from plaza.demo.recordings import load_recordings  # needs settings

        load_cities()
        load_recordings(load_people())
        by = User.objects.create_user("accept@example.org", name="Accept", network_role=NetworkRole.SECRETARIAT)
        return [*_round_trip(by), *_many_rows(by), _killed_sheet(by), _killed_bulk(by)]


def _round_trip(by: Any) -> list[Line]:
    from plaza.core.records import record_kinds  # needs settings
    from plaza.core.sheets import as_xlsx  # needs settings
    from plaza.records.domain.writing import as_csv, rows_of  # needs settings

    rows = differing = 0
    for name, kind in record_kinds.items():
        for data in (
            "".join(as_csv(rows_of(kind, kind.visible_to(by)))).encode(),
            b"".join(as_xlsx(rows_of(kind, kind.visible_to(by)))),
        ):
            if kind.visible_to(by).exists():
                counts = _counted(_taken_in(name, data, by))
                rows += sum(counts.values())
                differing += sum(counts.values()) - counts["same"]
    told = f"{rows} rows of {len(list(record_kinds))} kinds, CSV and XLSX: {differing} differ"
    return [Line("records go out and come back", "0 rows differ", told, differing == 0)]


def _many_rows(by: Any) -> list[Line]:
    data = ("Nombre;Idioma\n" + "".join(f"Persona de prueba {n};es\n" for n in range(ROWS))).encode("cp1252")
    begun = time.perf_counter()
    sheet = _seen("people", data, by)
    looked = time.perf_counter() - begun
    _apply(sheet, by)
    seconds = time.perf_counter() - begun
    first = _counted(sheet)
    again = _counted(_taken_in("people", data, by))
    return [
        Line(f"a sheet of {ROWS} rows is looked through", "< 120 s", f"{looked:.0f} s", looked < 120),
        Line(f"a sheet of {ROWS} rows is taken in, all told", "< 240 s", f"{seconds:.0f} s", seconds < 240),
        Line("rows in = made + changed + same + put aside", str(ROWS), str(first), sum(first.values()) == ROWS),
        Line("the same sheet again: new, changed", "0, 0", f"{again['made']}, {again['changed']}",
             (again["made"], again["changed"], again["same"]) == (0, 0, ROWS)),
    ]  # fmt: skip


def _killed_sheet(by: Any) -> Line:
    from plaza.directory.models import Person  # needs settings
    from plaza.records.domain.sheets import apply_sheet, take_in  # needs settings

    count = 1500
    data = ("Nombre\n" + "".join(f"Muerte súbita {n}\n" for n in range(count))).encode()
    sheet = take_in(sheet=_seen("people", data, by), by=by)
    people = Person.objects.filter(name__startswith="Muerte súbita")

    def done() -> tuple[int, int]:
        return sheet.rows.filter(effect="made").count(), people.count()

    blows = _blows("sheet", sheet.pk, done)
    apply_sheet(sheet)
    told = f"rows written, records there, after each blow: {blows}; at the end {done()}"
    right = all(rows == records for rows, records in blows) and blows == sorted(blows) and done() == (count, count)
    return Line(f"kill -9 while a sheet is taken in, {len(BLOWS)} times", "nothing lost, nothing doubled", told, right)


def _killed_bulk(by: Any) -> Line:
    from plaza.core import history  # needs settings
    from plaza.core.records import record_kinds  # needs settings
    from plaza.directory.models import Person  # needs settings
    from plaza.records.domain.bulk import apply_bulk, begin_bulk, propose_bulk  # needs settings

    kind = record_kinds["people"]
    column = kind.column("language")
    assert column is not None
    people = Person.objects.filter(name__startswith="Muerte súbita")
    ids = list(people.values_list("pk", flat=True))
    bulk = begin_bulk(bulk=propose_bulk(kind=kind, column=column, text="fr", ids=ids, language="es", by=by), by=by)

    def done() -> tuple[int, int]:
        bulk.refresh_from_db()
        return bulk.changed, people.filter(language="fr").count()

    blows = _blows("bulk", bulk.pk, done)
    apply_bulk(bulk)
    once = all(history.of(person).filter(verb="corrected").count() == 1 for person in people)
    told = f"changes told, changes there, after each blow: {blows}; at the end {done()}, each once: {once}"
    right = all(one == other for one, other in blows) and done() == (len(ids), len(ids)) and once
    return Line(
        f"kill -9 in a change of {len(ids)} records, {len(BLOWS)} times", "nothing lost, nothing doubled", told, right
    )


def _blows(what: str, pk: int, done: Callable[[], tuple[int, int]]) -> list[tuple[int, int]]:
    found = []
    for delay in BLOWS:
        tell(f"killing a {what} after {delay:g} s")
        killed_in_the_middle(DO, what, str(pk), after=delay)
        found.append(done())
    return found


def _seen(kind: str, data: bytes, by: Any) -> Any:
    from plaza.core.records import record_kinds  # needs settings
    from plaza.records.domain.sheets import look_through, match, receive_sheet  # needs settings
    from plaza.records.models import Sheet  # needs settings

    sheet = receive_sheet(kind=record_kinds[kind], data=data, name="sheet", language="es", by=by)
    match(sheet=sheet, matching=sheet.matching, empties=False, by=by)
    look_through(sheet)
    return Sheet.objects.get(pk=sheet.pk)


def _apply(sheet: Any, by: Any) -> None:
    from plaza.records.domain.sheets import apply_sheet, take_in  # needs settings

    apply_sheet(take_in(sheet=sheet, by=by))


def _taken_in(kind: str, data: bytes, by: Any) -> Any:
    sheet = _seen(kind, data, by)
    _apply(sheet, by)
    return sheet


def _counted(sheet: Any) -> dict[str, int]:
    from plaza.records.domain.sheets import counted  # needs settings

    return {str(effect.value): count for effect, count in counted(sheet, "effect").items()}
