"""OpenPose's JSON files, one per frame, into the track of one person. Pure text and numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from hingewise.errors import PoseFormatError
from hingewise.pose.exchange import ReadTrack
from hingewise.pose.markers import KEYPOINTS_BY_COUNT, READ_KEYPOINTS
from hingewise.pose.track import EstimatorInfo, PoseTrack
from hingewise.units import FloatArray

DEFAULT_RATE_HZ = 30.0

MAX_STEP_SHARE = 0.5
"""Somebody moves less than this share of their own height from one frame to the next."""

MAX_GAP_S = 1.0
"""Somebody not seen for longer is somebody else, as far as we can tell."""

_MAX_FRAMES = 10_000_000
_LARGEST_PX = 100_000.0


@dataclass(slots=True)
class _Someone:
    """A person while being followed: frames and points (K, 3) with confidence."""

    frames: list[int] = field(default_factory=list)
    points: list[FloatArray] = field(default_factory=list)


def parse_openpose(
    files: Iterable[tuple[str, str]], name: str, *, rate_hz: float | None = None
) -> ReadTrack:
    """Follow the person who is seen in most frames.

    Parameters
    ----------
    files
        File name and text of each frame; the last number in a file's name is its frame.
    name
        What to call the whole in messages.
    rate_hz
        Frame rate, which the files do not hold; 30 if not given, with a remark.

    Raises
    ------
    PoseFormatError
        With all problems of the files.
    """
    frames, problems = _read_frames(files)
    counts = sorted({point.shape[0] for people in frames.values() for point in people})
    unknown = [count for count in counts if count not in KEYPOINTS_BY_COUNT]
    if unknown or len(counts) > 1:
        known = ", ".join(str(count) for count in sorted(KEYPOINTS_BY_COUNT))
        got = ", ".join(str(count) for count in counts)
        problems.append(f"expected people of one of {known} keypoints, got {got}")
    if not problems and not counts:
        problems.append(f"nobody is seen in any of its {len(frames)} frames")
    if not problems and len(frames) < 2:
        problems.append(f"expected several frames, got {len(frames)}")
    if problems:
        raise _bad(name, problems)
    rate = rate_hz or DEFAULT_RATE_HZ
    people = _follow(frames, max_gap=max(1, round(MAX_GAP_S * rate)))
    best = max(people, key=lambda someone: len(someone.frames))
    remarks = []
    if rate_hz is None:
        remarks.append(f"OpenPose files hold no frame rate; {rate:g} frames a second are assumed.")
    if len(people) > 1:
        share = len(best.frames) / len(frames)
        remarks.append(f"Several people are seen; the one seen longest is followed ({share:.0%}).")
    track = _to_track(best, sorted(frames), rate, KEYPOINTS_BY_COUNT[counts[0]])
    return ReadTrack(track=track, remarks=tuple(remarks))


def _read_frames(
    files: Iterable[tuple[str, str]],
) -> tuple[dict[int, list[FloatArray]], list[str]]:
    frames: dict[int, list[FloatArray]] = {}
    problems = []
    for name, text in files:
        number = re.findall(r"\d+", name)
        try:
            if not number or int(number[-1]) > _MAX_FRAMES:
                raise ValueError("its name holds no frame number")
            if int(number[-1]) in frames:
                raise ValueError(f"frame {int(number[-1])} is there twice")
            frames[int(number[-1])] = _read_people(text)
        except (ValueError, RecursionError) as error:
            problems.append(f"{name}: {error}")
    return frames, problems


def _read_people(text: str) -> list[FloatArray]:
    """Points (K, 3) of everybody seen in a frame; unseen points are NaN with confidence 0."""
    data: Any = json.loads(text)
    people = data.get("people") if isinstance(data, dict) else None
    if not isinstance(people, list):
        raise ValueError("expected a list called people")
    found = []
    for person in people:
        flat = person.get("pose_keypoints_2d") if isinstance(person, dict) else None
        numbers = isinstance(flat, list) and all(type(value) in (int, float) for value in flat)
        if not numbers or not flat or len(flat) % 3:
            raise ValueError("expected x, y, confidence of every point in pose_keypoints_2d")
        found.append(_clean(np.clip(np.array([float(v) for v in flat]), -1e9, 1e9).reshape(-1, 3)))
    return [point for point in found if _height(point) > 0]


def _clean(point: FloatArray) -> FloatArray:
    seen = (
        np.isfinite(point).all(axis=1)
        & (point[:, 2] > 0)
        & (np.abs(point) < _LARGEST_PX).all(axis=1)
    )
    point[~seen, :2], point[~seen, 2] = np.nan, 0.0
    point[:, 2] = np.minimum(point[:, 2], 1.0)
    return point


def _follow(frames: dict[int, list[FloatArray]], *, max_gap: int) -> list[_Someone]:
    """Join the people of all frames by nearness: OpenPose numbers them anew in every frame."""
    people: list[_Someone] = []
    for frame in sorted(frames):
        free = [p for p in people if frame - p.frames[-1] <= max_gap]
        left = list(frames[frame])
        while free and left:
            cost = np.array([[_distance(p.points[-1], q) for q in left] for p in free])
            row, column = np.unravel_index(int(np.argmin(cost)), cost.shape)
            if not cost[row, column] < MAX_STEP_SHARE:
                break
            someone = free.pop(int(row))
            someone.frames.append(frame)
            someone.points.append(left.pop(int(column)))
        people += [_Someone(frames=[frame], points=[point]) for point in left]
    return people


def _distance(before: FloatArray, after: FloatArray) -> float:
    """Mean way of the points, as a share of the larger height; infinite without common points."""
    step = np.hypot(*(after - before)[:, :2].T)
    step = step[np.isfinite(step)]
    height = max(_height(before), _height(after))
    return float(step.mean() / height) if step.size and height > 0 else np.inf


def _height(point: FloatArray) -> float:
    y = point[np.isfinite(point[:, 1]), 1]
    return float(np.ptp(y)) if y.size else 0.0


def _to_track(
    someone: _Someone, frames: list[int], rate_hz: float, keypoints: tuple[str, ...]
) -> PoseTrack:
    """Every frame from the first file to the last; those that lack a file or the person are NaN."""
    n_frames = frames[-1] - frames[0] + 1
    position = np.full((n_frames, len(READ_KEYPOINTS), 2), np.nan, np.float32)
    confidence = np.zeros((n_frames, len(READ_KEYPOINTS)), np.float32)
    for frame, point in zip(someone.frames, someone.points, strict=True):
        for column, key in enumerate(READ_KEYPOINTS):
            if key in keypoints:
                row = keypoints.index(key)
                position[frame - frames[0], column] = point[row, :2]
                confidence[frame - frames[0], column] = point[row, 2]
    seen = position[np.isfinite(position).all(axis=2)]
    width, height = np.ceil(seen.max(axis=0)) + 1 if seen.size else (1, 1)
    return PoseTrack(
        time_s=np.arange(n_frames) / rate_hz,
        position_px=position,
        confidence=confidence,
        keypoints=READ_KEYPOINTS,
        image_size_px=(max(1, int(width)), max(1, int(height))),
        estimator=EstimatorInfo(
            name=f"openpose ({len(keypoints)} points)", version="", model_sha256=""
        ),
    )


def _bad(name: str, problems: list[str]) -> PoseFormatError:
    more = f" and {len(problems) - 5} more" if len(problems) > 5 else ""
    return PoseFormatError(
        f"{name}: expected a folder of OpenPose JSON files, but {'; '.join(problems[:5])}{more}.",
        hint="Write them again with --write_json (BODY_25, COCO or HALPE_26).",
    )
