"""Evaluating the engine itself: a folder's corpus goes into a scratch index, its queries are asked as a
person's would be, and the ranking is written as a TREC run (`query Q0 passage rank score tag`)."""

import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from plaza.core.languages import Language, known
from plaza.retrieval import index
from plaza.retrieval.encoders import Encoder, EncoderAbsent
from plaza.retrieval.measures import measure
from plaza.retrieval.models import Collection
from plaza.retrieval.passages import NewPassage
from plaza.retrieval.query import Encoders, ask

DEPTH: Final = 100
AT_ONCE: Final = 64


class NotAnEvaluation(Exception):
    """The folder does not hold what an evaluation needs; the words say what is missing, and where."""


def evaluate(
    folder: Path, run_file: Path, encoders: Encoders, *, tell: Callable[[str], None] = lambda words: None
) -> dict[str, Any]:
    """Indexes corpus.jsonl ({id, lang, text}), asks queries.jsonl, writes the run; with qrels.tsv
    (query, passage, grade) the measures too. The scratch index is gone afterwards, whatever happens."""
    corpus = list(_rows(folder / "corpus.jsonl"))
    queries = list(_rows(folder / "queries.jsonl"))
    scratch = index.collection_named(f"scratch-{secrets.token_hex(6)}")
    try:
        by_id = _index(scratch, corpus, encoders, tell)
        scratch.refresh_from_db()
        tell(f"asking {len(queries)} questions")
        run = {
            row["id"]: [
                (by_id[hit.source_id], hit.score)
                for hit in ask(scratch, row["text"], row["lang"], encoders, limit=DEPTH)
            ]
            for row in queries
        }
    finally:
        _drop(scratch)
    _write(run_file, run)
    result: dict[str, Any] = {
        "passages": len(corpus),
        "queries": len(queries),
        "run": str(run_file),
        "encoders": [engine.name for engine in (encoders.careful, encoders.quick) if engine],
    }
    judgements = folder / "qrels.tsv"
    if judgements.exists():
        result["measures"] = {
            name: asdict(value)
            for name, value in measure(
                {query: [passage for passage, _ in ranked] for query, ranked in run.items()},
                _judgements(judgements),
                {row["id"]: row["lang"] for row in queries},
                {row["id"]: row["lang"] for row in corpus},
            ).items()
        }
    return result


def _index(
    scratch: Collection, corpus: list[dict[str, Any]], encoders: Encoders, tell: Callable[[str], None]
) -> dict[str, str]:
    tell(f"indexing {len(corpus)} passages")
    by_id = {}
    for number, row in enumerate(corpus):
        by_id[str(number)] = row["id"]
        passage = NewPassage(text=row["text"], language=row["lang"])
        index.put(collection=scratch, source="corpus", source_id=str(number), passages=[passage])
    for encoder in (encoders.quick, encoders.careful):
        if encoder is not None:
            _embed(scratch, encoder, tell)
    if encoders.words is not None:
        while index.embed_words(scratch, encoders.words):
            pass
    return by_id


def _embed(scratch: Collection, encoder: Encoder, tell: Callable[[str], None]) -> None:
    done = 0
    while rows := index.waiting(scratch, encoder, most=AT_ONCE):
        try:
            index.embed(scratch, encoder, rows)
        except EncoderAbsent as reason:
            tell(str(reason))
            return
        done += len(rows)
        tell(f"{encoder.name}: {done} passages")


def _drop(scratch: Collection) -> None:
    index.empty(scratch)
    scratch.delete()


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    if not file.exists():
        raise NotAnEvaluation(f"{file} is missing")
    for number, line in enumerate(file.read_text("utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            language: Language | None = known(row["lang"])
            identified = {"id": str(row["id"]), "text": str(row["text"]), "lang": language}
        except (ValueError, KeyError, TypeError) as error:
            raise NotAnEvaluation(f"{file}, line {number}: {error}") from error
        if language is None:
            raise NotAnEvaluation(f"{file}, line {number}: {row['lang']!r} is none of es, pt, en, fr")
        yield identified


def _judgements(file: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in file.read_text("utf-8").splitlines():
        if line.strip():
            query, passage, grade = line.split("\t")
            judged[query][passage] = int(grade)
    return judged


def _write(file: Path, run: dict[str, list[tuple[str, float]]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as out:
        for query, ranked in run.items():
            for rank, (passage, score) in enumerate(ranked, start=1):
                out.write(f"{query} Q0 {passage} {rank} {score:.6f} plaza\n")
