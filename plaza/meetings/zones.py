"""Time zones as people call them: those of the Americas first, by the cities whose clocks they are."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext_lazy as _

# From west to east, in the spelling of the place.
AMERICAS: Final[dict[str, str]] = {
    "America/Tijuana": "Tijuana",
    "America/Los_Angeles": "Los Angeles",
    "America/Hermosillo": "Hermosillo",
    "America/Denver": "Denver",
    "America/Costa_Rica": "San José",
    "America/El_Salvador": "San Salvador",
    "America/Guatemala": "Guatemala",
    "America/Managua": "Managua",
    "America/Mexico_City": "Ciudad de México, Guadalajara, Monterrey",
    "America/Tegucigalpa": "Tegucigalpa, San Pedro Sula",
    "America/Belize": "Belmopan",
    "America/Chicago": "Chicago",
    "America/Bogota": "Bogotá, Medellín, Cali",
    "America/Cancun": "Cancún",
    "America/Guayaquil": "Quito, Guayaquil, Cuenca",
    "America/Jamaica": "Kingston",
    "America/Lima": "Lima, Arequipa, Trujillo",
    "America/Panama": "Panamá",
    "America/Havana": "La Habana",
    "America/Port-au-Prince": "Port-au-Prince",
    "America/New_York": "New York, Washington, Miami",
    "America/Toronto": "Toronto, Montréal",
    "America/Manaus": "Manaus",
    "America/Rio_Branco": "Rio Branco",
    "America/Caracas": "Caracas, Maracaibo",
    "America/La_Paz": "La Paz, Santa Cruz de la Sierra, Cochabamba",
    "America/Guyana": "Georgetown",
    "America/Barbados": "Bridgetown",
    "America/Port_of_Spain": "Port of Spain",
    "America/Martinique": "Fort-de-France",
    "America/Puerto_Rico": "San Juan",
    "America/Santo_Domingo": "Santo Domingo, Santiago de los Caballeros",
    "America/Cuiaba": "Cuiabá, Campo Grande",
    "America/Santiago": "Santiago, Valparaíso, Concepción",
    "America/Asuncion": "Asunción",
    "America/Argentina/Buenos_Aires": "Buenos Aires, Córdoba, Rosario",
    "America/Montevideo": "Montevideo",
    "America/Sao_Paulo": "São Paulo, Rio de Janeiro, Brasília",
    "America/Bahia": "Salvador",
    "America/Belem": "Belém",
    "America/Fortaleza": "Fortaleza, Natal",
    "America/Recife": "Recife",
    "America/Cayenne": "Cayenne",
    "America/Paramaribo": "Paramaribo",
    "America/Noronha": "Fernando de Noronha",
}
ELSEWHERE: Final[dict[str, str]] = {
    "UTC": "UTC",
    "Europe/Lisbon": "Lisboa",
    "Europe/London": "London",
    "Europe/Madrid": "Madrid, Barcelona",
    "Europe/Paris": "Paris",
    "Europe/Brussels": "Brussels",
    "Europe/Zurich": "Genève",
    "Europe/Rome": "Roma",
    "Europe/Berlin": "Berlin",
    "Africa/Nairobi": "Nairobi",
    "Asia/Dubai": "Dubai",
    "Asia/Singapore": "Singapore",
    "Asia/Tokyo": "Tokyo",
}


@cache
def is_zone(name: str) -> bool:
    """One of the tz database, and no path."""
    return len(name) <= 40 and name in available_timezones()


def called(name: str) -> str:
    """By the first of its cities: `Bogotá`; an uncommon one by its own last word, `Ushuaia`."""
    known = AMERICAS.get(name) or ELSEWHERE.get(name)
    return known.split(",")[0] if known else name.rpartition("/")[2].replace("_", " ")


def away(name: str, at: dt.datetime) -> str:
    """How far its clocks are from UTC at an instant: `UTC−5`, `UTC+5:30`."""
    minutes = int((at.astimezone(ZoneInfo(name)).utcoffset() or dt.timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "") if minutes else "UTC"


def groups(also: str = "") -> Iterator[tuple[bool, list[tuple[str, str]]]]:
    """For choosing: (whether in the Americas, [(name, its cities)]). `also` is one that is set already and not common."""
    yield True, list(AMERICAS.items())
    others = ELSEWHERE if not also or also in AMERICAS else {also: called(also)} | ELSEWHERE
    yield False, list(others.items())


def zone_choices(also: str = "", nothing: Any = None) -> list[tuple[Any, Any]]:
    """For the field of a form; `nothing` is what it says while nothing is chosen."""
    named = [(_("The Americas") if is_american else _("Elsewhere"), zones) for is_american, zones in groups(also)]
    return [("", nothing or _("choose")), *named]
