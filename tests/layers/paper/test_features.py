"""Lines on paper are those of the web map: width, colour and core by mode, dashes by status."""

from __future__ import annotations

import pytest

from layers.paper.features import PIXEL_POINT, stroke
from layers.paper.ink import WHITE, Colour, Line
from layers.paper.marks import DOTS, LONG
from layers.symbols import LINES, MODES, line_style

PATH = (((0.0, 0.0), (50.0, 0.0)),)


@pytest.mark.parametrize("mode", MODES)
def test_a_mode_is_drawn_as_on_the_map(mode):
    look = LINES[mode]
    first, *core = stroke(Line(PATH, Colour("#000000"), 1.0, LONG), look)
    assert (first.colour.rgb, first.width) == (look["color"], pytest.approx(look["weight"] * PIXEL_POINT))
    assert [(one.colour.rgb, one.width) for one in core] == (
        [(WHITE, pytest.approx(look["core"] * PIXEL_POINT))] if "core" in look else []
    )


def test_a_core_has_the_dashes_of_its_line():
    first, core = stroke(Line(PATH, Colour("#000000"), 2.0, DOTS), LINES["rail"])
    assert [part * core.width for part in core.dash] == pytest.approx([part * first.width for part in first.dash])


def test_a_line_without_a_mode_has_the_colour_of_its_layer():
    (only,) = stroke(Line(PATH, Colour("#123456"), 1.0), line_style("energy", "grid"))
    assert (only.colour.rgb, only.colour.opacity) == ("#123456", LINES["energy"]["opacity"])
    assert line_style("transport", "high_speed_railway") == LINES["rail"]
    assert line_style("corridor", "development_belt") == LINES["corridor"]
    assert line_style("park", "") == LINES[""]
