"""The secretary makes a person, translates a meeting, changes many at once, takes the records along as a sheet, changes
the sheet and brings it back."""

import csv
import io

import pytest

from plaza.directory.models import Person
from plaza.meetings.models import Meeting
from tests.journeys.looking import WIDTHS, findings, focus, follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_records_are_kept_by_hand_and_by_sheet(network, visit, scripts):
    page = visit(user=network.secretary, scripts=scripts)
    page.goto("/es/workspace/")
    follow(page.get_by_role("link", name="Registros", exact=True))

    follow(page.locator("main").get_by_role("link", name="Personas"))
    follow(page.get_by_role("link", name="Agregar", exact=True))
    page.get_by_label("Nombre").fill("Marta Lejana")
    page.get_by_role("combobox", name="Idioma").select_option("pt")
    follow(page.get_by_role("button", name="Guardar"))
    page.get_by_text("Guardado: ya es un registro.").wait_for()

    page.goto("/es/workspace/records/meetings/")
    follow(page.get_by_role("link", name="El río y las sirenas"))
    page.get_by_label("Título", exact=True).fill("El río avisa")
    page.get_by_label("Português, Título").fill("O rio avisa")
    follow(page.get_by_role("button", name="Guardar"))
    page.get_by_text("Los cambios se guardaron.").wait_for()
    page.get_by_text("Sofía").first.wait_for()
    meeting = Meeting.objects.get(title="El río avisa")
    assert meeting.words("title", "pt").text == "O rio avisa"

    page.goto("/es/workspace/records/people/?q=a")
    page.get_by_label("Elegir Ana Ribera").check()
    page.get_by_label("Elegir Marta Lejana").check()
    page.get_by_label("Qué cambiar").select_option("language")
    follow(page.get_by_role("button", name="Continuar"))
    page.get_by_label("El valor nuevo").select_option("fr")
    follow(page.get_by_role("button", name="Mostrar qué cambia"))
    follow(page.get_by_role("button", name="Cambiar 2 registros"))
    page.get_by_text("2 cambiados, 0 iguales, 0 rechazados").wait_for()
    assert Person.objects.filter(language="fr").count() == 2

    page.goto("/es/workspace/records/people/")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert rows[0] == ["id", "Nombre", "Idioma"]
    changed = [[who, name.replace("Marta Lejana", "Marta Lejana Ruiz"), language] for who, name, language in rows]
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([*changed, ["", "Nadie Nuevo", "klingon"]])

    follow(page.get_by_role("link", name="Incorporar una hoja"))
    page.get_by_label("La hoja").set_input_files(
        {"name": "personas.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode("cp1252")}
    )
    follow(page.get_by_role("button", name="Leer la hoja"))
    follow(page.get_by_role("button", name="Mostrar qué haría cada fila"))
    page.get_by_text("revisada; aún no se ha escrito nada").wait_for()
    assert not Person.objects.filter(name="Marta Lejana Ruiz").exists()
    follow(page.get_by_role("button", name="Escribir esto"))
    page.get_by_text("incorporada").first.wait_for()

    assert Person.objects.get(slug="marta-lejana").name == "Marta Lejana Ruiz"
    assert "klingon" in page.locator("main table").inner_text()
    with page.expect_download() as aside:
        page.get_by_role("link", name="Las filas apartadas").click()
    assert "Nadie Nuevo" in aside.value.path().read_text("utf-8-sig")


def test_a_record_is_kept_by_the_keyboard_alone(network, visit):
    page = visit(user=network.secretary, width=1280)
    page.goto("/es/workspace/records/people/new/")
    for _ in range(30):
        page.keyboard.press("Tab")
        here = focus(page)
        assert here["is_outlined"], here
        if page.evaluate("document.activeElement.matches('#id_name')"):
            break
    page.keyboard.type("Marta Lejana")
    page.keyboard.press("Enter")
    page.get_by_text("Guardado: ya es un registro.").wait_for()

    assert Person.objects.filter(name="Marta Lejana").exists()


SHEET = "Personas;;\nNombre;Idioma;Nombre\nMarta Lejana;es;x\nJulia;klingon;\nAna Ribera;fr;\n"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_axe_finds_nothing_on_the_pages_that_keep_records(network, visit, language, dark):
    page = visit(language=language, user=network.secretary, dark=dark)
    there = f"/{language}/workspace/records/"
    meeting = network.meetings["river"]
    found = {}
    for path in ("posts/new/", f"meetings/{meeting.pk}/", "people/sheet/"):
        found |= findings(page, there + path)
        assert page.evaluate(WIDTHS) == [360, 360]
    page.locator("input[type=file]").set_input_files(
        {"name": "x.csv", "mimeType": "text/csv", "buffer": SHEET.encode("cp1252")}
    )
    follow(page.locator("main form button").first)
    page.wait_for_url("**/sheets/*/")
    sheet = page.url
    found |= findings(page, sheet)
    for _ in range(2):
        follow(page.locator("main form button").first)
        found |= findings(page, sheet)
        assert page.evaluate(WIDTHS) == [360, 360]
    page.goto(f"{there}people/")
    page.locator("input[name=pk]").first.check()
    page.locator("select[name=column]").select_option("language")
    follow(page.locator("form[method=post] button").first)
    page.locator("main select").select_option("fr")
    follow(page.locator("main form button").first)
    page.wait_for_url("**/changes/*/")
    found |= findings(page, page.url)
    follow(page.locator("main form button").first)
    found |= findings(page, page.url)

    assert found == {}
