"""The network of multilingual-e5-small: tokens to what each of them means where it stands.

Twelve layers, in float32, by the matrix products of numpy; the weights are unpacked once, all but the table of
words, of which each text needs a few rows. Texts are laid end to end, so nothing is spent on filling up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from plaza.retrieval.encoders.e5_adapter import Adapter
from plaza.retrieval.encoders.e5_weights import HEADS, LAYERS, WIDENED, WIDTH, Floats, WeightsFile, unpacked

EPSILON: Final = np.float32(1e-12)
EVEN: Final = np.full(WIDTH, 1 / WIDTH, dtype=np.float32)
HEAD: Final = WIDTH // HEADS
# Goes into the weights of the queries once, instead of into every score.
SCALE: Final = np.float32(HEAD**-0.5)
HALF: Final = np.float32(0.5)
# So many columns of weights at once: BLAS takes them as they lie, which spares a query a third of its time.
COLUMNS: Final = 128
# Of a step that goes number by number, so many rows at once stay near the processor.
ROWS: Final = 64
# x/2 · (1 + erf(x/√2)) is x/2 · (1 + tanh(x · p(x²))) within 3e-6, with p fitted, highest power first.
CURVE: Final = (1.11911544e-06, -3.05815437e-05, -1.24859371e-04, 3.64687890e-02, 7.97828135e-01)


@dataclass(frozen=True, slots=True)
class Linear:
    blocks: Floats  # (blocks, inputs, COLUMNS)
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        y = np.empty((len(x), len(self.bias)), dtype=np.float32)
        np.matmul(x, self.blocks, out=y.reshape(len(x), -1, COLUMNS).transpose(1, 0, 2))
        y += self.bias
        return y


@dataclass(frozen=True, slots=True)
class Norm:
    """Each row with mean 0 and variance 1, then stretched and moved; in place."""

    stretch: Floats
    move: Floats

    def __call__(self, x: Floats) -> Floats:
        for start in range(0, len(x), ROWS):
            rows = x[start : start + ROWS]
            rows -= (rows @ EVEN)[:, None]
            rows /= np.sqrt(np.square(rows) @ EVEN + EPSILON)[:, None]
            rows *= self.stretch
            rows += self.move
        return x


@dataclass(frozen=True, slots=True)
class Layer:
    asked: Linear  # query, key and value, side by side
    attended: Linear
    attended_norm: Norm
    widened: Linear
    narrowed: Linear
    narrowed_norm: Norm

    def __call__(self, x: Floats, cuts: Sequence[int]) -> Floats:
        """x is (tokens, WIDTH), changed in place; a text goes from each cut to the next."""
        asked = self.asked(x)
        context = np.empty_like(x)
        for start, stop in pairwise(cuts):
            _attend(asked[start:stop], context[start:stop])
        x += self.attended(context)
        self.attended_norm(x)
        x += self.narrowed(_curved(self.widened(x)))
        return self.narrowed_norm(x)


class Network:
    def __init__(self, file: WeightsFile, adapter: Adapter | None = None) -> None:
        self._words = file.blocks("emb.word", WIDTH)
        self._positions = file.floats("emb.pos").reshape(-1, WIDTH) + file.floats("emb.type")[:WIDTH]
        self._norm = Norm(file.floats("emb.ln.w"), file.floats("emb.ln.b"))
        self._layers = [_layer(file, adapter, f"l{number}") for number in range(LAYERS)]

    def hidden(self, texts: Sequence[Sequence[int]]) -> list[Floats]:
        """For each text, given by the numbers of its tokens, (tokens, WIDTH)."""
        cuts = np.cumsum([0, *map(len, texts)]).tolist()
        x = unpacked(self._words[np.concatenate([np.asarray(text, dtype=np.intp) for text in texts])])
        for start, stop in pairwise(cuts):
            x[start:stop] += self._positions[: stop - start]
        self._norm(x)
        for layer in self._layers:
            layer(x, cuts)
        return np.split(x, cuts[1:-1])


def _attend(asked: Floats, context: Floats) -> None:
    """What each token of one text takes from the others, head by head."""
    query, key, value = asked.reshape(len(asked), 3, HEADS, HEAD).transpose(1, 2, 0, 3)
    scores = query @ key.transpose(0, 2, 1)
    scores -= scores.max(axis=2, keepdims=True)
    np.exp(scores, out=scores)
    taken = scores @ value
    taken /= scores.sum(axis=2, keepdims=True)
    context[:] = taken.transpose(1, 0, 2).reshape(context.shape)


def _curved(x: Floats) -> Floats:
    """Twice GELU, in place; `narrowed` has half its weights instead."""
    for start in range(0, len(x), ROWS):
        rows = x[start : start + ROWS]
        squares = rows * rows
        curve = squares * np.float32(CURVE[0])
        for factor in CURVE[1:-1]:
            curve += np.float32(factor)
            curve *= squares
        curve += np.float32(CURVE[-1])
        curve *= rows
        np.tanh(curve, out=curve)
        curve += np.float32(1)
        rows *= curve
    return x


def _layer(file: WeightsFile, adapter: Adapter | None, name: str) -> Layer:
    def linear(part: str, inputs: int = WIDTH) -> tuple[Floats, Floats]:
        weights = file.matrix(f"{name}.{part}.w", inputs)
        if adapter is not None:
            weights = adapter.adapted(f"{name}.{part}", weights)
        return weights, file.floats(f"{name}.{part}.b")

    def norm(part: str) -> Norm:
        return Norm(file.floats(f"{name}.{part}.w"), file.floats(f"{name}.{part}.b"))

    query, key, value = linear("q"), linear("k"), linear("v")
    narrowed, bias = linear("fo", inputs=WIDENED)
    return Layer(
        asked=_blocked(
            np.concatenate([query[0] * SCALE, key[0], value[0]]),
            np.concatenate([query[1] * SCALE, key[1], value[1]]),
        ),
        attended=_blocked(*linear("ao")),
        attended_norm=norm("aln"),
        widened=_blocked(*linear("fi")),
        narrowed=_blocked(narrowed * HALF, bias),
        narrowed_norm=norm("oln"),
    )


def _blocked(weights: Floats, bias: Floats) -> Linear:
    """From weights as the file has them: (outputs, inputs)."""
    blocks = weights.reshape(-1, COLUMNS, weights.shape[1]).transpose(0, 2, 1)
    return Linear(np.ascontiguousarray(blocks), bias)
