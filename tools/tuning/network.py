"""E5's network in torch, with an adapter (LoRA) to every matrix of its layers. What it gives without one is what
`plaza.retrieval.encoders.e5` gives, within the rounding of 16 bits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from plaza.core.languages import LANGUAGES, Language
from plaza.retrieval.encoders.base import Role, Vectors
from plaza.retrieval.encoders.centring import Centring
from plaza.retrieval.encoders.e5_places import placed, windows_of
from plaza.retrieval.encoders.e5_tokens import Tokenizer
from plaza.retrieval.encoders.e5_weights import HEADS, LAYERS, WIDENED, WIDTH, WeightsFile, installed, unpacked
from plaza.retrieval.text import Span

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


@dataclass(frozen=True, slots=True)
class Read:
    """A text by the numbers of its tokens; and of each of its stretches, which tokens are its own."""

    tokens: list[int]
    stretches: list[NDArray[np.intp]]

    def parts(self, length: int) -> Tensor:
        """(stretches, length): what each token counts in the mean of each stretch. One without a token is the whole."""
        counts = torch.zeros(len(self.stretches), length)
        for row, inside in enumerate(self.stretches):
            counts[row, inside if len(inside) else slice(len(self.tokens))] = 1.0
        return counts / counts.sum(1, keepdim=True)


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

    def read(self, text: str, role: Role, stretches: Sequence[Span] = ()) -> Read:
        """A text as the product has it; what is beyond one window is left out."""
        if not stretches:
            return Read(windows_of(self._tokenizer, text, role)[0], [])
        whole = placed(self._tokenizer, text, role)
        length = len(whole.windows[0])
        return Read(whole.windows[0], [np.flatnonzero(whole.within(each)[:length]) for each in stretches])

    def forward(self, texts: Sequence[Read], languages: Sequence[Language], role: Role) -> tuple[Tensor, Tensor]:
        """(texts, WIDTH) and, of all their stretches in a row, (stretches, WIDTH): centred, of length 1."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place].tokens))
        wholes: list[Tensor] = []
        stretches: dict[int, Tensor] = {}
        start = 0
        while start < len(order):
            stop = start + 1
            while stop < len(order) and (stop + 1 - start) * len(texts[order[stop]].tokens) <= TOGETHER:
                stop += 1
            whole, inside = self._means_of([texts[place] for place in order[start:stop]])
            wholes.append(whole)
            stretches |= dict(zip(order[start:stop], inside, strict=True))
            start = stop
        back = torch.tensor(np.argsort(order))
        spoken = torch.tensor([LANGUAGES.index(language) for language in languages])
        means = self._means[role]
        in_a_row = torch.cat([stretches[place] for place in range(len(texts))])
        repeated = torch.repeat_interleave(spoken, torch.tensor([len(each.stretches) for each in texts]))
        return _centred(torch.cat(wholes)[back], means[spoken]), _centred(in_a_row, means[repeated])

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

    def _means_of(self, texts: Sequence[Read]) -> tuple[Tensor, list[Tensor]]:
        """Of the tokens of each text, and of those of its stretches."""
        longest = max(len(text.tokens) for text in texts)
        numbers = np.full((len(texts), longest), PADDING)
        there = torch.zeros(len(texts), longest)
        for row, text in enumerate(texts):
            numbers[row, : len(text.tokens)] = text.tokens
            there[row, : len(text.tokens)] = 1
        different, places = np.unique(numbers, return_inverse=True)
        words = torch.tensor(unpacked(self._words[different]))[torch.tensor(places.reshape(numbers.shape))]
        x = self._norm(words + self._positions[:longest])
        closed = ((1 - there) * NOWHERE)[:, None, None, :].to(HALF)
        for layer in self.layers:
            x = layer(x, closed)
        x = x.float()
        whole = (x * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        return whole, [text.parts(longest) @ states for text, states in zip(texts, x, strict=True)]


def _centred(raw: Tensor, means: Tensor) -> Tensor:
    return functional.normalize(functional.normalize(raw, dim=1) - means, dim=1)


def _fixed(values: Vectors) -> nn.Parameter:
    return nn.Parameter(torch.tensor(values), requires_grad=False)
