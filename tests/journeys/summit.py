"""A summit is built at its desk, as a secretary does: forty sessions in two rooms and three tracks, three days long.

What a sheet would bring (most sessions) comes by the deeds that a sheet calls.
"""

import threading

from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.meetings.domain.changes import add_session
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.models import Meeting
from tests.journeys.looking import follow
from tests.meetings.conftest import at

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
    follow(page.get_by_role("button", name="Agregar", exact=True))
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
