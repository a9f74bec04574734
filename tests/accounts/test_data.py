"""What is kept of somebody: taken away, and erased."""

import ast
import html
import os
import re
import subprocess
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

import plaza
from plaza.accounts.access import is_member
from plaza.accounts.domain.accounts import ask_new_address
from plaza.accounts.domain.personal import erase_everything
from plaza.accounts.models import User
from plaza.certificates.domain.candidates import roll_of
from plaza.certificates.domain.issuing import issue_by_hand
from plaza.core import history
from plaza.core.personal import holdings
from plaza.core.personal_words import FIELDS, THINGS
from plaza.corrections.models import Correction
from plaza.directory.choices import PlaceRole
from plaza.directory.domain.invitations import ask_to_join, invite
from plaza.directory.domain.roles import entrust
from plaza.directory.models import Person, RoleInPlace
from plaza.hosting.binaries import postgres_binaries
from plaza.mail.models import Letter
from plaza.meetings.models import Meeting
from plaza.newsletters.domain import subscribing
from plaza.registration.domain import desks
from plaza.registration.domain.registering import Given, register

CANARY = "canary-7f3a@example.org"
NAME = "Canaria Siete"


@pytest.fixture
def canary(network):
    """Somebody who left traces everywhere: an editor on stage, who asked for a correction and invited another."""
    user = User.objects.create_user(CANARY, "correct horse", name=NAME)
    Person.objects.filter(name="Ana Ribera").update(user=user)
    entrust(user=user, city=network.cities["Riberas"], by=network.secretary)
    invite(email="other@example.org", language="es", by=user, city=network.cities["Riberas"])
    invite(email=CANARY, language="es", by=network.secretary)
    ask_to_join(name=NAME, email=CANARY, language="es", words=f"Soy {NAME}, {CANARY}")
    ask_new_address(user=user, email=f"new-{CANARY}")
    subscribing.ask(email=CANARY, language="es", name=NAME)
    river = network.meetings["river"]
    Meeting.objects.filter(pk=river.pk).update(status="announced")
    river = Meeting.objects.get(pk=river.pk)
    desk = desks.open_registration(meeting=river, by=network.secretary)
    register(desk=desk, given=Given(name=NAME, email=CANARY, language="es", city_words=NAME, accessibility=NAME))
    roll = roll_of(river)
    issue_by_hand(roll=roll, who=roll.people[0], why=f"{NAME} spoke", by=network.secretary)
    return user


@pytest.fixture
def signed_in(canary, client, by_code):
    client.post("/es/corrections/", {"kind": "other", "wrong": CANARY, "name": NAME, "email": CANARY, "where": CANARY})
    by_code(CANARY)
    return client


def test_she_takes_away_what_each_room_keeps_of_her(signed_in):
    told = signed_in.get("/es/account/data.json").json()

    assert set(told) == set(holdings)
    assert {name: sorted({row["what"] for row in rows}) for name, rows in told.items()} == {
        "mail": ["letter"],
        "accounts": ["account", "deed", "session"],
        "directory": ["invitation", "person", "post", "role"],
        "corrections": ["request"],
        "newsletters": ["subscription"],
        "knowledge": ["recording"],
        "meetings": ["appearance"],
        "registration": ["registration"],
        "attendance": [],
        "certificates": ["certificate"],
        "live": [],
        "search": [],
    }
    assert told["knowledge"] == [
        {"what": "recording", "title": "El río y las sirenas", "page": "/es/recordings/river/"}
    ]


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_she_reads_it_on_a_page(signed_in, language):
    page = signed_in.get(f"/{language}/account/data/").text

    assert (CANARY in page, NAME in page, "El río y las sirenas" in page) == (True, True, True)
    with override(language):
        names = set(re.findall("<dt>(.*?)</dt>", page))
        assert names <= {html.escape(str(name)) for name in FIELDS.values()}
        assert f"<dd><bdi>{PlaceRole.CITY_EDITOR.label}</bdi></dd>" in page
        assert f"<dd><bdi>{html.escape(str(THINGS['session']))}</bdi></dd>" in page


