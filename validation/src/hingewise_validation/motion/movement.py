"""A movement: postures, the phases that join them, and its sampling over time."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from hingewise_validation.lifter.rotations import FloatArray

CHANNELS = (
    "trunk_inclination_deg",
    "knee_flexion_deg",
    "lumbar_flexion_deg",
    "neck_extension_deg",
    "arm_inclination_deg",
    "elbow_flexion_deg",
    "com_forward_m",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """Travel to posture ``to``; ``ramp_fraction`` of the duration speeds up, the same slows down.

    Channels in ``lag_fractions`` wait for that share of the duration; a negative lag arrives that much earlier.
    """

    name: str
    to: str
    duration_s: float
    ramp_fraction: float = 0.5
    lag_fractions: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variability:
    """Seeded differences between repetitions, uniform within these limits."""

    tempo_fraction: float = 0.0
    depth_deg: float = 0.0
    sway_deg: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What stays the same through the set."""

    abduction_deg: float
    toe_out_deg: float
    grip_half_width_m: float
    support: Literal["feet", "shoulders"] = "feet"
    shoulder_height_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A set of repetitions of one exercise."""

    id: str
    title: str
    equipment: str
    n_repetitions: int
    quiet_before_s: float
    quiet_after_s: float
    first_posture: str
    depth_posture: str
    stance: Stance
    variability: Variability
    postures: Mapping[str, Mapping[str, float]]
    phases: tuple[Phase, ...]
    settle_s: float = 0.0
    begins_at: Literal["lockout", "bottom"] = "lockout"
    look_forward_m: float = -0.14

    def __post_init__(self) -> None:
        """Check that postures are complete and phases name known postures."""
        for name, posture in self.postures.items():
            if missing := set(CHANNELS) ^ set(posture):
                raise ValueError(f"posture {name!r} of {self.id!r}: missing or unknown channels {sorted(missing)}")
        named = {self.first_posture, self.depth_posture, *(phase.to for phase in self.phases)}
        if unknown := named - set(self.postures):
            raise ValueError(f"movement {self.id!r}: unknown postures {sorted(unknown)}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MovementSamples:
    """Channels of a movement over time: ``values`` has shape (T, number of channels)."""

    time_s: FloatArray
    values: FloatArray
    repetition_starts_s: tuple[float, ...]
    repetition_ends_s: tuple[float, ...]

    def channel(self, name: str) -> FloatArray:
        """One channel over time. Shape (T,)."""
        return np.asarray(self.values[:, CHANNELS.index(name)])


@dataclass(frozen=True, slots=True)
class _Keyframe:
    time_s: float
    posture: FloatArray
    ramp_fraction: float = 0.5
    lag_fractions: Mapping[str, float] = field(default_factory=dict)


def list_movements() -> list[str]:
    """Names of the movements in the package."""
    folder = files("hingewise_validation") / "data" / "movements"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def load_movement(name: str) -> Movement:
    """Movement of the package by its name."""
    path = files("hingewise_validation") / "data" / "movements" / f"{name}.toml"
    if not path.is_file():
        raise ValueError(f"expected one of {list_movements()}, got {name!r}")
    return parse_movement(tomllib.loads(path.read_text("utf-8")))


def parse_movement(document: Mapping[str, Any]) -> Movement:
    """Movement from its TOML document."""
    fields = dict(document)
    return Movement(
        stance=Stance(**fields.pop("stance")),
        variability=Variability(**fields.pop("variability", {})),
        phases=tuple(Phase(**phase) for phase in fields.pop("phase")),
        postures=fields.pop("posture"),
        **fields,
    )


def ramped_progress(fraction: FloatArray, ramp_fraction: float) -> FloatArray:
    """Share of the way done after ``fraction`` of the time, from rest to rest.

    Speed rises along a smoothstep over ``ramp_fraction`` of the time, stays, and falls likewise; 0.5 gives a
    bell-shaped speed close to minimum jerk.
    """
    ramp = float(np.clip(ramp_fraction, 1e-3, 0.5))
    near_end = np.minimum(fraction, 1 - fraction)
    u = np.clip(near_end / ramp, 0, 1)
    travelled = ramp * (u**3 - u**4 / 2) + np.maximum(near_end - ramp, 0)
    travelled = travelled / (1 - ramp)
    return np.asarray(np.where(fraction <= 0.5, travelled, 1 - travelled))


def sample_movement(movement: Movement, *, rate_hz: float, seed: int, rate_jitter: float = 0.0) -> MovementSamples:
    """Sample every channel, with seeded variability between repetitions.

    Frames come ``rate_hz`` a second, each early or late by up to half of ``rate_jitter`` of a frame.
    """
    rng = np.random.default_rng(seed)
    keyframes = list(_keyframes(movement, rng))
    end_s = keyframes[-1].time_s
    late = np.random.default_rng([seed, 1]).uniform(-0.5, 0.5, round(end_s * rate_hz)) * rate_jitter
    time_s = np.maximum(np.arange(late.size) + late, 0.0) / rate_hz
    values = np.tile(keyframes[0].posture, (time_s.size, 1))
    for before, after in pairwise(keyframes):
        inside = time_s >= before.time_s
        fraction = (time_s[inside] - before.time_s) / max(after.time_s - before.time_s, 1e-9)
        progress = _progress(fraction, after)
        values[inside] = before.posture + progress * (after.posture - before.posture)
    values[:, 0] += _sway(time_s, movement.variability.sway_deg, rng)
    n_moving = movement.n_repetitions * len(movement.phases)
    limits_s = tuple(frame.time_s for frame in keyframes[1 : n_moving + 2 : len(movement.phases)])
    return MovementSamples(
        time_s=time_s, values=values, repetition_starts_s=limits_s[:-1], repetition_ends_s=limits_s[1:]
    )


def _progress(fraction: FloatArray, keyframe: _Keyframe) -> FloatArray:
    """Share of the way done for every channel. Shape (T, number of channels)."""
    columns = []
    for channel in CHANNELS:
        lag = keyframe.lag_fractions.get(channel, 0.0)
        waited = (fraction - max(lag, 0.0)) / (1 - abs(lag))
        columns.append(ramped_progress(np.clip(waited, 0, 1), keyframe.ramp_fraction))
    return np.stack(columns, axis=-1)


def _keyframes(movement: Movement, rng: np.random.Generator) -> Iterator[_Keyframe]:
    first = _vector(movement, movement.first_posture)
    yield _Keyframe(0.0, first)
    now_s = movement.quiet_before_s
    yield _Keyframe(now_s, first)
    variability, depth = movement.variability, _vector(movement, movement.depth_posture)
    for _ in range(movement.n_repetitions):
        deeper_deg = rng.uniform(-variability.depth_deg, variability.depth_deg)
        for phase in movement.phases:
            now_s += phase.duration_s * (1 + rng.uniform(-variability.tempo_fraction, variability.tempo_fraction))
            posture = _vector(movement, phase.to)
            if phase.to == movement.depth_posture and deeper_deg:
                posture = first + (depth - first) * (1 + deeper_deg / (depth[0] - first[0]))
            yield _Keyframe(now_s, posture, phase.ramp_fraction, phase.lag_fractions)
    if movement.settle_s > 0:
        now_s += movement.settle_s
        yield _Keyframe(now_s, first)
    yield _Keyframe(now_s + movement.quiet_after_s, first)


def _vector(movement: Movement, posture: str) -> FloatArray:
    return np.array([movement.postures[posture][channel] for channel in CHANNELS], dtype=np.float64)


def _sway(time_s: FloatArray, amplitude_deg: float, rng: np.random.Generator) -> FloatArray:
    """Slow postural sway: three sines of irrational frequency ratios."""
    phases_rad = rng.uniform(0, 2 * np.pi, 3)
    rates_hz = np.array([0.17, 0.29, 0.47])
    waves = np.sin(2 * np.pi * time_s[:, None] * rates_hz + phases_rad)
    return np.asarray(amplitude_deg * waves.mean(axis=1))
