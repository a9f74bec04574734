"""A synthetic network of any size, written straight into the tables: what takes hours to encode takes minutes here.

Words are drawn with the skew of real language (Zipf) from a vocabulary that holds the questions' words too; vectors
are random, as far from each other as unrelated passages are at worst.
"""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

VOCABULARY: Final = 40_000
SENTENCES: Final = 5
SENTENCE_WORDS: Final = 20
PASSAGES_A_RECORDING: Final = 500
LANGUAGES: Final = ("es", "pt", "en", "fr")
# Real questions, so that the encoders have real work.
ASKED: Final = (
    ("es", "¿cómo evacuar más rápido cuando crece el río?"),
    ("pt", "quanto custaram os ônibus elétricos e as baterias?"),
    ("en", "how do street vendors keep their stalls after a renovation"),
    ("fr", "comment financer l'éclairage public avec les économies d'énergie"),
    ("es", "predial catastro sanciones"),
    ("pt", "orçamento participativo por telefone"),
    ("en", "permit backlog"),
    ("fr", "logements vacants, loyers, femmes seules avec enfants"),
)


class Corpus:
    """Grows the network's collection; recordings are real rows, so that a question goes all the way."""

    def __init__(self) -> None:
        from plaza.retrieval import index  # needs settings

        self.collection = index.collection_named(index.NETWORK)
        self.size = 0
        self._numbers = np.random.default_rng(7)
        self._words, self._skew = _vocabulary()
        self._terms = self._add_words()

    def grow_to(self, size: int) -> None:
        from django.db import connection  # needs settings

        from plaza.retrieval import index  # needs settings
        from plaza.retrieval.encoders.e5 import E5  # needs settings
        from plaza.retrieval.encoders.use import Use  # needs settings

        self._forget_graphs()
        while self.size < size:
            self._add_recording()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE retrieval_term t SET passages = n FROM"
                " (SELECT term_id, count(*) AS n FROM retrieval_posting GROUP BY term_id) p WHERE t.id = p.term_id"
            )
            cursor.execute("UPDATE retrieval_collection SET passages = %s WHERE id = %s", [size, self.collection.pk])
        index.quicken(self.collection, [(engine.name, engine.dimensions) for engine in (E5, Use)])
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        self.collection.refresh_from_db()

    def _forget_graphs(self) -> None:
        """A graph is built at once in a minute; grown row by row it takes ten."""
        from django.db import connection  # needs settings

        with connection.cursor() as cursor:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'retrieval_hnsw_%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP INDEX "{name}"')

    def _add_words(self) -> list[tuple[int, str]]:
        """Each word of the vocabulary as a term of one language, with a vector for the dictionary."""
        from plaza.retrieval.encoders.words import UseWords  # needs settings
        from plaza.retrieval.models import Term, Word, WordVector  # needs settings
        from plaza.retrieval.packing import packed  # needs settings
        from plaza.retrieval.terms import terms  # needs settings

        draw = random.Random(5)
        spoken = [(word, draw.choice(LANGUAGES)) for word in self._words]
        texts = [(terms(word, language) or [word])[0] for word, language in spoken]  # type: ignore[arg-type]  # one of LANGUAGES
        unique = {text: place for place, text in enumerate(texts)}
        rows = Term.objects.bulk_create(
            [Term(collection=self.collection, text=text, passages=1) for text in unique], batch_size=2000
        )
        words = Word.objects.bulk_create(
            [
                Word(term=row, language=spoken[unique[row.text]][1], text=spoken[unique[row.text]][0][:60])
                for row in rows
            ],
            batch_size=2000,
        )
        WordVector.objects.bulk_create(
            [
                WordVector(word=word, collection=self.collection, encoder=UseWords.name, vector=packed(vector))
                for word, vector in zip(words, self._unit(len(words), UseWords.dimensions), strict=True)
            ],
            batch_size=2000,
        )
        ids = {row.text: row.pk for row in rows}
        return [(ids[text], word) for text, word in zip(texts, self._words, strict=True)]

    def _add_recording(self) -> None:
        from django.db import connection, transaction  # needs settings

        from plaza.knowledge.domain.recordings import receive_recording  # needs settings
        from plaza.knowledge.models import Recording, Work  # needs settings
        from plaza.retrieval.encoders.e5 import E5  # needs settings
        from plaza.retrieval.encoders.use import Use  # needs settings
        from plaza.retrieval.index import bm25_weight  # needs settings
        from plaza.retrieval.models import Passage, Posting, Vector  # needs settings
        from plaza.retrieval.packing import packed  # needs settings

        recording = receive_recording(title=f"Talk {self.size}", language="es", by=None)
        Work.objects.filter(pk=recording.work_id).update(is_published=True)
        Recording.objects.filter(pk=recording.pk).update(state="indexed")
        drawn = np.searchsorted(
            self._skew, self._numbers.random((PASSAGES_A_RECORDING, SENTENCES * SENTENCE_WORDS)) * self._skew[-1]
        )
        with transaction.atomic():
            passages = Passage.objects.bulk_create(
                self._passage(Passage, recording.pk, position, row) for position, row in enumerate(drawn)
            )
            with (
                connection.cursor() as cursor,
                cursor.copy(f"COPY {Posting._meta.db_table} (passage_id, term_id, weight) FROM STDIN") as copy,
            ):
                for passage, row in zip(passages, drawn, strict=True):
                    for term, times in Counter(self._terms[place][0] for place in row).items():
                        copy.write_row((passage.pk, term, bm25_weight(times, len(row))))
            for engine in (E5, Use):
                vectors = self._unit(len(passages), engine.dimensions)
                Vector.objects.bulk_create(
                    Vector(
                        passage=passage,
                        collection=self.collection,
                        encoder=engine.name,
                        source=passage.source,
                        language=passage.language,
                        vector=vector,
                        sentences=packed(vector) * SENTENCES,
                    )
                    for passage, vector in zip(passages, vectors, strict=True)
                )
        self.size += len(passages)

    def _passage(self, model: Any, recording: int, position: int, drawn: Any) -> Any:
        sentences = [
            " ".join(self._terms[place][1] for place in drawn[n * SENTENCE_WORDS : (n + 1) * SENTENCE_WORDS]) + "."
            for n in range(SENTENCES)
        ]
        spans = list(_spans(sentences))
        return model(
            collection=self.collection,
            source="recording",
            source_id=str(recording),
            position=position,
            language=LANGUAGES[position % len(LANGUAGES)],
            text=" ".join(sentences),
            place_start=position * 40.0,
            place_end=position * 40.0 + 40,
            length=len(drawn),
            spans=spans,
            places=[position * 40.0 + 8 * n for n in range(SENTENCES)],
        )

    def _unit(self, count: int, dimensions: int) -> Any:
        made = self._numbers.standard_normal((count, dimensions), dtype=np.float32)
        return made / np.linalg.norm(made, axis=1, keepdims=True)


def _spans(sentences: list[str]) -> Iterator[list[int]]:
    start = 0
    for sentence in sentences:
        yield [start, start + len(sentence)]
        start += len(sentence) + 1


def _vocabulary() -> tuple[list[str], Any]:
    """Words, and the sums of their weights."""
    letters = "aeioubcdfglmnprst"
    draw = random.Random(3)
    made = {"".join(draw.choices(letters, k=draw.randint(4, 9))) for _ in range(VOCABULARY)}
    asked = {word.strip("¿?,.").lower() for _, words in ASKED for word in words.split()}
    words = [*sorted(made), *sorted(asked)]
    draw.shuffle(words)
    return words, np.cumsum(1 / np.arange(1, len(words) + 1))
