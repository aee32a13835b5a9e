"""Walking: a standing body is carried over its footsteps, arms and legs swinging."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.footsteps import (
    GATHER_S,
    SIGNS,
    STEP_M,
    STEP_S,
    FootShape,
    Footstep,
    FootTrack,
    Stand,
    Walk,
    plan_footsteps,
    track_foot,
    walk_duration_s,
    walking_heading_deg,
)
from hingewise_validation.lifter.limbs import middle_joint_offset, offset_m, turn_bone, within_reach
from hingewise_validation.lifter.rotations import FloatArray, rotation_x, rotation_z
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton, compute_poses

SIDES = ("L", "R")
ARM_SWING_DEG = 21.0
ELBOW_SWING_DEG = 12.0
PELVIS_TURN_DEG = 6.0
SHOULDER_TURN_DEG = 5.0
SWAY_M = 0.018
GRID_HZ = 100.0
STRETCH_SHARE = 0.993
"""The hips are carried so low that no leg is longer than this share of thigh and shank."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Way:
    """Where the body is over time: place on the floor (T, 2), direction, weight shift to the left, hip height."""

    place_m: FloatArray
    heading_deg: FloatArray
    left_m: FloatArray
    spread: FloatArray
    low_m: FloatArray
    feet: tuple[FootTrack, FootTrack]


def pose_walker(
    skeleton: Skeleton,
    time_s: FloatArray,
    *,
    from_m: tuple[float, float],
    to_m: tuple[float, float],
    begin_s: float,
    sole_height_m: float,
) -> BonePoses:
    """Somebody who stands at ``from_m`` (x, y), walks to ``to_m`` from ``begin_s`` on and stays there.

    They face where they go, before and after as well. How long it takes: ``walk_duration_s``.
    """
    heading_deg = walking_heading_deg(Walk(begin_s=begin_s, from_m=from_m, to_m=to_m))
    walk = Walk(begin_s=begin_s, from_m=from_m, to_m=to_m, from_heading_deg=heading_deg, to_heading_deg=heading_deg)
    return carry_over(_pose_relaxed(skeleton, time_s.size, sole_height_m), time_s, (walk,), arms_swing=True)


def carry_over(base: BonePoses, time_s: FloatArray, walks: Sequence[Walk], *, arms_swing: bool) -> BonePoses:
    """The standing body of ``base`` (facing -y, ankles at y = 0) on its way along ``walks``, one after the other.

    Between the walks it stands, as in ``base``, where the last one ended; before the first, where that begins.
    """
    if not walks:
        return base
    way = _find_way(base, time_s, walks)
    rotations = _swing(base, way, arms_swing=arms_swing)
    upper = compute_poses(base.skeleton, dict(zip(base.skeleton.labels, _bones(rotations), strict=True)), time_s.size)
    turned = rotation_z(way.heading_deg)
    rotations = turned[:, None] @ rotations
    place_m = np.stack([way.left_m, np.zeros_like(way.left_m), way.low_m], axis=-1) + base.head("root")
    root_m = np.column_stack([way.place_m, np.zeros(time_s.size)]) + (turned @ place_m[..., None])[..., 0]
    driven = dict(zip(base.skeleton.labels, _bones(rotations), strict=True))
    moving = _moving(time_s, walks)
    for side, name in enumerate(SIDES):
        hip_m = root_m + (turned @ (upper.head(f"upperleg01.{name}") - upper.head("root"))[..., None])[..., 0]
        wanted = _step_leg(base.skeleton, name, way.feet[side], hip_m, turned)
        driven |= {bone: blend_rotations(driven[bone], rotation, moving) for bone, rotation in wanted.items()}
        driven |= {
            follower: driven[bone]
            for bone in wanted
            for follower in _followers(base.skeleton, base.skeleton.index(bone), set(wanted))
        }
    poses = compute_poses(base.skeleton, driven, time_s.size)
    return poses.translated(root_m - poses.head("root"))


def _bones(rotations: FloatArray) -> list[FloatArray]:
    return [rotations[:, bone] for bone in range(rotations.shape[1])]


