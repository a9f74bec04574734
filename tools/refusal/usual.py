"""Reads the usual questions with the encoders that come with Plaza and writes their vectors down (retrieval.usual):
`python -m tools.refusal.usual`, after an encoder or a question has changed."""

from typing import Any

import numpy as np

from tools.bench.installation import scratch_installation


def main() -> None:
    with scratch_installation():
        from plaza.retrieval.encoders.e5 import E5  # needs settings
        from plaza.retrieval.encoders.use import Use  # needs settings
        from plaza.retrieval.usual import DATA, vectors_of_questions  # needs settings

        vectors: dict[str, Any] = {
            engine.name: vectors_of_questions(engine()).astype(np.float16) for engine in (E5, Use)
        }
    np.savez_compressed(DATA / "usual_questions.npz", **vectors)
    print({name: read.shape for name, read in vectors.items()})


if __name__ == "__main__":
    main()
