"""A work that is named, the material it is to have, and small files of three kinds."""

from django.core.files.uploadedfile import SimpleUploadedFile

from plaza.core import history
from plaza.knowledge.choices import WorkKind
from plaza.knowledge.domain.materials import (
    name_work,
)
from plaza.knowledge.models import Material

PDF = b"%PDF-1.7\n" + b"1 0 obj\n" * 200
MP4 = b"\0\0\0 ftypisom\0\0\2\0isomiso2mp41" + bytes(range(256)) * 400
HTML = b"<!DOCTYPE html>\n<html><body><script>alert(1)</script>Sign in to watch</body></html>"


def named(kind=WorkKind.NOTES, url="", **more):
    return name_work(kind=kind, title="Notas del agua", language="es", url=url, by=None, **more).material


def deeds(material):
    return [entry.verb for entry in history.of(material.work)]


def fresh(material):
    return Material.objects.get(pk=material.pk)


def a_file(content=PDF, name="notas.pdf"):
    return SimpleUploadedFile(name, content)
