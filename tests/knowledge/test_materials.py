"""Works that are named before they are found: attached, given up, found again, copied where that is allowed."""

import hashlib
import io
from contextlib import nullcontext
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from plaza.core import egress, history
from plaza.core.egress import NotFetched
from plaza.knowledge import tasks
from plaza.knowledge.choices import KeptBecause, LinkAnswer, MaterialState, Visibility, WorkKind
from plaza.knowledge.domain import copies
from plaza.knowledge.domain.addresses import Look, note
from plaza.knowledge.domain.copies import NoRights, NotKept, ask_copy, drop_copy, fetch_copy, keep_file
from plaza.knowledge.domain.materials import (
    ACopyIsKept,
    attach_address,
    detach_address,
    mark_lost,
    name_work,
    search_again,
)
from plaza.knowledge.domain.recordings import receive_recording
from plaza.knowledge.models import Material, Recording, Work

PDF = b"%PDF-1.7\n" + b"1 0 obj\n" * 200
MP4 = b"\0\0\0 ftypisom\0\0\2\0isomiso2mp41" + bytes(range(256)) * 400
HTML = b"<!DOCTYPE html>\n<html><body><script>alert(1)</script>Sign in to watch</body></html>"


def named(kind=WorkKind.NOTES, url="", **more):
    return name_work(kind=kind, title="Notas del agua", language="es", url=url, by=None, **more).material


def deeds(material):
    return [entry.verb for entry in history.of(material.work)]


def fresh(material):
    return Material.objects.get(pk=material.pk)


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


def a_file(content=PDF, name="notas.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.mark.django_db
def test_a_file_is_kept_with_its_hash_its_kind_and_why_it_may_be(network):
    material = keep_file(
        material=named(), file=a_file(), by=network.secretary, holds_rights=True, rights="© Riberas, all may copy"
    )

    assert (material.state, material.media_type, material.size, material.sha256, material.kept_because) == (
        "kept", "application/pdf", len(PDF), hashlib.sha256(PDF).hexdigest(), KeptBecause.NETWORK,
    )  # fmt: skip
    assert fresh(material).file.read() == PDF
    assert Work.objects.get(pk=material.work_id).rights == "© Riberas, all may copy"
    entry = history.of(material.work).last()
    assert (entry.verb, entry.by, entry.details["because"]) == ("file kept", network.secretary, "network")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("licence", "is_allowed"),
    [
        ("CC BY 4.0", True),
        ("cc-by-nc-sa", True),
        ("CC0-1.0", True),
        ("Creative Commons Attribution", True),
        ("Dominio público", True),
        ("Domínio público", True),
        ("Domaine public", True),
        ("", False),
        ("All rights reserved", False),
        ("ccc", False),
        ("No Creative Commons", False),
    ],
)
def test_without_the_rights_a_copy_is_kept_only_where_the_licence_allows_it(licence, is_allowed):
    material = named()
    Work.objects.filter(pk=material.work_id).update(licence=licence)
    material = Material.objects.select_related("work").get(pk=material.pk)

    if is_allowed:
        assert keep_file(material=material, file=a_file(), by=None, holds_rights=False).kept_because == "licence"
    else:
        with pytest.raises(NoRights):
            keep_file(material=material, file=a_file(), by=None, holds_rights=False)
        assert fresh(material).state == "named"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        (WorkKind.NOTES, HTML, copies.A_WEB_PAGE),
        (WorkKind.NOTES, b"\xef\xbb\xbf  \n<svg onload=alert(1)>", copies.A_WEB_PAGE),
        (WorkKind.NOTES, b"%PDF-1.4 <html><script>", copies.A_WEB_PAGE),
        (WorkKind.NOTES, b"MZ\x90\0\3", copies.UNKNOWN),
        (WorkKind.NOTES, b"PK\3\4" + b"secrets/", copies.UNKNOWN),
        (WorkKind.NOTES, b"\0" * 999, copies.UNKNOWN),
        (WorkKind.NOTES, b"", copies.UNKNOWN),
        (WorkKind.RECORDING, PDF, copies.NO_SOUND),
        (WorkKind.RECORDING, HTML, copies.A_WEB_PAGE),
    ],
)
def test_a_file_called_pdf_that_is_something_else_is_not_kept(kind, content, why, settings):
    material = named(kind)

    with pytest.raises(NotKept) as refusal:
        keep_file(material=material, file=ContentFile(content, name="notas.pdf"), by=None, holds_rights=True)

    assert refusal.value.why == why
    assert (fresh(material).state, list(settings.MEDIA_ROOT.rglob("*.*"))) == ("named", [])


