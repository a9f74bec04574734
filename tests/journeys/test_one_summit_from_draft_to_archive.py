"""One summit from its draft to the archive: three days, forty sessions in two rooms and three tracks.

The secretary builds it and opens registration; people register, wait and are offered a place; a session changes its room and
each of them is told; on the day, by the clock of the story, people come; afterwards the report of the video tool says who
stayed. What a sheet would bring (most sessions, most people) comes by the deeds that a sheet calls.
"""

import threading
from collections import Counter
from pathlib import Path

import pytest
import time_machine
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.mail.models import Letter
from plaza.meetings.domain.changes import add_session
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.models import Meeting
from plaza.registration.models import Registration, RegistrationDesk
from tests.journeys.looking import findings, follow, text_of
from tests.journeys.test_every_page import WIDTHS
from tests.meetings.conftest import at
from tests.registration.conftest import last_letter, link_in, somebody

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SLUG = "cumbre-de-los-rios"
DESK = f"/es/workspace/meetings/{SLUG}/"
ROOMS, TRACKS, SESSIONS, SEATS = ("Sala Azul", "Sala Verde"), ("Agua", "Calles", "Barrios"), 40, 6
FORM_SESSIONS = (
    ("Cuando el río crece", "09:00", "10:30", "Sala Azul", "Ana Ribera"),
    ("Buses de noche", "09:00", "10:00", "Sala Verde", "João Mar"),
    ("Mercados", "10:00", "11:00", "Sala Azul", "Rose Hill"),
)


def fill(page, **values):
    for name, value in values.items():
        field = page.locator(f"[name={name}]:visible")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def press(page, name):
    follow(page.get_by_role("button", name=name))


def go(page, link):
    follow(page.get_by_role("link", name=link))


def do_jobs():
    """What a worker does: all that waits. In a thread of its own, for Playwright keeps an event loop in this one."""

    def work():
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            worker.run_worker(wait=False, concurrency=1, install_signal_handlers=False, listen_notify=False)
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    failed = ProcrastinateJob.objects.filter(status="failed").values_list("task_name", flat=True)
    assert list(failed) == []


def the_summit():
    return Meeting.objects.get(slug=SLUG)


def draft(page):
    page.goto("/es/workspace/")
    go(page, "Mesa de reuniones")
    go(page, "Nueva reunión")
    fill(page, title="Cumbre de los ríos", kind="summit", language="es")
    press(page, "Continuar")
    fill(page, timezone="America/Guayaquil", first_day="2027-10-05", first_hour="09:00")
    fill(page, last_day="2027-10-07", last_hour="18:00")
    press(page, "Guardar")
    go(page, "Textos en cuatro idiomas")
    fill(page, title_pt="Cúpula dos rios", summary_es="Tres días sobre el agua.", summary_pt="Três dias sobre a água.")
    press(page, "Guardar")
    for kind, names in (("Agregar una sala", ROOMS), ("Agregar un eje", TRACKS)):
        for name in names:
            page.goto(f"{DESK}places/")
            page.locator("summary", has_text=kind).click()
            fill(page, name_es=name, name_pt=name)
            follow(page.locator("details[open]").get_by_role("button", name="Guardar"))


def add_by_form(page, title, starts, ends, room, who):
    page.goto(f"{DESK}sessions/new/")
    fill(page, title=title, kind="panel", day="2027-10-05", starts=starts, ends=ends, language="es")
    page.locator("[name=room]").select_option(label=room)
    page.get_by_label("Português").check()
    press(page, "Agregarlo")
    fill(page, person=who)
    press(page, "Agregar a la persona")


