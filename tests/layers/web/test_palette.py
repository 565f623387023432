"""The colours of the map: seen on its ground by day and by night, and told apart by the colour-blind."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from layers.atlas import bundled
from layers.palette import COLOURS, ZONE_COLOURS
from layers.symbols import LINE_KINDS, LINES, MODES, SYMBOLS
from layers.web import map as webmap
from layers.web.charts import STATUS_COLOURS

# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB.
SIMULATED = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
FRAME = Path(webmap.__file__).parent / "frame"
GROUND = re.search(r'base\.sichuan, \{[^}]*fillColor: "(#\w+)"', (FRAME / "base.js").read_text("utf-8"))[1]
DARK = re.search(
    r"\.atlas-dark \{ filter: invert\(([\d.]+)\) hue-rotate\(180deg\); \}", (FRAME / "atlas.css").read_text("utf-8")
)
ALIKE = 10  # CIE 1976 colour difference


def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255


def linear(values: np.ndarray) -> np.ndarray:
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """WCAG 2.2 contrast ratio of two sRGB colours."""
    low, high = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: np.ndarray) -> np.ndarray:
    white = XYZ @ np.ones(3)
    ratio = XYZ @ colour / white
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, matrix: np.ndarray) -> float:
    seen = [lab(np.clip(matrix @ linear(rgb(colour)), 0, 1)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def filtered(colour: str) -> np.ndarray:
    """A colour as the filter of the dark map leaves it: CSS invert(), hue-rotate(180deg)."""
    share = float(DARK[1])
    inverted = rgb(colour) * (1 - 2 * share) + share
    weights = np.array([0.213, 0.715, 0.072])
    return np.clip(2 * weights @ inverted - inverted, 0, 1)


@pytest.mark.parametrize("colour", [*COLOURS.values(), *ZONE_COLOURS.values()])
def test_every_colour_stands_out_from_the_ground(colour):
    assert contrast(rgb(colour), rgb(GROUND)) >= 3


@pytest.mark.parametrize("colour", [*COLOURS.values(), *ZONE_COLOURS.values()])
def test_every_colour_stands_out_from_the_dark_ground(colour):
    assert contrast(filtered(colour), filtered(GROUND)) >= 3


@pytest.mark.parametrize("sight", SIMULATED)
def test_zones_are_told_apart(sight):
    zones = [colour for zone, colour in ZONE_COLOURS.items() if zone]
    assert min(difference(a, b, SIMULATED[sight]) for a, b in combinations(zones, 2)) >= ALIKE


@pytest.mark.parametrize("sight", SIMULATED)
def test_layers_of_like_colour_have_other_symbols(sight):
    for (a, first), (b, second) in combinations(COLOURS.items(), 2):
        if difference(first, second, SIMULATED[sight]) < ALIKE:
            assert SYMBOLS["layers"].get(a, "circle") != SYMBOLS["layers"].get(b, "circle"), f"{a} and {b}"


@pytest.mark.parametrize("sight", SIMULATED)
def test_statuses_next_to_one_another_are_told_apart(sight):
    for a, b in zip(STATUS_COLOURS.values(), list(STATUS_COLOURS.values())[1:], strict=False):
        assert difference(a, b, SIMULATED[sight]) >= ALIKE


def strokes() -> dict[str, dict[str, object]]:
    """Each class of line as it is drawn: the layers that have lines, and the modes of transport."""
    table = bundled().table
    lines = table[table["length_km"].notna()]
    layers = {key: {"color": COLOURS[key], **LINES.get(key, LINES[""])} for key in lines["layer"].unique()}
    assert set(lines[lines["layer"] == "transport"]["kind"]) <= set(LINE_KINDS)
    return {key: style for key, style in layers.items() if key != "transport"} | {mode: LINES[mode] for mode in MODES}


@pytest.mark.parametrize("sight", SIMULATED)
def test_no_two_classes_of_lines_are_alike(sight):
    """Apart in colour, or one clearly wider than the other, or one with a core."""
    for (a, one), (b, other) in combinations(strokes().items(), 2):
        far = difference(one["color"], other["color"], SIMULATED[sight]) >= ALIKE
        narrow, wide = sorted((one["weight"], other["weight"]))
        assert far or wide >= 1.5 * narrow or bool(one.get("core")) != bool(other.get("core")), f"{a} and {b}"
