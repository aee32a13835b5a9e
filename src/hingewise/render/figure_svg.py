"""Exercise figures as SVG, drawn by code: start and end of a repetition, and the path of the load.

The drawings are ours and may be used under CC BY 4.0; each file says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hingewise.report.posture_figure import ANKLE_HEIGHT, HEAD, Point, Pose, Poses

SCALE_PX = 240.0
"""Pixels of a body height."""

PANEL_PX = (300, 330)
FLOOR_PX = 290
UNNAMED_PX = 300
"""Its height where no words stand below the floor."""
MARGIN_PX = 22
MIN_STEP = 0.05
LICENCE = "hingewise exercise figure, CC BY 4.0"
PULLEY, ANCHOR = (-0.62, 0.05), (-0.62, 0.02)

_STYLE = (
    "<style>.b{stroke:#3f4a57;fill:none;stroke-linecap:round;stroke-linejoin:round}"
    ".f{stroke:#9aa5b1}.h{fill:#3f4a57}.l{stroke:#c8442c;fill:#c8442c}"
    ".g{stroke:#9aa5b1;fill:none;stroke-width:2}.p{stroke:#c8442c;fill:none;stroke-width:2;"
    "stroke-dasharray:3 5}.t{fill:#5b6672;font:13px sans-serif;text-anchor:middle}"
    "@media (prefers-color-scheme:dark){.b{stroke:#c9d3de}.f{stroke:#6d7885}.h{fill:#c9d3de}"
    ".t{fill:#aab4bf}.l,.p{stroke:#ff8a70}.l{fill:#ff8a70}}</style>"
)


def draw_figure(poses: Poses, title: str, *, named: bool = True) -> str:
    """Return a figure of both ends of a repetition as SVG text.

    Parameters
    ----------
    poses
        Both ends.
    title
        What the figure shows, read out to who cannot see it.
    named
        Whether both ends say which one they are; where it is small nobody could read it.
    """
    width, height = 2 * PANEL_PX[0], PANEL_PX[1] if named else UNNAMED_PX
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{_escape(title)}</title><desc>{LICENCE}</desc>",
        _STYLE,
    ]
    for number, (pose, name) in enumerate(((poses.start, "start"), (poses.end, "end"))):
        at = _placer(number, poses)
        parts += _surroundings(poses, pose, at)
        parts += _body(pose, at)
        parts += _load(poses.load, pose, at)
        if number == 1:
            parts.append(_path(poses, at))
        x = PANEL_PX[0] * number + PANEL_PX[0] / 2
        if named:
            parts.append(f'<text class="t" x="{x:g}" y="{height - 12}">{name}</text>')
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _placer(number: int, poses: Poses) -> Callable[[Point], Point]:
    """From body heights to pixels of a panel; both panels show the same place alike."""
    points = [p for pose in (poses.start, poses.end) for p in _outline(pose)]
    points += [_held(poses.load, pose) for pose in (poses.start, poses.end)]
    points += [PULLEY] if poses.load in ("cable", "band") else []
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    floor = _floor(poses)
    across = (PANEL_PX[0] - 2 * MARGIN_PX) / (max(xs) - min(xs))
    scale = min(SCALE_PX, across, (FLOOR_PX - MARGIN_PX) / (max(ys) - floor))
    middle = (min(xs) + max(xs)) / 2
    origin = PANEL_PX[0] * (number + 0.5)
    return lambda p: (origin + scale * (p[0] - middle), FLOOR_PX - scale * (p[1] - floor))


def _outline(pose: Pose) -> list[Point]:
    """Points that must be in the picture."""
    x, y = pose.head
    joints = [pose.hip, pose.hand, pose.toe, pose.heel, pose.far_knee, pose.far_ankle]
    return [*joints, (x - HEAD, y), (x + HEAD, y + HEAD)]


def _held(load: str, pose: Pose) -> Point:
    """How far a load reaches in front of the hands."""
    reach = 0.36 if load == "sled" else 0.15 if "barbell" in load or load == "trap_bar" else 0.05
    return pose.hand[0] + reach, pose.hand[1]


def _floor(poses: Poses) -> float:
    """Height of the floor: below the near foot where that stands on a step."""
    lowest = min(pose.far_ankle[1] for pose in (poses.start, poses.end)) - ANKLE_HEIGHT
    return min(0.0, lowest)


def _body(pose: Pose, at: Callable[[Point], Point]) -> Iterator[str]:
    yield _line([pose.hip, pose.far_knee, pose.far_ankle], at, "b f", 15)
    yield _line([pose.heel, pose.toe], at, "b", 9)
    yield _line([pose.ankle, pose.knee], at, "b", 15)
    yield _line([pose.knee, pose.hip], at, "b", 21)
    yield _line([pose.hip, pose.shoulder], at, "b", 27)
    x, y = at(pose.head)
    radius = at((pose.head[0] + HEAD, 0.0))[0] - x
    yield f'<circle class="h" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    yield _line([pose.shoulder, pose.elbow, pose.hand], at, "b f", 10)


def _surroundings(poses: Poses, pose: Pose, at: Callable[[Point], Point]) -> Iterator[str]:
    middle = PANEL_PX[0] * (poses.end is pose) + PANEL_PX[0] / 2
    left, right = middle - PANEL_PX[0] / 2 + 8, middle + PANEL_PX[0] / 2 - 8
    yield f'<path class="g" d="M{left:.1f} {FLOOR_PX + 5}H{right:.1f}"/>'
    if poses.rests_on == "pad":
        x, y = at((poses.end.hip[0], poses.end.hip[1] - 0.1))
        yield f'<path class="g" d="M{x - 30:.1f} {y + 30:.1f}L{x:.1f} {y:.1f}V{FLOOR_PX + 5}"/>'
    if _floor(poses) < -MIN_STEP:
        (x0, y), (x1, _) = at((pose.heel[0] - 0.03, 0.0)), at((pose.toe[0] + 0.12, 0.0))
        size = f'width="{x1 - x0:.1f}" height="{FLOOR_PX - y:.1f}"'
        yield f'<rect class="g" x="{x0:.1f}" y="{y + 5:.1f}" {size}/>'
    if poses.rests_on == "bench":
        x, y = at((poses.end.shoulder[0], poses.end.shoulder[1] - 0.055))
        yield (
            f'<rect class="g" x="{x - 52:.1f}" y="{y:.1f}" width="64" '
            f'height="{FLOOR_PX + 5 - y:.1f}" rx="6"/>'
        )
    if poses.load in ("cable", "band"):
        anchor = PULLEY if poses.load == "cable" else ANCHOR
        x, y = at(anchor)
        top = at((0.0, 0.95))[1] if poses.load == "cable" else y - 14
        yield f'<path class="g" d="M{x - 9:.1f} {FLOOR_PX + 5}V{top:.1f}"/>'
        yield f'<circle class="g" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'


def _load(load: str, pose: Pose, at: Callable[[Point], Point]) -> Iterator[str]:
    hand, hip = pose.hand, pose.hip
    match load:
        case "cable" | "band":
            width = 2 if load == "cable" else 5
            yield _line([hand, PULLEY if load == "cable" else ANCHOR], at, "l", width)
            yield _disc(hand, 5, at)
        case "band_on_neck":
            neck = (pose.shoulder[0] - 0.02, pose.shoulder[1] + 0.03)
            yield _line([neck, (0.0, 0.0)], at, "l", 5)
        case "barbell" | "trap_bar":
            yield _ring(hand, 34, at)
            yield _disc(hand, 5, at)
        case "barbell_on_back":
            behind = (pose.shoulder[0] - 0.03, pose.shoulder[1] + 0.03)
            yield _ring(behind, 34, at)
            yield _disc(behind, 5, at)
        case "barbell_on_hips" | "dumbbell_on_hips":
            above = (hip[0], hip[1] + 0.075)
            yield _ring(above, 34 if load == "barbell_on_hips" else 12, at)
            yield _disc(above, 5, at)
        case "kettlebell" | "goblet":
            below = (hand[0], hand[1] - (0.06 if load == "kettlebell" else 0.0))
            yield _disc(below, 12, at)
        case "dumbbells":
            yield _disc(hand, 9, at)
        case "dowel":
            behind = (-0.065, 0.0)
            line = [
                (p[0] + behind[0], p[1] + behind[1]) for p in (pose.hip, pose.shoulder, pose.head)
            ]
            yield _line([line[0], line[2]], at, "l", 4)
        case "sled":
            front = (hand[0] + 0.03, hand[1])
            yield _line([(front[0], 0.03), (front[0], front[1] + 0.1)], at, "l", 6)
            yield _line([(front[0] - 0.05, 0.02), (front[0] + 0.3, 0.02)], at, "l", 8)


def _path(poses: Poses, at: Callable[[Point], Point]) -> str:
    """The way of the load, or of the hips where nothing is held."""
    on_hips = poses.load in ("none", "barbell_on_hips", "dumbbell_on_hips", "dowel", "sled")
    ends = [(pose.hip if on_hips else pose.hand) for pose in (poses.start, poses.end)]
    return _line(ends, at, "p", 2)


def _line(points: Sequence[Point], at: Callable[[Point], Point], kind: str, width: float) -> str:
    steps = " ".join(f"{x:.1f} {y:.1f}" for x, y in map(at, points))
    return f'<polyline class="{kind}" points="{steps}" stroke-width="{width:g}" fill="none"/>'


def _disc(centre: Point, radius: float, at: Callable[[Point], Point]) -> str:
    x, y = at(centre)
    return f'<circle class="l" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def _ring(centre: Point, radius: float, at: Callable[[Point], Point]) -> str:
    x, y = at(centre)
    shape = f'cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" stroke-width="4"'
    return f'<circle class="l" {shape} style="fill:none"/>'


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
