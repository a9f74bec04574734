"""The desk, the list and the door: what those who run the network do."""

import csv
import io
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from plaza.core import history
from plaza.meetings.domain.doors import desk_of
from plaza.registration.domain.links import door_code_of
from plaza.registration.models import DoorKeeper, Registration, RegistrationDesk
from tests.registration.conftest import somebody

pytestmark = pytest.mark.django_db
DESK = "/es/workspace/meetings/river/registration/"
LIST = "/es/workspace/meetings/river/registered/"
DOOR = "/es/meetings/river/door/"
SETTINGS = {
    "deed": "save",
    "seats": "40",
    "offer_hours": "12",
    "opens_at": "2026-12-01T09:00",
    "closes_at": "2026-12-05T18:00",
    "kept": "Hillside, Ecuador: 2\nporto mar: 1\n",
    "intro_es": "Vengan",
    "intro_pt": "Venham",
    "asks_city": "on",
}


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


def test_the_secretary_sets_up_a_desk_in_the_meetings_zone_and_opens_it(secretary, meeting, network):
    assert secretary.get(DESK).status_code == 200
    assert secretary.post(DESK, SETTINGS).status_code == 302

    desk = RegistrationDesk.objects.get()
    assert (desk.seats, desk.offer_hours, desk.opens_at.isoformat()) == (40, 12, "2026-12-01T14:00:00+00:00")
    assert dict(desk.kept_seats.values_list("city__slug", "seats")) == {"hillside": 2, "porto-mar": 1}
    assert (desk.words("intro", "pt").text, desk.asks_sector) == ("Venham", False)
    shown = secretary.get(DESK).text
    assert ('value="2026-12-01T09:00"' in shown, "Hillside, Ecuador: 2" in shown) == (True, True)
    secretary.post(DESK, {"deed": "open"})
    assert RegistrationDesk.objects.get().standing == "open"
    assert meeting.__class__.objects.get(pk=meeting.pk).status == "registration-open"


@pytest.mark.parametrize(
    ("bad", "beside"),
    [
        ({"kept": "Hillside"}, "kept"),
        ({"kept": "Atlantis: 3"}, "kept"),
        ({"kept": "Hillside: 41"}, "kept"),
        ({"kept": "Hillside: ٣"}, "kept"),
        ({"closes_at": "2026-11-01T09:00"}, "closes_at"),
        ({"opens_at": "tomorrow"}, "opens_at"),
        ({"seats": "-1"}, "seats"),
        ({"offer_hours": "0"}, "offer_hours"),
    ],
    ids=["no number", "no such city", "more than there are", "digits of another script", "closes first", "no hour",
         "minus one", "an offer of no time"],
)  # fmt: skip
def test_settings_that_cannot_be_are_said_beside_their_field(secretary, meeting, bad, beside):
    answer = secretary.post(DESK, {**SETTINGS, **bad})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [beside])
    assert not RegistrationDesk.objects.exists()


def test_the_list_says_what_to_do_while_nobody_is_in_it_and_offers_no_recording_before_the_meeting(
    desk, meeting, secretary
):
    empty = secretary.get(LIST).text
    somebody(desk, 1)
    before = secretary.get(LIST).text
    meeting.starts_at = timezone.now()
    meeting.save(update_fields=["starts_at"])

    assert [('class="empty"' in page, "follow-up" in page) for page in (empty, before)] == [
        (True, False),
        (False, False),
    ]
    assert "follow-up" in secretary.get(LIST).text


def test_a_draft_is_not_opened(secretary, network):
    secretary.post("/es/workspace/meetings/markets/registration/", {"deed": "open"})

    assert not RegistrationDesk.objects.exists()


