"""An exact synthetic lifter: sagittal angles over time in, a PoseTrack from any camera out.

The body is a chain of rigid segments with realistic widths, seen orthographically, so that every
angle, phase and count has a known value. ``builders_sets`` makes movements for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

import numpy as np

from hingewise.kinematics.lumbar import load_lumbar_rule
from hingewise.pose.dorsal import N_CONTOUR_POINTS, N_TRUNK_POINTS
from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS
from hingewise.pose.track import EstimatorInfo, PoseTrack
from hingewise.units import FloatArray
from tests.builders_back import bent_back

STATURE_M = 1.75
TRUNK_M, THIGH_M, SHANK_M = (share * STATURE_M for share in (0.2961, 0.2425, 0.2529))
BODY_M = TRUNK_M + THIGH_M + SHANK_M
UPPER_ARM_M, FOREARM_M, HEAD_M = 0.29, 0.26, 0.20
ANKLE_HEIGHT_M, HEEL_M, TOE_M = 0.08, 0.05, 0.15
HALF_SHOULDERS_M = 0.55 * TRUNK_M / 2
HALF_HIPS_M = 0.085
HALF_HEAD_M = 0.07

BELLY_DEPTH_M = 0.11
ALONG_BACK = np.arange(N_CONTOUR_POINTS) / (N_TRUNK_POINTS - 1)
STANDING_BACK = load_lumbar_rule().standing.mean
"""Profile of the standing back."""

GAIT_DEG = 25.0
STEP_M = 0.7
NEAR_CONFIDENCE, FAR_CONFIDENCE, HIDDEN_CONFIDENCE = 0.95, 0.75, 0.05

_HEAD_POINTS = {
    "nose": (0.11, 0.0),
    "left_eye_inner": (0.10, 0.2),
    "left_eye": (0.10, 0.4),
    "left_eye_outer": (0.09, 0.6),
    "right_eye_inner": (0.10, -0.2),
    "right_eye": (0.10, -0.4),
    "right_eye_outer": (0.09, -0.6),
    "left_ear": (0.0, 1.0),
    "right_ear": (0.0, -1.0),
    "mouth_left": (0.09, 0.3),
    "mouth_right": (0.09, -0.3),
}
"""How far before the ears, and how far out to the left in half head widths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """One position of the body; inclinations from vertical, positive when the upper end leads.

    ``back_bend_deg`` is the lumbar flexion that the outline of the back shows; ``place_m`` and
    ``toward_m`` are where the feet stand along the picture and towards the camera; heading 0 faces
    right, 90 the camera.
    """

    trunk_deg: float = 0.0
    thigh_deg: float = 0.0
    shank_deg: float = 0.0
    arm_deg: float = 0.0
    elbow_deg: float = 0.0
    head_deg: float = 0.0
    back_bend_deg: float = 0.0
    place_m: float = 0.0
    toward_m: float = 0.0
    heading_deg: float = 0.0

    @property
    def hip_deg(self) -> float:
        """Trunk-thigh flexion."""
        return self.trunk_deg - self.thigh_deg

    @property
    def knee_deg(self) -> float:
        """Knee flexion."""
        return self.shank_deg - self.thigh_deg

    def toward(self, other: Pose, share: float) -> Pose:
        """The position a share of the way to another one."""
        mine, its = (np.array([getattr(p, n) for n in POSE_FIELDS]) for p in (self, other))
        return Pose(**dict(zip(POSE_FIELDS, (mine + share * (its - mine)).tolist(), strict=True)))


