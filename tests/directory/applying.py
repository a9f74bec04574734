"""A city that is in no network yet, and how it applies."""

from plaza.core.folding import fold
from plaza.core.languages import LANGUAGES
from plaza.directory.domain.applications import (
    confirm,
)
from plaza.directory.models import (
    City,
    CityApplication,
)

ADDRESS = "lucia@example.org"


def make_city(network, name, slug="", country=True):
    return City.objects.create(
        slug=slug or name.lower().replace(" ", "-"),
        names=dict.fromkeys(LANGUAGES, name),
        name_sort=fold(name),
        search_names=fold(name),
        country=network.cities["Riberas"].country if country else None,
        is_fictional=not country,
    )


def send(client, language="es", **changed):
    form = {
        "city": "Laguna Clara",
        "name": "Lucía Vera",
        "post": "Directora de planeación",
        "email": ADDRESS,
        "words": "Queremos aprender de otras.",
        "consent": "on",
    }
    return client.post(f"/{language}/apply/", form | changed)


def link_in(letter):
    line = next(line for line in letter.text.splitlines() if line.startswith("http"))
    return line.removeprefix("http://127.0.0.1")


def confirmed(client, **changed):
    send(client, **changed)
    row = CityApplication.objects.latest("pk")
    return confirm(application=row)
