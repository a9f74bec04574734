"""What the whole archive says is read once a version of the data, and an edit is seen at once."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from plaza.core.kept_reads import MOST, kept_read
from plaza.directory.domain.places import correct_city
from plaza.meetings.models import Appearance, Meeting
from plaza.portal.domain.around import heard_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_second_reader_gets_what_the_first_had_read_until_somebody_edits(network):
    read = []

    def look():
        read.append(1)
        return len(read)

    assert [kept_read(("looked",), look) for _ in range(3)] == [1, 1, 1]
    correct_city(city=network.cities["Riberas"], names={"es": "Riberas Altas"}, by=network.secretary)
    assert [kept_read(("looked",), look) for _ in range(2)] == [2, 2]


def test_what_a_transaction_reads_of_itself_is_kept_for_nobody(network):
    with transaction.atomic():
        assert kept_read(("looked",), lambda: "before it is written") == "before it is written"
    assert kept_read(("looked",), lambda: "after") == "after"


def test_an_edit_made_while_it_is_read_makes_the_next_reader_read_again(network):
    def slowly():
        correct_city(city=network.cities["Riberas"], names={"es": "Riberas Altas"}, by=network.secretary)
        return "old"

    assert kept_read(("looked",), slowly) == "old"
    assert kept_read(("looked",), lambda: "new") == "new"


def test_however_many_are_kept_the_oldest_goes(network):
    for number in range(MOST + 1):
        kept_read(("looked", str(number)), lambda: "first")
    assert kept_read(("looked", "0"), lambda: "again") == "again"
    assert kept_read(("looked", str(MOST)), lambda: "again") == "first"


def test_a_visitor_is_never_handed_what_those_who_run_the_network_see(network):
    Meeting.objects.update(visibility="private")
    heard = Appearance.objects.filter(city__isnull=False, session__meeting__date_start__isnull=False)
    assert set(heard_in(network.secretary)) == set(heard.values_list("city", flat=True)) != set()
    assert heard_in(AnonymousUser()) == {}
