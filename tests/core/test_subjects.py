"""What a page is about, as far as the asker may know."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from plaza.core.subjects import at, path_of


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/es/people/ana-ribera/", "Ana Ribera"),
        ("/fr/people/ana-ribera/?x=1#y", "Ana Ribera"),
        ("https://plaza.example/pt/recordings/river/?t=5,10", "El río y las sirenas"),
        ("/meetings/river/", "El río y las sirenas"),
        ("/es/cities/riberas/", "Riberas, Ecuador"),
    ],
)
def test_a_page_names_what_it_is_about(network, address, name):
    with override("pt"):
        found = at(address, AnonymousUser())

    assert found.name == name
    assert not found.path.startswith(("/es/", "/pt/", "/fr/"))


@pytest.mark.parametrize(
    "address",
    [
        "/es/recordings/markets/",
        "/es/recordings/buses/",
        "/es/meetings/markets/",
        "/es/recordings/none/",
        "/es/people/none/",
        "/es/sign-in/",
        "/es/workspace/",
        "//[",
        "/" + "x" * 5000,
        "\u202e",
        "javascript:alert(1)",
        "",
    ],
)
def test_no_page_and_a_page_that_is_not_hers_are_the_same_nothing(network, address):
    with override("es"):
        assert at(address, AnonymousUser()) is None


def test_whoever_may_see_it_finds_it(network):
    with override("es"):
        assert at("/es/recordings/markets/", network.secretary).name == "Markets after the fire"


def test_a_merged_person_is_the_one_that_stayed(network):
    luis, ana = network.people["Luis Prado"], network.people["Ana Ribera"]
    luis.merged_into = ana
    luis.save(update_fields=["merged_into"])

    with override("es"):
        assert at("/es/people/luis-prado/", AnonymousUser()).record == ana


def test_a_path_without_its_language():
    assert path_of("/es") == "/es"
    assert path_of("/estambul/") == "/estambul/"
    assert path_of("/pt/people/") == "/people/"
