"""From the measurements of a whole film to what is drawn on each of its frames."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.errors import ShapeError
from hingewise.kinematics.angles import MAX_OUTLINE_GAP_S
from hingewise.kinematics.lumbar import standing_profile
from hingewise.kinematics.series import Kinematics
from hingewise.pose.dorsal import N_TRUNK_POINTS, Back, place_profile
from hingewise.pose.skeletons import LANDMARKS, SidedLandmark
from hingewise.pose.track import PoseTrack
from hingewise.render.hud import NO_READING, Hud, HudAngle, choose_corner
from hingewise.render.overlay import OverlayState
from hingewise.render.palette import trace_colour
from hingewise.repetitions.types import Repetition, SetSegmentation
from hingewise.report.naming import name_of, phase_name
from hingewise.units import FloatArray, SampleArray

HUD_ANGLES: tuple[str, ...] = ("trunk_thigh_flexion", "trunk_inclination", "knee_flexion")

_DEPTH_ANGLE = "trunk_thigh_flexion"

MAX_CLOUD_FRAMES = 4096
"""So many frames, spread over the film, tell where the lifter is in the picture."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FilmData:
    """What was measured on every frame (T) of a film, in pixels of the upright picture.

    ``near_px`` and ``far_px`` (T, L, 2) follow ``LANDMARKS``; ``dorsal_px`` (T, C, 2) is the
    outline of the back or None; ``own_back`` (C,) is the profile of the lifter's back in standing
    (``pose.dorsal``) or None; ``depth_fraction`` (T,) is 0 standing and 1 at the usual bottom.
    """

    time_s: FloatArray
    image_size_px: tuple[int, int]
    near_px: SampleArray
    far_px: SampleArray
    dorsal_px: SampleArray | None
    own_back: FloatArray | None
    angle_deg: dict[str, FloatArray]
    depth_fraction: FloatArray
    repetitions: tuple[Repetition, ...]
    corner: str

    def __post_init__(self) -> None:
        n, n_landmarks = self.time_s.size, len(LANDMARKS)
        expected = {"near_px": (n, n_landmarks, 2), "far_px": (n, n_landmarks, 2)}
        problems = [
            f"{name}: expected {shape}, got {getattr(self, name).shape}"
            for name, shape in expected.items()
            if getattr(self, name).shape != shape
        ]
        if problems:
            raise ShapeError("; ".join(problems))

    @property
    def cloud_px(self) -> FloatArray:
        """Landmarks of the lifter in the whole film, of a long one in some frames. Shape (N, 2)."""
        return cloud_of(self.near_px, self.far_px)