def test_the_secretary_invites_puts_somebody_at_the_door_and_takes_both_back(secretary, desk, network):
    secretary.post(DESK, {"deed": "invite", "invite-email": "m@example.org", "invite-language": "fr"})
    secretary.post(DESK, {"deed": "door", "door-address": "Member@example.org"})
    wrong = secretary.post(DESK, {"deed": "door", "door-address": "nobody@example.org"})
    assert (wrong.status_code, desk.invitations.get().is_open, DoorKeeper.objects.get().user) == (
        422, True, network.member
    )  # fmt: skip
    secretary.get(DESK)

    secretary.post(DESK, {"deed": "take-back", "pk": desk.invitations.get().pk})
    secretary.post(DESK, {"deed": "from-door", "pk": DoorKeeper.objects.get().pk})

    assert (desk.invitations.get().is_open, DoorKeeper.objects.count()) == (False, 0)


def test_the_list_is_chosen_by_state_city_sector_and_words(secretary, desk, network):
    somebody(desk, 1, city=network.cities["Hillside"], sector="public")
    somebody(desk, 2, city_words="Lejos", sector="civil", name="Ángela Ñáñez")
    somebody(desk, 3)
    somebody(desk, 4)

    def numbers(**asked):
        return [row.number for row in secretary.get(LIST, asked).context["page"]]

    assert numbers() == [1, 2, 3, 4]
    assert numbers(state="waitlisted") == [4]
    assert numbers(sector="civil") == [2]
    assert numbers(city=network.cities["Hillside"].pk) == [1]
    assert numbers(city="none") == [2, 3, 4]
    assert numbers(words="angela nanez") == [2]
    assert numbers(words="P3@EX") == [3]
    assert numbers(state="nonsense", city="x' OR 1", page="99") == [1, 2, 3, 4]