@pytest.mark.django_db(transaction=True)
def test_another_file_takes_the_place_of_the_first(settings):
    material = keep_file(material=named(), file=a_file(), by=None, holds_rights=True)

    keep_file(material=material, file=a_file(b"Solo texto.", "notas.txt"), by=None, holds_rights=True)

    (kept,) = settings.MEDIA_ROOT.rglob("*.*")
    assert (kept.read_bytes(), fresh(material).media_type) == (b"Solo texto.", "text/plain")


@pytest.mark.django_db(transaction=True)
def test_a_copy_can_be_taken_away_for_whoever_holds_the_rights(settings):
    material = keep_file(material=named(), file=a_file(), by=None, holds_rights=True)
    with pytest.raises(ACopyIsKept):
        mark_lost(material=material, why="x", by=None)

    drop_copy(material=material, why="The author asked for it.", by=None)

    assert (fresh(material).state, list(settings.MEDIA_ROOT.rglob("*.*"))) == ("named", [])
    assert history.of(material.work).last().why == "The author asked for it."


def fetched(material, **more):
    fetch_copy(material_id=material.pk, because=KeptBecause.NETWORK, **more)
    return fresh(material)


@pytest.mark.django_db
def test_a_copy_of_a_video_is_fetched_once(elsewhere):
    url = elsewhere.says("/video", 200, MP4, Content_Type="text/html")
    material = named(WorkKind.RECORDING, url=url)
    for _ in range(2):
        ask_copy(material=material, by=None, holds_rights=True)

    first, second = fetched(material), fetched(material)

    assert (first.state, first.media_type, first.sha256) == ("kept", "video/mp4", hashlib.sha256(MP4).hexdigest())
    assert (second.file.name, elsewhere.paths()) == (first.file.name, ["/video"])
    assert deeds(material) == ["named", "copy asked", "copy kept"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "body", "why"),
    [
        ("/login", HTML, copies.A_WEB_PAGE),
        ("/slides", PDF, copies.NO_SOUND),
        ("/large", MP4, copies.TOO_LARGE),
        ("/inside", b"", egress.NOT_PUBLIC),
        ("/nothing", None, egress.REFUSED),
    ],
)
def test_what_is_no_copy_of_a_video_is_not_kept_and_says_why(elsewhere, monkeypatch, settings, path, body, why):
    if path == "/large":
        monkeypatch.setattr(copies, "MOST_BYTES", 1000)
    if path == "/inside":
        elsewhere.says(path, 302, Location="http://10.0.0.1/secret.mp4")
    elif body is not None:
        elsewhere.says(path, 200, body, Content_Type="video/mp4")
    material = named(WorkKind.RECORDING, url=elsewhere.url(path))
    ask_copy(material=material, by=None, holds_rights=True)

    row = fetched(material)

    assert (row.state, row.copy_refused, row.copy_asked_at, row.url) == ("linked", why, None, elsewhere.url(path))
    assert list(settings.MEDIA_ROOT.rglob("*.*")) == []


