"""The JSON documents of `plaza search`, `plaza ask` and of their pages' twins (contract in docs/developing)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from plaza.core.languages import Language, known
from plaza.core.times import clock
from plaza.search.domain.asking import Answer, Quote
from plaza.search.domain.finding import Found
from plaza.search.domain.places import Places


def search_document(question: str, language: Language, found: Sequence[Found], took_ms: float) -> dict[str, Any]:
    return {
        "query": question,
        "language": language,
        "took_ms": round(took_ms, 1),
        "hits": [
            {
                "score": round(each.hit.score, 4),
                "language": known(each.hit.language),
                "text": each.hit.text,
                "title": each.title.text,
                "url": each.url,
                "source": each.hit.source,
                "place": {"seconds": each.hit.best_place} if each.hit.best_place is not None else None,
            }
            for each in found
        ],
    }


def places_document(question: str, language: Language, found: Places, took_ms: float) -> dict[str, Any]:
    """The twin of the page of places: its hits, each source once, and what they may be narrowed down by. Where nothing
    was clearly spoken of (`clear` false), the hits are what comes nearest."""
    hits = found.clear or found.nearest
    return search_document(question, language, hits, took_ms) | {
        "clear": bool(found.clear),
        "facets": {
            choices.facet.value: [
                {"value": each.value, "label": each.label, "count": each.count, "chosen": each.is_chosen}
                for each in choices.choices
            ]
            for choices in found.facets
        },
    }


def ask_document(answer: Answer, took_ms: float, shown_in: Language) -> dict[str, Any]:
    """`shown_in`: the language of what is ours in it, the reasons. Quotes keep their own."""
    document: dict[str, Any] = {
        "question": answer.question,
        "language": answer.language,
        "took_ms": round(took_ms, 1),
        "likelihood": round(answer.likelihood, 3),
        "answered": answer.is_answered,
    }
    with override(shown_in):
        if not answer.is_answered:
            why = _("Nobody here has said it, as far as Plaza can tell.") if answer.nearest else _("Nothing was found.")
            nearest = [f"{each.title.text}: {each.url}" for each in answer.nearest]
            return document | {"why": why, "nearest": nearest, "meetings": _told(answer)}
        return document | {
            "quotes": [_quote(quote, number) for number, group in enumerate(answer.groups) for quote in group],
            "solutions": [],
            "peers": [
                {"city": peer.city.name_in(shown_in), "why": [_why(quote) for quote in peer.quotes]}
                for peer in answer.peers
            ],
            "meetings": _told(answer),
        }


def _told(answer: Answer) -> list[dict[str, Any]]:
    """Meetings of which only a page tells: its words, and where the meeting stands."""
    return [
        {"title": each.title.text, "text": each.best, "language": known(each.hit.language), "url": each.url}
        for each in answer.told
    ]


def _quote(quote: Quote, group: int) -> dict[str, Any]:
    return {
        "text": quote.text,
        "language": known(quote.found.hit.language),
        "speaker": quote.found.speaker or None,
        "url": quote.found.url,
        "translation": {"text": quote.translation.text, "origin": "machine"} if quote.translation else None,
        "title": quote.found.title.text,
        "city": str(quote.city) if quote.city else None,
        "group": group,
    }


def _why(quote: Quote) -> str:
    return _("%(speaker)s spoke of it in “%(title)s”, at %(at)s.") % {
        "speaker": quote.found.speaker,
        "title": quote.found.title.text,
        "at": clock(quote.found.hit.best_place or 0.0),
    }
