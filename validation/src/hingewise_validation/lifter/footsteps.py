"""Where and when somebody sets their feet on the way from one place to another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.rotations import FloatArray, rotation_x, rotation_z

STEP_M = 0.54
STEP_S = 0.54
SWING_SHARE = 0.78
"""Share of a step in which one foot is in the air; in the rest both are on the floor."""
GATHER_S = 0.3
"""The weight is shifted this long before the first foot leaves the floor and after the last has come down."""
MOST_TURN_DEG = 50.0
LEFT, RIGHT = 0, 1
SIGNS = (1.0, -1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A way in a straight line, with turns on the spot before and behind it; 0 deg faces the lifter's front."""

    begin_s: float
    from_m: tuple[float, float]
    to_m: tuple[float, float]
    from_heading_deg: float = 0.0
    to_heading_deg: float = 0.0
    backwards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How the feet stand before and after a walk and how wide they are set in between."""

    half_width_m: float
    toe_out_deg: float
    walking_half_width_m: float
    walking_toe_out_deg: float = 6.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Footstep:
    """One foot goes to ``place_m`` (x, y of the ankle), leaving the floor and coming down at the given times."""

    side: int
    place_m: FloatArray
    heading_deg: float
    body_m: FloatArray
    body_heading_deg: float
    leave_s: float
    land_s: float


def walking_heading_deg(walk: Walk) -> float:
    """Direction in which the walker faces on the way."""
    way = np.subtract(walk.to_m, walk.from_m)
    if float(np.hypot(*way)) < 1e-6:
        return walk.from_heading_deg
    ahead = float(np.rad2deg(np.arctan2(way[0], -way[1])))
    return ahead + 180.0 if walk.backwards else ahead


def walk_duration_s(walk: Walk) -> float:
    """From the begin until the walker stands again."""
    return 2 * GATHER_S + STEP_S * (len(_stations(walk)) - 1 + SWING_SHARE)


def plan_footsteps(walk: Walk, stand: Stand) -> tuple[Footstep, ...]:
    """The two places at the begin (which have already been taken) and every step from there."""
    start = np.asarray(walk.from_m, dtype=np.float64)
    steps = [
        _step(side, start, walk.from_heading_deg, (-np.inf, -np.inf), stand, standing=True) for side in (LEFT, RIGHT)
    ]
    stations = _stations(walk)
    first_land_s = walk.begin_s + GATHER_S + SWING_SHARE * STEP_S
    for number, (place_m, heading_deg) in enumerate(stations):
        land_s = first_land_s + number * STEP_S
        times_s = (land_s - SWING_SHARE * STEP_S, land_s)
        standing = number >= len(stations) - 2
        steps.append(_step(number % 2, place_m, heading_deg, times_s, stand, standing=standing))
    return tuple(steps)


def _stations(walk: Walk) -> list[tuple[FloatArray, float]]:
    """Place and direction of the body at each step."""
    start, end = np.asarray(walk.from_m, dtype=np.float64), np.asarray(walk.to_m, dtype=np.float64)
    length_m = float(np.hypot(*(end - start)))
    stride_m = 0.42 if walk.backwards else STEP_M
    way_deg = walking_heading_deg(walk)
    stations = [(start, heading) for heading in _turns(walk.from_heading_deg, way_deg)[:-1]]
    n_steps = max(1, round(length_m / stride_m)) if length_m > 1e-6 else 0
    shares = (np.arange(n_steps) + 0.5) / max(n_steps, 1)
    here_deg = _turns(walk.from_heading_deg, way_deg)[-1] if n_steps else walk.from_heading_deg
    stations += [(start + share * (end - start), here_deg) for share in shares]
    turns = _turns(here_deg, walk.to_heading_deg)
    return stations + [(end, heading) for heading in turns] + [(end, turns[-1])]


def _turns(from_deg: float, to_deg: float) -> list[float]:
    """Headings on the shorter way round, the last one included."""
    turn_deg = (to_deg - from_deg + 180) % 360 - 180
    n_turns = max(1, int(np.ceil(abs(turn_deg) / MOST_TURN_DEG)))
    return [from_deg + turn_deg * (k + 1) / n_turns for k in range(n_turns)]


def _step(
    side: int, body_m: FloatArray, heading_deg: float, times_s: tuple[float, float], stand: Stand, *, standing: bool
) -> Footstep:
    width_m = stand.half_width_m if standing else stand.walking_half_width_m
    toe_out_deg = stand.toe_out_deg if standing else stand.walking_toe_out_deg
    aside = rotation_z(heading_deg)[:2, 0] * SIGNS[side] * width_m
    return Footstep(
        side=side,
        place_m=body_m + aside,
        heading_deg=heading_deg + SIGNS[side] * toe_out_deg,
        body_m=body_m,
        body_heading_deg=heading_deg,
        leave_s=times_s[0],
        land_s=times_s[1],
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FootTrack:
    """One foot over time: ankle (T, 3) and the foot's rotation (T, 3, 3)."""

    ankle_m: FloatArray
    rotation: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class FootShape:
    """Where a foot rolls, from the ankle of a flat foot."""

    sole_m: float
    ball_forward_m: float
    heel_back_m: float

    def rolled_m(self, pitch_deg: FloatArray) -> FloatArray:
        """Ankle of a foot that has rolled by ``pitch_deg`` (heel up +) against the flat one. Shape (T, 3)."""
        forward_m = np.where(pitch_deg > 0, self.ball_forward_m, -self.heel_back_m)
        pivot_m = np.stack([np.zeros_like(forward_m), -forward_m, np.full_like(forward_m, -self.sole_m)], axis=-1)
        return np.asarray(pivot_m - (rotation_x(pitch_deg) @ pivot_m[..., None])[..., 0])


