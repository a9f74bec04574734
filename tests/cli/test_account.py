"""`plaza account`: the first account of an installation is made on the command line, and comes in by a link."""

import pytest
from django.utils import timezone

from plaza.accounts.choices import NetworkRole
from plaza.accounts.models import User
from plaza.cli.main import run
from plaza.directory.models import Invitation
from plaza.mail.models import Letter


@pytest.fixture
def plaza(db, monkeypatch, tmp_path, capsys):
    """The command in this process, for it to see this test's database. `plaza(…)` → its exit code, what it said."""
    for name, value in {
        "PLAZA_VAR": str(tmp_path),
        "SECRET_KEY": "of no use here",
        "DATABASE_URL": "of no use here",
        "LANGUAGE": "en",
    }.items():
        monkeypatch.setenv(name, value)

    def plaza(*words):
        code = run(words)
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return plaza


def path_of(link):
    return "/" + link.split("/", 3)[3]


def test_the_first_administrator_comes_in_by_the_link_and_it_opens_once(plaza, client):
    code, link, said = plaza("account", "Sofia@example.org", "--administrator", "--language", "es")

    assert (code, said.splitlines()) == (
        0,
        ["A letter to sofia@example.org waits to be sent. Its link opens the account once, within 14 days:"],
    )
    assert link in Letter.objects.get(to="sofia@example.org").text
    assert client.post(path_of(link), {"name": "Sofía Lozano"}).status_code == 302
    sofia = User.objects.get()
    assert (sofia.email, sofia.name, sofia.network_role) == (
        "sofia@example.org",
        "Sofía Lozano",
        NetworkRole.ADMINISTRATOR,
    )
    assert client.post(path_of(link), {"name": "Otra"}).status_code == 410


def test_asked_again_it_prints_the_same_link_and_writes_no_second_letter(plaza):
    _, first, _ = plaza("account", "sofia@example.org", "--administrator")
    _, second, said = plaza("account", "sofia@example.org", "--administrator")

    assert (second, said) == (first, "sofia@example.org was invited already; the link is still the same:")
    assert Letter.objects.count() == 1


def test_an_invitation_into_another_role_makes_room(plaza):
    _, first, _ = plaza("account", "sofia@example.org")
    _, second, _ = plaza("account", "sofia@example.org", "--administrator")

    assert first != second
    assert [row.network_role for row in Invitation.objects.open()] == [NetworkRole.ADMINISTRATOR]


def test_an_address_that_has_an_account_is_refused_and_stays_as_it_is(plaza):
    User.objects.create_user("sofia@example.org", None, name="Sofía")

    code, link, said = plaza("account", "SOFIA@example.org", "--administrator")

    assert (code, link) == (1, "")
    assert said.startswith("Somebody has an account by the address SOFIA@example.org already: nothing was changed.")
    assert (User.objects.get().network_role, Invitation.objects.count()) == (NetworkRole.MEMBER, 0)


@pytest.mark.parametrize("address", ["sofia", "sofia@", "a b@example.org", f"{'x' * 300}@example.org", ""])
def test_what_is_no_address_is_said(plaza, address):
    code, _, said = plaza("account", address)

    assert (code, said, Invitation.objects.count()) == (2, f"“{address}” is no e-mail address.", 0)


def test_a_link_that_is_too_old_opens_nothing(plaza, client):
    _, link, _ = plaza("account", "sofia@example.org", "--administrator")
    Invitation.objects.update(expires_at=timezone.now())

    assert client.post(path_of(link), {"name": "Sofía"}).status_code == 410
