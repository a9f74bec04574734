"""How people come in: invited into a role, or asking to join."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from plaza.accounts.access import is_staff
from plaza.accounts.choices import NetworkRole
from plaza.accounts.domain import second_step
from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.directory.access import edits_city, edits_institution
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.invitations import (
    NotHers,
    NotOpen,
    accept,
    answer_joining,
    forget_old,
    invite,
    link_of,
    withdraw,
)
from plaza.directory.domain.membership import move
from plaza.directory.domain.roles import end, entrust
from plaza.directory.models import Invitation, JoinRequest, Organization, RoleInPlace
from plaza.mail.models import Letter

ADDRESS = "nueva@example.org"


@pytest.fixture
def editor(network):
    user = User.objects.create_user("editor@example.org", None, name="Elena", language="es")
    entrust(user=user, city=network.cities["Riberas"], by=network.secretary)
    return user


def path_of(invitation):
    return link_of(invitation).removeprefix("http://127.0.0.1")


def test_the_secretary_invites_an_editor_who_accepts_by_the_link_in_her_language(network, client):
    client.force_login(network.secretary)
    for language in LANGUAGES:
        address = f"nueva-{language}@example.org"
        client.post(
            f"/{language}/workspace/invitations/",
            {"email": address.title(), "language": language, "role": "member", "city": "riberas, Ecuador"},
        )
        letter = Letter.objects.get(to=address)
        path = next(line for line in letter.text.splitlines() if "/invitations/" in line)
        path, guest = path.removeprefix("http://127.0.0.1"), Client()

        assert (letter.language, path.startswith(f"/{language}/")) == (language, True)
        assert address in guest.get(path).text
        guest.post(path, {"name": "Nadia"})
        user = User.objects.get(email=address)
        assert (user.name, user.language, user.network_role, user.has_usable_password()) == (
            "Nadia",
            language,
            "member",
            False,
        )
        assert guest.get(f"/{language}/cities/riberas/desk/").status_code == 200
        assert guest.get(f"/{language}/cities/porto-mar/desk/").status_code == 404
        verbs = [entry.verb for entry in history.of(Invitation.objects.get(email=address))]
        assert verbs == ["invited", "invitation accepted"]
        assert Client().get(path).status_code == 410


def test_inviting_twice_gives_the_first_and_no_second_letter(network, editor):
    first, is_new = invite(email=ADDRESS, language="es", by=network.secretary)
    second, again = invite(email=ADDRESS.upper(), language="pt", by=editor, city=network.cities["Riberas"])

    assert (is_new, again, second) == (True, False, first)
    assert Letter.objects.count() == 1


def test_the_database_keeps_no_link_and_a_guess_is_nothing(network, client):
    invitation, _ = invite(email=ADDRESS, language="es", by=network.secretary)
    token = path_of(invitation).split("/")[-2]

    assert token not in str(Invitation.objects.values())
    for guess in ("x", "0" * 64, invitation.token_hash, str(invitation.uuid), token[:-1]):
        assert client.get(f"/es/invitations/{guess}/").status_code == 404


def test_an_invitation_of_two_weeks_ago_opens_nothing_and_makes_room_and_is_forgotten_in_a_month(network, client):
    invitation, _ = invite(email=ADDRESS, language="es", by=network.secretary)
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))

    assert client.post(path_of(invitation), {"name": "Nadia"}).status_code == 410
    assert not User.objects.filter(email=ADDRESS).exists()
    assert invite(email=ADDRESS, language="es", by=network.secretary)[1]

    assert forget_old() == 0
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(days=15))
    assert (forget_old(), Invitation.objects.count()) == (2, 0)


def test_what_was_withdrawn_opens_nothing(network, client):
    invitation, _ = invite(email=ADDRESS, language="es", by=network.secretary)
    client.force_login(network.secretary)
    client.post(f"/es/workspace/invitations/{invitation.pk}/withdraw/")

    assert Client().post(path_of(invitation), {"name": "Nadia"}).status_code == 410
    assert not User.objects.filter(email=ADDRESS).exists()


def test_an_editor_invites_for_her_city_and_no_other_and_into_no_role_of_the_network(network, editor):
    invite(email="a@example.org", language="es", by=editor, city=network.cities["Riberas"])

    for wrong in (
        {"city": network.cities["Porto Mar"]},
        {},
        {"city": network.cities["Riberas"], "role": NetworkRole.SECRETARIAT},
        {"organization": Organization.objects.create(slug="o", name="O")},
    ):
        with pytest.raises(NotHers):
            invite(email="b@example.org", language="es", by=editor, **wrong)
    for wrong in (NetworkRole.SECRETARIAT, NetworkRole.ADMINISTRATOR, NetworkRole.RESPONSE):
        with pytest.raises(NotHers):
            invite(email="b@example.org", language="es", by=network.secretary, role=wrong)
    assert Invitation.objects.count() == 1


def test_an_editor_of_a_city_that_left_edits_nothing_and_her_invitations_fall(network, client, editor):
    city = network.cities["Riberas"]
    invitation, _ = invite(email=ADDRESS, language="es", by=editor, city=city)
    client.force_login(editor)
    assert client.get("/es/cities/riberas/desk/").status_code == 200

    move(city=city, to=MembershipStatus.LEFT, on=timezone.localdate(), by=network.secretary)

    assert RoleInPlace.objects.get().end == timezone.localdate()
    assert not edits_city(editor, "riberas")
    assert client.get("/es/cities/riberas/desk/").status_code == 404
    with pytest.raises(NotOpen):
        accept(invitation=invitation, name="Nadia", language="es")
    move(city=city, to=MembershipStatus.MEMBER, on=timezone.localdate(), by=network.secretary)
    assert not edits_city(editor, "riberas")


def test_a_role_that_begins_tomorrow_or_whose_account_is_closed_edits_nothing(network, editor):
    row = RoleInPlace.objects.get()
    assert edits_city(editor, "riberas")
    RoleInPlace.objects.filter(pk=row.pk).update(start=timezone.localdate() + dt.timedelta(days=1))
    assert not edits_city(editor, "riberas")
    RoleInPlace.objects.filter(pk=row.pk).update(start=timezone.localdate())
    assert edits_city(editor, "riberas")
    editor.is_active = False
    assert not edits_city(editor, "riberas")


def test_a_role_is_ended_and_given_again(network, editor):
    end(role=RoleInPlace.objects.get(), by=network.secretary)
    assert not edits_city(editor, "riberas")
    entrust(user=editor, city=network.cities["Riberas"], by=network.secretary)
    entrust(user=editor, city=network.cities["Riberas"], by=network.secretary)

    assert (edits_city(editor, "riberas"), RoleInPlace.objects.count()) == (True, 2)


def test_whoever_has_an_account_gets_the_role_and_keeps_her_name(network):
    institute = Organization.objects.create(slug="instituto", name="Instituto")
    invitation, _ = invite(email="member@example.org", language="pt", by=network.secretary, organization=institute)

    user = accept(invitation=invitation, name="Somebody else", language="fr")

    assert (user, user.name) == (network.member, "Otávio")
    assert edits_institution(user, "instituto")
    assert not edits_city(user, "instituto")


def test_an_invitation_takes_no_role_away(network):
    invitation, _ = invite(email="secretary@example.org", language="es", by=network.secretary)

    assert is_staff(accept(invitation=invitation, name="S", language="es"))


def test_the_link_does_not_pass_by_a_second_step(network, client):
    second_step.prepare(network.member)
    second_step.SecondStep.objects.update(confirmed_at=timezone.now())
    invitation, _ = invite(email="member@example.org", language="es", by=network.secretary)

    answer = client.post(path_of(invitation), {"name": "x"})

    assert answer["Location"] == "/es/sign-in/second-step/"
    assert client.get("/es/account/").status_code == 302


def test_an_invitation_is_not_taken_by_whoever_is_signed_in(network, client):
    invitation, _ = invite(email=ADDRESS, language="es", by=network.secretary)
    client.force_login(network.member)

    assert "member@example.org" in client.post(path_of(invitation), {"name": "x"}).text
    assert not User.objects.filter(email=ADDRESS).exists()


def test_what_cannot_be_is_told_beside_its_field(network, client):
    client.force_login(network.secretary)
    for changed, field in (
        ({"email": "x\r\nBcc: y@example.org"}, "email"),
        ({"role": "administrator"}, "role"),
        ({"city": "Atlantis"}, "city"),
        ({"organization": "Nobody Ltd"}, "organization"),
        ({"language": "xx"}, "language"),
    ):
        answer = client.post(
            "/es/workspace/invitations/", {"email": ADDRESS, "language": "es", "role": "member", **changed}
        )

        assert list(answer.context["form"].errors) == [field]
    assert not Letter.objects.exists()


def test_somebody_asks_to_join_and_is_invited_and_her_words_are_forgotten(network, client):
    asked = {"name": "Nadia", "email": ADDRESS, "words": "Trabajo en Riberas.", "website": ""}
    answers = [client.post("/es/join/", asked) for _ in range(2)]
    known = client.post("/es/join/", {**asked, "email": "member@example.org"})
    request = JoinRequest.objects.get(email=ADDRESS)

    assert answers[0].text == answers[1].text == known.text
    assert not Letter.objects.exists()
    client.force_login(network.secretary)
    assert "Trabajo en Riberas." in client.get("/es/workspace/invitations/").text
    client.post(f"/es/workspace/joining/{request.pk}/", {"deed": "invite"})
    request.refresh_from_db()
    assert (request.state, request.email, request.words) == ("invited", "", "")
    assert Letter.objects.get().to == ADDRESS
    answer_joining(request=JoinRequest.objects.get(email="member@example.org"), is_welcome=False, by=network.secretary)
    assert Letter.objects.count() == 1


def test_programs_and_floods_ask_in_vain(network, client):
    asked = {"name": "Nadia", "words": "x", "website": "http://spam.example"}
    assert client.post("/es/join/", {**asked, "email": ADDRESS}).status_code == 422
    answers = [
        client.post("/es/join/", {**asked, "website": "", "email": f"{n}@example.org"}).status_code for n in range(7)
    ]

    assert answers == [200] * 5 + [429] * 2


def test_a_member_cannot_withdraw_or_answer(network, client, editor):
    invitation, _ = invite(email=ADDRESS, language="es", by=network.secretary, city=network.cities["Porto Mar"])

    with pytest.raises(NotHers):
        withdraw(invitation=invitation, by=editor)
    client.force_login(editor)
    assert client.post("/es/cities/riberas/desk/", {"withdraw": invitation.pk}).status_code == 404
    assert Invitation.objects.open().count() == 1


def test_an_editor_works_at_her_desk(network, client, editor):
    client.force_login(editor)
    client.post("/es/cities/riberas/desk/", {"email": ADDRESS, "language": "es"})
    page = client.get("/es/cities/riberas/desk/").text

    assert ("Elena" in page, ADDRESS in page) == (True, True)
    client.post("/es/cities/riberas/desk/", {"withdraw": Invitation.objects.get().pk})
    assert not Invitation.objects.open().exists()
    assert "/es/cities/riberas/desk/" in client.get("/es/account/places/").text


def test_the_pages_cost_the_same_for_three_and_for_thirty(network, client, editor, django_assert_num_queries):
    client.force_login(network.secretary)
    for page, count in (("/es/workspace/invitations/", 6), ("/es/cities/riberas/desk/", 9)):
        for number in range(3):
            invite(email=f"{page[4]}{number}@example.org", language="es", by=editor, city=network.cities["Riberas"])
        client.get(page)
        with django_assert_num_queries(count):
            client.get(page)
        for number in range(3, 30):
            invite(email=f"{page[4]}{number}@example.org", language="es", by=editor, city=network.cities["Riberas"])
        with django_assert_num_queries(count):
            client.get(page)


def test_the_database_keeps_roles_in_their_place(network, editor):
    for wrong in ({"city": None}, {"role": "institution_editor"}, {"end": dt.date(2001, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleInPlace.objects.update(**wrong)
