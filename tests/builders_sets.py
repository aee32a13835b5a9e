"""Movements for the synthetic lifter: sets of every family, and everything around a set."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hingewise.pose.track import PoseTrack
from tests.builders import (
    SHANK_M,
    SIDE_VIEW,
    STAND,
    THIGH_M,
    Key,
    Pose,
    Script,
    Trouble,
    make_lifter,
)

HINGE_BOTTOM = Pose(trunk_deg=70, thigh_deg=-20, shank_deg=5, head_deg=50)
GOOD_MORNING_BOTTOM = Pose(trunk_deg=72, thigh_deg=-3, shank_deg=2, head_deg=50, arm_deg=40)
DEADLIFT_BOTTOM = Pose(trunk_deg=62, thigh_deg=-51, shank_deg=9, head_deg=40)
SQUAT_BOTTOM = Pose(trunk_deg=38, thigh_deg=-67, shank_deg=35, head_deg=20, arm_deg=-30)
SWING_BOTTOM = Pose(trunk_deg=65, thigh_deg=-35, shank_deg=10, head_deg=40, arm_deg=40)
SWING_TOP = Pose(arm_deg=-80)
THRUST_BOTTOM = Pose(trunk_deg=-48, thigh_deg=-118, shank_deg=4, head_deg=-30, arm_deg=60)
THRUST_TOP = Pose(trunk_deg=-86, thigh_deg=-88, shank_deg=0, head_deg=-60, arm_deg=60)
"""Hip and knee at the bottoms: 90/25, 75/5, 113/60, 105/102 (BIOMECHANICS 4a), swing 100/45."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlan:
    """A set: tempo is eccentric, pause, concentric, lockout.

    ``depths`` and ``heights`` give each repetition's share of the way down and up (1 is full).
    """

    n: int = 3
    bottom: Pose = HINGE_BOTTOM
    top: Pose = STAND
    tempo_s: tuple[float, float, float, float] = (2.0, 0.3, 1.1, 0.8)
    depths: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()
    before_s: float = 1.5
    after_s: float = 1.0


def make_set(plan: SetPlan | None = None, *, before: Script | None = None) -> Script:
    """Repetitions from the top, after whatever went before."""
    plan = plan or SetPlan()
    script = before or Script(keys=(), first=plan.top)
    place = {n: getattr(script.last, n) for n in ("place_m", "toward_m", "heading_deg")}
    top, bottom = replace(plan.top, **place), replace(plan.bottom, **place)
    eccentric_s, pause_s, concentric_s, lockout_s = plan.tempo_s
    script = script.then(*_hold(plan.before_s, top))
    for depth, height in _shares(plan):
        down, up = top.toward(bottom, depth), bottom.toward(top, height)
        script = script.then(
            Key(duration_s=eccentric_s, pose=down),
            *_hold(pause_s, down),
            Key(duration_s=concentric_s, pose=up),
            *_hold(lockout_s, up),
        )
    return script.then(*_hold(plan.after_s, script.last))


def hinge(n: int = 3, **changes: object) -> Script:
    """A Romanian deadlift or pull-through."""
    return make_set(replace(SetPlan(n=n), **changes))  # type: ignore[arg-type]


def deadlift(n: int = 3, *, from_floor: bool = True) -> Script:
    """A conventional deadlift; from the floor, the film begins in the start position."""
    plan = SetPlan(n=n, bottom=DEADLIFT_BOTTOM, tempo_s=(1.5, 1.0, 1.4, 1.0), before_s=0.0)
    if not from_floor:
        return make_set(replace(plan, before_s=1.5))
    pull = (Key(duration_s=1.0, pose=DEADLIFT_BOTTOM), Key(duration_s=1.4, pose=STAND))
    first = Script(keys=pull, first=DEADLIFT_BOTTOM).then(*_hold(1.0, STAND))
    return make_set(replace(plan, n=n - 1), before=first) if n > 1 else first


def squat(n: int = 3) -> Script:
    """A squat."""
    return make_set(SetPlan(n=n, bottom=SQUAT_BOTTOM, tempo_s=(1.6, 0.2, 1.2, 0.7)))


def good_morning(n: int = 3) -> Script:
    """A good morning."""
    return make_set(SetPlan(n=n, bottom=GOOD_MORNING_BOTTOM))


def swing(n: int = 8, *, cycle_s: float = 1.5) -> Script:
    """Kettlebell swings, lifted from the floor before and set down after."""
    half = cycle_s * 0.45
    plan = SetPlan(
        n=n,
        bottom=SWING_BOTTOM,
        top=SWING_TOP,
        tempo_s=(half, 0.02 * cycle_s, half, 0.08 * cycle_s),
        before_s=0.0,
        after_s=0.0,
    )
    hike = Key(duration_s=0.5, pose=SWING_BOTTOM)
    up = Key(duration_s=half, pose=SWING_TOP)
    script = fetch_load().then(hike, up, *_hold(0.1 * cycle_s, SWING_TOP))
    script = make_set(replace(plan, n=n - 1), before=script)
    return script.then(Key(duration_s=0.8, pose=STAND), *put_down_keys(STAND))


def thrust(n: int = 4) -> Script:
    """Hip thrusts of one who lies on the bench already."""
    return make_set(_thrust_plan(n), before=Script(keys=(), first=THRUST_BOTTOM))


