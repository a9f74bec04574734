"""An official registers on her telephone, waits, is offered a place and takes it, and is checked in at the door."""

import datetime as dt

import pytest
from django.utils import timezone

from plaza.mail.models import Letter
from plaza.meetings.models import Meeting
from plaza.registration.domain import deciding, desks, inviting
from plaza.registration.domain.links import door_code_of, invitation_token_of
from plaza.registration.models import Question, Registration
from tests.journeys.looking import follow, is_good, text_of
from tests.registration.conftest import last_letter, link_in, somebody

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def summit(network):
    """One place, taken; two questions."""
    meeting = network.meetings["river"]
    begins = timezone.now() + dt.timedelta(days=3)
    Meeting.objects.filter(pk=meeting.pk).update(
        status="announced", timezone="America/Bogota", starts_at=begins, ends_at=begins + dt.timedelta(hours=2)
    )
    meeting.refresh_from_db()
    desks.set_up(meeting=meeting, by=network.secretary, seats=1, intro="Vengan con su equipo.")
    desk = desks.open_registration(meeting=meeting, by=network.secretary)
    Question.objects.create(
        desk=desk, language="es", kind="choice", label="¿Qué taller?", options="Agua\nCalor", position=1
    )
    Question.objects.create(desk=desk, language="es", kind="file", label="Una carta", position=2)
    desk.door_keepers.create(user=network.member)
    somebody(desk, 1)
    return desk


@pytest.mark.parametrize(
    ("language", "scripts", "dark", "width"),
    # The other two languages look at her pages in test_one_summit_from_draft_to_archive.
    [("pt", False, False, 360), ("es", True, True, 1280)],
)
def test_an_official_waits_is_offered_a_place_and_comes(network, summit, visit, language, scripts, dark, width):
    looks = scripts  # axe is a script itself: without them the way is walked, and looked at with them
    page = visit(language=language, scripts=scripts, dark=dark, width=width)
    page.goto(f"/{language}/meetings/river/register/")
    if looks:
        is_good(page)
    page.fill("#id_name", "Inês Souza")
    page.fill("#id_email", "ines@example.org")
    page.fill("#id_city", "Porto Mar")
    page.check("input[name=sector][value=public]")
    page.check("#id_listed")
    follow(page.locator("main form button"))
    assert "ines@example.org" in text_of(page, "main strong")
    hers = last_letter()
    assert (hers.template, hers.language) == ("registration/waitlisted", language)

    page.goto(link_in(hers))
    if looks:
        is_good(page)
    follow(page.locator("button[value=confirm]"))
    deciding.cancel(registration=Registration.objects.get(number=1), by=network.secretary)
    page.goto(link_in(Letter.objects.get(template="registration/offered")))
    if looks:
        is_good(page)
    follow(page.locator("button[value=accept]"))
    assert page.locator("main svg path").count() >= 1
    if looks:
        is_good(page)
    follow(page.locator("main a[href$='/change/']"))
    if looks:
        is_good(page)

    keeper = visit(language=language, scripts=scripts, dark=dark, width=width, user=network.member)
    keeper.goto(f"/{language}/meetings/river/door/")
    keeper.fill("#words", "ines")
    follow(keeper.locator("main form button").first)
    if looks:
        is_good(keeper)
    follow(keeper.locator("button[value=in]"))
    assert keeper.locator("button[value=undo]").count() == 1
    assert Registration.objects.get(number=2).checked_in_by == network.member

    if looks:
        look_at_the_workspace(
            visit(language=language, dark=dark, width=width, user=network.secretary), language, summit
        )


def look_at_the_workspace(secretary, language, desk):
    row = Registration.objects.get(number=2)
    base = f"/{language}/workspace/meetings/river"
    question = desk.questions.first()
    invitation, _ = inviting.invite(desk=desk, email="mayor@example.org", language="es", by=None, keeps_seat=False)
    for address in (
        f"{base}/registered/",
        f"{base}/registered/{row.pk}/",
        f"{base}/registration/",
        f"{base}/registration/questions/{question.pk}/",
        f"/{language}/meetings/river/door/{door_code_of(row)}/",
        f"/{language}/registration/invited/{invitation_token_of(invitation)}/",
        f"/{language}/account/registrations/",
    ):
        secretary.goto(address)
        is_good(secretary)
