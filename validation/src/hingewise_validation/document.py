"""The truth document that lies beside a synthetic clip."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hingewise_validation.body import Body, SkinnedFrame
from hingewise_validation.camera import Camera
from hingewise_validation.movement import Movement, MovementSamples
from hingewise_validation.rotations import FloatArray
from hingewise_validation.skeleton import Skeleton
from hingewise_validation.truth import PHASE_THRESHOLD_DEG, compute_angles, segment_repetitions

NEAR_SIDE = "R"
BONE_JOINTS = {
    "ankle": "foot",
    "knee": "lowerleg01",
    "hip": "upperleg01",
    "shoulder": "upperarm01",
    "elbow": "lowerarm01",
    "wrist": "wrist",
}
SURFACE_POINTS = {"ear": "right_ear", "heel": "right_heel", "toe": "right_big_toe"}
CONVENTIONS = {
    "source": "Everything is computed from the joint centres of the posed body, not from the commanded angles.",
    "sagittal_plane": "The body's own sagittal plane (forward, up), whatever the camera; near side (right) only.",
    "inclination": "Segment angle from vertical [deg]; positive when the proximal (upper) end is in front of the distal end.",
    "time_s": "Time of the frame [s], constant rate.",
    "trunk_inclination_deg": "Hip joint centre -> shoulder joint centre from vertical; forward lean +.",
    "thigh_inclination_deg": "Knee -> hip joint centre from vertical; hip in front of the knee +, so a hip that goes back is -.",
    "shank_inclination_deg": "Ankle -> knee joint centre from vertical; knee in front of the ankle +.",
    "knee_flexion_deg": "180 minus the included angle hip-knee-ankle; 0 straight; = shank - thigh inclination.",
    "trunk_thigh_flexion_deg": "180 minus the included angle shoulder-hip-knee; 0 straight, flexion +; = trunk - thigh inclination.",
    "lumbar_flexion_deg": "Sagittal rotation of the thorax bone (spine01) relative to the pelvis bone (root), zero = median of the quiet start; flexion +.",
    "joints_px": "Near-side points [px], x right, y down, origin at the outer corner of the top left pixel (a pixel's centre is at .5); heel, toe, ear are surface points, the others joint centres.",
    "repetitions": f"Limits by movement of trunk_thigh_flexion, threshold {PHASE_THRESHOLD_DEG:g} deg, interpolated between frames.",
    "start_s": "Flexion leaves the standing level by more than the threshold: the eccentric begins.",
    "bottom_start_s, bottom_end_s": "First and last moment within the threshold of the deepest flexion; bottom_s is their middle.",
    "top_s": "Lockout reached: flexion is back within the threshold of the standing level.",
    "end_s": "The lockout hold ends: start_s of the next repetition; for the last one the end of its commanded hold.",
    "axes_m": "World axes of camera: x = the lifter's left, -y = the lifter's front, z = up; floor z = 0, ankles y = 0.",
    "camera.yaw_deg": "0 = true side view of the right side; positive = camera moved towards the lifter's front.",
}


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

    def add(self, frame: SkinnedFrame) -> None:
        """Keep the joints of ``frame``, not its mesh."""
        self._frames.append(
            SkinnedFrame(
                vertices_m=np.empty((0, 3)),
                bone_heads_m=frame.bone_heads_m,
                bone_rotations=frame.bone_rotations,
                keypoints_m=frame.keypoints_m,
            )
        )

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


def make_document(
    posed: PosedSet, samples: MovementSamples, *, movement: Movement, body: Body, camera: Camera, seed: int
) -> dict[str, Any]:
    """Truth document of one clip."""
    joints_m = {
        name: posed.heads_m[:, body.skeleton.index(f"{bone}.{NEAR_SIDE}")] for name, bone in BONE_JOINTS.items()
    }
    quiet = slice(0, max(1, int(np.searchsorted(samples.time_s, movement.quiet_before_s))))
    angles = compute_angles(joints_m, posed.pelvis, posed.thorax, quiet=quiet)
    windows_s = list(zip(samples.repetition_starts_s, samples.repetition_ends_s, strict=True))
    repetitions = segment_repetitions(samples.time_s, angles.trunk_thigh_flexion_deg, windows_s)
    points_px = {name: camera.project_px(points) for name, points in (joints_m | posed.surface_m).items()}
    return {
        "schema_version": 1,
        "conventions": CONVENTIONS,
        "movement": {"id": movement.id, "title": movement.title, "equipment": movement.equipment, "seed": seed},
        "camera": asdict(camera),
        "view": {"near_side": "right", "facing": "right"},
        "body": {
            "stature_m": round(body.stature_m, 3),
            "mass_kg": round(body.mass_kg, 1),
            "phenotype": asdict(body.phenotype),
            "segments_m": _segment_lengths_m(joints_m),
        },
        "n_frames": int(samples.time_s.size),
        "repetitions": [_rounded_times(asdict(repetition)) for repetition in repetitions],
        "frames": {"time_s": _rounded(samples.time_s, 4)}
        | {name: _rounded(values, 2) for name, values in asdict(angles).items()}
        | {"joints_px": {name: _rounded(values, 1) for name, values in points_px.items()}},
    }


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
        f"repetition {r['number']}: {r['start_s']:.2f}-{r['end_s']:.2f} s, "
        f"eccentric {r['bottom_start_s'] - r['start_s']:.2f} s, bottom {r['bottom_end_s'] - r['bottom_start_s']:.2f} s, "
        f"concentric {r['top_s'] - r['bottom_end_s']:.2f} s, lockout {r['end_s'] - r['top_s']:.2f} s"
        for r in document["repetitions"]
    ]
