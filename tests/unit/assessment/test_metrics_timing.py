"""How long the parts of a repetition take: as long as in the movement that was filmed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.assessment.observation import Observation
from hingewise.repetitions.types import Phase
from tests.builders import STAND, Key, Script, Trouble, make_lifter
from tests.builders_assessment import (
    RATE_HZ,
    Film,
    Rep,
    lay_out,
    make_observation,
    observe_set,
    observe_track,
    read,
    times_of,
    values,
)
from tests.builders_sets import HINGE_BOTTOM, hinge, squat, swing, thrust

SETS: dict[str, Script] = {
    "hinge": hinge(3),
    "slow": hinge(3, tempo_s=(4.0, 1.0, 3.0, 1.0)),
    "dropped": hinge(3, tempo_s=(0.8, 0.3, 1.1, 0.8)),
    "squat": squat(3),
}
each_set = pytest.mark.parametrize("script", SETS.values(), ids=list(SETS))

TOLERANCE = 0.03
"""A phase ends where the hips are within this share of their range, but at least 3 degrees, of the
level that they come from or go to."""


def spans_s(script: Script, *, rising: bool) -> list[float]:
    """How long the hips of the exact lifter are between their levels, on each way."""
    motion = script.sample(1000.0)
    hip = motion.hip_deg if not rising else motion.hip_deg[::-1]
    most = hip.max()
    edge = max(3.0, TOLERANCE * most)
    between = (hip > edge) & (hip < most - edge)
    starts = np.flatnonzero(np.diff(between.astype(int)) == 1)
    ends = np.flatnonzero(np.diff(between.astype(int)) == -1)
    lengths = [float(b - a) / 1000.0 for a, b in zip(starts, ends, strict=True) if hip[b] > hip[a]]
    return lengths[::-1] if rising else lengths


@each_set
def test_the_way_down(script: Script) -> None:
    got = values(observe_set(script), "eccentric_s")
    assert got == pytest.approx(spans_s(script, rising=False), abs=0.05)


@each_set
def test_the_way_up(script: Script) -> None:
    got = values(observe_set(script), "concentric_s")
    assert got == pytest.approx(spans_s(script, rising=True), abs=0.06)


@pytest.mark.parametrize(
    "metric, kind", [("eccentric_s", "eccentric"), ("concentric_s", "concentric")]
)
def test_a_phase_that_the_film_does_not_show(metric: str, kind: str) -> None:
    """One set has no way down, the other no way up."""
    rep = Rep(eccentric_s=0.0) if metric == "eccentric_s" else Rep(concentric_s=0.0)
    (unseen,) = read(make_observation([rep]), metric)
    assert (unseen.seen, unseen.reason) == (False, f"the film does not show the {kind}")


@pytest.mark.parametrize("metric", ["eccentric_s", "concentric_s"])
def test_a_phase_is_less_sure_where_the_hips_are_in_doubt(metric: str) -> None:
    """Read from the coarse bend, or from an angle that plates or the view put in doubt."""
    films = (Film(), Film(signal="hip_bend"), Film(sd_deg=20.0))
    sure, coarse, doubted = (
        read(make_observation([Rep()], film=film), metric)[0] for film in films
    )
    assert sure.value == coarse.value == doubted.value == pytest.approx(1.0)
    assert 0.0 < sure.sd < min(coarse.sd, doubted.sd)


def test_a_phase_is_shown_where_it_is() -> None:
    seen = observe_set(hinge(3))
    for metric, kind in (("eccentric_s", Phase.ECCENTRIC), ("concentric_s", Phase.CONCENTRIC)):
        for measured, repetition in zip(
            read(seen, metric), seen.segmentation.repetitions, strict=True
        ):
            span = repetition.phase(kind)
            assert span is not None
            assert (measured.start_s, measured.end_s) == (span.start_s, span.end_s)


def surely(seen: Observation) -> Observation:
    """The same film, by a network that knows the hips well."""
    sd = {name: np.full(seen.time_s.size, 3.0) for name in seen.kinematics.sd_deg}
    return replace(seen, kinematics=replace(seen.kinematics, sd_deg=sd))


@pytest.mark.parametrize("lockout_s", [0.2, 0.5, 1.0, 2.0])
def test_the_hips_are_still_at_the_top(lockout_s: float) -> None:
    script = hinge(4, tempo_s=(2.0, 0.3, 1.1, lockout_s))
    motion_s = _between_repetitions_s(script)
    *holds, last = read(surely(observe_set(script)), "lockout_hold_s")
    assert [each.value for each in holds] == pytest.approx(motion_s, abs=0.12)
    assert not last.seen


def _between_repetitions_s(script: Script) -> list[float]:
    """Stillness after each repetition but the last; before the first one just stands."""
    motion = script.sample(1000.0)
    still = np.abs(np.gradient(motion.hip_deg, motion.time_s)) < 15.0
    still &= motion.hip_deg < 0.5 * motion.hip_deg.max()
    edges = np.flatnonzero(np.diff(np.concatenate([[0], still.astype(int), [0]])))
    lengths = [float(b - a) / 1000.0 for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return lengths[1:-1]


def test_a_slow_way_down_is_no_hold() -> None:
    """Nine seconds down at a steady ten degrees a second, straight from the top."""
    script = Script(keys=(Key(duration_s=1.5, pose=STAND),))
    for _ in range(3):
        script = script.then(
            Key(duration_s=9.0, pose=HINGE_BOTTOM, steady=True),
            Key(duration_s=0.3, pose=HINGE_BOTTOM),
            Key(duration_s=1.1, pose=STAND),
        )
    seen = surely(observe_set(script.then(Key(duration_s=2.0, pose=STAND))))
    assert all(each.value < 2.5 for each in read(seen, "lockout_hold_s")[:-1])


def test_the_last_repetition_has_no_hold() -> None:
    """Who has finished just stands, however long."""
    script = hinge(3, after_s=5.0)
    measured = read(surely(observe_set(script)), "lockout_hold_s")
    assert [each.seen for each in measured] == [True, True, False]
    assert "last repetition" in measured[-1].reason
    (only,) = read(make_observation([Rep()]), "lockout_hold_s")
    assert not only.seen


def test_hips_that_never_rest_at_the_top_do_not_hold() -> None:
    """They turn through the lockout at 40 degrees a second."""
    reps = [Rep(lockout_s=0.5), Rep()]
    time_s = times_of(lay_out(reps))
    first, second = (r.top_s for r in lay_out(reps))
    hip = np.interp(time_s, [0.0, first, first + 0.25, first + 0.5, second], [0, 10, 0, 10, 60])
    seen = make_observation(reps, angles={"trunk_thigh_flexion": hip, "trunk_inclination": hip})
    held = read(seen, "lockout_hold_s")[0]
    assert held.seen
    assert held.value < 0.15


@pytest.mark.parametrize("hold_s", [0.3, 0.6])
def test_a_hold_is_as_long_as_it_is(hold_s: float) -> None:
    """By hand: a second of slow turning around it is none of it."""
    reps = [Rep(lockout_s=1.0), Rep()]
    time_s = times_of(lay_out(reps))
    top = lay_out(reps)[0].top_s
    rate = np.where((time_s >= top) & (time_s < top + 1.0), 30.0, 90.0)
    rate[(time_s >= top + 0.2) & (time_s < top + 0.2 + hold_s)] = 0.0
    hip = np.cumsum(rate) / RATE_HZ
    seen = make_observation(reps, angles={"trunk_thigh_flexion": hip})
    assert read(seen, "lockout_hold_s")[0].value == pytest.approx(hold_s, abs=0.06)


def test_of_two_holds_at_the_top_the_longer_one_counts() -> None:
    """Between them the hips shift by a few degrees."""
    reps = [Rep(lockout_s=1.4), Rep()]
    time_s = times_of(lay_out(reps))
    top = lay_out(reps)[0].top_s
    rate = np.full(time_s.size, 90.0)
    for start_s, end_s, deg_s in ((0.1, 0.3, 0.0), (0.3, 0.5, 35.0), (0.5, 1.2, 0.0)):
        rate[(time_s >= top + start_s) & (time_s < top + end_s)] = deg_s
    seen = make_observation(reps, angles={"trunk_thigh_flexion": np.cumsum(rate) / RATE_HZ})
    held = read(seen, "lockout_hold_s")[0]
    assert held.value == pytest.approx(0.7, abs=0.15)
    assert held.start_s == pytest.approx(top + 0.5, abs=0.1)


def test_hidden_knees_leave_the_trunk_to_tell_the_hold() -> None:
    script = hinge(3, tempo_s=(2.0, 0.3, 1.1, 1.0))
    plain = read(surely(observe_set(script)), "lockout_hold_s")
    top_s = observe_set(script).segmentation.repetitions[0].top_s
    hidden = Trouble(hidden_s={"right_knee": (top_s + 0.2, top_s + 0.9)})
    seen = surely(observe_track(make_lifter(script, trouble=hidden)))
    assert read(seen, "lockout_hold_s")[0].value == pytest.approx(plain[0].value, abs=0.2)


def test_hidden_hips_hold_nothing() -> None:
    reps = [Rep(), Rep()]
    unseen = np.full(times_of(lay_out(reps)).size, np.nan)
    angles = {"trunk_thigh_flexion": unseen, "trunk_inclination": unseen}
    measured = read(make_observation(reps, angles=angles), "lockout_hold_s")[0]
    assert not measured.seen
    assert "hips are out of sight at the lockout" in measured.reason


def test_hips_in_doubt_hold_nothing_surely() -> None:
    sure, doubted = (
        read(make_observation([Rep(), Rep()], film=Film(sd_deg=sd)), "lockout_hold_s")[0]
        for sd in (3.0, 20.0)
    )
    assert sure.seen
    assert not doubted.seen
    assert doubted.reason


def test_swings_float_and_thrusts_hold() -> None:
    """The float of a swing is no lockout in name, but its top; a thrust holds at the far end."""
    floats = read(surely(observe_set(swing(5))), "lockout_hold_s")[:-1]
    held = read(surely(observe_set(thrust(4))), "lockout_hold_s")[:-1]
    assert all(0.0 < each.value < 0.3 for each in floats)
    assert all(0.8 < each.value < 1.2 for each in held)