def cloud_of(*points_px: SampleArray) -> FloatArray:
    """All of some points (T, L, 2) in one list, of a long film in some frames. Shape (N, 2)."""
    every = -(-points_px[0].shape[0] // MAX_CLOUD_FRAMES)
    few = [points[::every].reshape(-1, 2) for points in points_px]
    return np.concatenate(few).astype(np.float64)


def gather_film_data(
    track: PoseTrack,
    kinematics: Kinematics,
    segmentation: SetSegmentation,
    *,
    near_side: str,
    facing: str,
    back: Back | None = None,
) -> FilmData:
    """Join the measurements of one film.

    Parameters
    ----------
    track, kinematics, segmentation
        Of the same film, frame by frame.
    near_side
        ``left`` or ``right``: the measured side; anything else draws the right one.
    facing
        ``left`` or ``right`` in the picture; anything else leaves the outline of the back out.
    back
        The outline of the back, to show how it is shaped in standing.
    """
    sides = ("left", "right") if near_side == "left" else ("right", "left")
    near, far = (_side_points(track, side) for side in sides)
    size = track.image_size_px
    return FilmData(
        time_s=track.time_s,
        image_size_px=size,
        near_px=near,
        far_px=far,
        dorsal_px=_back_outline(track, facing),
        own_back=None if back is None else _own_back(back, kinematics),
        angle_deg=dict(kinematics.angle_deg),
        depth_fraction=_depth(kinematics, segmentation),
        repetitions=segmentation.repetitions,
        corner=choose_corner(_body_cloud(near, far), size, len(HUD_ANGLES)),
    )


def overlay_at(
    film: FilmData, index: int, size_px: tuple[int, int], *, with_hud: bool = True
) -> OverlayState:
    """What to draw on frame ``index`` when the picture is shown at ``size_px``."""
    scale = np.array(size_px, dtype=np.float64) / np.array(film.image_size_px)
    near, far = film.near_px[index] * scale, film.far_px[index] * scale
    dorsal = _outline_at(film.dorsal_px, film.time_s, index, scale)
    return OverlayState(
        near_px=near,
        far_px=far,
        dorsal_px=dorsal,
        held_px=_held_at(film.own_back, dorsal, near, far),
        hud=_hud_at(film, index) if with_hud else None,
    )


def _outline_at(
    outline_px: SampleArray | None, time_s: FloatArray, index: int, scale: FloatArray
) -> FloatArray | None:
    """The outline of the back in a frame, or between those frames around it that show one."""
    if outline_px is None:
        return None
    around_s = time_s[index] + np.array([-MAX_OUTLINE_GAP_S, MAX_OUTLINE_GAP_S])
    first, last = np.searchsorted(time_s, around_s)
    seen = first + np.flatnonzero(np.isfinite(outline_px[first:last]).any(axis=(1, 2)))
    before, after = seen[seen <= index], seen[seen >= index]
    if before.size == 0 or after.size == 0:
        return np.full(outline_px.shape[1:], np.nan)
    a, b = int(before[-1]), int(after[0])
    share = float((time_s[index] - time_s[a]) / (time_s[b] - time_s[a])) if b > a else 0.0
    between = (1.0 - share) * outline_px[a] + share * outline_px[b]
    return np.asarray(between * scale, dtype=np.float64)


def _own_back(back: Back, kinematics: Kinematics) -> FloatArray | None:
    """The profile between shoulder and hip in standing."""
    profile = standing_profile(back, kinematics.upright)
    return None if profile is None else profile[:N_TRUNK_POINTS]


def _held_at(
    own_back: FloatArray | None, dorsal_px: FloatArray | None, near: FloatArray, far: FloatArray
) -> FloatArray | None:
    """Where the outline of the back would be if it had kept the shape of standing."""
    if own_back is None or dorsal_px is None:
        return None
    shoulder, hip = (
        (near[LANDMARKS.index(name)] + far[LANDMARKS.index(name)]) / 2.0
        for name in ("shoulder", "hip")
    )
    return place_profile(own_back, shoulder, hip, beside_px=dorsal_px)


def _hud_at(film: FilmData, index: int) -> Hud:
    now_s = float(film.time_s[index])
    begun = [r for r in film.repetitions if r.start_s <= now_s]
    current = begun[-1] if begun and now_s < begun[-1].end_s else None
    phases = current.phases if current else ()
    phase = next((p for p in phases if p.start_s <= now_s < p.end_s), None)
    return Hud(
        counter=str(begun[-1].number) if begun else "0",
        total="partial" if current and current.partial else f"of {len(film.repetitions)}",
        phase=phase_name(str(phase.kind)) if phase else NO_READING,
        angles=tuple(
            HudAngle(
                label=name_of(name),
                value_deg=_sample(film.angle_deg.get(name), index),
                rgb=trace_colour(name).on_film,
            )
            for name in HUD_ANGLES
        ),
        depth_fraction=float(film.depth_fraction[index]),
        corner=film.corner,
    )


def _sample(series: FloatArray | None, index: int) -> float:
    return float("nan") if series is None else float(series[index])


def _body_cloud(near: SampleArray, far: SampleArray) -> FloatArray:
    """Landmarks and, on the side that is measured, the middles between them."""
    every = -(-near.shape[0] // MAX_CLOUD_FRAMES)
    few = near[::every]
    return cloud_of(few, far[::every], (few[:, :-1] + few[:, 1:]) * np.float32(0.5))


def _side_points(track: PoseTrack, side: str) -> SampleArray:
    """Landmarks of one side; those that the network does not know are NaN. Shape (T, L, 2)."""
    points = np.full((track.n_frames, len(LANDMARKS), 2), np.nan, np.float32)
    for row, landmark in enumerate(LANDMARKS):
        keypoint = SidedLandmark(side=side, landmark=landmark).keypoint
        if track.has(keypoint):
            points[:, row] = track.position_px[:, track.keypoints.index(keypoint)]
    return points


def _back_outline(track: PoseTrack, facing: str) -> SampleArray | None:
    """Outline of the side that the lifter's back is on (pose/dorsal.py orders the two sides)."""
    if track.silhouette_px is None or facing not in ("left", "right"):
        return None
    return track.silhouette_px[:, 0 if facing == "left" else 1, :N_TRUNK_POINTS]


def _depth(kinematics: Kinematics, segmentation: SetSegmentation) -> FloatArray:
    """Depth between the usual lockout and the usual bottom of this set; NaN where unknown."""
    time_s = kinematics.time_s
    series = kinematics.angle_deg.get(_DEPTH_ANGLE)
    if series is None or not segmentation.repetitions:
        return np.full(time_s.size, np.nan)
    bottoms = np.searchsorted(time_s, [r.bottom_s for r in segmentation.repetitions])
    tops = np.searchsorted(time_s, [r.top_s for r in segmentation.repetitions])
    last = time_s.size - 1
    low, high = (_median(series[np.minimum(index, last)]) for index in (tops, bottoms))
    span = high - low
    return (series - low) / span if span > 0 else np.full(time_s.size, np.nan)


def _median(values: FloatArray) -> float:
    seen = values[np.isfinite(values)]
    return float(np.median(seen)) if seen.size else float("nan")
