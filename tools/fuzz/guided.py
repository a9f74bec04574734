"""Texts that grow from one another, guided by what of our code they reach (atheris, libFuzzer).

python -m tools.fuzz.guided HOW_MANY SEED. Exit 3: atheris is not installed.
"""

import importlib
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tools.fuzz.seeds import SEEDS

LONGEST_BYTES = 12_000
INSTRUMENTED = ["plaza.retrieval.text", "plaza.retrieval.terms", "plaza.retrieval.language", "plaza.core.folding"]


def main(how_many: int, begin: int) -> int:
    if importlib.util.find_spec("atheris") is None:
        return 3
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=INSTRUMENTED):
        for name in INSTRUMENTED:
            importlib.import_module(name)
    from tools.fuzz.tally import FOLDER, Tallies  # only now: they import what must be instrumented
    from tools.fuzz.text_door import targets

    tallies = Tallies(targets())
    for text in SEEDS:
        tallies.take(text, by_all=True)

    def try_everything(data: bytes) -> None:
        # What is no UTF-8 becomes lone surrogates.
        tallies.take(data.decode("utf-8", "surrogateescape"))
        if tallies.texts >= how_many:
            status = tallies.tell("guided")
            shutil.rmtree(corpus, ignore_errors=True)
            sys.stdout.flush()
            os._exit(status)  # libFuzzer ends in the same way, and tells nobody

    corpus = Path(tempfile.mkdtemp(prefix="plaza-fuzz-"))
    for number, text in enumerate(SEEDS):
        (corpus / str(number)).write_bytes(text.encode("utf-8", "surrogatepass"))
    options = [f"-seed={begin}", f"-max_len={LONGEST_BYTES}", "-timeout=120", "-verbosity=0", "-runs=-1"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={FOLDER}/", str(corpus)], try_everything)
    atheris.Fuzz()
    return 1  # not reached: it ends above, or dies


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
