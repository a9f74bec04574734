"""The network of multilingual-e5-small at work: tokens to what each of them means where it stands.

onnxruntime runs it (retrieval.encoders.e5_graph), in the thread that asks and in no other: whoever has two processors asks
twice at once, and a process may be forked. The table of words stays on the disk, in 4 bits; a text needs a few rows of it.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from plaza.retrieval.encoders.e5_adapter import Adapter
from plaza.retrieval.encoders.e5_graph import MEANT, NAME, graph
from plaza.retrieval.encoders.e5_weights import WIDTH, Floats, WeightsFile, unpacked

ERRORS_ONLY: Final = 3


class Network:
    def __init__(self, file: WeightsFile, adapter: Adapter | None = None) -> None:
        """Raises EncoderAbsent where the adapter does not fit."""
        self._words = file.blocks("emb.word", WIDTH)
        self._positions = file.floats("emb.pos").reshape(-1, WIDTH) + file.floats("emb.type")[:WIDTH]
        self._session = session(graph(file, adapter).SerializeToString())

    def hidden(self, text: Sequence[int]) -> Floats:
        """(tokens, WIDTH) of a text, given by the numbers of its tokens. By itself: in 8 bits a text has the steps of the
        farthest number in it, so a longer neighbour would change it."""
        meant: Floats = self._session.run([MEANT], {NAME: self.embedded(text)[None]})[0][0]
        return meant

    def embedded(self, text: Sequence[int]) -> Floats:
        words = unpacked(self._words[np.asarray(text, dtype=np.intp)])
        return np.asarray(words + self._positions[: len(text)])


def session(model: bytes) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # It is for texts of one length.
    options.enable_mem_pattern = False
    options.log_severity_level = ERRORS_ONLY
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])
