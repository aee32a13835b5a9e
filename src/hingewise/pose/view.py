"""From where the camera sees the lifter: near side, facing, yaw and roll."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import numpy as np

from hingewise.pose.body import body_length_px
from hingewise.pose.skeletons import SIDES
from hingewise.pose.track import PoseTrack
from hingewise.units import FloatArray

Side = Literal["left", "right"]
Facing = Literal["left", "right", "camera", "away", "unknown"]

GOOD_YAW_DEG = 15.0
"""Up to here an oblique view shifts angles by about one degree (BIOMECHANICS 1b)."""

USABLE_YAW_DEG = 30.0
"""Beyond here checks that need a side view are not made (DESIGN 5)."""

YAW_SD_DEG = 8.0
"""Spread of an estimate that no table narrows; see docs/accuracy.md."""

WIDTHS_UP_TO_DEG, DEPTH_FROM_DEG = 50.0, 65.0
"""Near the side the widths in the picture tell the yaw, near the front the network's depth does."""

MAX_ROLL_DEG = 4.0
"""A camera that seems tilted by more than this (two sd of a reading, ``data/camera_roll.toml``) is
worth a word. Angles are corrected for any tilt, without a limit (``pose.roll``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How the camera stands to the lifter.

    ``yaw_deg`` is 0 in a true side view and 90 from the front or behind, NaN where unknown;
    ``roll_deg`` is by how much upright things lean to the right, as read, NaN without standing;
    ``side_sure`` is how clearly one side is nearer, 0-1; ``ahead`` is 1 where the camera stands
    rather before the lifter than behind, -1 the other way, 0 where that is unknown.
    """

    near_side: Side
    facing: Facing
    yaw_deg: float
    yaw_sd_deg: float
    roll_deg: float
    side_sure: float
    ahead: int = 0

    @property
    def oblique_deg(self) -> float:
        """Yaw with a sign: positive where the camera stands before the lifter."""
        return self.ahead * self.yaw_deg

    @property
    def verdict(self) -> Literal["good", "usable", "counts_only"]:
        """Whether angles can be measured in this view."""
        if not np.isfinite(self.yaw_deg) or self.yaw_deg > USABLE_YAW_DEG:
            return "counts_only"
        return "good" if self.yaw_deg <= GOOD_YAW_DEG else "usable"


