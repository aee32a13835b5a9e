"""Phase limits within one frame of their definition, on exact data."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from hingewise.kinematics.movement import compute_movement
from hingewise.repetitions.phases import TOLERANCE_DEG, TOLERANCE_SHARE, find_phases
from hingewise.repetitions.segmenter import count_repetitions
from hingewise.repetitions.types import Family, Phase, SetSegmentation
from hingewise.signal.filtering import smooth
from tests.builders import STAND, Key, Motion, Script, Trouble, make_lifter
from tests.builders_sets import (
    HINGE_BOTTOM,
    SetPlan,
    cable_visit,
    deadlift,
    hinge,
    make_set,
    quiet,
    swing,
    thrust,
    thrust_from_standing,
)

RATE_HZ = 60.0
FRAME_S = 1 / RATE_HZ
BEFORE_S = 1.5


def segment(
    film: Script | Motion, *, noise_deg: float = 0.0, hide_s: tuple[float, float] = (0, 0)
) -> SetSegmentation:
    """Count from the lifter, read the limits from the true hip angle."""
    motion = film.sample(RATE_HZ) if isinstance(film, Script) else film
    count = count_repetitions(compute_movement(make_lifter(motion)), given=None)
    hip = motion.hip_deg + np.random.default_rng(2).normal(0, noise_deg, motion.time_s.size)
    hip[(motion.time_s >= hide_s[0]) & (motion.time_s < hide_s[1])] = np.nan
    return find_phases(motion.time_s, hip, count, signal="exact")


def jerk_time(share: float) -> float:
    """When a minimum-jerk movement of one second has gone this share of its way."""
    t = np.linspace(0, 1, 100_001)
    return float(np.interp(share, t**3 * (10 - 15 * t + 6 * t**2), t))


def spans(segmentation: SetSegmentation, number: int) -> dict[Phase, tuple[float, float]]:
    phases = segmentation.repetitions[number - 1].phases
    return {span.kind: (span.start_s, span.end_s) for span in phases}


@pytest.mark.parametrize(
    "tempo_s",
    [(2.0, 0.3, 1.1, 0.8), (3.0, 1.0, 1.0, 1.0), (1.0, 0.5, 0.7, 0.5), (5.0, 2.0, 5.0, 1.0)],
)
def test_every_limit_of_every_repetition(tempo_s: tuple[float, float, float, float]) -> None:
    """A phase ends where the hips leave the standing or the deepest level by the tolerance."""
    found = segment(hinge(3, tempo_s=tempo_s))
    rom = HINGE_BOTTOM.hip_deg
    share = jerk_time(max(TOLERANCE_DEG, TOLERANCE_SHARE * rom) / rom)
    eccentric_s, pause_s, concentric_s, _ = tempo_s
    for number in (1, 2, 3):
        begin = BEFORE_S + (number - 1) * sum(tempo_s)
        up = begin + eccentric_s + pause_s
        start, low = begin + share * eccentric_s, begin + (1 - share) * eccentric_s
        leave, top = up + share * concentric_s, up + (1 - share) * concentric_s
        end = begin + sum(tempo_s) + share * eccentric_s
        expected = {
            Phase.ECCENTRIC: (start, low),
            Phase.BOTTOM: (low, leave),
            Phase.CONCENTRIC: (leave, top),
            Phase.LOCKOUT: (top, end),
        }
        got = spans(found, number)
        assert set(got) == set(expected)
        for kind, limits in expected.items():
            within = 2 * FRAME_S if (number, kind) == (3, Phase.LOCKOUT) else FRAME_S
            assert got[kind] == pytest.approx(limits, abs=within), (number, kind)
        repetition = found.repetitions[number - 1]
        assert repetition.bottom_s == pytest.approx((low + leave) / 2, abs=FRAME_S)
        assert (repetition.start_s, repetition.top_s) == pytest.approx((start, top), abs=FRAME_S)


def test_phases_follow_one_another_and_fill_their_frames() -> None:
    motion = hinge(4).sample(RATE_HZ)
    for repetition in segment(motion).repetitions:
        for span, following in pairwise(repetition.phases):
            assert span.end_s == following.start_s
            assert span.end == following.start
        for span in repetition.phases:
            inside = motion.time_s[span.start : span.end]
            assert ((inside >= span.start_s) & (inside < span.end_s)).all()
            assert inside.size == pytest.approx(span.duration_s * RATE_HZ, abs=1.01)


def test_one_repetition_ends_where_the_next_begins() -> None:
    repetitions = segment(hinge(4)).repetitions
    for repetition, following in pairwise(repetitions):
        assert repetition.end_s == pytest.approx(following.start_s, abs=FRAME_S)


def test_the_last_lockout_is_no_longer_than_the_others() -> None:
    """After the last repetition the lifter just stands."""
    repetitions = segment(hinge(4, after_s=12.0)).repetitions
    holds = [r.end_s - r.top_s for r in repetitions]
    assert holds[-1] == pytest.approx(holds[0], abs=2 * FRAME_S)


def test_a_shorter_last_lockout_stays_short() -> None:
    short = replace(hinge(4), keys=hinge(4).keys[:-2])
    last = segment(short).repetitions[-1]
    assert last.end_s - last.top_s < 0.4


def test_noise_moves_limits_by_less_than_a_tenth_of_a_second() -> None:
    exact, noisy = segment(hinge(4)), segment(hinge(4), noise_deg=0.6)
    for one, other in zip(exact.repetitions, noisy.repetitions, strict=True):
        for name in ("start_s", "bottom_s", "top_s", "end_s"):
            assert getattr(one, name) == pytest.approx(getattr(other, name), abs=0.1)


@pytest.mark.parametrize("seed", range(8))
def test_noise_does_not_end_the_last_lockout(seed: int) -> None:
    motion = hinge(3, tempo_s=(3.0, 1.0, 1.5, 2.0), after_s=1.5).sample(RATE_HZ)
    count = count_repetitions(compute_movement(make_lifter(motion)), given=None)
    noise = np.random.default_rng(seed).normal(0, 4.0, motion.time_s.size)
    hip = smooth(motion.time_s, motion.hip_deg + noise, cutoff_hz=5.0)
    last = find_phases(motion.time_s, hip, count, signal="noisy").repetitions[-1]
    assert last.end_s - last.top_s > 1.5


def test_a_start_at_the_bottom_has_no_eccentric() -> None:
    """A deadlift from the floor: what the film does not show is None, not zero."""
    first, second = segment(deadlift(2)).repetitions
    assert first.phase(Phase.ECCENTRIC) is None
    assert first.phase(Phase.BOTTOM) is None
    assert first.phase(Phase.CONCENTRIC) is not None
    assert first.tempo_s[:2] == (None, None)
    assert second.phase(Phase.ECCENTRIC) is not None
    share = jerk_time(TOLERANCE_SHARE)
    assert first.start_s == first.bottom_s <= 1.0 + 1.4 * share
    assert first.top_s == pytest.approx(1.0 + 1.4 * (1 - share), abs=FRAME_S)


def test_a_film_that_begins_on_the_way_down_has_no_eccentric_either() -> None:
    motion = hinge(2).at(np.arange(2.5, 10.0, FRAME_S))
    first, second = segment(motion).repetitions
    assert first.phase(Phase.ECCENTRIC) is None
    assert second.phase(Phase.ECCENTRIC) is not None


def test_a_film_that_ends_in_the_lockout() -> None:
    motion = hinge(2).at(np.arange(0.0, 9.3, FRAME_S))
    last = segment(motion).repetitions[-1]
    assert last.end_s == pytest.approx(9.3, abs=2 * FRAME_S)
    assert last.top_s == pytest.approx(8.92, abs=2 * FRAME_S)


def test_swings_float_where_others_lock_out() -> None:
    found = segment(swing(5))
    assert found.recognition.family is Family.SWING
    for repetition in found.repetitions:
        assert repetition.phase(Phase.LOCKOUT) is None
        assert repetition.phase(Phase.FLOAT) is not None


def test_thrusts_begin_at_the_bottom() -> None:
    found = segment(thrust(3)).repetitions
    assert found[0].phase(Phase.ECCENTRIC) is None
    share = jerk_time(3.0 / 68.0)
    for number, repetition in enumerate(found):
        top = 0.5 + number * 3.3 + (1 - share) * 1.0
        assert repetition.top_s == pytest.approx(top, abs=2 * FRAME_S)


def test_lying_down_is_no_part_of_the_first_thrust() -> None:
    first = segment(thrust_from_standing(2)).repetitions[0]
    assert first.phase(Phase.ECCENTRIC) is None
    assert first.bottom_s == pytest.approx(5.5, abs=0.35)
    assert first.top_s == pytest.approx(6.35, abs=0.1)


def test_what_happens_beside_the_set_does_not_move_its_limits() -> None:
    """Walking, turning and bending for the load stand outside; seen mirrored, they bend back."""
    script = cable_visit(3)
    motion = script.sample(RATE_HZ)
    facing = np.cos(np.radians(motion.series["heading_deg"]))
    seen = Motion(time_s=motion.time_s, series={**motion.series})
    count = count_repetitions(compute_movement(make_lifter(seen)), given=None)
    found = find_phases(motion.time_s, motion.hip_deg * np.sign(facing), count, signal="side")
    alone = segment(hinge(3))
    for visit, plain in zip(found.repetitions, alone.repetitions, strict=True):
        for name in ("start_s", "bottom_s", "top_s", "end_s"):
            shift = getattr(visit, name) - getattr(plain, name)
            assert shift == pytest.approx(8.9, abs=0.05), name


def test_a_pause_halfway_up_belongs_to_the_concentric() -> None:
    script = Script(keys=(Key(duration_s=1.5, pose=STAND),))
    for _ in range(3):
        half = HINGE_BOTTOM.toward(STAND, 0.5)
        poses = ((1.5, HINGE_BOTTOM), (0.8, half), (1.5, half), (0.8, STAND), (0.8, STAND))
        script = script.then(*(Key(duration_s=s, pose=p) for s, p in poses))
    for repetition in segment(script).repetitions:
        concentric = repetition.phase(Phase.CONCENTRIC)
        assert concentric is not None
        assert 2.6 < concentric.duration_s < 3.1


def test_settling_before_a_pull_belongs_to_the_bottom() -> None:
    """The hips rise by a tenth within two seconds, then the pull begins."""
    settled = HINGE_BOTTOM.toward(STAND, 0.1)
    keys = (
        Key(duration_s=1.5, pose=STAND),
        Key(duration_s=1.5, pose=HINGE_BOTTOM),
        Key(duration_s=2.0, pose=settled),
        Key(duration_s=1.0, pose=STAND),
        Key(duration_s=1.5, pose=STAND),
    )
    found = spans(segment(Script(keys=keys)), 1)
    assert found[Phase.BOTTOM][1] == pytest.approx(5.0, abs=0.15)
    assert found[Phase.CONCENTRIC][1] - found[Phase.CONCENTRIC][0] < 1.0


def test_limits_that_were_hidden_are_not_invented() -> None:
    """The side's hip was covered for a whole repetition, its neighbours keep their limits."""
    exact, covered = segment(hinge(5)), segment(hinge(5), hide_s=(5.9, 10.0))
    hidden = covered.repetitions[1]
    assert hidden.phases == ()
    assert hidden.tempo_s == (None, None, None, None)
    assert 6.0 < hidden.bottom_s < hidden.top_s < 10.0
    assert covered.repetitions[0].phase(Phase.LOCKOUT) is None
    for kind in (Phase.ECCENTRIC, Phase.BOTTOM, Phase.CONCENTRIC):
        assert spans(covered, 1)[kind] == pytest.approx(spans(exact, 1)[kind], abs=FRAME_S)
    for kind, limits in spans(exact, 4).items():
        assert spans(covered, 4)[kind] == pytest.approx(limits, abs=FRAME_S)