def add_the_others(network):
    """Each hour from eleven on, in both rooms, three days long: forty in all."""
    meeting = the_summit()
    rooms, tracks = list(meeting.rooms.order_by("pk")), list(meeting.tracks.order_by("pk"))
    for n in range(SESSIONS - len(FORM_SESSIONS)):
        hour = 12 + n // 6 % 7
        session = add_session(
            meeting=meeting, language="es", title=f"Taller {n + 1}", room=rooms[n % 2], track=tracks[n % 3], by=None,
            starts_at=at(5 + n // 2 % 3, f"{hour}:00"), ends_at=at(5 + n // 2 % 3, f"{hour}:50"),
        )  # fmt: skip
        put_on_stage(session=session, person=network.people[("Luis Prado", "Rose Hill")[n % 2]], by=None)


def announce(page, network):
    """The one conflict is mended first."""
    page.goto(DESK)
    assert page.locator("#clashes + ul li").all_inner_texts() == [
        "La sala Sala Azul está ocupada dos veces: «Cuando el río crece» (09:00–10:30) y «Mercados» (10:00–11:00)."
    ]
    follow(page.locator("#clashes + ul a"))
    page.locator("[name=room]").select_option(label="Sala Verde")
    press(page, "Guardar")
    assert page.locator("#clashes").count() == 0
    press(page, "Anunciar")
    assert page.locator("#changes").count() == 0


def open_registration(page):
    page.goto(f"{DESK}registration/")
    fill(page, seats=str(SEATS))
    press(page, "Guardar")
    go(page, "Pregunta nueva")
    fill(page, label_es="¿Qué taller le interesa?", label_pt="Que oficina lhe interessa?")
    press(page, "Guardar")
    page.goto(f"{DESK}registration/")
    press(page, "Abrirla ahora")
    assert the_summit().status == "registration-open"


def register(page, name, email, city):
    page.goto(f"/pt/meetings/{SLUG}/")
    follow(page.locator("a.button[href$='/register/']"))
    fill(page, name=name, email=email, city=city)
    page.check("input[name=sector][value=public]")
    page.get_by_label("Que oficina lhe interessa?").fill("Taller 3")
    page.check("#id_written")
    follow(page.locator("main form button"))


def states():
    return dict(Counter(Registration.objects.values_list("state", flat=True)))


def people_register(network, visit):
    """All places are taken; Inês waits, somebody cancels by her link, Inês is offered the place and takes it."""
    desk = RegistrationDesk.objects.get(meeting__slug=SLUG)
    for number in range(1, SEATS + 1):
        somebody(desk, number, city=network.cities["Riberas"], sector="public")
    official = visit(language="pt", width=360)
    register(official, "Inês Souza", "ines@example.org", "Porto Mar")
    hers = last_letter()
    assert (hers.to, hers.template, hers.language) == ("ines@example.org", "registration/waitlisted", "pt")
    official.goto(link_in(hers))
    follow(official.locator("button[value=confirm]"))

    other = visit(language="es", width=360, scripts=False)
    other.goto(link_in(Letter.objects.get(to="p3@example.org")))
    other.locator("main details:has(button[value=cancel]) summary").click()
    follow(other.locator("button[value=cancel]"))
    offer = last_letter()
    assert (offer.to, offer.template) == ("ines@example.org", "registration/offered")
    official.goto(link_in(offer))
    follow(official.locator("button[value=accept]"))
    assert states() == {"confirmed": SEATS, "cancelled": 1}


def change_a_room(page):
    page.goto(DESK)
    go(page, "Mercados")
    fill(page, starts="10:30", ends="11:30")
    page.locator("[name=room]").select_option(label="Sala Azul")
    press(page, "Guardar")
    assert page.locator("#changes + ul li").all_inner_texts() == [
        "«Mercados» cambia de hora: 5 de octubre de 2027, 10:30–11:30 (antes: 5 de octubre de 2027, 10:00–11:00).",
        "«Mercados» cambia de sala: Sala Azul (antes: Sala Verde).",
    ]
    press(page, "Avisar a quienes se inscribieron")
    do_jobs()
    told = Letter.objects.filter(template="registration/changed")
    assert sorted(told.values_list("to", flat=True)) == sorted(
        ["ines@example.org", *(f"p{number}@example.org" for number in range(1, SEATS + 1) if number != 3)]
    )
    hers = told.get(to="ines@example.org")
    assert (hers.language, "Mercados" in hers.text, "Sala Azul" in hers.text) == ("pt", True, True)


def read_on_a_telephone(visit):
    official = visit(language="pt", width=360)
    official.goto(f"/pt/meetings/{SLUG}/")
    assert text_of(official, "h1") == "Cúpula dos rios"
    go(official, "Toda a programação")
    assert official.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert official.locator(".slot").count() == SESSIONS
    official.locator("[name=zone]").select_option("America/Sao_Paulo")
    press(official, "Mostrar")
    row = official.locator(".slot", has_text="Cuando el río crece")
    assert "09:00–10:30 (São Paulo 11:00–12:30)" in " ".join(row.inner_text().split())
    assert row.locator(".in-room").is_visible()
    plain = visit(language="pt", scripts=False, width=1280)
    plain.goto(f"/pt/meetings/{SLUG}/programme/?day=2027-10-05")
    assert (plain.locator("table.programme").count(), plain.locator("th[scope=col]").count()) == (1, 3)


def report_of_the_tool():
    """As Zoom saves it in Spanish: Inês from two devices at once on the first day; one person for a quarter of an hour."""
    rows = [
        "Nombre (nombre original);Correo electrónico;Hora de entrada;Hora de salida;Duración (minutos);Ciudad",
        "Inês Souza;ines@example.org;05/10/2027 09:00:00;05/10/2027 18:00:00;540;Porto Mar",
        "Inês Souza;ines@example.org;05/10/2027 17:30:00;05/10/2027 18:30:00;60;Porto Mar",
        "Inês Souza;ines@example.org;06/10/2027 12:00:00;06/10/2027 18:30:00;390;Porto Mar",
        "Person 1;p1@example.org;05/10/2027 09:00:00;05/10/2027 09:15:00;15;Riberas",
        "iPhone;;05/10/2027 09:10:00;05/10/2027 09:40:00;30;",
    ]
    return "\n".join(rows).encode("cp1252")


def close(page):
    """The report comes in, and each row is accounted for; who came is there as a chart, a table and a sheet."""
    page.goto(DESK)
    press(page, "Ya se realizó")
    page.goto(f"{DESK}attendance/")
    page.locator("input[type=file]").set_input_files(
        {"name": "reporte.csv", "mimeType": "text/csv", "buffer": report_of_the_tool()}
    )
    follow(page.locator("main form button").first)
    page.locator("[name=zone]").select_option("America/Guayaquil")
    follow(page.locator("form:has([name=zone]) button").first)
    assert "Todas las filas están explicadas." in page.locator("main").inner_text()

    page.goto(f"{DESK}attendance/")
    hers = page.locator("tr:has(th[scope=row])", has_text="Inês Souza")
    # Sixteen hours, the half hour of two devices counted once; the sessions together last eighteen and a third.
    assert hers.locator("td").all_inner_texts()[2:] == ["en el público", "960", "87 %"]
    with page.expect_download() as sheet:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "Inês Souza" in Path(sheet.value.path()).read_text("utf-8-sig")
    page.goto("/es/workspace/attendance/")
    assert page.locator("tr", has_text="Cumbre de los ríos").count() == 1


def put_away(page):
    """What it left behind is sent to those who agreed to be written to; then the archive."""
    page.goto(f"{DESK}registered/")
    press(page, "Enviarles la grabación")
    do_jobs()
    assert [row.to for row in Letter.objects.filter(template="registration/afterwards")] == ["ines@example.org"]
    page.goto(DESK)
    press(page, "Todo está documentado")
    press(page, "Archivar")
    assert the_summit().status == "archived"


def looked_at(visit, keys):
    """Its pages for everybody, in four languages, with scripts on a telephone and without them at a desk."""
    seen = {}
    for language in ("es", "pt", "en", "fr"):
        for scripts, width, dark in ((True, 360, language in ("pt", "fr")), (False, 1280, language in ("es", "en"))):
            page = visit(language=language, width=width, dark=dark)
            if not scripts:  # axe is a script itself: the page's own are kept from it
                page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
            for each in keys:
                seen |= findings(page, f"/{language}/{each}")
                wide, shown = page.evaluate(WIDTHS)
                seen |= {} if wide <= shown else {page.url: [f"{wide} > {shown}"]}
    return seen


def test_one_summit_from_its_draft_to_the_archive(network, visit):
    page = visit(user=network.secretary, width=1280)
    draft(page)
    for title, starts, ends, room, who in FORM_SESSIONS:
        add_by_form(page, title, starts, ends, room, who)
    add_the_others(network)
    announce(page, network)
    open_registration(page)
    people_register(network, visit)
    change_a_room(page)
    read_on_a_telephone(visit)
    with time_machine.travel(at(8, "09:00")):
        late = visit(user=network.secretary, width=1280)
        close(late)
        put_away(late)
        public = f"meetings/{SLUG}/"
        number = the_summit().sessions.get(title="Mercados").number
        hers = Letter.objects.filter(to="ines@example.org").last()
        seen = looked_at(visit, (public, f"{public}programme/", f"{public}sessions/{number}/", link_in(hers)[4:]))
        pages = (
            "",
            "texts/",
            "about/",
            "hours/",
            "zone/",
            "places/",
            "organisers/",
            f"sessions/{number}/",
            "attendance/",
        )
        for each in (*pages, "registration/", "registered/"):
            seen |= findings(late, DESK + each)
    assert seen == {}
