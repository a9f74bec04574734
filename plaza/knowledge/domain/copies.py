"""Copies that the network keeps: of what it may keep, by what the bytes are, each with its hash and why it is kept."""

import hashlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from plaza.accounts.models import User
from plaza.core import egress, history, jobs
from plaza.core.egress import NotFetched
from plaza.core.folding import fold
from plaza.files.kinds import HEAD, WEB_PAGE, FileKind, kind_of
from plaza.knowledge.choices import KeptBecause, MaterialState, WorkKind
from plaza.knowledge.models import Material, Work

MOST_BYTES: Final = 200 * 1024 * 1024
# A slow line may take its time, not for ever.
SECONDS: Final = 30 * 60.0
BLOCK: Final = 1024 * 1024

# Licences under which anybody may pass on the whole of a work, as people write them, folded.
OPEN: Final = re.compile(
    r"^(?:cc0?\b|creative commons|licencia creative commons|public domain|domini[oo] public|domaine public)"
)

A_WEB_PAGE: Final = gettext_noop("This is a web page, whatever its name says; give the document itself.")
NO_SOUND: Final = gettext_noop("A recording is sound or video; this is neither.")
UNKNOWN: Final = gettext_noop(
    "Plaza keeps PDF, office documents, text, pictures, sound and video; this is of another kind."
)
TOO_LARGE: Final = gettext_noop("It is too large to be kept: at most 200 MB.")
EMPTY: Final = gettext_noop("The file is empty.")


class NotKept(Exception):
    """No copy was made. `why` is a whole English sentence, a msgid."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoRights(Exception):
    """Neither the licence nor the network's own rights allow a copy."""


def licence_allows(work: Work) -> bool:
    return bool(OPEN.match(fold(work.licence)))


def may_keep(work: Work, *, holds_rights: bool) -> KeptBecause:
    """Raises NoRights."""
    if holds_rights:
        return KeptBecause.NETWORK
    if licence_allows(work):
        return KeptBecause.LICENCE
    raise NoRights(work.title)


def keep_file(
    *, material: Material, file: "File[bytes]", by: User | None, holds_rights: bool, rights: str = ""
) -> Material:
    """A file that somebody found on a disk; it takes the place of a copy that is there. Raises NotKept or NoRights, and
    then all stays as it was."""
    because = may_keep(material.work, holds_rights=holds_rights)
    if (file.size or 0) > MOST_BYTES:
        raise NotKept(TOO_LARGE)
    return _keep(material, file, file.name or "", because=because, rights=rights, by=by, verb="file kept")


@transaction.atomic
def ask_copy(*, material: Material, by: User | None, holds_rights: bool, rights: str = "") -> Material:
    """Has a copy fetched by a job. Asking twice fetches once. Raises NoRights."""
    row = _locked(material)
    because = may_keep(row.work, holds_rights=holds_rights)
    if not row.can_be_copied or row.copy_asked_at is not None:
        return row
    _write_rights(row.work, rights)
    row.copy_asked_at, row.copy_refused = timezone.now(), ""
    row.save(update_fields=["copy_asked_at", "copy_refused"])
    history.record(verb="copy asked", by=by, subject=row.work, because=because, url=row.url)
    jobs.later("plaza.knowledge.tasks.fetch_copy", material_id=row.pk, because=str(because))
    return row


def fetch_copy(*, material_id: int, because: KeptBecause, is_last_try: bool = True) -> None:
    """What was asked for. A copy that is there already, or another address since, ends it; NotFetched is raised while
    there are tries left."""
    row = Material.objects.select_related("work").filter(pk=material_id, copy_asked_at__isnull=False).first()
    if row is None:
        return
    if not row.can_be_copied:
        Material.objects.filter(pk=row.pk).update(copy_asked_at=None)
        return
    with tempfile.TemporaryFile() as fetched:
        try:
            answer = egress.download(row.url, fetched, most_bytes=MOST_BYTES, seconds=SECONDS)
            _keep(row, fetched, answer.url, because=because, rights="", by=None, verb="copy kept", was_at=row.url)
        except NotKept as refusal:
            _refuse(row, refusal.why)
        except NotFetched as reason:
            if not is_last_try and reason.why in (egress.NO_ANSWER, egress.NOT_FOUND):
                raise
            _refuse(row, TOO_LARGE if reason.why == egress.TOO_LARGE else reason.why)


@transaction.atomic
def drop_copy(*, material: Material, why: str, by: User | None) -> Material:
    """The copy goes, for whoever holds the rights may ask for it; the address stays."""
    row = _locked(material)
    if not row.file:
        return row
    history.record(verb="copy dropped", by=by, subject=row.work, why=why[:400], sha256=row.sha256)
    _forget(row.file.storage, row.file.name)
    row.file, row.media_type, row.size, row.sha256, row.kept_because = "", "", None, "", ""
    row.state = MaterialState.NAMED if not row.url else MaterialState.GONE if row.died_at else MaterialState.LINKED
    row.save()
    return row


def _keep(
    material: Material,
    file: "IO[bytes] | File[bytes]",
    name: str,
    *,
    because: KeptBecause,
    rights: str,
    by: User | None,
    verb: str,
    was_at: str | None = None,
) -> Material:
    kind = _examined(file, name, material.work)
    sha256, size = _measured(file)
    if not size:
        raise NotKept(EMPTY)
    # Written first: a large file does not hold a row of the database.
    with _stored(material, file, kind) as stored, transaction.atomic():
        row = _locked(material)
        if was_at is not None and (row.url != was_at or row.file):
            raise NotKept(egress.NOT_FOUND)
        if row.file:
            _forget(row.file.storage, row.file.name)
        row.file.name = stored
        row.media_type, row.size, row.sha256, row.kept_because = kind.media_type, size, sha256, because
        row.state, row.why_lost, row.copy_asked_at, row.copy_refused = MaterialState.KEPT, "", None, ""
        row.save()
        _write_rights(row.work, rights)
        history.record(verb=verb, by=by, subject=row.work, because=because, sha256=sha256, size=size, url=was_at or "")
    return row


@contextmanager
def _stored(material: Material, file: Any, kind: FileKind) -> Iterator[str]:
    """The name of the file in the storage; it does not stay there if what follows fails."""
    storage = Material._meta.get_field("file").storage
    name = storage.save(f"materials/{material.work.slug}.{kind.extension}", File(file))
    try:
        yield name
    except BaseException:
        storage.delete(name)
        raise


def _examined(file: Any, name: str, work: Work) -> FileKind:
    file.seek(0)
    kind = kind_of(file.read(HEAD), name)
    if kind == WEB_PAGE:
        raise NotKept(A_WEB_PAGE)
    if kind is None:
        raise NotKept(UNKNOWN)
    if work.kind == WorkKind.RECORDING and not kind.is_heard_or_seen:
        raise NotKept(NO_SOUND)
    return kind


def _measured(file: Any) -> tuple[str, int]:
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    while block := file.read(BLOCK):
        digest.update(block)
        size += len(block)
    file.seek(0)
    return digest.hexdigest(), size


def _write_rights(work: Work, rights: str) -> None:
    if rights and work.rights != rights[:300]:
        work.rights = rights[:300]
        work.save(update_fields=["rights", "updated_at"])


def _refuse(row: Material, why: str) -> None:
    Material.objects.filter(pk=row.pk).update(copy_asked_at=None, copy_refused=why[:200])


def _forget(storage: Any, name: str | None) -> None:
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _locked(material: Material) -> Material:
    return Material.objects.select_for_update(of=("self",)).select_related("work").get(pk=material.pk)