def test_what_was_hidden_in_the_rest_before_is_no_loss() -> None:
    """Somebody stood in front of the lifter for two of the three seconds between repetitions."""
    film = hinge(3, tempo_s=(2.0, 0.3, 1.1, 3.0))
    clear = segment(film)
    rest_s = clear.repetitions[0].top_s
    covered = segment(film, hide_s=(rest_s + 0.3, rest_s + 2.5))
    for found, true in zip(covered.repetitions, clear.repetitions, strict=True):
        assert [span.kind for span in found.phases] == [span.kind for span in true.phases]
        assert found.start_s == pytest.approx(true.start_s, abs=FRAME_S)
        assert found.bottom_s == pytest.approx(true.bottom_s, abs=FRAME_S)


def test_a_start_that_was_hidden_is_not_sought_earlier() -> None:
    """A lifter who fidgets before; then nobody sees the first half of the way down."""
    film = hinge(3, tempo_s=(2.0, 0.3, 1.1, 3.0))
    clear = segment(film)
    start_s = clear.repetitions[1].start_s
    covered = segment(film, hide_s=(start_s - 0.2, start_s + 0.8))
    assert covered.repetitions[1].phase(Phase.ECCENTRIC) is None
    assert covered.repetitions[1].phase(Phase.CONCENTRIC) is not None
    assert covered.repetitions[1].bottom_s == pytest.approx(clear.repetitions[1].bottom_s, abs=0.02)


