"""After a meeting the secretary brings in what the video tool saved, says what it leaves open, and sees who came."""

import pytest

from plaza.attendance.models import AttendanceRow
from plaza.meetings.models import Meeting
from tests.journeys.looking import WIDTHS, findings, follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# As the tool saves it in Spanish: no zone, a name that two might have, a device, a person nobody knows.
REPORT = """Nombre (nombre original);Correo electrónico;Hora de entrada;Hora de salida;Duración (minutos);Ciudad
Ana Ribera;;12/03/2026 09:58:00;12/03/2026 11:00:00;62;Riberas
L. Prado;;12/03/2026 10:00:00;12/03/2026 10:20:00;20;
Marta Lejana;marta@lejana.example.org;12/03/2026 10:00:00;12/03/2026 11:00:00;60;Hillside
iPhone;;12/03/2026 10:10:00;12/03/2026 10:40:00;30;
"""
HERE = "/{}/workspace/meetings/river/attendance/"


@pytest.mark.parametrize(
    ("language", "scripts", "width"), [("es", True, 1280), ("pt", False, 360), ("fr", False, 360), ("en", True, 360)]
)
def test_a_report_comes_in_and_each_row_is_accounted_for(network, visit, language, scripts, width):
    Meeting.objects.filter(slug="river").update(timezone="America/Guayaquil")
    page = visit(user=network.secretary, language=language, scripts=scripts, width=width)
    page.goto(HERE.format(language))

    page.locator("input[type=file]").set_input_files(
        {"name": "reporte.csv", "mimeType": "text/csv", "buffer": REPORT.encode("cp1252")}
    )
    follow(page.locator("main form button").first)
    report = page.url.partition("?")[0].partition("#")[0]
    # Without scripts axe cannot look: another visitor does.
    looking = visit(user=network.secretary, language=language, width=width)
    found = findings(looking, report)
    page.goto(HERE.format(language))
    assert page.locator("table th[scope=row]", has_text="Ana Ribera").count() == 0  # nobody counts before it is said
    page.goto(report)
    page.locator("[name=zone]").select_option("America/Guayaquil")
    follow(page.locator("form:has([name=zone]) button").first)
    found |= findings(looking, report) | findings(looking, f"{report}?show=unknown")
    found |= findings(looking, HERE.format(language))
    page.goto(HERE.format(language))

    assert found == {}
    assert page.evaluate(WIDTHS)[0] <= width
    assert {row.name: row.person and row.person.name for row in AttendanceRow.objects.select_related("person")} == {
        "Ana Ribera": "Ana Ribera", "L. Prado": None, "Marta Lejana": None, "iPhone": None,
    }  # fmt: skip
    assert page.locator("table th[scope=row]", has_text="Ana Ribera").count() == 1