POSE_FIELDS = tuple(f.name for f in fields(Pose))
STAND = Pose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A movement to a position: minimum jerk, or at a steady pace."""

    duration_s: float
    pose: Pose
    steady: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Motion:
    """Positions over time; each series has the shape (T,)."""

    time_s: FloatArray
    series: Mapping[str, FloatArray]

    @property
    def hip_deg(self) -> FloatArray:
        """True trunk-thigh flexion."""
        return self.series["trunk_deg"] - self.series["thigh_deg"]

    @property
    def knee_deg(self) -> FloatArray:
        """True knee flexion."""
        return self.series["shank_deg"] - self.series["thigh_deg"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A film's movement, defined at every time: a first position and movements from there."""

    keys: tuple[Key, ...]
    first: Pose = STAND

    @property
    def duration_s(self) -> float:
        """Length of the film."""
        return sum(key.duration_s for key in self.keys)

    @property
    def last(self) -> Pose:
        """Position at the end."""
        return self.keys[-1].pose if self.keys else self.first

    def then(self, *keys: Key) -> Script:
        """The same film, going on."""
        return replace(self, keys=(*self.keys, *keys))

    def at(self, time_s: FloatArray) -> Motion:
        """Positions at these times."""
        table = np.array([[getattr(p, n) for n in POSE_FIELDS] for p in self._poses])
        end_s = np.cumsum([0.0, *(key.duration_s for key in self.keys)])
        at = np.clip(np.searchsorted(end_s, time_s, side="right") - 1, 0, len(self.keys) - 1)
        share = np.clip((time_s - end_s[at]) / np.diff(end_s)[at], 0.0, 1.0)
        steady = np.array([key.steady for key in self.keys])[at]
        share = np.where(steady, share, share**3 * (10 - 15 * share + 6 * share**2))
        values = table[at] + share[:, np.newaxis] * (table[at + 1] - table[at])
        return Motion(time_s=time_s, series=dict(zip(POSE_FIELDS, values.T, strict=True)))

    def sample(self, rate_hz: float = 30.0) -> Motion:
        """Positions at an even frame rate."""
        return self.at(np.arange(int(self.duration_s * rate_hz) + 1) / rate_hz)

    @property
    def _poses(self) -> list[Pose]:
        return [self.first, *(key.pose for key in self.keys)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """How the film is taken. ``mirrored`` flips the picture; no distance means no perspective."""

    yaw_deg: float = 0.0
    roll_deg: float = 0.0
    mirrored: bool = False
    px_per_m: float = 250.0
    centre_px: tuple[float, float] = (480.0, 330.0)
    image_size_px: tuple[int, int] = (960, 640)
    distance_m: float = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is wrong with a track: noise, whole gaps, joints hidden between two times."""

    noise_px: float = 0.0
    seed: int = 0
    gaps_s: tuple[tuple[float, float], ...] = ()
    hidden_s: Mapping[str, tuple[float, float]] = field(default_factory=dict)


SIDE_VIEW = Camera()
NO_TROUBLE = Trouble()


def make_lifter(
    motion: Script | Motion,
    camera: Camera = SIDE_VIEW,
    trouble: Trouble = NO_TROUBLE,
    *,
    depth: bool = True,
    outline: bool = True,
) -> PoseTrack:
    """Film a movement; ``depth`` and ``outline`` say what the network gives beside keypoints."""
    motion = motion.sample() if isinstance(motion, Script) else motion
    points = _body(motion)
    heading = np.radians(motion.series["heading_deg"] + camera.yaw_deg)
    space = {name: _turn(point, heading) for name, point in points.items()}
    middle = (space["left_hip"] + space["right_hip"]) / 2
    order = [_mirror_name(n) if camera.mirrored else n for n in BLAZEPOSE_KEYPOINTS]
    world = _roll(np.stack([space[n] - middle for n in order], axis=1), camera)
    position = _project(np.stack([space[n] for n in order], axis=1), motion, camera)
    sides = np.stack([_outline(points, motion, sign) for sign in (-1.0, 1.0)], axis=1)
    sides = _project(_turn(sides, heading[:, np.newaxis, np.newaxis]), motion, camera)
    # The first outline is on the left hand of one who looks from shoulder to hip: who faces left.
    faces_left = (np.cos(heading) < 0) != camera.mirrored
    sides = np.where(faces_left[:, np.newaxis, np.newaxis, np.newaxis], sides, sides[:, ::-1])
    noise = np.random.default_rng(trouble.seed)
    position += noise.normal(0.0, trouble.noise_px, position.shape)
    world += noise.normal(0.0, trouble.noise_px / camera.px_per_m, world.shape)
    sides += noise.normal(0.0, trouble.noise_px, sides.shape)
    missing = _missing(motion, position, camera, trouble)
    for values in (position, world, sides):
        values[missing] = np.nan
    return PoseTrack(
        time_s=motion.time_s,
        position_px=position.astype(np.float32),
        confidence=_confidence(motion, world, trouble).astype(np.float32),
        keypoints=BLAZEPOSE_KEYPOINTS,
        image_size_px=camera.image_size_px,
        estimator=EstimatorInfo(name="exact", version="1", model_sha256=""),
        world_m=world.astype(np.float32) if depth else None,
        silhouette_px=sides.astype(np.float32) if outline else None,
    )


def _body(motion: Motion) -> dict[str, FloatArray]:
    """Keypoints in the body's axes: anterior, up, left. Each (T, 3)."""
    s = motion.series
    gait = _gait_deg(motion)
    chain: dict[str, tuple[FloatArray, FloatArray, FloatArray]] = {}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        thigh = s["thigh_deg"] + sign * gait
        knee = -THIGH_M * _along(thigh)
        ankle = knee - SHANK_M * _along(s["shank_deg"] + sign * gait)
        chain[side] = (np.zeros_like(knee), knee, ankle)
    ankles = np.stack([chain["left"][2], chain["right"][2]])
    root = np.stack(
        [-ankles[..., 0].mean(axis=0), ANKLE_HEIGHT_M - ankles[..., 1].min(axis=0)], axis=1
    )
    shoulder = root + TRUNK_M * _along(s["trunk_deg"])
    ear = shoulder + HEAD_M * _along(s["head_deg"])
    face = _along(s["head_deg"] + 90.0)
    points = {
        name: _place(ear + ahead * face, out * HALF_HEAD_M)
        for name, (ahead, out) in _HEAD_POINTS.items()
    }
    for side, sign in (("left", 1.0), ("right", -1.0)):
        hip, knee, ankle = (root + point for point in chain[side])
        elbow = shoulder - UPPER_ARM_M * _along(s["arm_deg"])
        wrist = elbow - FOREARM_M * _along(s["arm_deg"] - s["elbow_deg"])
        sole = np.array([0.0, -0.07])
        inner = {"hip": hip, "knee": knee, "ankle": ankle}
        inner |= {"heel": ankle + sole - [HEEL_M, 0.0], "foot_index": ankle + sole + [TOE_M, 0.0]}
        outer = {"shoulder": shoulder, "elbow": elbow, "wrist": wrist}
        outer |= dict.fromkeys(("pinky", "index", "thumb"), wrist)
        points |= {f"{side}_{n}": _place(p, sign * HALF_HIPS_M) for n, p in inner.items()}
        points |= {f"{side}_{n}": _place(p, sign * HALF_SHOULDERS_M) for n, p in outer.items()}
    return points


def _gait_deg(motion: Motion) -> FloatArray:
    """Legs swing against each other while the feet travel."""
    path = np.hypot(
        np.gradient(motion.series["place_m"], motion.time_s),
        np.gradient(motion.series["toward_m"], motion.time_s),
    )
    steps = np.cumsum(path * np.gradient(motion.time_s)) / STEP_M
    return np.asarray(
        GAIT_DEG * np.clip(path / 0.5, 0.0, 1.0) * np.sin(np.pi * steps), dtype=np.float64
    )


def _outline(points: dict[str, FloatArray], motion: Motion, sign: float) -> FloatArray:
    """Outline before (+) or behind (-) the trunk. Shape (T, C, 3)."""
    trunk_deg = motion.series["trunk_deg"]
    hip = (points["left_hip"] + points["right_hip"])[:, :2] / 2
    down, out = -_along(trunk_deg), sign * _along(trunk_deg + 90.0)
    shoulder = hip - TRUNK_M * down
    belly = np.full((hip.shape[0], N_CONTOUR_POINTS), BELLY_DEPTH_M / TRUNK_M)
    depth = (STANDING_BACK + _back_change(motion) if sign < 0 else belly)[..., np.newaxis]
    along = ALONG_BACK[:, np.newaxis] * down[:, np.newaxis]
    flat = shoulder[:, np.newaxis] + TRUNK_M * (along + depth * out[:, np.newaxis])
    return np.concatenate([flat, np.zeros_like(flat[..., :1])], axis=-1)


def _back_change(motion: Motion) -> FloatArray:
    """A change of the back's profile since its most upright that tells its bend to the rule."""
    bend, flexion = motion.series["back_bend_deg"], motion.hip_deg
    upright = np.abs(flexion).argmin()
    return bent_back(bend - bend[upright], flexion - flexion[upright])


def _along(inclination_deg: FloatArray) -> FloatArray:
    """Unit vectors (anterior, up) at these inclinations. Shape (T, 2)."""
    angle = np.radians(inclination_deg)
    return np.stack([np.sin(angle), np.cos(angle)], axis=-1)


def _place(flat: FloatArray, left_m: float) -> FloatArray:
    return np.column_stack([flat, np.full(len(flat), left_m)])


def _turn(body: FloatArray, heading: FloatArray) -> FloatArray:
    """From the body's axes to the camera's: x right, y down, z away."""
    ahead, up, left = body[..., 0], body[..., 1], body[..., 2]
    x = ahead * np.cos(heading) + left * np.sin(heading)
    z = left * np.cos(heading) - ahead * np.sin(heading)
    return np.stack([x, -up, z], axis=-1)


def _roll(space: FloatArray, camera: Camera) -> FloatArray:
    """Turn the picture clockwise, then flip it where it is mirrored."""
    c, s = np.cos(np.radians(camera.roll_deg)), np.sin(np.radians(camera.roll_deg))
    x, y = space[..., 0] * c - space[..., 1] * s, space[..., 0] * s + space[..., 1] * c
    return np.concatenate(
        [np.stack([-x if camera.mirrored else x, y], axis=-1), space[..., 2:]], axis=-1
    )


def _project(space: FloatArray, motion: Motion, camera: Camera) -> FloatArray:
    """Points over time in the picture; the lens stands one metre above the floor."""
    shape = (-1, *[1] * (space.ndim - 2))
    size = 1.0 / (1.0 - motion.series["toward_m"] / camera.distance_m)
    x = (space[..., 0] + motion.series["place_m"].reshape(shape)) * size.reshape(shape)
    y = (space[..., 1] + 1.0) * size.reshape(shape)
    flat = _roll(np.stack([x, y], axis=-1), camera)
    return np.asarray(np.array(camera.centre_px) + camera.px_per_m * flat, dtype=np.float64)


def _missing(
    motion: Motion, position: FloatArray, camera: Camera, trouble: Trouble
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Frames without a lifter: gaps, and where the hips are outside the picture."""
    rows = [BLAZEPOSE_KEYPOINTS.index(f"{side}_hip") for side in ("left", "right")]
    hip = position[:, rows].mean(axis=1)
    missing = ((hip < 0) | (hip > np.array(camera.image_size_px))).any(axis=1)
    for start_s, end_s in trouble.gaps_s:
        missing |= (motion.time_s >= start_s) & (motion.time_s < end_s)
    return np.asarray(missing, dtype=np.bool_)


def _confidence(motion: Motion, world: FloatArray, trouble: Trouble) -> FloatArray:
    """High on the side nearer to the camera, low where hidden, nothing where missing."""
    depth = np.nan_to_num(world[..., 2])
    near = np.where(depth > 1e-9, FAR_CONFIDENCE, NEAR_CONFIDENCE)
    for name, (start_s, end_s) in trouble.hidden_s.items():
        hidden = (motion.time_s >= start_s) & (motion.time_s < end_s)
        near[hidden, BLAZEPOSE_KEYPOINTS.index(name)] = HIDDEN_CONFIDENCE
    return np.where(np.isfinite(world[..., 0]), near, 0.0)


def _mirror_name(name: str) -> str:
    """The keypoint of the other side."""
    swap = {"left": "right", "right": "left"}
    return "_".join(swap.get(part, part) for part in name.split("_"))