def test_partial_repetitions_keep_their_reason_and_their_number() -> None:
    found = segment(hinge(depths=(1.0, 0.5, 1.0)))
    assert [r.number for r in found.repetitions] == [1, 2, 3]
    assert [r.partial for r in found.repetitions] == [False, True, False]
    assert found.repetitions[1].partial_reason == "shallow"
    assert found.repetitions[1].depth_fraction == pytest.approx(0.5, abs=0.03)
    assert (found.n_repetitions, found.n_partial) == (2, 1)


@pytest.mark.parametrize(
    "tempo_s", [(3.0, 0.0, 1.0, 1.0), (5.0, 2.0, 5.0, 1.0), (2.0, 1.0, 1.0, 2.0)]
)
def test_tempo_to_the_second(tempo_s: tuple[float, float, float, float]) -> None:
    """Movements at a steady pace, as they are counted aloud."""
    script = make_set(SetPlan(n=3, tempo_s=tempo_s))
    steady = replace(script, keys=tuple(replace(key, steady=True) for key in script.keys))
    for repetition in segment(steady).repetitions:
        assert [round(part or 0.0) for part in repetition.tempo_s] == list(tempo_s)


def test_no_set_has_no_phases() -> None:
    found = segment(quiet())
    assert found.repetitions == ()
    assert found.signal == "exact"


def test_hidden_lifter_before_the_set() -> None:
    """Who walks into the picture late is timed by the true clock."""
    motion = hinge(2).sample(RATE_HZ)
    track = make_lifter(motion, trouble=Trouble(gaps_s=((0.0, 1.0),)))
    hip = np.where(motion.time_s < 1.0, np.nan, motion.hip_deg)
    count = count_repetitions(compute_movement(track), given=None)
    late = find_phases(motion.time_s, hip, count, signal="exact")
    for kind, limits in spans(segment(motion), 1).items():
        assert spans(late, 1)[kind] == pytest.approx(limits, abs=FRAME_S)
