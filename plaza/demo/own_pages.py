"""The demo's own words about itself: who it is, what it keeps, how people behave here."""

from typing import Final

from plaza.core.languages import LANGUAGES
from plaza.demo.network import DATA
from plaza.network.domain.own_pages import publish_page, write_page
from plaza.network.domain.settings import change_settings
from plaza.network.models import NetworkSettings, OwnPage

PAGES: Final = ("about", "privacy", "code-of-conduct")
ABOUT: Final = {
    "about_es": "Una demostración: ciudades reales en una red inventada. Lo que dicen sus grabaciones es ficción.",
    "about_pt": "Uma demonstração: cidades reais em uma rede inventada. O que suas gravações dizem é ficção.",
    "about_en": "A demonstration: real cities in an invented network. What its recordings say is fiction.",
    "about_fr": "Une démonstration : de vraies villes dans un réseau inventé. Ce que disent ses enregistrements est fiction.",
}


def load_own_pages() -> None:
    """Made where they do not stand: what somebody changed stays."""
    if not NetworkSettings.objects.exists():
        change_settings(texts=ABOUT, language="es", by=None)
    for place, slug in enumerate(PAGES, start=1):
        if not OwnPage.objects.filter(slug=slug).exists():
            page = write_page(page=None, slug=slug, texts=_texts(slug), language="es", position=place * 10, by=None)
            publish_page(page=page, by=None)


def _texts(slug: str) -> dict[str, str]:
    """Each file's first line is its title."""
    texts: dict[str, str] = {}
    for language in LANGUAGES:
        title, _, text = (DATA / "pages" / f"{slug}.{language}.md").read_text("utf-8").partition("\n")
        texts |= {f"title_{language}": title.removeprefix("#").strip(), f"text_{language}": text.strip()}
    return texts
