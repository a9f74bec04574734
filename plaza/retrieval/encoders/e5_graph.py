"""The network of multilingual-e5-small as a graph that onnxruntime runs.

A text goes in as the sum of its embeddings, (1, tokens, WIDTH), and comes out as what each of its tokens means where it
stands. With an adapter the products of matrices are of 8-bit numbers, three to five times as fast as in float32; without
one all of it is float32, which is E5 as it comes.

Eight bits are enough once no input reaches far beyond the others. How far each reaches is kept with the adapter; what
reaches far is made smaller and its weights larger instead (SmoothQuant, Xiao 2023), and the very few that reach ten times
as far as all others are multiplied in float32 (LLM.int8, Dettmers 2022). Weights have 7 bits: of two products of 8 bits,
processors without VNNI cut the sum off at 16, and all processors shall find the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from plaza.retrieval.encoders.e5_adapter import Adapter
from plaza.retrieval.encoders.e5_weights import HEADS, LAYERS, WIDENED, WIDTH, Floats, WeightsFile

EPSILON: Final = 1e-12
# Of the operations: those of ONNX, and onnxruntime's own. And of the format.
VERSIONS: Final = (("", 17), ("com.microsoft", 1))
FORMAT: Final = 9
LARGEST: Final = 63
SMALLEST: Final = 1e-5
NAME: Final = "x"
MEANT: Final = "meant"


@dataclass(frozen=True, slots=True)
class Product:
    """A product of matrices in each layer: the parts of the file whose outputs stand side by side; how much of their
    inputs' reach the weights take over, and how many inputs reach too far for that (both chosen on two hundred texts)."""

    name: str
    parts: tuple[str, ...]
    inputs: int
    taken_over: float
    too_far: int = 0


ASKED: Final = Product("asked", ("q", "k", "v"), WIDTH, taken_over=0.8)
ATTENDED: Final = Product("attended", ("ao",), WIDTH, taken_over=0.65)
WIDER: Final = Product("wider", ("fi",), WIDTH, taken_over=0.5)
NARROWER: Final = Product("narrower", ("fo",), WIDENED, taken_over=0.5, too_far=2)
PRODUCTS: Final = (ASKED, ATTENDED, WIDER, NARROWER)


def graph(file: WeightsFile, adapter: Adapter | None = None, *, is_measured: bool = False) -> ModelProto:
    """Raises EncoderAbsent where the adapter does not fit. `is_measured`: float32 even with an adapter, and besides what
    is meant it gives the inputs of every product, by the names of `reach_of`."""
    parts = _Parts(file, adapter, is_measured=is_measured)
    x = parts.normed(NAME, "emb.ln")
    for number in range(LAYERS):
        x = parts.layer(x, number)
    return parts.model(x)


def reach_of(layer: int, product: Product) -> str:
    """Under this name a measured graph gives the inputs of a product, and the adapter keeps how far they reach."""
    return f"l{layer}.{product.name}.reach"


