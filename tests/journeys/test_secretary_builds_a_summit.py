"""A secretary builds a summit of three days; an official reads it on a telephone, in her language and at her hour."""

import pytest

from plaza.meetings.domain.changes import add_session
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.models import Meeting
from tests.journeys.looking import findings, follow, text_of
from tests.meetings.conftest import at

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DESK = "/es/workspace/meetings/cumbre-de-los-rios/"


def fill(page, **values):
    for name, value in values.items():
        field = page.locator(f"[name={name}]:visible")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def add_by_form(page, title, day, starts, ends, room, who):
    page.goto(f"{DESK}sessions/new/")
    fill(page, title=title, kind="panel", day=f"2027-10-0{day}", starts=starts, ends=ends, language="es")
    page.locator("[name=room]").select_option(label=room)
    page.get_by_label("Português").check()
    follow(page.get_by_role("button", name="Agregarlo"))
    fill(page, person=who)
    follow(page.get_by_role("button", name="Agregar a la persona"))


def more_by_deeds(network):
    """What a sheet or another program would bring: twelve more, over three days in two rooms."""
    meeting = Meeting.objects.get(slug="cumbre-de-los-rios")
    rooms = list(meeting.rooms.all())
    for n in range(12):
        begins = f"{13 + n // 6:02d}:00"
        session = add_session(
            meeting=meeting, language="es", title=f"Taller {n + 1}", room=rooms[n % 2], by=None,
            starts_at=at(5 + n // 2 % 3, begins), ends_at=at(5 + n // 2 % 3, f"{begins[:2]}:50"),
        )  # fmt: skip
        put_on_stage(session=session, person=network.people[("Luis Prado", "Rose Hill")[n % 2]], by=None)


def test_a_summit_from_its_draft_to_a_telephone_in_another_language(network, visit):
    page = visit(user=network.secretary, width=1280)
    page.goto("/es/workspace/")
    follow(page.get_by_role("link", name="Mesa de encuentros"))
    follow(page.get_by_role("link", name="Nuevo encuentro"))
    fill(page, title="Cumbre de los ríos", kind="summit", language="es")
    follow(page.get_by_role("button", name="Continuar"))
    fill(page, timezone="America/Guayaquil", first_day="2027-10-05", first_hour="09:00")
    fill(page, last_day="2027-10-07", last_hour="18:00")
    follow(page.get_by_role("button", name="Guardar"))
    follow(page.get_by_role("link", name="Textos en cuatro idiomas"))
    fill(page, title_pt="Cúpula dos rios", summary_es="Tres días sobre el agua.", summary_pt="Três dias sobre a água.")
    follow(page.get_by_role("button", name="Guardar"))
    for room in ("Sala Azul", "Sala Verde"):
        page.goto(f"{DESK}places/")
        page.locator("summary", has_text="Agregar una sala").click()
        fill(page, name_es=room, name_pt=room)
        follow(page.locator("details[open]").get_by_role("button", name="Guardar"))

    add_by_form(page, "Cuando el río crece", 5, "09:00", "10:30", "Sala Azul", "Ana Ribera")
    add_by_form(page, "Buses de noche", 5, "09:00", "10:00", "Sala Verde", "João Mar")
    add_by_form(page, "Mercados", 5, "10:00", "11:00", "Sala Azul", "Rose Hill")
    more_by_deeds(network)
    page.goto(DESK)
    assert page.locator("#clashes + ul li").all_inner_texts() == [
        "La sala Sala Azul está ocupada dos veces: «Cuando el río crece» (09:00–10:30) y «Mercados» (10:00–11:00)."
    ]

    follow(page.locator("#clashes + ul a"))
    page.locator("[name=room]").select_option(label="Sala Verde")
    follow(page.get_by_role("button", name="Guardar"))
    assert page.locator("#clashes").count() == 0
    follow(page.get_by_role("button", name="Anunciar"))
    assert page.locator("#changes").count() == 0
    follow(page.get_by_role("link", name="Mercados"))
    fill(page, starts="11:00", ends="12:00")
    follow(page.get_by_role("button", name="Guardar"))
    assert page.locator("#changes + ul li").count() == 1
    follow(page.get_by_role("button", name="Avisar a quienes se inscribieron"))
    assert page.locator("#changes").count() == 0

    official = visit(language="pt", width=360)
    official.goto("/pt/meetings/cumbre-de-los-rios/")
    assert text_of(official, "h1") == "Cúpula dos rios"
    follow(official.get_by_role("link", name="Toda a programação"))
    assert official.evaluate("document.documentElement.scrollWidth <= innerWidth")
    official.locator("[name=zone]").select_option("America/Sao_Paulo")
    follow(official.get_by_role("button", name="Mostrar"))
    row = official.locator(".slot", has_text="Cuando el río crece")
    assert "09:00–10:30 (São Paulo 11:00–12:30)" in " ".join(row.inner_text().split())
    assert row.locator(".in-room").is_visible()

    plain = visit(language="pt", scripts=False, width=1280)
    plain.goto("/pt/meetings/cumbre-de-los-rios/programme/?day=2027-10-05")
    assert (plain.locator("table.programme").count(), plain.locator("th[scope=col]").count()) == (1, 3)
    address = "/pt/meetings/cumbre-de-los-rios/"
    number = Meeting.objects.get(slug="cumbre-de-los-rios").sessions.get(title="Mercados").number
    seen = {}
    for public in (address, f"{address}programme/", f"{address}sessions/{number}/"):
        seen |= findings(official, public) | findings(visit(language="pt", dark=True, width=1280), public)
    for each in ("", "texts/", "about/", "hours/", "zone/", "places/", "organisers/", f"sessions/{number}/"):
        seen |= findings(page, DESK + each)
    assert seen | findings(page, "/es/workspace/meetings/") == {}
