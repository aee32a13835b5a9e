"""Which muscles work, shown on a body from the front and from behind, drawn by code as SVG.

The drawings are ours and may be used under CC BY 4.0; each file says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

LICENCE = "hingewise body map, CC BY 4.0"
SIZE_PX = (340, 380)
_MIDDLES = {"front": 90.0, "back": 250.0}
_ROLES = ("stabiliser", "secondary", "target")
_NAMES = {"target": "trains", "secondary": "helps", "stabiliser": "holds"}

_COLOURS = {
    "light": {"target": "#c8442c", "secondary": "#e89a86", "stabiliser": "#8fa9c4"},
    "dark": {"target": "#ff8a70", "secondary": "#b96553", "stabiliser": "#5c7a99"},
}


def _paint(scheme: str) -> str:
    return "".join(f".{role}{{fill:{c};stroke:{c}}}" for role, c in _COLOURS[scheme].items())


_STYLE = (
    "<style>.s{fill:#e3e7eb;stroke:#b7c0c9;stroke-width:1.5}"
    ".target,.secondary,.stabiliser{stroke-width:3;stroke-linejoin:round}"
    f"{_paint('light')}.t{{fill:#5b6672;font:12px sans-serif;text-anchor:middle}}"
    ".k{text-anchor:start}@media (prefers-color-scheme:dark){.s{fill:#333b44;stroke:#56616c}"
    f".t{{fill:#aab4bf}}{_paint('dark')}}}</style>"
)

Points = Sequence[tuple[float, float]]

_TRUNK = ((10, 50), (34, 60), (41, 72), (34, 118), (28, 152), (34, 190), (18, 204), (2, 198))
_ARM = ((36, 64), (47, 76), (53, 118), (58, 160), (60, 182), (52, 186), (46, 160), (38, 120))
_LEG = (
    (2, 200),
    (33, 184),
    (35, 216),
    (28, 262),
    (29, 292),
    (22, 330),
    (26, 342),
    (9, 342),
    (11, 296),
    (7, 262),
)
"""Outlines of the right half of the body, from its middle line outwards."""

_SHAPES: Mapping[str, Mapping[str, Points]] = {
    "back": {
        "upper_back": ((0, 56), (14, 60), (26, 70), (20, 92), (0, 108)),
        "latissimus_dorsi": ((22, 92), (34, 84), (33, 112), (26, 134), (8, 150), (6, 116)),
        "erector_spinae": ((2, 110), (8, 118), (9, 152), (8, 174), (2, 176)),
        "gluteus_medius": ((16, 166), (30, 170), (32, 184), (22, 186), (12, 176)),
        "gluteus_maximus": ((2, 180), (14, 178), (30, 188), (32, 206), (20, 216), (3, 212)),
        "adductor_magnus": ((3, 216), (9, 218), (11, 246), (8, 256), (5, 236)),
        "hamstrings": ((11, 218), (30, 214), (29, 240), (26, 264), (10, 264), (12, 244)),
        "calves": ((10, 272), (26, 270), (28, 292), (23, 312), (12, 308)),
        "forearms": ((48, 124), (54, 122), (59, 158), (51, 162)),
    },
    "front": {
        "core": ((1, 104), (18, 108), (22, 140), (20, 170), (8, 186), (1, 188)),
        "hip_flexors": ((10, 186), (24, 178), (28, 190), (12, 204)),
        "quadriceps": ((8, 208), (30, 196), (31, 226), (27, 256), (18, 266), (10, 256)),
        "forearms": ((48, 124), (54, 122), (59, 158), (51, 162)),
        "calves": ((12, 274), (15, 272), (16, 306), (13, 306)),
    },
}
"""Where each muscle lies in the right half, from the middle line outwards and down."""


def draw_body_map(roles: Mapping[str, str], title: str) -> str:
    """Return a body map as SVG text.

    Parameters
    ----------
    roles
        Role of each muscle that works, by its id: ``target``, ``secondary`` or ``stabiliser``.
    title
        What the map shows, read out to who cannot see it.
    """
    width, height = SIZE_PX
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{title.replace('&', '&amp;').replace('<', '&lt;')}</title>",
        f"<desc>{LICENCE}</desc>",
        _STYLE,
    ]
    for view, middle in _MIDDLES.items():
        parts += [_polygon(shape, middle, side, "s") for shape in (_LEG, _ARM) for side in (1, -1)]
        parts.append(_polygon((*_TRUNK, *((-x, y) for x, y in reversed(_TRUNK))), middle, 1, "s"))
        parts.append(f'<circle class="s" cx="{middle:g}" cy="30" r="19"/>')
        parts += _muscles(view, middle, roles)
        parts.append(f'<text class="t" x="{middle:g}" y="360">{view}</text>')
    parts += _key(set(roles.values()))
    return "\n".join([*parts, "</svg>"]) + "\n"


def shown_muscles() -> set[str]:
    """Ids of the muscles that the map knows."""
    return {muscle for shapes in _SHAPES.values() for muscle in shapes}


def _muscles(view: str, middle: float, roles: Mapping[str, str]) -> Iterator[str]:
    for muscle, shape in _SHAPES[view].items():
        if muscle in roles:
            yield from (_polygon(shape, middle, side, roles[muscle]) for side in (1, -1))


def _polygon(points: Points, middle: float, side: int, kind: str) -> str:
    steps = " ".join(f"{middle + side * x:g},{y:g}" for x, y in points)
    return f'<polygon class="{kind}" points="{steps}" stroke-linejoin="round"/>'


def _key(roles: set[str]) -> Iterator[str]:
    for row, role in enumerate(r for r in reversed(_ROLES) if r in roles):
        y = 16 + 18 * row
        yield f'<rect class="{role}" x="148" y="{y - 9}" width="11" height="11"/>'
        yield f'<text class="t k" x="164" y="{y}">{_NAMES[role]}</text>'