class _Parts:
    """Nodes and weights, gathered in the order in which they run. Each method takes the name of what goes in and gives
    that of what comes out."""

    def __init__(self, file: WeightsFile, adapter: Adapter | None, *, is_measured: bool) -> None:
        self._file = file
        self._adapter = adapter
        self._is_measured = is_measured
        self._nodes: list[NodeProto] = []
        self._weights: list[TensorProto] = []
        self._outputs: list[str] = []

    def layer(self, x: str, number: int) -> str:
        layer = f"l{number}"
        asked = self._product(x, number, ASKED)
        three = [f"{layer}.{part}" for part in ASKED.parts]
        sizes = self._kept(f"{layer}.sizes", np.full(3, WIDTH))
        self._nodes.append(helper.make_node("Split", [asked, sizes], three, axis=2))
        attended = self._own("MultiHeadAttention", three, f"{layer}.context", num_heads=HEADS)
        x = self._added(x, self._product(attended, number, ATTENDED), f"{layer}.aln")
        curved = self._own("Gelu", [self._product(x, number, WIDER)], f"{layer}.curved")
        return self._added(x, self._product(curved, number, NARROWER), f"{layer}.oln")

    def normed(self, x: str, part: str) -> str:
        return self._node("LayerNormalization", [x, *self._norm(part)], part, epsilon=EPSILON)

    def model(self, meant: str) -> ModelProto:
        self._node("Identity", [meant], MEANT)
        shape: list[str | int | None] = [1, "tokens", WIDTH]
        whole = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(NAME, TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info(MEANT, TensorProto.FLOAT, shape)]
            + [helper.make_tensor_value_info(each, TensorProto.FLOAT, None) for each in self._outputs],
            self._weights,
        )
        versions = [helper.make_opsetid(*each) for each in VERSIONS]
        return helper.make_model(whole, opset_imports=versions, ir_version=FORMAT)

    def _product(self, x: str, number: int, product: Product) -> str:
        layer = f"l{number}"
        name, of_reach = f"{layer}.{product.name}", reach_of(number, product)
        weights = np.concatenate([self._matrix(f"{layer}.{part}", product.inputs) for part in product.parts]).T
        bias = np.concatenate([self._file.floats(f"{layer}.{part}.b") for part in product.parts])
        if self._is_measured:
            self._outputs.append(self._node("Identity", [x], of_reach))
        if self._adapter is None or self._is_measured:
            product_of = self._node("MatMul", [x, self._kept(f"{name}.weights", weights)], f"{name}.product")
            return self._node("Add", [product_of, self._kept(f"{name}.bias", bias)], name)
        smooth = _Smooth(weights, self._adapter.reach(of_reach, product.inputs), product)
        return self._in_8_bits(x, name, weights, bias, smooth)

    def _in_8_bits(self, x: str, name: str, weights: Floats, bias: Floats, smooth: "_Smooth") -> str:
        nearer = self._node("Mul", [x, self._kept(f"{name}.smaller", smooth.smaller)], f"{name}.smooth")
        steps = np.abs(smooth.weights).max(axis=0) / LARGEST
        whole = self._own(
            "DynamicQuantizeMatMul",
            [
                nearer,
                self._kept(f"{name}.weights", np.rint(smooth.weights / steps).astype(np.int8)),
                self._kept(f"{name}.steps", steps),
                self._kept(f"{name}.zeros", np.zeros(len(steps), dtype=np.int8)),
                self._kept(f"{name}.bias", bias),
            ],
            f"{name}.product",
        )
        if not len(smooth.far):
            return whole
        few = self._node("Gather", [x, self._kept(f"{name}.which", smooth.far)], f"{name}.far", axis=2)
        apart = self._node("MatMul", [few, self._kept(f"{name}.apart", weights[smooth.far])], f"{name}.far.product")
        return self._node("Add", [whole, apart], name)

    def _matrix(self, name: str, inputs: int) -> Floats:
        weights = self._file.matrix(f"{name}.w", inputs)
        return weights if self._adapter is None else self._adapter.adapted(name, weights)

    def _added(self, x: str, more: str, part: str) -> str:
        """The sum of both, normed."""
        return self._own("SkipLayerNormalization", [x, more, *self._norm(part)], part, epsilon=EPSILON)

    def _norm(self, part: str) -> list[str]:
        return [self._kept(f"{part}.{each}", self._file.floats(f"{part}.{each}")) for each in ("w", "b")]

    def _own(self, operation: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        return self._node(operation, inputs, output, domain="com.microsoft", **attributes)

    def _node(self, operation: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self._nodes.append(helper.make_node(operation, inputs, [output], **attributes))
        return output

    def _kept(self, name: str, values: Any) -> str:
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name


class _Smooth:
    """Weights, (inputs, outputs), beside inputs made `smaller` of which none reaches far; those in `far` are left out."""

    def __init__(self, weights: Floats, reach: Floats, product: Product) -> None:
        self.far = np.sort(np.argsort(reach)[len(reach) - product.too_far :])
        reach = np.maximum(reach, SMALLEST)
        reach[self.far] = np.median(reach)
        heaviest = np.maximum(np.abs(weights).max(axis=1), SMALLEST)
        larger = reach**product.taken_over / heaviest ** (1 - product.taken_over)
        larger /= np.exp(np.log(larger).mean())
        self.weights = weights * larger[:, None]
        self.smaller = 1 / larger
        self.weights[self.far] = self.smaller[self.far] = 0
