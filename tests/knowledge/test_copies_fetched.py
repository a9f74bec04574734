"""Copies that are fetched from where a work can be had."""

import hashlib
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from plaza.core import egress
from plaza.core.egress import NotFetched
from plaza.knowledge import tasks
from plaza.knowledge.choices import KeptBecause, WorkKind
from plaza.knowledge.domain import copies
from plaza.knowledge.domain.copies import ask_copy, fetch_copy
from plaza.knowledge.domain.materials import (
    attach_address,
)
from tests.knowledge.materials import HTML, MP4, PDF, deeds, fresh, named


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
