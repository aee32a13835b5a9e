"""Colours by meaning, the same in the drawn film and in the report.

The four trace colours keep apart for every kind of colour vision: they differ in lightness as well
as in hue (after Okabe and Ito, https://jfly.uni-koeln.de/color/).
"""

from __future__ import annotations

from dataclasses import dataclass

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceColour:
    """One colour for white paper, for a dark page, and for drawing on a film."""

    on_light: str
    on_dark: str
    on_film: Rgb


TRACE_COLOURS: dict[str, TraceColour] = {
    "trunk_thigh_flexion": TraceColour(
        on_light="#0a4f9e", on_dark="#7cbcff", on_film=(124, 188, 255)
    ),
    "trunk_inclination": TraceColour(on_light="#b34700", on_dark="#ffb05c", on_film=(255, 176, 92)),
    "knee_flexion": TraceColour(on_light="#00785a", on_dark="#4fe3b5", on_film=(79, 227, 181)),
    "lumbar_flexion": TraceColour(on_light="#8a2a78", on_dark="#f59be0", on_film=(245, 155, 224)),
}

OTHER_COLOUR = TraceColour(on_light="#4a5560", on_dark="#b8c2cc", on_film=(200, 208, 216))

BONE: Rgb = (255, 255, 255)
CASING: Rgb = (16, 20, 24)
FAR_SIDE: Rgb = (170, 180, 190)
PANEL: Rgb = (14, 18, 22)
TEXT: Rgb = (255, 255, 255)
TEXT_FAINT: Rgb = (190, 198, 206)


def trace_colour(name: str) -> TraceColour:
    """Return the colour of an angle; grey for those without one of their own."""
    return TRACE_COLOURS.get(name, OTHER_COLOUR)
