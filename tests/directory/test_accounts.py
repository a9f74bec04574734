"""Accounts and roles, as those who run the network see and change them."""

import pytest

from plaza.accounts.choices import NetworkRole
from plaza.accounts.domain.second_step import has_second_step, prepare
from plaza.accounts.models import SecondStep, User
from plaza.core import history
from plaza.directory.domain.roles import entrust
from plaza.directory.models import RoleInPlace


@pytest.fixture
def administrator(db):
    return User.objects.create_user("admin@example.org", None, name="Ada", network_role=NetworkRole.ADMINISTRATOR)


def page_of(user: User) -> str:
    return f"/es/workspace/accounts/{user.pk}/"


def test_an_administrator_gives_a_role_and_closes_and_opens_an_account(network, client, administrator):
    client.force_login(administrator)
    client.post(page_of(network.member), {"deed": "give-role", "role": "finance"})
    assert User.objects.get(pk=network.member.pk).network_role == NetworkRole.FINANCE
    client.post(page_of(network.member), {"deed": "close", "role": "finance", "why": "Se fue"})
    assert not User.objects.get(pk=network.member.pk).is_active
    assert "Se fue" in client.get(page_of(network.member)).text
    client.post(page_of(network.member), {"deed": "open-again", "role": "finance"})
    assert User.objects.get(pk=network.member.pk).is_active
    assert [row.verb for row in history.of(network.member)][-3:] == [
        "role given",
        "account closed",
        "account opened again",
    ]


def test_whoever_is_signed_in_when_her_account_is_closed_is_signed_in_no_more(network, client, administrator):
    hers = type(client)()
    hers.force_login(network.member)
    assert hers.get("/es/account/").status_code == 200
    client.force_login(administrator)
    client.post(page_of(network.member), {"deed": "close"})
    assert hers.get("/es/account/").status_code == 302


def test_a_secretary_gives_no_role_that_only_administrators_give(network, client):
    client.force_login(network.secretary)
    for role in ("administrator", "secretariat", "response"):
        client.post(page_of(network.member), {"deed": "give-role", "role": role})
        assert (role, User.objects.get(pk=network.member.pk).network_role) == (role, NetworkRole.MEMBER)


def test_neither_a_secretary_nor_she_herself_decides_about_an_administrator(network, client, administrator):
    prepare(administrator)
    for who in (network.secretary, administrator):
        client.force_login(who)
        for deed in ("give-role", "close", "put-away"):
            assert client.post(page_of(administrator), {"deed": deed, "role": "member"}).status_code == 403
            after = User.objects.get(pk=administrator.pk)
            assert (deed, after.network_role, after.is_active) == (deed, NetworkRole.ADMINISTRATOR, True)
            assert SecondStep.objects.filter(user=administrator).exists()


def test_an_administrator_puts_away_the_second_step_of_somebody_who_lost_it(network, client, administrator):
    step = prepare(network.secretary)
    SecondStep.objects.filter(pk=step.pk).update(confirmed_at="2026-01-01T00:00Z")
    client.force_login(administrator)
    client.post(page_of(network.secretary), {"deed": "put-away", "role": "secretariat"})
    assert not has_second_step(network.secretary)


def test_the_role_of_an_editor_is_ended_and_another_users_is_not_by_her_page(network, client):
    mine = entrust(user=network.member, city=network.cities["Riberas"], by=None)
    others = entrust(user=network.secretary, city=network.cities["Riberas"], by=None)
    client.force_login(network.secretary)
    client.post(page_of(network.member), {"deed": "end-role", "place": str(others.pk)})
    client.post(page_of(network.member), {"deed": "end-role", "place": str(mine.pk)})
    client.post(page_of(network.member), {"deed": "end-role", "place": "9" * 40})
    open_roles = RoleInPlace.objects.filter(end__isnull=True).values_list("pk", flat=True)
    assert list(open_roles) == [others.pk]


def test_accounts_are_found_by_name_address_and_role(network, client):
    client.force_login(network.secretary)
    member, secretary = network.member.email, network.secretary.email
    found = client.get("/es/workspace/accounts/", {"name": member[:6].upper()}).text
    assert (member in found, secretary in found) == (True, False)
    found = client.get("/es/workspace/accounts/", {"role": "secretariat"}).text
    assert (member in found, secretary in found) == (False, True)
    assert client.get("/es/workspace/accounts/", {"role": "king", "page": "x", "name": "\x00"}).status_code == 200


def test_the_list_asks_as_often_for_thirty_accounts_as_for_three(network, client, django_assert_max_num_queries):
    client.force_login(network.secretary)
    for number in range(30):
        User.objects.create_user(f"n{number}@example.org", None, name=f"N {number}")
    with django_assert_max_num_queries(5):
        client.get("/es/workspace/accounts/")