def _moving(time_s: FloatArray, walks: Sequence[Walk]) -> FloatArray:
    """0 while standing, 1 while walking, gliding from one to the other."""
    weight = np.zeros(time_s.size)
    for walk in walks:
        end_s = walk.begin_s + walk_duration_s(walk)
        weight += np.clip((time_s - walk.begin_s) / GATHER_S, 0, 1) * np.clip((end_s - time_s) / GATHER_S, 0, 1)
    return np.asarray(weight**2 * (3 - 2 * weight))


def _step_leg(
    skeleton: Skeleton, side: str, foot: FootTrack, hip_m: FloatArray, turned: FloatArray
) -> dict[str, FloatArray]:
    """Rotations that bring one foot where it is set, knee forward."""
    thigh, shank = _leg_bones(skeleton, side)
    lengths_m = float(np.linalg.norm(thigh)), float(np.linalg.norm(shank))
    reach_m = within_reach(foot.ankle_m - hip_m, *lengths_m)
    ahead = -0.75 * turned[..., 1] - 0.25 * foot.rotation[..., 1]
    knee_m = middle_joint_offset(reach_m, *lengths_m, pole=ahead)
    left = np.cross(ahead, reach_m)
    left *= np.sign(np.sum(left * turned[..., 0], axis=-1, keepdims=True))
    rest_left = np.array([1.0, 0.0, 0.0])
    return {
        f"upperleg01.{side}": turn_bone(thigh, rest_left, knee_m, left),
        f"lowerleg01.{side}": turn_bone(shank, rest_left, reach_m - knee_m, left),
        f"foot.{side}": foot.rotation,
    }


def _followers(skeleton: Skeleton, bone: int, driven: set[str]) -> Iterator[str]:
    """Bones below ``bone`` that move with it."""
    for child, parent in enumerate(skeleton.parents):
        if parent == bone and skeleton.labels[child] not in driven:
            yield skeleton.labels[child]
            yield from _followers(skeleton, child, driven)


def blend_rotations(first: FloatArray, second: FloatArray, weight: FloatArray) -> FloatArray:
    """From ``first`` (weight 0) to ``second`` (weight 1), for rotations that are not far from each other."""
    mixed = first + weight[..., None, None] * (second - first)
    left, _, right = np.linalg.svd(mixed)
    return np.asarray(left @ right)


def _leg_bones(skeleton: Skeleton, side: str) -> tuple[FloatArray, FloatArray]:
    return (
        offset_m(skeleton, f"upperleg01.{side}", f"lowerleg01.{side}"),
        offset_m(skeleton, f"lowerleg01.{side}", f"foot.{side}"),
    )


def _swing(base: BonePoses, way: _Way, *, arms_swing: bool) -> FloatArray:
    """Rotations of all bones in the body's own frame, pelvis and shoulders turning against each other."""
    labels = base.skeleton.labels
    rotations = base.rotations.copy()
    pelvis, chest = rotation_z(-PELVIS_TURN_DEG * way.spread), rotation_z(SHOULDER_TURN_DEG * way.spread)
    below = {"root": 1.0, "spine05": 0.7, "spine04": 0.4, "spine03": 0.1, "spine02": 0.0}
    for bone, label in enumerate(labels):
        name, _, side = label.partition(".")
        if name in below or name == "pelvis":
            turn = blend_rotations(chest, pelvis, np.full(way.spread.size, below.get(name, 1.0)))
            rotations[:, bone] = turn @ rotations[:, bone]
        elif name == "spine01" or name.startswith(("clavicle", "shoulder", *_ARM)):
            turn = chest
            if arms_swing and name.startswith(_ARM):
                swing = way.spread * SIGNS[SIDES.index(side)]
                angle_deg = ARM_SWING_DEG * swing
                if not name.startswith("upperarm"):
                    angle_deg = angle_deg - ELBOW_SWING_DEG * np.maximum(-swing, 0.0)
                turn = chest @ rotation_x(angle_deg)
            rotations[:, bone] = turn @ rotations[:, bone]
    return rotations


_ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")


def _find_way(base: BonePoses, time_s: FloatArray, walks: Sequence[Walk]) -> _Way:
    stand, shape = _stand(base), _foot_shape(base)
    planned = [plan_footsteps(walk, stand) for walk in walks]
    steps = [*planned[0][:2], *(step for plan in planned for step in plan[2:])]
    by_side = [[step for step in steps if step.side == side] for side in range(2)]
    begin_s, end_s = walks[0].begin_s - 1.0, walks[-1].begin_s + walk_duration_s(walks[-1]) + 1.0
    grid_s = np.arange(begin_s, end_s, 1 / GRID_HZ)
    place_m, heading_deg = _body_track(steps, grid_s)
    grid_feet = [track_foot(side, grid_s, shape) for side in by_side]
    ahead = -rotation_z(heading_deg)[..., 1]
    spread = np.sum((grid_feet[0].ankle_m - grid_feet[1].ankle_m) * ahead, axis=-1) / STEP_M
    spread = _smoothed(np.clip(spread, -1.2, 1.2), 0.12)
    left_m = _smoothed(sum(_weight_shift(step, grid_s) for step in steps[2:]) + np.zeros(grid_s.size), 0.2)
    low_m = _lowered(base, (place_m, heading_deg, left_m), grid_feet)

    def at(values: FloatArray) -> FloatArray:
        return np.interp(time_s, grid_s, values)

    return _Way(
        place_m=np.column_stack([at(place_m[:, 0]), at(place_m[:, 1])]),
        heading_deg=at(heading_deg),
        left_m=at(left_m),
        spread=at(spread),
        low_m=at(low_m),
        feet=(track_foot(by_side[0], time_s, shape), track_foot(by_side[1], time_s, shape)),
    )


def _weight_shift(step: Footstep, time_s: FloatArray) -> FloatArray:
    """The body goes over the foot that stands while the other is in the air."""
    share = np.clip((time_s - step.leave_s) / (step.land_s - step.leave_s), 0, 1)
    return np.asarray(-SIGNS[step.side] * SWAY_M * np.sin(np.pi * share))


