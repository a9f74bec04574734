"""Texts made by hypothesis out of all of Unicode and of what has broken something before.

python -m tools.fuzz.generated HOW_MANY SEED
"""

import sys

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tools.fuzz.seeds import PIECES, SEEDS
from tools.fuzz.tally import Tallies
from tools.fuzz.text_door import targets

# Lone surrogates too: no category is left out.
ANYTHING = st.characters(exclude_categories=())
PIECE = st.sampled_from(PIECES)
TEXTS = st.one_of(
    st.text(ANYTHING, max_size=600),
    st.lists(st.one_of(PIECE, st.text(ANYTHING, max_size=8)), max_size=120).map("".join),
    st.builds(lambda piece, times: (piece * times)[:10_000], PIECE, st.integers(1, 1_000)),
    st.builds(lambda one, other, times: (one + other) * times, PIECE, PIECE, st.integers(1, 200)),
    st.builds(
        lambda whole, place, piece: whole[: place % (len(whole) + 1)] + piece + whole[place % (len(whole) + 1) :],
        st.sampled_from(SEEDS),
        st.integers(0, 10_000),
        PIECE,
    ),
)


def main(how_many: int, begin: int) -> int:
    tallies = Tallies(targets())
    for text in SEEDS:
        tallies.take(text, by_all=True)

    @seed(begin)
    @settings(
        max_examples=how_many,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(TEXTS)
    def try_everything(text: str) -> None:
        tallies.take(text)

    try_everything()
    return tallies.tell("generated")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
