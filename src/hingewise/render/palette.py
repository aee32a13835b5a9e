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
        on_light="#083a7c", on_dark="#82c0ff", on_film=(130, 192, 255)
    ),
    "trunk_inclination": TraceColour(
        on_light="#a33d00", on_dark="#ffb866", on_film=(255, 184, 102)
    ),
    "knee_flexion": TraceColour(on_light="#005f47", on_dark="#6ff0c4", on_film=(111, 240, 196)),
    "lumbar_flexion": TraceColour(on_light="#7a1f68", on_dark="#ee8fd8", on_film=(238, 143, 216)),
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
