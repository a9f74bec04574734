"""E5's network in torch, with an adapter (LoRA) to every matrix of its layers. What it gives without one is what
`plaza.retrieval.encoders.e5` gives, within the rounding of 16 bits."""

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from plaza.core.languages import LANGUAGES, Language
from plaza.retrieval.encoders.base import Role, Vectors
from plaza.retrieval.encoders.centring import Centring
from plaza.retrieval.encoders.e5 import LONGEST_TEXT
from plaza.retrieval.encoders.e5_tokens import Tokenizer
from plaza.retrieval.encoders.e5_weights import HEADS, LAYERS, WIDENED, WIDTH, WeightsFile, installed, unpacked
from plaza.retrieval.text import safe

RANK: Final = 16
EPSILON: Final = 1e-12
NOWHERE: Final = -1e4
PADDING: Final = 1
# Tokens that go through together, filled up to the longest text.
TOGETHER: Final = 4096
HALF: Final = torch.bfloat16


class Adapted(nn.Module):
    """A matrix that stays, and what is learnt beside it."""

    def __init__(self, weights: Vectors, bias: Vectors) -> None:
        super().__init__()
        outputs, inputs = weights.shape
        self.weights = _fixed(weights).to(HALF)
        self.bias = _fixed(bias).to(HALF)
        self.down = nn.Parameter(torch.randn(RANK, inputs) / math.sqrt(inputs))
        self.up = nn.Parameter(torch.zeros(outputs, RANK))

    def forward(self, x: Tensor) -> Tensor:
        learnt = functional.linear(functional.linear(x, self.down.to(HALF)), self.up.to(HALF))
        return functional.linear(x, self.weights, self.bias) + learnt


class Norm(nn.Module):
    def __init__(self, stretch: Vectors, move: Vectors) -> None:
        super().__init__()
        self.stretch, self.move = _fixed(stretch), _fixed(move)

    def forward(self, x: Tensor) -> Tensor:
        return functional.layer_norm(x.float(), (WIDTH,), self.stretch, self.move, EPSILON).to(HALF)


class Layer(nn.Module):
    def __init__(self, file: WeightsFile, number: int) -> None:
        super().__init__()

        def linear(part: str, inputs: int = WIDTH) -> Adapted:
            return Adapted(file.matrix(f"l{number}.{part}.w", inputs), file.floats(f"l{number}.{part}.b"))

        def norm(part: str) -> Norm:
            return Norm(file.floats(f"l{number}.{part}.w"), file.floats(f"l{number}.{part}.b"))

        self.q, self.k, self.v, self.ao = (linear(part) for part in ("q", "k", "v", "ao"))
        self.fi, self.fo = linear("fi"), linear("fo", inputs=WIDENED)
        self.aln, self.oln = norm("aln"), norm("oln")

    def forward(self, x: Tensor, closed: Tensor) -> Tensor:
        texts, length, _ = x.shape
        query, key, value = (
            part(x).view(texts, length, HEADS, WIDTH // HEADS).transpose(1, 2) for part in (self.q, self.k, self.v)
        )
        taken = torch.softmax(query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + closed, -1) @ value
        x = self.aln(x + self.ao(taken.transpose(1, 2).reshape(texts, length, WIDTH)))
        return self.oln(x + self.fo(functional.gelu(self.fi(x))))


class Network(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        file = WeightsFile(installed())
        self._tokenizer = Tokenizer(file.vocabulary)
        self._words = file.blocks("emb.word", WIDTH)
        self._positions = torch.tensor(file.floats("emb.pos").reshape(-1, WIDTH) + file.floats("emb.type")[:WIDTH])
        self._norm = Norm(file.floats("emb.ln.w"), file.floats("emb.ln.b"))
        self.layers = nn.ModuleList(Layer(file, number) for number in range(LAYERS))
        # The means stay those of E5 as it comes: what is learnt is learnt with them.
        centre = Centring("lang_means_e5.npz")
        self._means = {
            role: torch.tensor(np.stack([centre.taken(role, language) for language in LANGUAGES]))
            for role in ("query", "passage")
        }

    def tokens(self, text: str, role: Role) -> list[int]:
        """Of a text as the product has it; what is beyond one window is left out."""
        return self._tokenizer.windows(f"{role}: {safe(text, LONGEST_TEXT[role])}")[0]

    def forward(self, texts: Sequence[list[int]], languages: Sequence[Language], role: Role) -> Tensor:
        """(texts, WIDTH): centred, of length 1."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        means: list[Tensor] = []
        start = 0
        while start < len(order):
            stop = start + 1
            while stop < len(order) and (stop + 1 - start) * len(texts[order[stop]]) <= TOGETHER:
                stop += 1
            means.append(self._mean([texts[place] for place in order[start:stop]]))
            start = stop
        back = torch.tensor(np.argsort(order))
        raw = functional.normalize(torch.cat(means)[back], dim=1)
        spoken = torch.tensor([LANGUAGES.index(language) for language in languages])
        return functional.normalize(raw - self._means[role][spoken], dim=1)

    @torch.no_grad()
    def shrink(self, part: float) -> None:
        """Keeps so much of what was learnt."""
        for each in self.modules():
            if isinstance(each, Adapted):
                each.up *= part

    def learnt(self) -> dict[str, Any]:
        """As e5_adapter.Adapter reads it."""
        return {
            f"l{name.removeprefix('layers.')}": kept.detach().numpy().astype(np.float16)
            for name, kept in self.named_parameters()
            if kept.requires_grad
        }

    def _mean(self, texts: Sequence[list[int]]) -> Tensor:
        longest = max(map(len, texts))
        numbers = np.full((len(texts), longest), PADDING)
        there = torch.zeros(len(texts), longest)
        for row, text in enumerate(texts):
            numbers[row, : len(text)] = text
            there[row, : len(text)] = 1
        different, places = np.unique(numbers, return_inverse=True)
        words = torch.tensor(unpacked(self._words[different]))[torch.tensor(places.reshape(numbers.shape))]
        x = self._norm(words + self._positions[:longest])
        closed = ((1 - there) * NOWHERE)[:, None, None, :].to(HALF)
        for layer in self.layers:
            x = layer(x, closed)
        return (x.float() * there[..., None]).sum(1) / there.sum(1, keepdim=True)


def _fixed(values: Vectors) -> nn.Parameter:
    return nn.Parameter(torch.tensor(values), requires_grad=False)
