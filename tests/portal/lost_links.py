"""The worklist of lost links: its addresses, its forms, and what it answers."""

from django.core.files.uploadedfile import SimpleUploadedFile

from plaza.knowledge.models import Material
from tests.knowledge.materials import PDF

LIST = "/es/workspace/lost-links/"
SHEET = "/es/workspace/lost-links.csv"


def there(material, deed=None, /, query="", **given):
    return f"{LIST}{material.work.slug}/{query}", {"deed": deed, **given}


def fresh(material):
    return Material.objects.get(pk=material.pk)


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def titles(answer):
    return [item.material.work.title.split(":")[0] for heap in answer.context["heaps"] for item in heap.items]


def pdf(content=PDF, name="notas.pdf"):
    return SimpleUploadedFile(name, content)
