"""The channels of a movement over time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hingewise_validation.lifter.footsteps import Walk, walk_duration_s
from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.motion.movement import CHANNELS, DEFAULTS, SAME_AS, Movement, Phase, RepetitionChange

Part = Literal["prelude", "repetition", "postlude"]
TREMOR_HZ = 2.3
STILL = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTime:
    """When a phase was; ``number`` of its repetition, 0 outside."""

    part: Part
    number: int
    name: str
    to: str
    begin_s: float
    end_s: float
    moves: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MovementSamples:
    """Channels of a movement over time: ``values`` has shape (T, number of channels).

    ``quiet_s`` is the stand without movement, ``held_from_s`` and ``held_to_s`` when the hands take what they lift and
    when they let go.
    """

    time_s: FloatArray
    values: FloatArray
    repetition_starts_s: tuple[float, ...]
    repetition_ends_s: tuple[float, ...]
    phases: tuple[PhaseTime, ...] = ()
    walks: tuple[Walk, ...] = ()
    quiet_s: tuple[float, float] = (0.0, 0.0)
    held_from_s: float = 0.0
    held_to_s: float = float("inf")
    bottoms_s: tuple[float, ...] = ()
    arms_swing: bool = True

    def channel(self, name: str) -> FloatArray:
        """One channel over time. Shape (T,)."""
        return np.asarray(self.values[:, CHANNELS.index(name)])

    def with_channel(self, **channels: FloatArray) -> "MovementSamples":
        """The same with other values in some channels."""
        values = self.values.copy()
        for name, column in channels.items():
            values[:, CHANNELS.index(name)] = column
        return replace(self, values=values)

    def at(self, indices: NDArray[np.int64]) -> "MovementSamples":
        """Some of the frames."""
        return replace(self, time_s=self.time_s[indices], values=self.values[indices])


@dataclass(frozen=True, slots=True)
class _Keyframe:
    time_s: float
    posture: FloatArray
    ramp_fraction: float = 0.5
    lag_fractions: Mapping[str, float] = field(default_factory=dict)
    hump: FloatArray | None = None
    tremor: FloatArray | None = None


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
    timeline = _Timeline(movement, rng, np.random.default_rng([seed, 2]))
    keyframes = list(timeline.run())
    end_s = keyframes[-1].time_s
    late = np.random.default_rng([seed, 1]).uniform(-0.5, 0.5, round(end_s * rate_hz)) * rate_jitter
    time_s = np.maximum(np.arange(late.size) + late, 0.0) / rate_hz
    values = np.tile(keyframes[0].posture, (time_s.size, 1))
    for before, after in pairwise(keyframes):
        inside = time_s >= before.time_s
        fraction = (time_s[inside] - before.time_s) / max(after.time_s - before.time_s, STILL)
        progress = _progress(fraction, after)
        values[inside] = before.posture + progress * (after.posture - before.posture) + _extra(fraction, before, after)
    values[:, 0] += _sway(time_s, movement.variability.sway_deg, rng)
    starts_s, ends_s = timeline.windows_s()
    return MovementSamples(
        time_s=time_s,
        values=values,
        repetition_starts_s=starts_s,
        repetition_ends_s=ends_s,
        phases=tuple(timeline.phases),
        walks=tuple(timeline.walks),
        quiet_s=timeline.quiet_s or (0.0, movement.quiet_before_s),
        held_from_s=timeline.first_s if movement.grips_after_prelude else 0.0,
        held_to_s=timeline.last_s if movement.grips_after_prelude and movement.postlude else float("inf"),
        bottoms_s=timeline.bottoms_s(),
        arms_swing=movement.stance.hands == "free",
    )


def _progress(fraction: FloatArray, keyframe: _Keyframe) -> FloatArray:
    """Share of the way done for every channel. Shape (T, number of channels)."""
    columns = []
    for channel in CHANNELS:
        lag = keyframe.lag_fractions.get(channel, keyframe.lag_fractions.get(SAME_AS.get(channel, ""), 0.0))
        waited = (fraction - max(lag, 0.0)) / (1 - abs(lag))
        columns.append(ramped_progress(np.clip(waited, 0, 1), keyframe.ramp_fraction))
    return np.stack(columns, axis=-1)


def _extra(fraction: FloatArray, before: _Keyframe, after: _Keyframe) -> FloatArray | float:
    """What comes and goes within a phase."""
    extra: FloatArray | float = 0.0
    envelope = np.sin(np.pi * np.clip(fraction, 0, 1)) ** 2
    if after.hump is not None:
        extra = envelope[:, None] * after.hump
    if after.tremor is not None:
        turns = np.clip(fraction, 0, 1) * (after.time_s - before.time_s) * TREMOR_HZ
        extra = extra + (np.sqrt(envelope) * np.sin(2 * np.pi * turns))[:, None] * after.tremor
    return extra


class _Timeline:
    """Goes through a movement once and notes what happens when."""

    def __init__(self, movement: Movement, rng: np.random.Generator, more: np.random.Generator) -> None:
        self.movement, self._rng, self._more = movement, rng, more
        self.phases: list[PhaseTime] = []
        self.walks: list[Walk] = []
        self.quiet_s: tuple[float, float] | None = None
        self.first_s, self.last_s = 0.0, 0.0
        self._now_s = 0.0
        self._here = self._vector(movement.opening)

    def run(self) -> Iterator[_Keyframe]:
        """Every keyframe, in order."""
        movement = self.movement
        yield _Keyframe(0.0, self._here)
        self._now_s = movement.quiet_before_s
        yield _Keyframe(self._now_s, self._here)
        for phase in movement.prelude:
            yield from self._aside(phase, "prelude")
        self.first_s = self._now_s
        for number in range(1, movement.n_repetitions + 1):
            yield from self._repetition(number)
        last = self._vector(movement.first_posture) if movement.n_repetitions else self._here
        if movement.settle_s > 0:
            self._now_s += movement.settle_s
            yield _Keyframe(self._now_s, last)
        self._now_s += movement.quiet_after_s
        self._here = last
        yield _Keyframe(self._now_s, last)
        self.last_s = self._now_s
        for phase in movement.postlude:
            yield from self._aside(phase, "postlude")

    def windows_s(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Commanded begin and end of every repetition."""
        times = [phase for phase in self.phases if phase.part == "repetition"]
        numbers = range(1, self.movement.n_repetitions + 1)
        starts_s = tuple(min(p.begin_s for p in times if p.number == number) for number in numbers)
        ends_s = tuple(max(p.end_s for p in times if p.number == number) for number in numbers)
        if self.movement.begins_at == "floor":
            ends_s = tuple(max(p.end_s for p in times if p.number == n and p.to == self.movement.top) for n in numbers)
            starts_s = starts_s[:1] + ends_s[:-1]
        return starts_s, ends_s

    def bottoms_s(self) -> tuple[float, ...]:
        """When the lifter has just arrived at a bottom."""
        bottom = self.movement.bottom
        return tuple(phase.end_s for phase in self.phases if phase.to == bottom and phase.moves)

    def _vector(self, posture: str) -> FloatArray:
        channels = self.movement.postures[posture]
        full = {SAME: channels[near] for SAME, near in SAME_AS.items()} | DEFAULTS | dict(channels)
        return np.array([full[channel] for channel in CHANNELS], dtype=np.float64)

    def _aside(self, phase: Phase, part: Part) -> Iterator[_Keyframe]:
        """A phase outside the repetitions."""
        begin_s, posture = self._now_s, self._vector(phase.to)
        walk = phase.walk
        self._now_s += phase.duration_s if walk is None else walk_duration_s(walk)
        if walk is not None:
            self.walks.append(replace(walk, begin_s=begin_s))
        if phase.quiet:
            self.quiet_s = (begin_s, self._now_s)
        self._note(part, 0, phase, begin_s, posture, moves=walk is not None)
        yield _Keyframe(self._now_s, posture, phase.ramp_fraction, phase.lag_fractions)

    def _note(
        self, part: Part, number: int, phase: Phase, begin_s: float, posture: FloatArray, *, moves: bool = False
    ) -> None:
        moves = moves or bool(np.abs(posture - self._here).max() > STILL)
        self.phases.append(
            PhaseTime(
                part=part,
                number=number,
                name=phase.name,
                to=phase.to,
                begin_s=begin_s,
                end_s=self._now_s,
                moves=moves,
            )
        )
        self._here = posture

    def _repetition(self, number: int) -> Iterator[_Keyframe]:
        movement, change = self.movement, self.movement.change(number)
        variability = movement.variability
        tired = (number - 1) / max(movement.n_repetitions - 1, 1)
        deeper_deg = self._rng.uniform(-variability.depth_deg, variability.depth_deg)
        soft_deg = self._more.uniform(-variability.lockout_deg, variability.lockout_deg)
        slower = 1 + variability.tired_tempo_fraction * tired
        for phase in movement.phases:
            spread = variability.tempo_fraction
            tempo = (1 + self._rng.uniform(-spread, spread)) * slower * change.duration_factors.get(phase.name, 1.0)
            posture = self._target(phase.to, change, deeper_deg, tired)
            if phase.to == movement.top:
                posture[0] += soft_deg
            begin_s, start = self._now_s, self._here
            yield from self._travel(phase, change, start, posture, phase.duration_s * tempo)
            self._note("repetition", number, phase, begin_s, posture)

    def _travel(
        self, phase: Phase, change: RepetitionChange, start: FloatArray, posture: FloatArray, duration_s: float
    ) -> Iterator[_Keyframe]:
        adds = change.lag_adds.get(phase.name, {})
        lags = {
            channel: float(np.clip(phase.lag_fractions.get(channel, 0.0) + adds.get(channel, 0.0), -0.8, 0.8))
            for channel in {**phase.lag_fractions, **adds}
        }
        hump, tremor = (_channels(kind.get(phase.name)) for kind in (change.humps, change.tremors))
        share, wait_s = change.pauses.get(phase.name, (0.0, 0.0))
        if 0 < share < 1:
            self._now_s += 0.5 * duration_s
            halted = start + share * (posture - start)
            yield _Keyframe(self._now_s, halted, phase.ramp_fraction, lags)
            self._now_s += wait_s
            yield _Keyframe(self._now_s, halted)
            duration_s = 0.5 * duration_s
        self._now_s += duration_s
        yield _Keyframe(self._now_s, posture, phase.ramp_fraction, lags, hump, tremor)
        if share >= 1:
            self._now_s += wait_s
            yield _Keyframe(self._now_s, posture)

    def _target(self, name: str, change: RepetitionChange, deeper_deg: float, tired: float) -> FloatArray:
        """The posture of a phase as this repetition has it: so much of the way, and what goes wrong on top."""
        movement = self.movement
        posture, first, fraction = self._vector(name), self._vector(movement.first_posture), 1.0
        if name == movement.depth_posture and deeper_deg:
            fraction += deeper_deg / (posture[0] - first[0])
        if name == movement.bottom:
            missed = change.depth_fraction * (1 - movement.variability.tired_depth_fraction * tired)
            first, fraction = (first, fraction) if missed == 1.0 else (self._vector(movement.top), fraction * missed)
        elif name == movement.top:
            fraction *= change.lockout_fraction
            first = self._vector(movement.bottom)
        if fraction != 1.0:
            posture = first + (posture - first) * fraction
        added = _channels(change.add.get(name))
        return posture if added is None else posture + added


def _channels(values: Mapping[str, float] | None) -> FloatArray | None:
    """Additions in the order of the channels; what is added to the near arm is added to the far one."""
    if not values:
        return None
    full = {far: values.get(near, 0.0) for far, near in SAME_AS.items()} | dict(values)
    return np.array([full.get(channel, 0.0) for channel in CHANNELS], dtype=np.float64)


def _sway(time_s: FloatArray, amplitude_deg: float, rng: np.random.Generator) -> FloatArray:
    """Slow postural sway: three sines of irrational frequency ratios."""
    phases_rad = rng.uniform(0, 2 * np.pi, 3)
    rates_hz = np.array([0.17, 0.29, 0.47])
    waves = np.sin(2 * np.pi * time_s[:, None] * rates_hz + phases_rad)
    return np.asarray(amplitude_deg * waves.mean(axis=1))
