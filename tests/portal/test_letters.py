"""The letters that were written, for those who run the network."""

import pytest

from plaza.core import history
from plaza.mail.choices import LetterState
from plaza.mail.models import Letter

PAGE = "/es/workspace/letters/"


def write(**changed):
    number = Letter.objects.count()
    row = {
        "to": "ines@example.org",
        "language": "pt",
        "template": "t",
        "subject": f"Carta {number}",
        "text": "<b>Oi</b>",
    }
    return Letter.objects.create(**{**row, "message_id": f"<{number}@x>", **changed})


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


def test_nobody_else_reads_letters_or_decides(network, client):
    letter = write(state=LetterState.DOUBTFUL)

    assert client.get(PAGE).status_code == 302
    assert client.post(f"{PAGE}{letter.pk}/", {"deed": "again"}).status_code == 302
    client.force_login(network.member)
    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}{letter.pk}/", {"deed": "again"}).status_code == 404
    letter.refresh_from_db()
    assert letter.state == "doubtful"


def test_without_a_mail_server_the_page_says_that_nothing_is_sent(secretary, settings):
    write()
    sentence = "Los mensajes que se escriben aquí no se envían"

    settings.MAIL_SERVER = None
    assert sentence in secretary.get(PAGE).text
    settings.MAIL_SERVER = {"host": "127.0.0.1"}
    assert sentence not in secretary.get(PAGE).text


def test_doubtful_letters_come_first_and_words_are_no_markup(secretary):
    write(state=LetterState.DOUBTFUL, reason="timed out")
    for _ in range(25):
        write()

    page = secretary.get(PAGE).text

    assert page.index("Carta 0") < page.index("Carta 25") < page.index("Carta 24")
    assert "&lt;b&gt;Oi&lt;/b&gt;" in page
    assert page.count('<li class="card">') == 20


@pytest.mark.parametrize(("deed", "state"), [("again", "waiting"), ("leave", "left"), ("burn", "doubtful")])
def test_a_person_decides_once(network, secretary, deed, state):
    letter = write(state=LetterState.DOUBTFUL)

    for _ in range(2):
        assert secretary.post(f"{PAGE}{letter.pk}/", {"deed": deed})["Location"] == PAGE

    letter.refresh_from_db()
    assert letter.state == state
    assert history.of(letter).count() == (0 if deed == "burn" else 1)


def test_the_page_costs_the_same_for_three_and_for_thirty(secretary, django_assert_num_queries):
    for _ in range(3):
        write()
    with django_assert_num_queries(5):
        secretary.get(PAGE)
    for _ in range(27):
        write()

    with django_assert_num_queries(5):
        secretary.get(PAGE)
