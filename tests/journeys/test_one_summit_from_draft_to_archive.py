"""One summit from its draft to the archive: three days, forty sessions in two rooms and three tracks.

The secretary builds it and opens registration; people register, wait and are offered a place; a session changes its room and
each of them is told; while it runs, by the clock of the story, they ask and vote; afterwards the report of the video tool says
who stayed, who stayed long enough gets a certificate, and the network sees who came.
"""

from collections import Counter
from pathlib import Path

import pytest
import time_machine

from plaza.certificates.models import Certificate
from plaza.live import kept_boards
from plaza.live.models import Poll, Question
from plaza.mail.models import Letter
from plaza.registration.models import Registration, RegistrationDesk
from tests.journeys.looking import faults, findings, follow, text_of
from tests.journeys.summit import (
    DESK,
    FORM_SESSIONS,
    SEATS,
    SESSIONS,
    SLUG,
    add_by_form,
    add_the_others,
    announce,
    do_jobs,
    draft,
    fill,
    go,
    open_registration,
    press,
    the_summit,
)  # fmt: skip
from tests.meetings.conftest import at
from tests.registration.conftest import last_letter, link_in, somebody

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


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


def last_letter_to(address):
    return Letter.objects.filter(to=address).order_by("-pk").first()


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


def ask_and_vote(network, visit, hers):
    """A telephone with scripts and one without them, each in its language; a moderator answers and lets them vote."""
    late = visit(user=network.secretary, width=1280)
    late.goto(DESK)
    press(late, "Empieza ahora")
    late.goto(f"/es/meetings/{SLUG}/live/moderate/")
    follow(late.locator("button[value=open]"))
    ines, other = visit(language="pt", width=360), visit(language="es", width=360, scripts=False)
    for page, link in ((ines, hers), (other, link_in(Letter.objects.filter(to="p1@example.org").first()))):
        page.goto(link)
        follow(page.locator(".deeds a.button[href*='live']"))
    ines.fill("#id_words", "Quem avisa os vizinhos?")
    follow(ines.locator("#asking button"))
    follow(other.locator("main p > a[href$='/live/']"))
    follow(other.locator("#board button[name=second]"))
    assert [(row.words, row.n) for row in Question.objects.counted()] == [("Quem avisa os vizinhos?", 1)]
    late.goto(f"/es/meetings/{SLUG}/live/polls/new/")
    late.fill("#id_question_es", "¿Qué falta más?")
    late.fill("#id_choices_es", "Dinero\nGente")
    follow(late.locator("button[value=open]"))
    follow(late.locator("button[value=answered]"))
    follow(other.locator("main p > a[href$='/live/']"))
    other.check("#board input >> nth=1")
    follow(other.locator("#board fieldset button"))
    assert (Question.objects.get().state, Poll.objects.get().votes.get().chosen) == ("answered", [1])
    for page in (ines, other, late):  # they would go on asking what is new for the days that pass
        page.close()


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


def give_certificates(page, visit):
    """Who stayed for three quarters of the sessions gets one; anybody may verify it."""
    page.goto(f"{DESK}certificates/")
    follow(page.locator("button[value=issue]"))
    do_jobs()
    row = Certificate.objects.get()
    letter = Letter.objects.get(template="certificates/issued")
    assert (row.name, letter.to) == ("Inês Souza", "ines@example.org")
    stranger = visit(language="fr", width=360)
    stranger.goto("/fr/certificates/")
    stranger.fill("#code", row.shown_code.lower().replace("-", " "))
    follow(stranger.locator("main form button"))
    assert "Inês Souza" in text_of(stranger, "main")
    return row.code


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
                seen |= faults(page, f"/{language}/{each}")
    return seen


def test_one_summit_from_its_draft_to_the_archive(network, visit, monkeypatch):
    monkeypatch.setattr(kept_boards, "AFRESH", 0.0)  # whoever looks is shown what is there now, not two seconds ago
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
    hers = link_in(last_letter_to("ines@example.org"))
    with time_machine.travel(at(5, "09:05")):
        ask_and_vote(network, visit, hers)
    with time_machine.travel(at(8, "09:00")):
        late = visit(user=network.secretary, width=1280)
        close(late)
        code = give_certificates(late, visit)
        put_away(late)
        public = f"meetings/{SLUG}/"
        number = the_summit().sessions.get(title="Mercados").number
        pages = (public, f"{public}programme/", f"{public}sessions/{number}/", hers[4:], f"certificates/{code}/")
        seen = looked_at(visit, pages)
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
        for each in (*pages, "registration/", "registered/", "live/", "certificates/", "online/"):
            seen |= findings(late, DESK + each)
    assert seen == {}