@pytest.mark.django_db
def test_a_silent_server_is_asked_again_until_the_last_try(elsewhere, monkeypatch):
    monkeypatch.setattr(copies, "SECONDS", 0.3)
    material = named(WorkKind.RECORDING, url=elsewhere.url("/never-ends"))
    ask_copy(material=material, by=None, holds_rights=True)

    with pytest.raises(NotFetched):
        fetched(material, is_last_try=False)
    assert fresh(material).copy_asked_at is not None

    assert fetched(material, is_last_try=True).copy_refused == egress.NO_ANSWER


@pytest.mark.django_db
@pytest.mark.parametrize(("attempts", "is_left"), [(0, True), (2, True), (3, False), (9, False)])
def test_the_job_of_a_copy_gives_up_after_four_tries(elsewhere, monkeypatch, attempts, is_left):
    monkeypatch.setattr(copies, "SECONDS", 0.2)
    material = named(WorkKind.RECORDING, url=elsewhere.url("/never-ends"))
    ask_copy(material=material, by=None, holds_rights=True)
    context = SimpleNamespace(job=SimpleNamespace(attempts=attempts))

    with pytest.raises(NotFetched) if is_left else nullcontext():
        tasks.fetch_copy(context, material_id=material.pk, because="network")

    assert (fresh(material).copy_asked_at is not None, fresh(material).copy_refused) == (
        is_left, "" if is_left else egress.NO_ANSWER,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_copy_whose_address_was_changed_meanwhile_is_not_kept(elsewhere, monkeypatch, settings):
    material = named(url=elsewhere.says("/a", 200, PDF))
    ask_copy(material=material, by=None, holds_rights=True)
    real = egress.download

    def slow(url, into, **limits):
        attach_address(material=material, url="https://right.example/b.pdf", by=None)
        return real(url, into, **limits)

    monkeypatch.setattr(egress, "download", slow)

    row = fetched(material)

    assert (row.state, row.url, row.file.name) == ("linked", "https://right.example/b.pdf", "")
    assert list(settings.MEDIA_ROOT.rglob("*.*")) == []


@pytest.mark.django_db
def test_a_website_and_a_dead_address_are_not_copied(elsewhere):
    site = named(WorkKind.WEBSITE, url=elsewhere.says("/site"))

    ask_copy(material=site, by=None, holds_rights=True)

    assert (fresh(site).copy_asked_at, fresh(site).can_be_copied) == (None, False)


@pytest.mark.parametrize("who", ["visitor", "member", "secretary"])
@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.MEMBERS, Visibility.PRIVATE])
def test_a_kept_file_is_handed_to_whom_it_is_for_and_only_as_a_download(network, client, who, visibility):
    material = keep_file(material=named(visibility=visibility), file=a_file(), by=None, holds_rights=True)
    if who != "visitor":
        client.force_login(network.users[who])

    answer = client.get(f"/works/{material.work.slug}/file")

    is_for = {
        "public": ("visitor", "member", "secretary"),
        "members": ("member", "secretary"),
        "private": ("secretary",),
    }
    assert answer.status_code == (200 if who in is_for[visibility] else 404)
    if answer.status_code == 200:
        assert b"".join(answer) == PDF
        assert (answer["Content-Type"], answer["X-Content-Type-Options"], answer["Content-Disposition"]) == (
            "application/pdf", "nosniff", 'attachment; filename="notas-del-agua.pdf"',
        )  # fmt: skip


def test_a_part_of_a_kept_file_is_handed_out_too(network, client):
    material = keep_file(material=named(), file=a_file(), by=None, holds_rights=True)

    answer = client.get(f"/works/{material.work.slug}/file", headers={"Range": "bytes=0-3"})

    assert (answer.status_code, b"".join(answer), answer["Content-Disposition"][:10]) == (206, b"%PDF", "attachment")


def test_a_work_without_a_file_hands_out_none(network, client):
    assert client.get(f"/works/{named().work.slug}/file").status_code == 404


def test_io_is_read_from_its_beginning_whoever_read_it_before():
    file = io.BytesIO(PDF)
    file.read(100)

    assert copies._measured(file) == (hashlib.sha256(PDF).hexdigest(), len(PDF))


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
