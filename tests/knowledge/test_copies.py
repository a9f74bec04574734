"""Copies that are kept: what they say they are, by right, and handed out to whom they are for."""

import hashlib
import io

import pytest
from django.core.files.base import ContentFile

from plaza.core import history
from plaza.knowledge.choices import KeptBecause, Visibility, WorkKind
from plaza.knowledge.domain import copies
from plaza.knowledge.domain.copies import NoRights, NotKept, drop_copy, keep_file
from plaza.knowledge.domain.materials import (
    ACopyIsKept,
    mark_lost,
)
from plaza.knowledge.models import Material, Work
from tests.knowledge.materials import HTML, PDF, a_file, fresh, named


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
