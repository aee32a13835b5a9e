"""Colours that everybody can read: WCAG AA contrast, and lines that differ in lightness."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations

import pytest

from hingewise.render.palette import TRACE_COLOURS

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3 (AA)
BAND_OPACITY = 0.42
LIGHTNESS_STEP = 4.0  # CIE L*, of 100
PHASES = ("eccentric", "bottom", "concentric", "lockout", "float")
TEMPLATES = files("hingewise.render") / "templates"
STYLE = "".join((TEMPLATES / name).read_text("utf-8") for name in ("base.css", "report.css"))

Rgb = tuple[float, float, float]


def parse(colour: str) -> Rgb:
    digits = colour.removeprefix("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def luminance(colour: Rgb) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: Rgb, b: Rgb) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mix(over: Rgb, under: Rgb, opacity: float) -> Rgb:
    red, green, blue = (opacity * o + (1 - opacity) * u for o, u in zip(over, under, strict=True))
    return red, green, blue


def scheme(name: str) -> dict[str, Rgb]:
    """Colours of the page and of the traces in one scheme."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    variables = dict(re.findall(r"--([\w-]+): (#\w+);", blocks[0]))
    if name == "dark":
        variables |= dict(re.findall(r"--([\w-]+): (#\w+);", blocks[1]))
    traces = {
        trace: colour.on_dark if name == "dark" else colour.on_light
        for trace, colour in TRACE_COLOURS.items()
    }
    return {key: parse(value) for key, value in (variables | traces).items()}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_is_readable_on_every_ground(name: str) -> None:
    colours = scheme(name)
    pairs = [(ink, ground) for ink in ("ink-1", "ink-2") for ground in ("paper", "card", "soft")]
    pairs += [("accent", "paper"), ("accent", "card"), ("good", "paper"), ("warn", "paper")]
    pairs += [("warn", "warn-soft"), *(("ink-1", phase) for phase in PHASES)]
    found = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < TEXT_CONTRAST} == {}


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("phase", PHASES)
def test_traces_and_their_labels_are_readable_over_the_phases(name: str, phase: str) -> None:
    colours = scheme(name)
    ground = mix(colours[phase], colours["card"], BAND_OPACITY)
    found = {ink: round(contrast(colours[ink], ground), 2) for ink in (*TRACE_COLOURS, "ink-2")}
    assert {ink: ratio for ink, ratio in found.items() if ratio < TEXT_CONTRAST} == {}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_traces_differ_without_colour(name: str) -> None:
    """In grey, each trace keeps a lightness of its own."""
    colours = scheme(name)
    lightness = {trace: 116 * luminance(colours[trace]) ** (1 / 3) - 16 for trace in TRACE_COLOURS}
    steps = {(a, b): abs(lightness[a] - lightness[b]) for a, b in combinations(lightness, 2)}
    assert {pair: step for pair, step in steps.items() if step < LIGHTNESS_STEP} == {}


def test_the_band_opacity_tested_here_is_the_one_in_use() -> None:
    assert f"opacity: {BAND_OPACITY:.2f}".replace("0.", ".") in STYLE
