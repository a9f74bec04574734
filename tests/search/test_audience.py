"""What is not for an asker leaves no trace in anything she gets: no words, no count, no score."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser

from plaza.accounts.choices import NetworkRole
from plaza.accounts.models import User
from plaza.knowledge.choices import Visibility
from plaza.retrieval.models import Collection
from plaza.search.domain.documents import search_document
from plaza.search.domain.finding import find
from plaza.search.domain.indexing import index_recording
from tests.network import add_recording, captions

SECRET = captions(
    ("Ana Ribera", "El tranvía xilofónico del barrio alto costó novecientos mil dólares y nadie debe saberlo todavía."),
    ("Ana Ribera", "Cuando el río crece, el plan secreto de las sirenas es otro."),
)
QUESTION = "¿cuánto costó el tranvía xilofónico del barrio alto?"
DOORS = ["/es/ask/", "/es/search/", "/es/ask.json", "/es/search.json"]
ASKERS = {
    "visitor": None,
    "member": {},
    "closed member": {"is_active": False},
    "closed secretary": {"is_active": False, "network_role": NetworkRole.SECRETARIAT},
    "closed administrator": {"is_active": False, "network_role": NetworkRole.ADMINISTRATOR},
}
INSIDERS = {
    "secretary": {"network_role": NetworkRole.SECRETARIAT},
    "administrator": {"network_role": NetworkRole.ADMINISTRATOR},
}


def asker(client, given):
    if given is not None:
        user = User.objects.create_user("who@example.org", "correct horse", name="Who")
        User.objects.filter(pk=user.pk).update(**given)
        client.force_login(user)
    return client


@pytest.fixture
def secret(network):
    return add_recording(network, "tram", "El tranvía que nadie conoce", "es", SECRET, visibility=Visibility.PRIVATE)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", ASKERS)
def test_a_private_passage_shows_to_nobody_outside(secret, client, who, door):
    page = asker(client, ASKERS[who]).get(door, {"q": QUESTION}).text

    assert "novecientos mil" not in page
    assert "/recordings/tram/" not in page


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", INSIDERS)
def test_it_shows_to_those_who_run_the_network(secret, client, who, door):
    page = asker(client, INSIDERS[who]).get(door, {"q": QUESTION}).text

    assert "novecientos mil" in page
    assert "/recordings/tram/" in page


@pytest.mark.parametrize("question", [QUESTION, "sirenas río barrios", "xilofónico"])
def test_not_even_a_score_tells_that_there_is_something_hidden(network, question):
    before = found(question)

    add_recording(network, "tram", "El tranvía que nadie conoce", "es", SECRET, visibility=Visibility.PRIVATE)

    assert found(question) == before


def test_what_becomes_private_leaves_the_public_index_whole(network):
    work = network.recordings["river"].work
    work.visibility = Visibility.PRIVATE
    work.save()

    index_recording(network.recordings["river"].pk)

    sizes = dict(Collection.objects.values_list("name", "passages"))
    assert (sizes["network: private"], sizes["network"]) == (1, 1)  # the meeting is still public


def found(question):
    return json.dumps(search_document(question, "es", find(question, language="es", user=AnonymousUser()), 0))
