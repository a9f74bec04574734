"""How good a ranking is, by judged passages. The measures of the field, per pair of languages.

For each pair (language of the query, language of the passage) only the relevant passages of that
language are wanted, while passages of all languages compete; relevant ones of other languages are
passed over, neither right nor wrong.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

DEPTH: Final = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """Means over `queries` (a query counts once a pair): all between 0 and 1."""

    queries: int
    ndcg: float
    first: float
    recall: float


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int]) -> float:
    """nDCG@10 with the gain 2^grade - 1 (Burges)."""
    gains = [relevant.get(passage, 0) for passage in ranked[:DEPTH]]
    ideal = sorted(relevant.values(), reverse=True)[:DEPTH]
    return _discounted(gains) / _discounted(ideal)


def _discounted(gains: Sequence[int]) -> float:
    return sum((2.0**gain - 1) / math.log2(place + 2) for place, gain in enumerate(gains))


def measure(
    run: Mapping[str, Sequence[str]],
    judgements: Mapping[str, Mapping[str, int]],
    query_languages: Mapping[str, str],
    passage_languages: Mapping[str, str],
) -> dict[str, Measure]:
    """By pair (`pt->es`), and `same`, `across`, `pairs across` (the mean of the pairs)."""
    rows: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for query, relevant in judgements.items():
        by_language: dict[str, dict[str, int]] = defaultdict(dict)
        for passage, grade in relevant.items():
            by_language[passage_languages[passage]][passage] = grade
        for language, wanted in by_language.items():
            ranked = [p for p in run.get(query, ()) if p in wanted or p not in relevant][:DEPTH]
            found = sum(passage in wanted for passage in ranked)
            row = (
                ndcg(ranked, wanted),
                float(bool(ranked) and ranked[0] in wanted),
                found / min(DEPTH, len(wanted)),
            )
            rows[f"{query_languages[query]}->{language}"].append(row)
            rows["same" if query_languages[query] == language else "across"].append(row)
    table = {name: _mean(values) for name, values in sorted(rows.items())}
    pairs = [value for name, value in table.items() if "->" in name and name[:2] != name[-2:]]
    if pairs:
        table["pairs across"] = Measure(
            len(pairs),
            sum(pair.ndcg for pair in pairs) / len(pairs),
            sum(pair.first for pair in pairs) / len(pairs),
            sum(pair.recall for pair in pairs) / len(pairs),
        )
    return table


def _mean(rows: Sequence[tuple[float, float, float]]) -> Measure:
    count = len(rows)
    return Measure(count, *(sum(row[column] for row in rows) / count for column in range(3)))
