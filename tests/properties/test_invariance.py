"""What must not matter does not: mirror, place, tilt, size, clock, frame rate, noise, slowness."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hingewise.app.measure_set import MeasuredSet, measure_set
from hingewise.pose.track import PoseTrack
from hingewise.units import FloatArray
from tests.builders import NO_TROUBLE, SIDE_VIEW, Camera, Motion, Script, Trouble, make_lifter
from tests.builders_sets import (
    cable_visit,
    deadlift,
    hinge,
    squat,
    swing,
    thrust_from_standing,
    walk,
)

SETS: dict[str, Script] = {
    "hinge": hinge(3, depths=(1.0, 0.5, 1.0)),
    "deadlift": deadlift(3),
    "squat": squat(3),
    "swing": swing(6),
    "thrust": thrust_from_standing(3),
    "cable": cable_visit(3),
    "walk": walk(1.2),
}
MODERATE = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
Verdict = tuple[int, tuple[str, ...], str, str, tuple[str, ...]]


def measure(track: PoseTrack) -> MeasuredSet:
    return measure_set(track, exercise=None, stature_m=None, name="film")


def verdict(measured: MeasuredSet) -> Verdict:
    """Counts, kinds of partial and rejected movements, family and view."""
    found = measured.segmentation
    return (
        found.n_repetitions,
        tuple(r.partial_reason for r in found.repetitions if r.partial),
        found.recognition.family.value,
        measured.view.verdict,
        tuple(r.reason for r in found.rejected if "degrees" not in r.reason),
    )


def bottoms(measured: MeasuredSet, name: str = "trunk_thigh_flexion") -> FloatArray:
    """The angle at each bottom."""
    times = [r.bottom_s for r in measured.segmentation.repetitions]
    series = measured.kinematics.angle_deg[name]
    return np.interp(times, measured.track.time_s, series) if times else np.zeros(0)


BASE = {name: measure(make_lifter(script)) for name, script in SETS.items()}
names = pytest.mark.parametrize("name", SETS)


@names
def test_mirror(name: str) -> None:
    """Facing left or right gives the same numbers."""
    mirrored = measure(make_lifter(SETS[name], Camera(mirrored=True)))
    assert verdict(mirrored) == verdict(BASE[name])
    assert mirrored.view.near_side != BASE[name].view.near_side
    for angle, series in BASE[name].kinematics.angle_deg.items():
        np.testing.assert_allclose(mirrored.kinematics.angle_deg[angle], series, atol=0.02)


@names
@MODERATE
@given(x=st.floats(-40, 40), y=st.floats(-60, 40), px_per_m=st.floats(70, 235))
def test_place_and_size(name: str, x: float, y: float, px_per_m: float) -> None:
    """Nearer, farther or elsewhere in the picture; half a second at the edge may go unseen."""
    camera = Camera(centre_px=(480 + x, 330 + y), px_per_m=px_per_m)
    moved = measure(make_lifter(SETS[name], camera))
    assert verdict(moved) == verdict(BASE[name])
    assert bottoms(moved) == pytest.approx(bottoms(BASE[name]), abs=0.3)


@names
@MODERATE
@given(shift_s=st.floats(0.001, 5000.0))
def test_the_clock(name: str, shift_s: float) -> None:
    """A film that starts at another time: every time moves by that and nothing else changes."""
    motion = SETS[name].sample()
    shifted = measure(make_lifter(replace(motion, time_s=motion.time_s + shift_s)))
    assert verdict(shifted) == verdict(BASE[name])
    for one, other in zip(
        shifted.segmentation.repetitions, BASE[name].segmentation.repetitions, strict=True
    ):
        assert one.tempo_s == pytest.approx(other.tempo_s, abs=1e-4)
        assert one.top_s - shift_s == pytest.approx(other.top_s, abs=1e-4)
    assert bottoms(shifted) == pytest.approx(bottoms(BASE[name]), abs=0.01)


@names
@MODERATE
@given(roll_deg=st.floats(-7, 7), mirrored=st.booleans())
def test_a_tilted_camera(name: str, roll_deg: float, mirrored: bool) -> None:
    """Counted and recognised as before; angles from the vertical move by a fifth of the tilt.

    The walk shows nobody standing: there the whole tilt stays, and the spread says so.
    """
    tilted = measure(make_lifter(SETS[name], Camera(roll_deg=roll_deg, mirrored=mirrored)))
    assert verdict(tilted) == verdict(BASE[name])
    found = tilted.kinematics.vertical.found
    assert found == (name != "walk")
    for angle, series in tilted.kinematics.angle_deg.items():
        left_deg = 0.0 if "inclination" not in angle else 0.2 if found else 1.0
        turned = series - BASE[name].kinematics.angle_deg[angle]
        shift = np.abs((turned + 180.0) % 360.0 - 180.0)[np.isfinite(turned)]
        assert shift.size or (name, angle) == ("walk", "lumbar_flexion")
        left_deg *= abs(roll_deg)
        assert not shift.size or np.median(shift) == pytest.approx(left_deg, abs=0.1)
        assert shift.max(initial=0.0) < left_deg + 0.6


@names
@pytest.mark.parametrize("rate_hz", [24.0, 50.0, 60.0, 120.0, 240.0])
def test_frame_rate(name: str, rate_hz: float) -> None:
    other = measure(make_lifter(SETS[name].sample(rate_hz)))
    assert verdict(other) == verdict(BASE[name])
    assert bottoms(other) == pytest.approx(bottoms(BASE[name]), abs=1.5)
    for one, base in zip(
        other.segmentation.repetitions, BASE[name].segmentation.repetitions, strict=True
    ):
        assert one.top_s == pytest.approx(base.top_s, abs=0.07)


@names
@MODERATE
@given(seed=st.integers(0, 10_000), rate_hz=st.floats(24, 60))
def test_uneven_frames(name: str, seed: int, rate_hz: float) -> None:
    """Variable frame rate: steps between 40 % and 160 % of the mean."""
    script = SETS[name]
    step = np.random.default_rng(seed).uniform(0.4, 1.6, int(script.duration_s * rate_hz)) / rate_hz
    time_s = np.concatenate([[0.0], np.cumsum(step)])
    uneven = measure(make_lifter(script.at(time_s[time_s <= script.duration_s])))
    assert verdict(uneven) == verdict(BASE[name])
    assert bottoms(uneven) == pytest.approx(bottoms(BASE[name]), abs=2.0)


@names
@MODERATE
@given(seed=st.integers(0, 10_000), noise_px=st.floats(0.1, 3.0))
def test_noise(name: str, seed: int, noise_px: float) -> None:
    """Up to three pixels on each landmark, of a body 346 pixels long."""
    noisy = measure(make_lifter(SETS[name], SIDE_VIEW, Trouble(noise_px=noise_px, seed=seed)))
    assert verdict(noisy) == verdict(BASE[name])
    assert bottoms(noisy) == pytest.approx(bottoms(BASE[name]), abs=1.5 + 2.0 * noise_px)


@names
@MODERATE
@given(yaw_deg=st.floats(-90, 90), mirrored=st.booleans())
def test_counts_from_every_side(name: str, yaw_deg: float, mirrored: bool) -> None:
    seen = measure(make_lifter(SETS[name], Camera(yaw_deg=yaw_deg, mirrored=mirrored)))
    assert verdict(seen)[:3] == verdict(BASE[name])[:3]


@names
@MODERATE
@given(start_s=st.floats(0.0, 1.0), gap_s=st.floats(0.05, 0.3), every_s=st.floats(1.1, 3.0))
def test_short_absences(name: str, start_s: float, gap_s: float, every_s: float) -> None:
    """The lifter is lost for a moment again and again."""
    starts = np.arange(start_s, SETS[name].duration_s, every_s)
    trouble = Trouble(gaps_s=tuple((float(s), float(s) + gap_s) for s in starts))
    seen = measure(make_lifter(SETS[name], SIDE_VIEW, trouble))
    assert verdict(seen)[:3] == verdict(BASE[name])[:3]


@pytest.mark.parametrize("factor", [2.0, 4.0, 8.0])
@pytest.mark.parametrize("name", sorted(set(SETS) - {"swing"}))
def test_slow_motion_keeps_counts(name: str, factor: float) -> None:
    """A film that plays slower shows as many repetitions, and tells of its slowness or not."""
    motion = SETS[name].sample()
    slow = measure(make_lifter(Motion(time_s=motion.time_s * factor, series=motion.series)))
    assert verdict(slow)[:3] == verdict(BASE[name])[:3]


def test_a_swing_in_slow_motion_keeps_its_repetitions() -> None:
    """That they swing cannot be seen any more, so lifting and setting down may count as well."""
    motion = SETS["swing"].sample()
    slow = measure(make_lifter(Motion(time_s=motion.time_s * 4.0, series=motion.series)))
    assert slow.segmentation.n_repetitions >= BASE["swing"].segmentation.n_repetitions


@MODERATE
@given(
    speed_m_s=st.floats(0.25, 3.5),
    heading_deg=st.floats(0, 359),
    yaw_deg=st.floats(-90, 90),
    seed=st.integers(0, 1000),
)
def test_walkers_count_nothing(
    speed_m_s: float, heading_deg: float, yaw_deg: float, seed: int
) -> None:
    """Any speed, any direction, any camera."""
    script = walk(speed_m_s, heading_deg=heading_deg)
    camera = Camera(yaw_deg=yaw_deg, distance_m=5.0)
    measured = measure(make_lifter(script, camera, Trouble(noise_px=2.0, seed=seed)))
    assert measured.segmentation.repetitions == ()


@MODERATE
@given(
    depths=st.lists(st.floats(0.85, 1.15), min_size=1, max_size=8),
    tempo_s=st.tuples(
        st.floats(0.8, 5.0), st.floats(0.0, 2.0), st.floats(0.6, 4.0), st.floats(0.1, 3.0)
    ),
)
def test_any_tempo_and_uneven_depths(
    depths: list[float], tempo_s: tuple[float, float, float, float]
) -> None:
    script = hinge(depths=tuple(depths), tempo_s=tempo_s)
    found = measure(make_lifter(script, SIDE_VIEW, NO_TROUBLE)).segmentation
    assert (found.n_repetitions, found.n_partial) == (len(depths), 0)
