"""Who asks not to be named is named nowhere, and her words stay."""

import pytest

from plaza.accounts.domain.personal import erase_everything
from plaza.accounts.models import User
from plaza.core.subjects import at
from plaza.directory.domain.merging import merge
from plaza.directory.domain.people import correct_person, enrol
from plaza.directory.domain.told_of_people import state_expertise, tell_of
from plaza.directory.domain.withdrawing import hidden_among, hide, show_again
from plaza.directory.models import Expertise, Person, Profile
from plaza.knowledge.domain.recordings import transcribe
from plaza.knowledge.models import Segment
from plaza.meetings.models import Appearance
from plaza.topics.domain.vocabulary import load_topics
from plaza.topics.models import Topic
from tests import network_kept
from tests.network import RIVER, Network

SAID = "Cuando el río crece"
NOT_NAMED = ("no ser nombrada", "asked not to be named")


@pytest.fixture
def network(db: None) -> Network:
    return network_kept.network()


@pytest.fixture
def ana(network):
    person = network.people["Ana Ribera"]
    person.user = User.objects.create_user("ana@example.org", "correct horse", name="Ana", language="es")
    person.save(update_fields=["user"])
    return person


def hidden_everywhere(client):
    """Whether her name stands nowhere that a visitor may read, and her words still stand."""
    pages = {
        "/es/meetings/river/": False,
        "/es/recordings/river/": True,
        "/recordings/river/captions.vtt": True,
        "/es/cities/riberas/": False,
        "/es/people/": False,
        "/es/people/?name=ana+ribera": False,
        "/es/people/?place=riberas": False,
        "/es/ask/?q=como+evacuar+cuando+crece+el+rio": True,
        "/es/ask.json?q=como+evacuar+cuando+crece+el+rio": True,
        "/es/search/?q=como+evacuar+cuando+crece+el+rio": True,
        "/es/search.json?q=como+evacuar+cuando+crece+el+rio": True,
    }
    for page, is_said in pages.items():
        text = client.get(page).text.replace("<mark>", "").replace("</mark>", "")
        text = text.replace("?name=ana", "").replace('value="ana ribera"', "")
        assert (page, "Ana Ribera" in text, "ana-ribera" in text) == (page, False, False)
        assert (page, "crece" in text) == (page, is_said or "crece" in text)
    return True


def test_a_person_who_asked_not_to_be_named_is_gone_everywhere_and_her_words_stay(network, client, ana):
    assert (
        "Ana Ribera"
        in client.get("/es/search.json?q=como+evacuar+cuando+crece+el+rio").text
        + client.get("/es/recordings/river/").text
    )
    hide(person=ana, by=network.secretary, why="lo pidió")

    assert hidden_everywhere(client)
    assert SAID in client.get("/es/recordings/river/").text
    gone = client.get("/es/people/ana-ribera/")
    assert (gone.status_code, "Ana" in gone.text) == (410, False)
    client.force_login(network.member)
    assert client.get("/es/people/ana-ribera/claim/").status_code == 404
    assert at("/es/people/ana-ribera/", network.member) is None


def test_a_label_that_names_who_is_hidden_is_shown_nowhere_whenever_the_captions_come(network, client, ana):
    hide(person=ana, by=network.secretary)

    for label in ("Ana Ribera", "ANA RIBERA", "Ribera, Ana", "Dra. Ana Ribera (Riberas)", "Alcaldesa Ana Ribera"):
        transcribe(
            recording=network.recordings["river"], captions=RIVER.replace(b"Ana Ribera", label.encode()), by=None
        )
        assert set(Segment.objects.filter(speaker_label=label).values_list("person", flat=True)) == {None}
        for page in (
            "/es/recordings/river/",
            "/recordings/river/captions.vtt",
            "/es/ask.json?q=como+evacuar+cuando+crece+el+rio",
        ):
            text = client.get(page).text
            assert (page, label in text, any(each in text for each in NOT_NAMED)) == (
                page,
                False,
                True,
            )
    assert hidden_everywhere(client)
    assert "Luis Prado" in client.get("/es/recordings/river/").text

    show_again(person=ana, by=network.secretary)
    assert "Alcaldesa Ana Ribera" in client.get("/recordings/river/captions.vtt").text


def test_a_label_is_of_who_is_hidden_under_any_of_her_names_and_of_nobody_who_is_called_otherwise(network, ana):
    twin = enrol(name="Sáenz de Ribera, Anamaría", by=None)
    hide(person=ana, by=network.secretary)
    merge(gone=twin, kept=ana, by=network.secretary)
    alone = enrol(name="Xul", by=None)
    hide(person=alone, by=network.secretary)
    hers = {"ana ribera", "AnaRibera", "Anamaría Sáenz de Ribera", "Ana Ribera Gómez", "Ana Ribera - Riberas", "xul"}
    others = {"", "Ana", "Ribera", "Ana Riberas", "Juan Ribera", "Anabel Ribera", "Xul Pérez", "Ana de la Peña Ribera"}

    assert hidden_among(hers | others) == hers
    correct_person(person=ana, name="Ana Lagos", by=None)
    assert hidden_among({"Ana Lagos", "Ana Ribera"}) == {"Ana Lagos"}


def test_who_is_named_by_a_label_only_is_hidden_too(network, client, ana):
    Segment.objects.filter(person=ana).update(person=None)
    hide(person=ana, by=network.secretary)

    assert "Ana Ribera" not in client.get("/es/recordings/river/").text


def test_a_person_who_erases_herself_while_others_cite_her_is_cited_without_her_name(network, client, ana):
    load_topics()
    tell_of(person=ana, by=ana.user, bios={"es": "canario", "pt": "canário"}, email="canary@example.org")
    topic = Topic.objects.get(code="climate/adaptation")
    state_expertise(person=ana, topic=topic, level="leads", evidence="canario", by=ana.user)
    erase_everything(user=ana.user)

    assert hidden_everywhere(client)
    assert SAID in client.get("/es/recordings/river/").text
    assert client.get("/es/people/ana-ribera/").status_code == 410
    assert Appearance.objects.filter(person=ana).exists()
    assert (Profile.objects.exists(), Expertise.objects.exists(), Person.objects.get(pk=ana.pk).user) == (
        False,
        False,
        None,
    )
