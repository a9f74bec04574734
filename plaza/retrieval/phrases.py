"""Quoted phrases: words in marks stand as they are, side by side. A passage that has them comes before any other."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import connection

from plaza.core.folding import fold
from plaza.core.languages import Language
from plaza.retrieval.models import Collection
from plaza.retrieval.terms import query_terms
from plaza.retrieval.text import QUOTED, words

MOST_PHRASES: Final = 3
# Of the passages that have all the words of a phrase, how many are read to see whether they stand side by side.
MOST_READ: Final = 2000
WITH_ALL_WORDS: Final = """
SELECT p.id, p.text FROM retrieval_passage p JOIN (
    SELECT l.passage_id FROM retrieval_term t JOIN retrieval_posting l ON l.term_id = t.id
    JOIN unnest(%(texts)s::text[], %(words)s::int[]) AS a(text, word) ON a.text = t.text
    WHERE t.collection_id = %(collection)s
    GROUP BY l.passage_id HAVING count(DISTINCT a.word) = %(count)s
) l ON l.passage_id = p.id
WHERE p.audience = ANY(%(audiences)s) ORDER BY p.id LIMIT %(most)s
"""


def phrases_of(text: str) -> list[str]:
    """The phrases in marks ("…", “…”, «…»), folded, their words a space apart; those with no word in them are none."""
    found = (next(filter(None, match.groups()), "") for match in QUOTED.finditer(text))
    said = (_folded(phrase) for phrase in found)
    return list(dict.fromkeys(phrase for phrase in said if phrase))[:MOST_PHRASES]


def has_phrase(text: str, phrase: str) -> bool:
    """Whether the words of a folded phrase stand side by side in a text, whatever their case and accents."""
    return f" {phrase} " in f" {_folded(text)} "


def passages_with(
    collection: Collection, phrases: Sequence[str], language: Language, audiences: Sequence[str]
) -> Mapping[int, list[str]]:
    """By passage, the phrases that it has. A phrase of nothing but stop words is in none."""
    found: dict[int, list[str]] = {}
    for phrase in phrases:
        asked = query_terms(phrase, language)
        if not asked:
            continue
        values: dict[str, Any] = {
            "texts": [term for word in asked for term in sorted(word.terms)],
            "words": [number for number, word in enumerate(asked) for _ in word.terms],
            "count": len(asked),
            "collection": collection.pk,
            "audiences": list(audiences),
            "most": MOST_READ,
        }
        with connection.cursor() as cursor:
            cursor.execute(WITH_ALL_WORDS, values)
            for passage, text in cursor.fetchall():
                if has_phrase(text, phrase):
                    found.setdefault(passage, []).append(phrase)
    return found


def _folded(text: str) -> str:
    return " ".join(fold(word) for word in words(text))
