"""Every address × eight roles × own and other city: who is let in is what the rule says, and an address without a rule
fails here."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override

import plaza.config.urls  # noqa: F401  it adds the rules of the probes
from plaza.accounts.choices import NetworkRole
from plaza.accounts.models import User
from plaza.core.routes import rules
from plaza.directory.domain.roles import entrust
from plaza.directory.models import Organization

OWN, OTHER = "riberas", "porto-mar"
# What stands in an address where it names nothing of a city: something there is, or nothing.
NAMED = {
    "code": "climate",
    "pk": 1,
    "number": 1,
    "slug": "river",
    "other": "markets",
    "token": "0" * 64,
    "signed": "x",
    "provider_id": "oidc",
    "kind": "meetings.meeting",
    "form": "csv",
    "file": "x.png",
    "room": "00000000-0000-0000-0000-000000000000",
    "version": "00000000-0000-0000-0000-000000000000",
}
# The same word stands for something else in the addresses of records.
KIND_OF_RECORD = "people"
PEOPLE = [
    "visitor",
    "member",
    "city editor",
    "institution editor",
    "secretariat",
    "finance specialist",
    "response team",
    "administrator",
]
ROLES = {
    "secretariat": NetworkRole.SECRETARIAT,
    "finance specialist": NetworkRole.FINANCE,
    "response team": NetworkRole.RESPONSE,
    "administrator": NetworkRole.ADMINISTRATOR,
}
STAFF = {"secretariat", "administrator"}
# Who is let in, by the name of the rule, to one's own place and to another. Written again here, and not asked of the
# rules themselves: a rule that lets in too many is found.
LET_IN = {
    "everybody": (set(PEOPLE), set(PEOPLE)),
    "whoever has the link": (set(PEOPLE), set(PEOPLE)),
    "members": (set(PEOPLE) - {"visitor"}, set(PEOPLE) - {"visitor"}),
    "those who run the network": (STAFF, STAFF),
    "administrators": ({"administrator"}, {"administrator"}),
    "people at the door of the meeting": (STAFF, STAFF),
    "moderators of the meeting": (STAFF, STAFF),
    "editors of the city": (STAFF | {"city editor"}, STAFF),
    "editors of the institution": (STAFF | {"institution editor"}, STAFF),
}


def routes(tree=None, namespace=""):
    """(name with its namespace, the names that stand in the address) of all there are."""
    for branch in (tree or get_resolver()).url_patterns:
        if isinstance(branch, URLPattern):
            yield f"{namespace}{branch.name}", tuple(sorted(branch.pattern.converters))
        else:
            inner = f"{namespace}{branch.namespace}:" if branch.namespace else namespace
            yield from routes(branch, inner)


def everything():
    with override("es"):
        return sorted(set(routes()))


@pytest.fixture
def people(network):
    ours = Organization.objects.create(slug=OWN, name="Instituto de los Ríos")
    Organization.objects.create(slug=OTHER, name="Instituto del Mar")
    people = {}
    for name in PEOPLE[1:]:
        role = ROLES.get(name, NetworkRole.MEMBER)
        people[name] = User.objects.create_user(f"{len(people)}@example.org", None, name=name, network_role=role)
    entrust(user=people["city editor"], city=network.cities["Riberas"], by=None)
    entrust(user=people["institution editor"], organization=ours, by=None)
    return people


def test_every_address_has_a_rule_and_every_rule_an_address():
    names = {name for name, _ in everything()}

    assert names - set(rules) == set()
    assert set(rules) - names == set()


def test_every_rule_is_one_this_test_knows():
    assert {rule.name for _, rule in rules.items()} <= set(LET_IN)


def test_a_member_of_the_wrong_role_or_city_is_let_in_nowhere(network, people):
    leaks = []
    for who in PEOPLE:
        client = Client(raise_request_exception=False)
        if who != "visitor":
            client.force_login(people[who])
        for (name, named), is_own in ((route, own) for route in everything() for own in (True, False)):
            is_of_place = rules[name].name.startswith("editors of")
            values = {each: NAMED[each] for each in named}
            if "kind" in values and name.startswith("records:"):
                values["kind"] = KIND_OF_RECORD
            if is_of_place:
                values["slug"] = OWN if is_own else OTHER
            elif not is_own:
                continue  # nothing of a city stands in it
            if who != "visitor" and name == "account_logout":
                continue
            with override("es"):
                address = reverse(name, kwargs=values)
            for ask in (client.get, client.post):
                answer = ask(address)
                if not is_right(answer, who, who in LET_IN[rules[name].name][not is_own], is_of_place):
                    leaks.append((who, name, is_own, ask.__name__, answer.status_code, answer.get("Location")))

    assert leaks == []


def is_right(answer, who, is_let_in, is_of_place):
    """Visitors are asked to sign in, others find nothing; who is let in gets there: where the address names a thing that
    there is, to the page itself."""
    asks_to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/es/sign-in/?next=")
    if not is_let_in:
        return asks_to_sign_in if who == "visitor" else answer.status_code == 404
    return not asks_to_sign_in and answer.status_code < 500 and not (is_of_place and answer.status_code != 200)


def test_an_address_whose_rule_was_forgotten_is_not_there(network, client, monkeypatch):
    monkeypatch.setattr(rules, "_items", {name: rule for name, rule in rules.items() if name != "portal:cities"})
    client.force_login(network.secretary)

    assert client.get("/es/cities/").status_code == 404
    assert client.get("/es/meetings/").status_code == 200