def _body_track(steps: Sequence[Footstep], grid_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The body is between the feet when one comes down, and glides in between."""
    times_s, places_m, headings_deg = [grid_s[0]], [steps[0].body_m], [steps[0].body_heading_deg]
    for before, step in zip(steps[1:], steps[2:], strict=False):
        if step.leave_s - times_s[-1] > STEP_S:
            times_s.append(step.leave_s)
            places_m.append(places_m[-1])
            headings_deg.append(headings_deg[-1])
        times_s.append(step.land_s)
        places_m.append((before.body_m + step.body_m) / 2)
        headings_deg.append((before.body_heading_deg + step.body_heading_deg) / 2)
    knots_m = np.array(places_m)
    tracks = [np.interp(grid_s, times_s, column) for column in (*knots_m.T, np.array(headings_deg))]
    x_m, y_m, heading_deg = (_smoothed(track, 0.8 * STEP_S) for track in tracks)
    return np.column_stack([x_m, y_m]), heading_deg


def _lowered(base: BonePoses, body: tuple[FloatArray, FloatArray, FloatArray], feet: Sequence[FootTrack]) -> FloatArray:
    """How much lower than standing the hips are carried so that both feet are within reach."""
    place_m, heading_deg, left_m = body
    turned = rotation_z(heading_deg)
    lowest_m = np.zeros(heading_deg.size)
    for side, name in enumerate(SIDES):
        hip_m = np.tile(base.head(f"upperleg01.{name}")[0], (heading_deg.size, 1))
        hip_m[:, 0] += left_m
        hip_m = (turned @ hip_m[..., None])[..., 0]
        hip_m[:, :2] += place_m
        thigh, shank = _leg_bones(base.skeleton, name)
        standing_m = np.linalg.norm(base.head(f"upperleg01.{name}")[0] - base.head(f"foot.{name}")[0])
        longest_m = max(STRETCH_SHARE * float(np.linalg.norm(thigh) + np.linalg.norm(shank)), float(standing_m))
        across_m = np.linalg.norm(hip_m[:, :2] - feet[side].ankle_m[:, :2], axis=-1)
        highest_m = feet[side].ankle_m[:, 2] + np.sqrt(np.maximum(longest_m**2 - across_m**2, 0.01))
        lowest_m = np.minimum(lowest_m, highest_m - hip_m[:, 2])
    width = round(0.14 * GRID_HZ) // 2
    padded = np.pad(lowest_m, width, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * width + 1)
    return _smoothed(windows.min(axis=-1), 0.14)


def _smoothed(values: FloatArray, width_s: float) -> FloatArray:
    """Mean over ``width_s`` with a smooth window."""
    half = max(1, round(width_s * GRID_HZ) // 2)
    window = np.hanning(2 * half + 3)[1:-1]
    return np.convolve(np.pad(values, half, mode="edge"), window / window.sum(), mode="valid")


def _stand(base: BonePoses) -> Stand:
    half_width_m = float(base.head("foot.L")[0, 0] - base.head("foot.R")[0, 0]) / 2
    foot = base.rotation("foot.L")[0]
    hips_m = offset_m(base.skeleton, "upperleg01.R", "upperleg01.L")
    return Stand(
        half_width_m=half_width_m,
        toe_out_deg=float(np.rad2deg(np.arctan2(foot[0, 1] * -1, foot[1, 1]))),
        walking_half_width_m=0.33 * float(hips_m[0]),
    )


def _foot_shape(base: BonePoses) -> FootShape:
    skeleton = base.skeleton
    label = "toe3-1.R"
    forward_m = 0.15 if label not in skeleton.labels else -float(offset_m(skeleton, "foot.R", label)[1]) + 0.02
    return FootShape(sole_m=float(base.head("foot.R")[0, 2]), ball_forward_m=forward_m, heel_back_m=0.33 * forward_m)


def _pose_relaxed(skeleton: Skeleton, n_times: int, sole_height_m: float) -> BonePoses:
    """Standing with hanging arms, feet hip-wide."""
    upright = compute_poses(skeleton, {}, 1)
    driven: dict[str, FloatArray] = {"root": rotation_x(2.0)}
    for side, sign in zip(SIDES, SIGNS, strict=True):
        upper = offset_m(skeleton, f"upperarm01.{side}", f"lowerarm01.{side}")
        lower = offset_m(skeleton, f"lowerarm01.{side}", f"wrist.{side}")
        rest_axis = np.cross(lower, upper)
        left = np.array([1.0, 0.35 * sign, 0.0])
        driven[f"upperarm01.{side}"] = turn_bone(upper, rest_axis, np.array([0.17 * sign, 0.12, -1.0]), left)
        driven[f"lowerarm01.{side}"] = turn_bone(lower, rest_axis, np.array([0.10 * sign, -0.22, -1.0]), left)
        thigh, shank = _leg_bones(skeleton, side)
        rest_left = np.array([1.0, 0.0, 0.0])
        lean = np.array([-0.01 * sign, 0.0, 0.0])
        driven[f"upperleg01.{side}"] = turn_bone(thigh, rest_left, lean + [0.0, -0.02, -1.0], rest_left)
        driven[f"lowerleg01.{side}"] = turn_bone(shank, rest_left, lean + [0.0, 0.06, -1.0], rest_left)
        driven[f"foot.{side}"] = rotation_z(sign * 6.0)
    poses = compute_poses(skeleton, {bone: turn[None] for bone, turn in driven.items()}, upright.heads_m.shape[0])
    ankle_m = (poses.head("foot.L") + poses.head("foot.R")) / 2
    poses = poses.translated(np.array([0.0, 0.0, sole_height_m]) - ankle_m)
    return BonePoses(
        skeleton=skeleton,
        rotations=np.repeat(poses.rotations, n_times, axis=0),
        heads_m=np.repeat(poses.heads_m, n_times, axis=0),
    )
