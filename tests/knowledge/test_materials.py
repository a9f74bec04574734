"""Works that are named before they are found: attached, given up, found again."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from plaza.core import history
from plaza.core.egress import NotFetched
from plaza.knowledge.choices import LinkAnswer, MaterialState, Visibility
from plaza.knowledge.domain.addresses import Look, note
from plaza.knowledge.domain.materials import (
    attach_address,
    detach_address,
    mark_lost,
    search_again,
)
from plaza.knowledge.domain.recordings import receive_recording
from plaza.knowledge.models import Material, Recording, Work
from tests.knowledge.materials import deeds, fresh, named


@pytest.mark.django_db
def test_a_named_work_is_published_and_waits_for_its_address():
    material = named()

    assert (material.state, material.url, material.check_after) == (MaterialState.NAMED, "", None)
    assert (material.work.is_published, material.work.visibility) == (True, Visibility.PUBLIC)
    assert material.work.get_absolute_url() == "/es/works/notas-del-agua/"


@pytest.mark.django_db
def test_an_address_is_attached_once_and_history_keeps_the_one_before(network):
    material = named(url="https://old.example/a.pdf")

    for _ in range(2):
        attach_address(material=material, url=" https://new.example/b.pdf", by=network.secretary)

    assert (fresh(material).state, fresh(material).url, fresh(material).host) == (
        "linked", "https://new.example/b.pdf", "new.example",
    )  # fmt: skip
    assert deeds(material) == ["named", "attached"]
    assert history.of(material.work).last().details["before"] == "https://old.example/a.pdf"


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://old.example/", "https://old.example/" + "a" * 3000])
def test_what_is_no_address_of_the_web_changes_nothing(url):
    material = named(url="https://old.example/a.pdf")

    with pytest.raises(NotFetched):
        attach_address(material=material, url=url, by=None)

    assert fresh(material).url == "https://old.example/a.pdf"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "linked"},
        {"state": "kept"},
        {"state": "gone"},
        {"url": "https://a.example/", "host": "a.example"},
        {"state": "linked", "url": "javascript:alert(1)", "host": "a.example"},
        {"state": "linked", "url": "https://a.example/"},
        {"failures": 1},
        {"state": "kept", "file": "x.pdf", "sha256": "0", "size": 1},
    ],
)
def test_the_database_keeps_no_material_that_is_not_where_it_says(wrong):
    material = named()

    with pytest.raises(IntegrityError), transaction.atomic():
        Material.objects.filter(pk=material.pk).update(**wrong)


@pytest.mark.django_db
def test_what_is_lost_can_be_searched_for_again(network):
    material = named(url="https://old.example/a.pdf")

    mark_lost(material=material, why="The disk burnt.", by=network.secretary)
    lost = fresh(material)
    search_again(material=material, by=network.secretary)

    assert (lost.state, lost.why_lost, lost.is_reachable) == ("lost", "The disk burnt.", False)
    assert (fresh(material).state, fresh(material).why_lost) == ("linked", "")
    assert deeds(material) == ["named", "marked as lost", "searched again"]


@pytest.mark.django_db
def test_an_address_can_be_taken_away_again():
    material = named(url="https://old.example/a.pdf")

    detach_address(material=material, by=None)

    assert (fresh(material).state, fresh(material).url, fresh(material).host) == ("named", "", "")


@pytest.mark.django_db
def test_an_answer_about_another_address_is_not_written_down():
    material = named(url="https://old.example/a.pdf")

    assert note(material_id=material.pk, url="https://other.example/", look=Look(LinkAnswer.NOT_THERE, 404)) is None
    assert fresh(material).failures == 0


@pytest.mark.django_db
def test_the_address_of_a_recording_is_watched_and_follows_what_is_attached():
    recording = receive_recording(title="Agua", language="es", media_url="https://videos.example/1", by=None)
    material = recording.work.material

    attach_address(material=material, url="https://videos.example/2", by=None)

    assert Recording.objects.get(pk=recording.pk).media_url == "https://videos.example/2"
    assert Work.objects.get(pk=recording.work_id).get_absolute_url() == "/es/recordings/agua/"


@pytest.mark.django_db
def test_a_list_of_works_costs_no_query_a_work_for_its_addresses(network, django_assert_num_queries):
    for _ in range(5):
        named()

    with django_assert_num_queries(2):
        addresses = [work.get_absolute_url() for work in Work.objects.for_links()]

    assert len(addresses) == 8


@pytest.mark.django_db
def test_addresses_of_recordings_from_before_are_watched_too():
    kept = [
        receive_recording(title="Agua", language="es", media_url="https://videos.example:8443/1", by=None),
        receive_recording(title="Sin enlace", language="es", by=None),
        receive_recording(title="Antigua", language="es", by=None),
    ]
    Recording.objects.filter(pk=kept[2].pk).update(media_url="ftp://old.example/1")
    Material.objects.all().delete()

    import_module("plaza.knowledge.migrations.0002_materials").watch_recordings(apps, None)

    rows = Material.objects.values_list("work__title", "state", "url", "host")
    assert list(rows) == [("Agua", "linked", "https://videos.example:8443/1", "videos.example:8443")]
