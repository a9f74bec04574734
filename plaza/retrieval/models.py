"""The index. All of it can be thrown away and built again from what it was handed."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from pgvector.django import HalfVectorField

from plaza.core.languages import CHOICES, LANGUAGES

# What one has until its own is measured, minutes after it was filled. Four hundred passages have .83, two have .14: a network
# begins small, and until then it rather quotes too much than refuses what it has.
USUAL_NOISE: Final = 0.6


class Collection(models.Model):
    """One index among others: the network's, or a scratch one of an evaluation."""

    name = models.CharField(max_length=60, unique=True)
    passages = models.PositiveIntegerField(default=0)
    words = models.PositiveBigIntegerField(default=0)
    # What questions that nobody answers score here at best, on the mean: it grows with the collection, and refusal
    # counts from it.
    noise = models.FloatField(default=USUAL_NOISE)
    # The id of its last WordVector: whoever holds the dictionary sees from the row whether there are newer ones.
    newest_word = models.PositiveBigIntegerField(default=0)


class Passage(models.Model):
    """Some hundred words of one source, in one language, at one place. `position` counts within the source.

    `place_start`/`place_end` are seconds in a recording or pages of a document; null where neither."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=20)
    source_id = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=CHOICES)
    text = models.TextField()
    context = models.TextField(blank=True)
    audience = models.CharField(max_length=60, default="public")
    place_start = models.FloatField(null=True)
    place_end = models.FloatField(null=True)
    length = models.PositiveIntegerField(help_text="terms of the text, for BM25")
    # What may be quoted: where each stretch starts and ends in `text`, and at what second or page it is.
    spans = ArrayField(ArrayField(models.IntegerField(), size=2), default=list)
    places = ArrayField(models.FloatField(), default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["collection", "source", "source_id", "position"], name="one_passage_a_position"
            ),
        )


class Term(models.Model):
    """A stem and in how many passages of its collection it occurs."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=60)
    passages = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["collection", "text"], name="one_term_a_collection"),)


class Word(models.Model):
    """A term as one language says it: the dictionary compares words, not stems."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=2, choices=CHOICES)
    text = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["term", "language"], name="one_word_a_term_and_language"),)


class WordVector(models.Model):
    """A word as one encoder sees it: a signed byte a number. Ids grow in the order in which they can be read, so
    whoever holds the dictionary asks for the newer ones only (retrieval.dictionary)."""

    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="+", db_index=False)
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+", db_index=False)
    encoder = models.CharField(max_length=60)
    vector = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["word", "encoder"], name="one_word_vector_an_encoder"),)
        indexes = (models.Index(fields=["collection", "encoder", "id"], name="word_vectors_by_age"),)


class Posting(models.Model):
    """BM25's part of a term in a passage that does not depend on the query; the idf comes at query time."""

    pk = models.CompositePrimaryKey("passage_id", "term_id")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="+", db_index=False)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+", db_index=False)
    weight = models.FloatField()

    class Meta:
        # The heaviest passages of a term are read first and alone, from the index itself, however long the
        # list has grown.
        indexes = (models.Index(fields=["term", "-weight", "passage"], name="postings_by_weight"),)


class Vector(models.Model):
    """A passage as one encoder sees it. A model's vectors are only ever compared with its own queries."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="+", db_index=False)
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+", db_index=False)
    encoder = models.CharField(max_length=60)
    # The passage's own, again: a join would keep the planner from the graph of nearest neighbours.
    audience = models.CharField(max_length=60, default="public")
    source = models.CharField(max_length=20, default="")
    language = models.CharField(max_length=2, choices=CHOICES, default="")
    vector = HalfVectorField()
    # How near usual questions in each of LANGUAGES come to it (retrieval.usual); null until it is measured.
    usual = ArrayField(models.FloatField(), null=True, size=len(LANGUAGES))
    # One signed byte a number, for each sentence in turn: enough to tell which sentence is nearest.
    sentences = models.BinaryField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["passage", "encoder"], name="one_vector_an_encoder"),
            models.CheckConstraint(condition=~Q(encoder=""), name="a_vector_names_its_encoder"),
        )
        indexes = (
            models.Index(fields=["collection", "encoder"], name="vectors_of_collection"),
            models.Index(
                fields=["collection", "encoder", "id"], name="vectors_unmeasured", condition=Q(usual__isnull=True)
            ),
        )