def test_every_field_that_is_told_of_somebody_has_a_name_for_people():
    told = {"what": set(), "fields": set()}
    for file in Path(plaza.__file__).parent.glob("*/domain/personal.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            pairs = zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
            named = {key.value: value for key, value in pairs if isinstance(key, ast.Constant)}
            told["fields"] |= set(named)
            told["what"] |= {named["what"].value} if "what" in named else set()

    # A profile tells the fields of its row.
    assert (told["what"] - set(THINGS), told["fields"] - set(FIELDS)) == (set(), set())
    assert set(THINGS) == told["what"]


def test_nothing_of_another_is_told(signed_in, network):
    assert "secretary@example.org" not in signed_in.get("/es/account/data.json").text


def test_erasing_asks_for_the_address_so_that_it_is_no_mistake(signed_in, canary):
    answer = signed_in.post("/es/account/erase/", {"email": "another@example.org"})

    assert answer.status_code == 422
    canary.refresh_from_db()
    assert canary.is_active


def test_who_erases_herself_is_signed_out_and_cited_without_a_name(signed_in, canary, network, client):
    record = network.meetings["river"]
    history.record(verb="looked at", by=canary, subject=record)
    answer = signed_in.post("/es/account/erase/", {"email": f" {CANARY.upper()} "})

    assert answer["Location"] == "/es/"
    canary.refresh_from_db()
    assert (is_member(canary), canary.name, canary.email.endswith("@erased.invalid")) == (False, "", True)
    assert signed_in.get("/es/account/").status_code == 302
    assert not client.login(username=CANARY, password="correct horse")
    # What others cite stays whole: the deed has its doer, the stage its speaker, the city its former editor.
    assert history.of(record).get(verb="looked at").by == canary
    assert "una persona que pidió no ser nombrada" in client.get("/es/meetings/river/").text
    assert RoleInPlace.objects.get(user=canary).end == timezone.localdate()
    assert Person.objects.get(name="Ana Ribera").user is None
    correction = Correction.objects.get()
    assert (correction.state, correction.name, correction.email, correction.wrong) == ("withdrawn", "", "", "")


def test_her_invitations_to_others_fall(canary, client):
    letter = Letter.objects.get(to="other@example.org")
    path = next(line for line in letter.text.splitlines() if "/invitations/" in line).removeprefix("http://127.0.0.1")
    erase_everything(user=canary)

    assert client.post(path, {"name": "Other"}).status_code == 410


def test_her_address_may_come_again_as_somebody_new(canary, network):
    erase_everything(user=canary)

    assert User.objects.create_user(CANARY, None, name="New").pk != canary.pk


@pytest.mark.django_db(transaction=True)
def test_the_address_and_the_name_are_in_no_table_of_a_dump_afterwards(signed_in, canary):
    assert (CANARY in dump(), NAME in dump()) == (True, True)

    signed_in.post("/es/account/erase/", {"email": CANARY})

    after = dump()
    assert "El río y las sirenas" in after
    assert [line for line in after.splitlines() if CANARY in line or NAME in line] == []


def dump():
    """Everything of the database, as a backup has it, with what sessions hold written out."""
    values = connection.get_connection_params()
    environment = {**os.environ, "PGPASSWORD": values.get("password") or ""}
    url = psycopg.conninfo.make_conninfo(
        host=values.get("host"), port=values.get("port"), user=values.get("user"), dbname=values["dbname"]
    )
    done = subprocess.run(
        [postgres_binaries().folder / "pg_dump", "--data-only", "--dbname", url],
        env=environment,
        capture_output=True,
        check=True,
    )
    from django.contrib.sessions.models import Session  # beside its one use

    sessions = "\n".join(str(row.get_decoded()) for row in Session.objects.all())
    return done.stdout.decode() + sessions
