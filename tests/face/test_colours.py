"""A colour that people chose can be read, whatever it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plaza.network.choices import ACCENT, COLOUR
from plaza.network.domain.colours import DARK, ENOUGH, LIGHT, Shades, contrast, shades_of

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # As the WCAG's own examples and formula have it.
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1.0)],
)
def test_contrast_is_that_of_the_standard(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio


def test_plazas_own_colours_stay_as_they_are_on_light_pages():
    assert [shades_of(colour).was_changed(colour) for colour in (COLOUR, ACCENT)] == [False, False]


def test_a_colour_that_fails_is_made_darker_until_it_passes():
    shades = shades_of("#ffd000")

    assert shades.was_changed("#ffd000")
    assert shades == Shades(on_light=shades.on_light, on_dark="#ffd000", ground=shades.on_light)


@given(COLOURS)
def test_every_colour_there_is_can_be_read_in_light_and_in_dark(colour):
    shades = shades_of(colour)

    assert min(contrast(shades.on_light, ground) for ground in LIGHT) >= ENOUGH
    assert min(contrast(shades.on_dark, ground) for ground in DARK) >= ENOUGH
    assert contrast(shades.ground, "#ffffff") >= ENOUGH
