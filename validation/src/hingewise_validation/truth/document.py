"""The truth document that lies beside a synthetic clip."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from hingewise_validation.lifter.body import Body, SkinnedFrame
from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.lifter.skeleton import Skeleton
from hingewise_validation.motion.movement import Movement
from hingewise_validation.motion.sampling import MovementSamples
from hingewise_validation.picture.camera import Camera
from hingewise_validation.truth.angles import (
    PHASE_THRESHOLD_DEG,
    compute_angles,
    compute_details,
    segment_bottom_repetitions,
    segment_floor_repetitions,
    segment_repetitions,
    turn_to_front,
)

NEAR_SIDE, FAR_SIDE = "R", "L"
SEGMENT = {
    "lockout": segment_repetitions,
    "bottom": segment_bottom_repetitions,
    "floor": segment_floor_repetitions,
}
BONE_JOINTS = {
    "ankle": "foot",
    "knee": "lowerleg01",
    "hip": "upperleg01",
    "shoulder": "upperarm01",
    "elbow": "lowerarm01",
    "wrist": "wrist",
}
SURFACE_POINTS = {"ear": "right_ear", "heel": "right_heel", "toe": "right_big_toe"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PosedSet:
    """What remains of a skinned set once the pictures are drawn."""

    heads_m: FloatArray
    pelvis: FloatArray
    thorax: FloatArray
    surface_m: dict[str, FloatArray]


class Recorder:
    """Collects the joints of every skinned frame."""

    def __init__(self, skeleton: Skeleton) -> None:
        """Start empty."""
        self._root, self._thorax = skeleton.index("root"), skeleton.index("spine01")
        self._frames: list[SkinnedFrame] = []

    def keep(self, frame: SkinnedFrame) -> None:
        """Keep the joints of a frame, not its mesh."""
        self._frames.append(replace(frame, vertices_m=np.empty((0, 3))))

    def finish(self) -> PosedSet:
        """All frames as arrays over time."""
        rotations = np.stack([frame.bone_rotations for frame in self._frames])
        return PosedSet(
            heads_m=np.stack([frame.bone_heads_m for frame in self._frames]),
            pelvis=rotations[:, self._root],
            thorax=rotations[:, self._thorax],
            surface_m={
                name: np.stack([frame.keypoints_m[label] for frame in self._frames])
                for name, label in SURFACE_POINTS.items()
            },
        )


def load_conventions() -> dict[str, str]:
    """What each field of the document means."""
    path = files("hingewise_validation") / "data" / "truth_conventions.toml"
    return dict(tomllib.loads(path.read_text("utf-8")))


def make_document(
    posed: PosedSet, samples: MovementSamples, *, movement: Movement, body: Body, camera: Camera, seed: int
) -> dict[str, Any]:
    """Truth document of one clip."""
    joints_m = _joints_m(posed, body, NEAR_SIDE)
    own_m, own_far_m = (
        {name: turn_to_front(points, posed.pelvis) for name, points in joints.items()}
        for joints in (joints_m | posed.surface_m, _joints_m(posed, body, FAR_SIDE))
    )
    begin, end = np.searchsorted(samples.time_s, samples.quiet_s).tolist()
    angles = compute_angles(own_m, posed.pelvis, posed.thorax, quiet=slice(begin, max(begin + 1, end)))
    details = compute_details(own_m, own_far_m)
    points_px = {name: camera.project_px(points) for name, points in (joints_m | posed.surface_m).items()}
    side = "left" if camera.mirrored else "right"
    return {
        "schema_version": 1,
        "conventions": load_conventions(),
        "movement": {
            "id": movement.id,
            "title": movement.title,
            "equipment": ", ".join(movement.equipment),
            "seed": seed,
        },
        "camera": asdict(camera),
        "view": {"near_side": side, "facing": side},
        "body": {
            "stature_m": round(body.stature_m, 3),
            "mass_kg": round(body.mass_kg, 1),
            "phenotype": asdict(body.phenotype),
            "segments_m": _segment_lengths_m(joints_m),
        },
        "n_frames": int(samples.time_s.size),
        "phase_threshold_deg": PHASE_THRESHOLD_DEG,
        "faults": [asdict(fault) for fault in movement.faults],
        "repetitions": _repetitions(movement, samples, angles.trunk_thigh_flexion_deg),
        "rejected": _rejected(samples),
        "frames": {"time_s": _rounded(samples.time_s, 4)}
        | {name: _rounded(values, 2) for name, values in asdict(angles).items()}
        | {name: _rounded(values, 3) for name, values in asdict(details).items()}
        | {"joints_px": {name: _rounded(values, 1) for name, values in points_px.items()}},
    }


def _joints_m(posed: PosedSet, body: Body, side: str) -> dict[str, FloatArray]:
    return {name: posed.heads_m[:, body.skeleton.index(f"{bone}.{side}")] for name, bone in BONE_JOINTS.items()}


def _repetitions(movement: Movement, samples: MovementSamples, flexion_deg: FloatArray) -> list[dict[str, Any]]:
    """Limits of every repetition and how much of its way was asked for."""
    windows_s = list(zip(samples.repetition_starts_s, samples.repetition_ends_s, strict=True))
    found = SEGMENT[movement.begins_at](samples.time_s, flexion_deg, windows_s)
    changes = [movement.change(times.number) for times in found]
    return [
        _rounded_times(asdict(times))
        | {
            "partial": change.partial,
            "depth_fraction": round(change.depth_fraction, 3),
            "lockout_fraction": round(change.lockout_fraction, 3),
        }
        for times, change in zip(found, changes, strict=True)
    ]


def _rejected(samples: MovementSamples) -> list[dict[str, Any]]:
    """Movement before and after the repetitions."""
    return [
        {"name": phase.name, "start_s": round(phase.begin_s, 3), "end_s": round(phase.end_s, 3)}
        for phase in samples.phases
        if phase.part != "repetition" and phase.moves
    ]


def save_document(document: dict[str, Any], path: Path) -> None:
    """Write the document with one line for each series."""
    lines = _layout(document, depth=0)
    path.write_text(lines + "\n", "utf-8")


def _layout(value: Any, depth: int) -> str:  # noqa: ANN401 - JSON value
    compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if not isinstance(value, dict) or not value or all(not isinstance(v, dict | list | str) for v in value.values()):
        return compact
    pad = " " * (depth + 1)
    body = ",\n".join(f"{pad}{json.dumps(key)}: {_layout(item, depth + 1)}" for key, item in value.items())
    return "{\n" + body + "\n" + " " * depth + "}"


def _segment_lengths_m(joints_m: dict[str, FloatArray]) -> dict[str, float]:
    pairs = {"trunk": ("hip", "shoulder"), "thigh": ("hip", "knee"), "shank": ("knee", "ankle")}
    return {
        name: round(float(np.linalg.norm(joints_m[first][0] - joints_m[second][0])), 3)
        for name, (first, second) in pairs.items()
    }


def _rounded(values: FloatArray, digits: int) -> list[Any]:
    return list((np.round(values, digits) + 0.0).tolist())


def _rounded_times(times: dict[str, Any]) -> dict[str, Any]:
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in times.items()}


def describe_repetitions(document: dict[str, Any]) -> Sequence[str]:
    """One line for each repetition: its phases in seconds."""
    return [
        f"repetition {r['number']}: {r['start_s']:.2f}-{r['end_s']:.2f} s"
        + _phase(r, "eccentric", "start_s", "bottom_start_s")
        + _phase(r, "bottom", "bottom_start_s", "bottom_end_s")
        + _phase(r, "concentric", "bottom_end_s", "top_s")
        + _phase(r, "lockout", "top_s", "end_s")
        for r in document["repetitions"]
    ]


def _phase(repetition: dict[str, Any], name: str, start: str, end: str) -> str:
    if repetition[start] is None or repetition[end] is None:
        return ""
    return f", {name} {repetition[end] - repetition[start]:.2f} s"
