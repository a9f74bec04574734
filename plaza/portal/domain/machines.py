"""What machines read of a city: schema.org, as JSON-LD. Facts of a real city only."""

from typing import Any

from django.utils.safestring import SafeString

from plaza.core.languages import LANGUAGES
from plaza.core.linked_data import as_script
from plaza.directory.models import City


def linked_data(city: City) -> SafeString | None:
    if city.is_fictional or city.country is None:
        return None
    names = list(dict.fromkeys(city.name_in(language) for language in LANGUAGES))
    data: dict[str, Any] = {
        "@type": "City",
        "name": city.called,
        "containedInPlace": {"@type": "Country", "name": city.country.called, "identifier": city.country.pk},
    }
    if len(names) > 1:
        data["alternateName"] = [name for name in names if name != city.called]
    if city.latitude is not None and city.longitude is not None:
        data["geo"] = {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude}
        if city.elevation_m is not None:
            data["geo"]["elevation"] = city.elevation_m
    if same := [link for link, _name in sources_elsewhere(city)]:
        data["sameAs"] = same
    return as_script(data)


def gazetteer_link(city: City) -> str:
    """Where its figures come from; nothing once a person has corrected them."""
    number = city.identifiers.get("geonames")
    return "" if not number or getattr(city, "is_corrected", False) else f"https://www.geonames.org/{number}/"


def sources_elsewhere(city: City) -> list[tuple[str, str]]:
    """Where the same city stands in open gazetteers: address and name."""
    found = []
    if number := city.identifiers.get("geonames"):
        found.append((f"https://www.geonames.org/{number}/", "GeoNames"))
    if item := city.identifiers.get("wikidata"):
        found.append((f"https://www.wikidata.org/wiki/{item}", "Wikidata"))
    return found