def estimate_view(track: PoseTrack) -> View:
    """Estimate the view over a whole film, from where hips and shoulders stand to one another.

    The line from right to left shoulder and hip points along the camera's axis in a side view and
    across it in a front view; the network's depth tells which, and which end is nearer.
    """
    across = across_body(track)
    if across is None or not np.isfinite(across).any():
        return _view_without_depth(track)
    x, _, z = np.nanmedian(across, axis=0)
    near_side: Side = "left" if z < 0 else "right"
    yaw, yaw_sd = _join_yaws(track, float(np.degrees(np.arctan2(abs(x), abs(z)))))
    agree = float(np.nanmean(np.sign(across[:, 2]) == np.sign(z)))
    return View(
        near_side=near_side,
        facing=_facing(track, near_side, yaw, x),
        yaw_deg=yaw,
        yaw_sd_deg=yaw_sd,
        roll_deg=float("nan"),
        side_sure=2.0 * agree - 1.0,
        # Seen from the front, the lifter's left is on the right.
        ahead=int(np.sign(x)) if np.isfinite(x) else 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class YawRule:
    """Yaw as a sum over how far the left point of a pair stands right of the right one.

    ``weight_deg`` by landmark, per body length (trunk, thigh and shank); ``sd_deg`` of the result.
    """

    weight_deg: Mapping[str, float]
    sd_deg: float


@cache
def load_yaw_rule(estimator: str) -> YawRule | None:
    """Return the rule of ``data/yaw.toml`` for an estimator, None where there is none."""
    file = resources.files("hingewise.pose").joinpath("data", "yaw.toml")
    table = tomllib.loads(file.read_text("utf-8")).get(estimator)
    if table is None:
        return None
    return YawRule(weight_deg=dict(table["weight_deg"]), sd_deg=float(table["sd_deg"]))


def measure_widths(track: PoseTrack, landmarks: Iterable[str]) -> dict[str, float]:
    """How far the left point of each pair stands right of the right one, in body lengths."""
    body_px = body_length_px(track)
    widths = {}
    for name in landmarks:
        left, right = (track.keypoint(f"{side}_{name}")[:, 0] for side in SIDES)
        across = left - right
        seen = np.isfinite(across).any()
        widths[name] = float(np.nanmedian(across)) / body_px if seen else float("nan")
    return widths


def _join_yaws(track: PoseTrack, from_depth_deg: float) -> tuple[float, float]:
    """Yaw and its sd, from widths near the side, from the network's depth near the front."""
    rule = load_yaw_rule(track.estimator.name)
    if rule is None:
        return from_depth_deg, YAW_SD_DEG
    widths = measure_widths(track, rule.weight_deg)
    from_widths = abs(sum(weight * widths[name] for name, weight in rule.weight_deg.items()))
    if not np.isfinite(from_widths):
        return from_depth_deg, YAW_SD_DEG
    steep = (from_depth_deg - WIDTHS_UP_TO_DEG) / (DEPTH_FROM_DEG - WIDTHS_UP_TO_DEG)
    share = float(np.clip(steep, 0.0, 1.0))
    yaw = share * from_depth_deg + (1.0 - share) * from_widths
    return yaw, share * YAW_SD_DEG + (1.0 - share) * rule.sd_deg


def across_body(track: PoseTrack) -> FloatArray | None:
    """Unit vectors from the right to the left side of the trunk, in space. Shape (T, 3)."""
    if track.world_m is None or not np.isfinite(track.world_m).any():
        return None
    index = {name: track.keypoints.index(name) for name in track.keypoints}
    left, right = (
        track.world_m[:, [index[f"{side}_shoulder"], index[f"{side}_hip"]]].sum(
            axis=1, dtype=np.float64
        )
        for side in SIDES
    )
    across = left - right
    return np.asarray(across / np.linalg.norm(across, axis=1, keepdims=True), dtype=np.float64)


def _view_without_depth(track: PoseTrack) -> View:
    """Without depth only the better seen side is known."""
    seen = {side: _mean_confidence(track, side) for side in SIDES}
    near_side: Side = "left" if seen["left"] >= seen["right"] else "right"
    return View(
        near_side=near_side,
        facing=_facing(track, near_side, 0.0, 0.0),
        yaw_deg=_yaw_from_width(track),
        yaw_sd_deg=2 * YAW_SD_DEG,
        roll_deg=float("nan"),
        side_sure=abs(seen["left"] - seen["right"]),
    )


def _mean_confidence(track: PoseTrack, side: str) -> float:
    names = [f"{side}_{name}" for name in ("shoulder", "hip", "knee", "ankle")]
    rows = [track.keypoints.index(name) for name in names if track.has(name)]
    return float(np.nanmean(track.confidence[:, rows])) if rows else 0.0


EXPECTED_WIDTH_FRACTION = 0.55
"""Width between the shoulders over the length shoulder-hip: de Leva's 0.29 m over 0.52 m."""


def _yaw_from_width(track: PoseTrack) -> float:
    """Yaw from how wide the shoulders appear against the trunk's length."""
    left, right = track.keypoint("left_shoulder"), track.keypoint("right_shoulder")
    hip = (track.keypoint("left_hip") + track.keypoint("right_hip")) / 2
    trunk = np.hypot(*((left + right) / 2 - hip).T)
    if not np.isfinite(trunk).any():
        return float("nan")
    width = np.nanmedian(np.abs(left[:, 0] - right[:, 0])) / np.nanpercentile(trunk, 90)
    return float(np.degrees(np.arcsin(min(1.0, width / EXPECTED_WIDTH_FRACTION))))


def _facing(track: PoseTrack, near_side: Side, yaw_deg: float, across_x: float) -> Facing:
    """Towards which edge of the picture the toes point; front or rear in such views.

    In a front view the lifter's left side is on the right of the picture.
    """
    if yaw_deg > 65.0:
        return "camera" if across_x > 0 else "away"
    votes = [_toe_direction(track, side) for side in (near_side, _other(near_side))]
    votes.append(_lean_direction(track))
    total = float(np.nansum(votes))
    if not np.isfinite(votes).any() or total == 0:
        return "unknown"
    return "right" if total > 0 else "left"


def _other(side: Side) -> Side:
    return "right" if side == "left" else "left"


def _toe_direction(track: PoseTrack, side: str) -> float:
    """Mean horizontal direction of the foot, from heel (or ankle) to toe. Range -1 to 1."""
    toe = f"{side}_foot_index"
    heel = f"{side}_heel" if track.has(f"{side}_heel") else f"{side}_ankle"
    if not track.has(toe) or not track.has(heel):
        return float("nan")
    foot = track.keypoint(toe) - track.keypoint(heel)
    with np.errstate(invalid="ignore", divide="ignore"):
        direction = foot[:, 0] / np.hypot(*foot.T)
    return float(np.nanmedian(direction)) if np.isfinite(direction).any() else float("nan")


def _lean_direction(track: PoseTrack) -> float:
    """Towards where the nose stands from the ears: a face points forward. Range -1 to 1."""
    if not all(track.has(name) for name in ("nose", "left_ear", "right_ear")):
        return float("nan")
    ear = (track.keypoint("left_ear") + track.keypoint("right_ear")) / 2
    face = track.keypoint("nose") - ear
    with np.errstate(invalid="ignore", divide="ignore"):
        direction = face[:, 0] / np.hypot(*face.T)
    return float(np.nanmedian(direction)) if np.isfinite(direction).any() else float("nan")