def track_foot(steps: Sequence[Footstep], time_s: FloatArray, shape: FootShape) -> FootTrack:
    """Ankle and rotation of the foot that takes ``steps`` (of one side, the first being where it stands)."""
    heading_deg = np.full(time_s.size, steps[0].heading_deg)
    pitch_deg = np.zeros(time_s.size)
    flat_m = np.tile(np.append(steps[0].place_m, shape.sole_m), (time_s.size, 1))
    lift_m = np.zeros(time_s.size)
    for before, step in zip(steps, steps[1:], strict=False):
        share = np.clip((time_s - step.leave_s) / (step.land_s - step.leave_s), 0, 1)
        gone = _smooth(share)
        heading_deg += gone * (step.heading_deg - before.heading_deg)
        flat_m[:, :2] += gone[:, None] * (step.place_m - before.place_m)
        size = _stride_size(before, step)
        rise = _smooth((time_s - step.leave_s + 0.30) / 0.30) * (1 - _smooth(share / 0.62))
        heel = _smooth((share - 0.45) / 0.55) * (1 - _smooth((time_s - step.land_s) / 0.10))
        pitch_deg += size * (44.0 * rise - 17.0 * heel)
        lift_m += (0.018 + 0.022 * abs(size)) * np.sin(np.pi * share) ** 2
    flat_m[:, 2] += lift_m
    turned = rotation_z(heading_deg)
    ankle_m = flat_m + (turned @ shape.rolled_m(pitch_deg)[..., None])[..., 0]
    return FootTrack(ankle_m=ankle_m, rotation=turned @ rotation_x(pitch_deg))


def _stride_size(before: Footstep, step: Footstep) -> float:
    """How long a step is against a full stride; less than 0.3 when it leads backwards."""
    ahead = -rotation_z(step.body_heading_deg)[:2, 1]
    return float(np.clip((step.place_m - before.place_m) @ ahead / (2 * STEP_M), 0.12, 1.0))


def _smooth(share: FloatArray) -> FloatArray:
    u = np.clip(share, 0, 1)
    return np.asarray(u**3 * (10 - 15 * u + 6 * u**2))