def test_a_formula_in_a_name_is_exported_as_text(secretary, desk):
    somebody(desk, 1, name='=HYPERLINK("http://spam.example","x")', city_words="+1", accessibility="@SUM(A1)")

    rows = list(csv.reader(io.StringIO(secretary.get(f"{LIST}sheet.csv").content.decode("utf-8-sig"))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(secretary.get(f"{LIST}sheet.xlsx").content))

    assert rows[1][1] == '\'=HYPERLINK("http://spam.example","x")'
    assert (rows[1][4], rows[1][8]) == ("'+1", "'@SUM(A1)")
    assert book.get_sheet_by_index(0).to_python()[1][1] == '=HYPERLINK("http://spam.example","x")'
    assert b"<f>" not in secretary.get(f"{LIST}sheet.xlsx").content


def many(desk, count, network):
    somebody(desk, 1, city=network.cities["Hillside"])
    first = Registration.objects.get()
    rows = []
    for number in range(2, count + 1):
        row = Registration(meeting=first.meeting, number=number, name=f"P {number}", name_sort=f"p {number}")
        row.email, row.language, row.state = f"m{number}@example.org", "es", "confirmed"
        row.token_hash, row.door_hash = f"t{number}", f"d{number}"
        row.city, row.seated_at = network.cities["Hillside"], timezone.now()
        rows.append(row)
    Registration.objects.bulk_create(rows)


@pytest.mark.parametrize("url", [LIST, DOOR + "?words=p", DESK, "/es/meetings/river/register/", LIST + "sheet.csv"])
def test_three_and_three_hundred_cost_the_same_queries(secretary, desk, network, url):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert secretary.get(url).status_code == 200
        return len(queries)

    many(desk, 3, network)
    asked()
    few = asked()
    Registration.objects.all().delete()
    many(desk, 300, network)
    lots = asked()

    # Of a session and its user, three are not ours.
    assert few == lots
    assert few <= 12


def test_one_registration_costs_a_bounded_number_of_queries_however_many_wait(desk, network):
    def asked(number):
        with CaptureQueriesContext(connection) as queries:
            somebody(desk, number)
        return len([each for each in queries if "SAVEPOINT" not in each["sql"]])

    many(desk, 3, network)
    asked(1001)
    few = asked(1002)
    many_more = [Registration(**{**vars_of(number)}, meeting=desk.meeting) for number in range(2000, 2300)]
    Registration.objects.bulk_create(many_more)

    assert asked(3001) == few


def vars_of(number):
    return {
        "number": number, "name": "W", "name_sort": "w", "email": f"w{number}@example.org", "language": "es",
        "state": "waitlisted", "token_hash": f"t{number}", "door_hash": f"d{number}",
    }  # fmt: skip


def test_at_the_door_one_is_found_by_code_or_name_checked_in_once_and_undone(desk, client, network):
    row, waits = somebody(desk, 1, name="Inés Ñusta"), [somebody(desk, number) for number in (2, 3, 4)][-1]
    desk.door_keepers.create(user=network.member)
    client.force_login(network.member)
    code = f"{DOOR}{door_code_of(row)}/"

    assert (client.get(code).status_code, Registration.objects.get(pk=row.pk).checked_in_at) == (200, None)
    client.post(code, {"deed": "in"})
    first = Registration.objects.get(pk=row.pk).checked_in_at
    client.post(f"{DOOR}?words=ines", {"deed": "in", "registration": row.pk})
    client.post(DOOR, {"deed": "in", "registration": waits.pk})

    assert (Registration.objects.get(pk=row.pk).checked_in_at, Registration.objects.get(pk=row.pk).checked_in_by) == (
        first, network.member
    )  # fmt: skip
    assert Registration.objects.get(pk=waits.pk).checked_in_at is None
    clock = first.astimezone(ZoneInfo("America/Bogota"))  # the one that hangs at the door
    assert f"a las {clock:%H:%M} (Bogotá)" in client.get(code).text
    assert "Inés Ñusta" in client.get(f"{DOOR}?words=nusta").text
    assert [each.number for each in client.get(f"{DOOR}?words=1").context["rows"]] == [1]
    client.post(code, {"deed": "undo"})
    assert Registration.objects.get(pk=row.pk).checked_in_at is None
    assert [entry.verb for entry in history.of(row)][-2:] == ["checked in", "check-in undone"]
    assert client.get(f"{DOOR}{'0' * 40}/").status_code == 404
    assert client.post(DOOR, {"registration": "9" * 30}).status_code == 404


def test_who_keeps_the_door_of_one_meeting_keeps_no_other_and_sees_no_list(desk, client, network):
    row = somebody(desk, 1)
    desk.door_keepers.create(user=network.member)
    client.force_login(network.member)

    assert client.get(DOOR).status_code == 200
    assert client.get("/es/meetings/buses/door/").status_code == 404
    assert (client.get(LIST).status_code, client.get(f"{LIST}{row.pk}/").status_code) == (404, 404)
    client.logout()
    assert client.get(f"{DOOR}{door_code_of(row)}/")["Location"].startswith("/es/sign-in/?next=")
    assert client.post(f"{DOOR}{door_code_of(row)}/", {"deed": "in"}).status_code == 302
    assert Registration.objects.get().checked_in_at is None


def test_the_meetings_desk_shows_the_way_with_numbers(desk, network, client):
    somebody(desk, 1)
    staff, member = desk_of(desk.meeting, network.secretary), desk_of(desk.meeting, network.member)

    ways = [door.url.rpartition("/meetings/river/")[2] for door in staff]
    assert [way for way in ways if way not in ("attendance/", "certificates/", "live/moderate/")] == [
        "registered/",
        "registration/",
        "door/",
    ]
    assert ("1" in staff[0].note, member) == (True, [])


def test_the_secretary_cancels_for_somebody_and_gives_the_reason_to_the_history(secretary, desk):
    row = somebody(desk, 1)

    assert secretary.get(f"{LIST}{row.pk}/").status_code == 200
    secretary.post(f"{LIST}{row.pk}/", {"deed": "cancel", "why": "Llamó por teléfono"})

    assert Registration.objects.get().state == "cancelled"
    assert "Llamó por teléfono" in secretary.get(f"{LIST}{row.pk}/").text


def test_a_meeting_without_a_desk_has_an_empty_list_on_which_nothing_is_decided(secretary, network):
    assert secretary.get(LIST).status_code == 200
    assert secretary.post(LIST, {"deed": "approve", "chosen": ["1"]}).status_code == 200
