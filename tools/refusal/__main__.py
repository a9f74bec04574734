"""Fits the model that is shipped, on all judged questions, and writes it down."""

import numpy as np

from plaza.retrieval.encoders.centring import DATA
from tools.bench.installation import scratch_installation
from tools.refusal.questions import found, judged


def main() -> None:
    questions = judged()
    with scratch_installation():
        from tools.refusal.fitting import fit  # needs settings
        from tools.refusal.kinds import directions  # needs settings

        asked, noise = found(questions)
        model = fit(questions, asked, noise, directions())
    np.savez(
        DATA / "refusal.npz",
        evidence=model.evidence,
        bias=model.bias,
        kinds=model.kinds.astype(np.float16),
        kinds_bias=model.kinds_bias,
        no_city=model.no_city,
        no_city_bias=model.no_city_bias,
        answered=model.answered,
    )
    print(f"noise {noise:.3f}, evidence {model.evidence:.2f}, kinds {model.no_city.round(2)}")
    print(f"bias {model.bias:.2f}, answered from {model.answered:.3f}")


if __name__ == "__main__":
    main()
