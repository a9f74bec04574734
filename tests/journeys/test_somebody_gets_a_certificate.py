"""After a meeting the secretary issues certificates; Inês opens hers on her telephone, and a stranger verifies it."""

import pytest

from plaza.attendance.domain.receiving import receive_report
from plaza.certificates.domain import issuing, pdf
from plaza.certificates.models import Certificate
from plaza.directory.models import City
from plaza.mail.models import Letter
from plaza.meetings.domain.parts import put_inside
from plaza.meetings.models import Meeting
from tests.attendance.conftest import report_of
from tests.certificates.conftest import row_of, with_place
from tests.journeys.looking import WIDTHS, findings, follow, text_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def river(network):
    """Of a course of which it is the only module. Inês stayed, Luiz left early."""
    meeting, course = network.meetings["river"], network.meetings["markets"]
    Meeting.objects.filter(pk=course.pk).update(kind="course", status="held")
    put_inside(meeting=meeting, parent=course, by=None)
    City.objects.update(timezone="America/Guayaquil")
    for each in (meeting, course):
        with_place(each, "Inês Souza", "ines@example.org")
        with_place(each, "Luiz Costa", "luiz@example.org")
    rows = row_of("Inês Souza", 110, "ines@example.org"), row_of("Luiz Costa", 20, "luiz@example.org")
    receive_report(meeting=meeting, data=report_of(*rows), name="reporte.csv", by=network.secretary)
    return meeting


def is_good(page, looks):
    wide, shown = page.evaluate(WIDTHS)
    assert ((findings(page, page.url) if looks else {}), wide <= shown) == ({}, True)


@pytest.mark.parametrize(
    ("language", "scripts", "dark", "width"),
    [("pt", True, False, 360), ("es", False, False, 1280), ("fr", True, True, 1280), ("en", True, False, 360)],
)
def test_a_certificate_is_issued_opened_on_a_phone_and_verified(network, river, visit, language, scripts, dark, width):
    secretary = visit(user=network.secretary, language=language, scripts=scripts, dark=dark, width=width)
    base = f"/{language}/workspace/meetings"
    secretary.goto(f"{base}/river/certificates/")
    is_good(secretary, scripts)
    follow(secretary.locator("button[value=issue]"))
    issuing.issue_all(river.pk, network.secretary.pk)
    row = Certificate.objects.get()
    secretary.goto(f"{base}/river/certificates/?show=issued")
    follow(secretary.locator("main table a"))
    is_good(secretary, scripts)
    secretary.goto(f"{base}/river/certificates/?show=short")
    follow(secretary.locator("main table a"))
    is_good(secretary, scripts)
    secretary.goto(f"{base}/markets/course/")
    is_good(secretary, scripts)

    letter = Letter.objects.get(template="certificates/issued")
    link = next(line for line in letter.text.splitlines() if "/certificate/" in line).removeprefix("http://127.0.0.1")
    phone = visit(language="pt", scripts=scripts, dark=dark)
    phone.goto(link)
    is_good(phone, scripts)
    assert "Inês Souza" in text_of(phone, "article.certificate .whose")
    assert phone.locator("article.certificate svg").count() == 1
    if pdf.is_there():
        with phone.expect_download() as download:
            phone.locator("main a.button").click()
        assert download.value.suggested_filename == f"{row.shown_code}.pdf"

    stranger = visit(language=language, scripts=scripts, dark=dark, width=width)
    stranger.goto(f"/{language}/certificates/")
    stranger.fill("#code", row.shown_code.lower().replace("-", " "))
    follow(stranger.locator("main form button"))
    assert "Inês Souza" in text_of(stranger, "main")
    is_good(stranger, scripts)