def thrust_from_standing(n: int = 4) -> Script:
    """Hip thrusts with sitting down before and getting up after."""
    seat = Pose(trunk_deg=20, thigh_deg=-100, shank_deg=5)
    script = Script(keys=_hold(1.0, STAND))
    script = script.then(Key(duration_s=2.0, pose=seat), Key(duration_s=1.5, pose=THRUST_BOTTOM))
    script = make_set(_thrust_plan(n), before=script.then(*_hold(0.5, THRUST_BOTTOM)))
    return script.then(
        Key(duration_s=1.2, pose=THRUST_BOTTOM),
        Key(duration_s=1.5, pose=seat),
        Key(duration_s=1.5, pose=STAND),
        *_hold(1.0, STAND),
    )


def _thrust_plan(n: int) -> SetPlan:
    """The set starts and ends at the bottom: the top is the far end here."""
    return SetPlan(
        n=n,
        bottom=THRUST_TOP,
        top=THRUST_BOTTOM,
        tempo_s=(1.0, 0.8, 1.2, 0.3),
        before_s=0.5,
        after_s=0.5,
    )


def on_one_leg(n: int = 4, *, free: str = "left") -> PoseTrack:
    """A single-leg Romanian deadlift: the free leg goes on in the line of the trunk."""
    bottom = Pose(trunk_deg=72, thigh_deg=-8, shank_deg=6, head_deg=60)
    motion = make_set(SetPlan(n=n, bottom=bottom)).sample()
    track = make_lifter(motion, trouble=Trouble(noise_px=1.5, seed=2))
    assert track.world_m is not None
    lean = np.radians(motion.series["trunk_deg"])
    down = np.stack([-np.sin(lean), np.cos(lean)], axis=1)
    changed = {}
    for name, px_per_m in (("position_px", SIDE_VIEW.px_per_m), ("world_m", 1.0)):
        points = getattr(track, name).copy()
        hip = points[:, track.keypoints.index(f"{free}_hip"), :2]
        for joint, length_m in (("knee", THIGH_M), ("ankle", THIGH_M + SHANK_M)):
            row = track.keypoints.index(f"{free}_{joint}")
            points[:, row, :2] = hip + length_m * px_per_m * down
        changed[name] = points
    return replace(track, **changed)


def quiet(duration_s: float = 6.0) -> Script:
    """Somebody who just stands."""
    return Script(keys=_hold(duration_s, STAND))


def fetch_load() -> Script:
    """Standing, bending down for a load and standing up with it."""
    return Script(keys=_hold(1.0, STAND)).then(*put_down_keys(STAND))


def put_down_keys(pose: Pose) -> tuple[Key, ...]:
    """Bending down to the floor and coming up again, where the lifter stands."""
    place = {n: getattr(pose, n) for n in ("place_m", "toward_m", "heading_deg")}
    down = replace(DEADLIFT_BOTTOM, **place)
    up = replace(STAND, **place)
    return (Key(duration_s=1.2, pose=down), *_hold(0.4, down), Key(duration_s=1.2, pose=up))


def step_keys(start: Pose, distance_m: float, *, duration_s: float = 1.6) -> tuple[Key, ...]:
    """Walking some way along the picture."""
    there = replace(start, place_m=start.place_m + distance_m)
    return (Key(duration_s=duration_s, pose=there), *_hold(0.5, there))


def walk(speed_m_s: float, *, heading_deg: float = 0.0, path_m: float = 5.0) -> Script:
    """Walking through the picture at a steady pace, towards any side."""
    toward_camera = abs(heading_deg % 180.0 - 90.0) < 45.0
    name = "toward_m" if toward_camera else "place_m"
    sign = 1.0 if heading_deg % 360.0 < 90.0 or heading_deg % 360.0 == 90.0 else -1.0
    reach = sign * (path_m / 2 if not toward_camera else path_m / 4)
    start, end = (replace(STAND, heading_deg=heading_deg, **{name: s * reach}) for s in (-1.0, 1.0))
    seconds = abs(2 * reach) / speed_m_s
    return Script(keys=(Key(duration_s=seconds, pose=end, steady=True),), first=start)


def cable_visit(n: int = 3) -> Script:
    """Walk in, fetch the handle, turn round, step out, lift, turn back, put it away, walk off."""
    at_stack = replace(STAND, place_m=-0.6, heading_deg=180.0)
    start = replace(STAND, place_m=0.8, heading_deg=180.0)
    script = Script(keys=_hold(0.5, start), first=start)
    script = script.then(Key(duration_s=2.0, pose=at_stack), *put_down_keys(at_stack))
    turned = replace(at_stack, heading_deg=0.0)
    script = script.then(Key(duration_s=1.5, pose=turned), *step_keys(turned, 0.8))
    script = make_set(SetPlan(n=n), before=script)
    back = replace(script.last, heading_deg=180.0)
    script = script.then(Key(duration_s=1.5, pose=back), *step_keys(back, -0.8))
    return script.then(*put_down_keys(script.last), *step_keys(script.last, 1.4, duration_s=2.0))


def _shares(plan: SetPlan) -> list[tuple[float, float]]:
    n = max(len(plan.depths), len(plan.heights)) or plan.n
    return list(zip(plan.depths or (1.0,) * n, plan.heights or (1.0,) * n, strict=True))


def _hold(duration_s: float, pose: Pose) -> tuple[Key, ...]:
    return (Key(duration_s=duration_s, pose=pose),) if duration_s > 0 else ()
