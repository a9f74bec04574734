import pytest
from django.contrib.auth.models import AnonymousUser

from plaza.knowledge.choices import Visibility
from plaza.knowledge.domain.recordings import transcribe
from plaza.meetings.models import Meeting
from plaza.search.domain.documents import search_document
from plaza.search.domain.finding import find, question_language
from plaza.search.domain.indexing import index_meeting, index_recording
from tests.network import captions

ANYONE = AnonymousUser()
RIVER_START = "/es/recordings/river/?t=0,5#t=0"


def places(found):
    return [(each.hit.source, each.url) for each in found]


def test_a_question_in_portuguese_opens_at_the_second_of_what_was_said_in_spanish(network):
    found = find("como avisam as pessoas quando o rio sobe?", language="pt", user=ANYONE)

    assert places(found)[0] == ("recording", "/pt/recordings/river/?t=5,10#t=5")
    assert found[0].best == "Cuando el río crece, las sirenas avisan a los barrios y evacuamos en cuarenta minutos."
    assert (found[0].speaker, found[0].hit.language) == ("Ana Ribera", "es")


def test_what_is_for_members_is_found_by_members_only(network):
    question = {"question": "ônibus elétricos baterias", "language": "pt"}

    assert "buses" not in str(places(find(**question, user=ANYONE)))
    assert "/pt/recordings/buses/" in str(places(find(**question, user=network.member)))


def test_the_database_decides_even_where_the_index_is_behind(network):
    Meeting.objects.update(visibility=Visibility.PRIVATE)
    network.recordings["river"].work.visibility = Visibility.PRIVATE
    network.recordings["river"].work.save()

    assert "river" not in str(places(find("sirenas río", language="es", user=network.member)))


def test_what_is_not_published_is_not_found(network):
    assert index_recording(network.recordings["markets"].pk) == 0
    assert "markets" not in str(places(find("market stalls vendors", language="en", user=network.secretary)))


def test_corrected_words_replace_the_old_in_the_index(network):
    recording = network.recordings["river"]
    transcribe(
        recording=recording, captions=captions(("Ana Ribera", "Hoy hablamos solamente de bibliotecas.")), by=None
    )
    index_recording(recording.pk)

    assert find("sirenas", language="es", user=ANYONE)[0].hit.source == "meeting"
    assert places(find("bibliotecas", language="es", user=ANYONE))[0] == ("recording", RIVER_START)


def test_passages_of_one_recording_fold_into_one_result(network):
    said = [("Ana Ribera", f"La sirena número {n} del río avisa al barrio {n} con tiempo.") for n in range(60)]
    transcribe(recording=network.recordings["river"], captions=captions(*said), by=None)
    index_recording(network.recordings["river"].pk)

    recordings = [
        each for each in find("sirenas del río", language="es", user=ANYONE) if each.hit.source == "recording"
    ]

    assert len(recordings) == 1
    assert len(recordings[0].more) > 1


def test_unfolded_every_place_stands_for_itself(network):
    said = [("Ana Ribera", f"La sirena número {n} del río avisa al barrio {n} con tiempo.") for n in range(60)]
    transcribe(recording=network.recordings["river"], captions=captions(*said), by=None)
    index_recording(network.recordings["river"].pk)

    found = find("sirenas del río", language="es", user=ANYONE, is_folded=False, limit=4)

    assert [each.more for each in found] == [[], [], [], []]
    assert len({each.url for each in found}) == 4


def test_indexing_twice_changes_nothing(network):
    before = places(find("sirenas", language="es", user=ANYONE))

    index_recording(network.recordings["river"].pk)
    index_meeting(network.meetings["river"].pk)

    assert places(find("sirenas", language="es", user=ANYONE)) == before


def test_a_network_with_no_corpus_finds_nothing(db):
    assert find("sirenas", language="es", user=ANYONE) == []


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("como evacuar as pessoas quando o rio sobe", "pt"),
        ("how do we evacuate people when the river rises", "en"),
        ("comment évacuer les gens quand le fleuve monte", "fr"),
        ("cómo evacuar a la gente cuando crece el río", "es"),
        ("agua", "fr"),
    ],
)
def test_a_questions_language_is_recognised_or_the_pages(question, language):
    assert question_language(question, "fr") == language


def test_the_json_of_a_search_is_the_contracts(network):
    found = find("sirenas", language="es", user=ANYONE, limit=1)

    document = search_document("sirenas", "es", found, 12.345)

    assert list(document) == ["query", "language", "took_ms", "hits"]
    assert list(document["hits"][0]) == ["score", "language", "text", "title", "url", "source", "place"]
    assert (document["took_ms"], document["hits"][0]["title"]) == (12.3, "El río y las sirenas")
