"""What only the whole set shows: getting worse, being uneven, a back that gives in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hingewise.assessment.assess import measure_whole
from hingewise.assessment.metrics.registry import SET_METRICS
from hingewise.assessment.metrics.whole_set import LOCKOUT_LOSS_DEG, RANGE_LOSS, SLOWDOWN
from hingewise.assessment.observation import Observation
from hingewise.assessment.types import Measured
from hingewise.repetitions.types import Family, Repetition
from hingewise.units import FloatArray
from tests.builders import STAND, Key, Script
from tests.builders_assessment import Film, Rep, lay_out, make_observation, observe_set, times_of
from tests.builders_sets import HINGE_BOTTOM, hinge

NAMES = ("set_decay", "set_spread", "rounding_drift")
LONG, SHORT, SOFT = 1.0 + SLOWDOWN, RANGE_LOSS, LOCKOUT_LOSS_DEG
"""One step of getting worse: so much longer, so much less range, so much less straight."""


def read(seen: Observation, metric: str) -> Measured:
    return measure_whole(SET_METRICS[metric], seen)


def value(seen: Observation, metric: str) -> float:
    measured = read(seen, metric)
    assert measured.seen, measured.reason
    assert measured.sd > 0.0
    return measured.value


def a_set(
    depths: Sequence[float], up_s: Sequence[float] | None = None, lean_deg: Sequence[float] = ()
) -> Observation:
    """Repetitions by their range, the length of the way up, and the trunk at the lockout."""
    reps = [
        Rep(depth=depth, concentric_s=length)
        for depth, length in zip(depths, up_s or [1.0] * len(depths), strict=True)
    ]
    leaning = lean_deg or [0.0] * len(reps)
    angles = {"trunk_inclination": at_each(lay_out(reps), leaning)}
    return make_observation(reps, angles=angles)


def at_each(repetitions: Sequence[Repetition], levels: Sequence[float]) -> FloatArray:
    """A series that has this level during each repetition."""
    time_s = times_of(repetitions)
    number = np.searchsorted([r.start_s for r in repetitions], time_s, side="right") - 1
    return np.array(levels, dtype=np.float64)[np.clip(number, 0, None)]


def fading(n: int, last: float, first: float = 1.0) -> list[float]:
    """The first third as at first, the last third as at last, something in between."""
    third = round(n / 3)
    return [first] * third + [(first + last) / 2] * (n - 2 * third) + [last] * third


@pytest.mark.parametrize("n", [4, 6, 9])
def test_a_set_that_stays_as_it_was_does_not_get_worse(n: int) -> None:
    assert value(a_set([1.0] * n), "set_decay") == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("n", [4, 6, 9])
def test_getting_worse_in_two_ways_is_told_by_the_second_worst(n: int) -> None:
    """Two steps less range and one step slower are one step together."""
    seen = a_set(fading(n, 1.0 - 2 * SHORT), fading(n, LONG))
    assert value(seen, "set_decay") == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(
    "depth, up_s, lean_deg",
    [(1.0 - 3 * SHORT, 1.0, 0.0), (1.0, LONG**3, 0.0), (1.0, 1.0, 3 * SOFT)],
)
def test_getting_worse_in_one_way_alone_is_not_too_heavy(
    depth: float, up_s: float, lean_deg: float
) -> None:
    """Shorter, slower or softer only has other reasons."""
    seen = a_set(fading(6, depth), fading(6, up_s), fading(6, lean_deg, 0.0))
    assert value(seen, "set_decay") == pytest.approx(0.0, abs=0.01)


def test_each_of_the_three_counts() -> None:
    depth, up_s, lean_deg = fading(6, 1.0 - SHORT), fading(6, LONG), fading(6, SOFT, 0.0)
    pairs = (a_set(depth, up_s), a_set(depth, None, lean_deg), a_set([1.0] * 6, up_s, lean_deg))
    assert [value(seen, "set_decay") for seen in pairs] == pytest.approx([1.0] * 3, abs=0.01)


def test_getting_better_is_less_than_nothing() -> None:
    assert value(a_set(fading(6, 1.0, 0.7), fading(6, 1.0, LONG)), "set_decay") < 0.01


def test_a_set_of_the_exact_lifter_that_gets_worse() -> None:
    """The last of six repetitions are a fifth shorter and take half as long again."""
    script = Script(keys=(Key(duration_s=1.5, pose=STAND),))
    for number in range(6):
        late = max(0.0, (number - 1) / 4) if number < 4 else 1.0
        down = STAND.toward(HINGE_BOTTOM, 1.0 - 0.2 * late)
        script = script.then(
            Key(duration_s=2.0, pose=down),
            Key(duration_s=0.3, pose=down),
            Key(duration_s=1.0 + 0.5 * late, pose=STAND),
            Key(duration_s=0.8, pose=STAND),
        )
    seen = observe_set(script.then(Key(duration_s=1.0, pose=STAND)))
    steps = np.log(1.5) / np.log(LONG)
    assert value(seen, "set_decay") == pytest.approx(min(0.2 / SHORT, steps), abs=0.4)
    assert value(observe_set(hinge(6)), "set_decay") == pytest.approx(0.0, abs=0.05)


def uneven(n: int, by: float) -> list[float]:
    """Up and down about one, by so much."""
    return [1.0 + by * (-1) ** number for number in range(n)]


@pytest.mark.parametrize("n", [4, 6, 9])
def test_equal_repetitions_do_not_spread(n: int) -> None:
    assert value(a_set([1.0] * n), "set_spread") == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("n", [5, 8])
def test_what_changes_steadily_is_no_spread(n: int) -> None:
    steady = np.linspace(1.0, 0.6, n).tolist()
    assert value(a_set(steady), "set_spread") == pytest.approx(0.0, abs=1e-6)


def test_uneven_depths_and_uneven_tempos_spread() -> None:
    """In proportion; the worse of the two counts."""
    little, much = (value(a_set(uneven(8, by)), "set_spread") for by in (0.04, 0.12))
    assert much == pytest.approx(3 * little, rel=0.01)
    tempo = value(a_set([1.0] * 8, uneven(8, 0.3)), "set_spread")
    both = value(a_set(uneven(8, 0.04), uneven(8, 0.3)), "set_spread")
    assert tempo > 0.5
    assert both == pytest.approx(max(little, tempo))


@given(order=st.permutations([0.7, 0.8, 0.9, 1.0, 1.0, 1.1]))
@settings(max_examples=20, deadline=None)
def test_a_spread_is_never_negative(order: list[float]) -> None:
    assert value(a_set(order), "set_spread") >= 0.0


@pytest.mark.parametrize("change_deg", [-6.0, 0.0, 12.0])
def test_a_back_that_gives_in(change_deg: float) -> None:
    reps = [Rep()] * 6
    bends = fading(6, 15.0 + change_deg, 15.0)
    seen = make_observation(reps, angles={"lumbar_flexion": at_each(lay_out(reps), bends)})
    assert value(seen, "rounding_drift") == pytest.approx(change_deg)


def test_a_back_that_gives_in_on_the_exact_lifter() -> None:
    script = Script(keys=(Key(duration_s=1.5, pose=STAND),))
    for bend in (5.0, 5.0, 12.0, 12.0, 20.0, 20.0):
        down = replace(HINGE_BOTTOM, back_bend_deg=bend)
        script = script.then(
            Key(duration_s=2.0, pose=down),
            Key(duration_s=0.4, pose=down),
            Key(duration_s=1.1, pose=STAND),
            Key(duration_s=0.8, pose=STAND),
        )
    seen = observe_set(script.then(Key(duration_s=1.0, pose=STAND)))
    assert value(seen, "rounding_drift") == pytest.approx(15.0, abs=1.5)


def test_one_wrong_repetition_bends_no_back() -> None:
    """Of nine the first and the last three are compared, by their medians."""
    reps = [Rep()] * 9
    bends = [10.0] * 8 + [60.0]
    seen = make_observation(reps, angles={"lumbar_flexion": at_each(lay_out(reps), bends)})
    assert value(seen, "rounding_drift") == pytest.approx(0.0)


@pytest.mark.parametrize("metric", NAMES)
@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_short_set_has_no_beginning_and_no_end(metric: str, n: int) -> None:
    found = read(a_set([1.0] * n), metric)
    assert not found.seen
    assert "it takes 4 repetitions" in found.reason


@pytest.mark.parametrize("metric", NAMES)
def test_it_is_shown_over_the_whole_set(metric: str) -> None:
    reps = lay_out([Rep()] * 4)
    found = read(a_set([1.0] * 4), metric)
    assert (found.start_s, found.end_s) == (reps[0].start_s, reps[-1].end_s)


def test_too_little_in_sight_to_compare() -> None:
    """No way up and no trunk: the range alone tells no load."""
    reps = [Rep(concentric_s=0.0)] * 5
    hidden = np.full(times_of(lay_out(reps)).size, np.nan)
    seen = make_observation(reps, angles={"trunk_inclination": hidden})
    found = read(seen, "set_decay")
    assert (found.seen, found.reason) == (False, "too little of the set is in sight")
    assert read(seen, "set_spread").seen


def test_a_first_repetition_out_of_sight_hides_no_trend() -> None:
    """Range and tempo get worse by a step from each to the next; of the first no way up is seen."""
    depths, up_s = [1.0 - 0.1 * i for i in range(4)], [1.25**i for i in range(4)]
    whole = read(a_set(depths, up_s), "set_decay")
    cut = read(a_set(depths, [0.0, *up_s[1:]]), "set_decay")
    assert whole.value == pytest.approx(3.0)
    assert cut.value == pytest.approx(whole.value, abs=0.05)


def test_a_trend_along_a_line_is_as_large_as_from_end_to_end_and_less_sure() -> None:
    """Nine repetitions that get steadily worse, of the first third nothing is seen."""
    depths, up_s = [1.0 - 0.05 * i for i in range(9)], [1.1**i for i in range(9)]
    whole = read(a_set(depths, up_s), "set_decay")
    cut = read(a_set(depths, [0.0] * 3 + up_s[3:]), "set_decay")
    assert cut.value == pytest.approx(whole.value, abs=0.05)
    assert cut.sd > 1.2 * whole.sd


def test_the_middle_of_a_set_tells_no_trend() -> None:
    """Three of ten beside each other: stretched over the set, their noise would be large."""
    depths, up_s = [1.0 - 0.05 * i for i in range(10)], [1.1**i for i in range(10)]
    seen = [up if 4 <= i <= 6 else 0.0 for i, up in enumerate(up_s)]
    found = read(a_set(depths, seen), "set_decay")
    assert (found.seen, found.reason) == (False, "too little of the set is in sight")


def test_a_back_is_compared_from_end_to_end_only() -> None:
    """Backs are noisy: no line is drawn through some of them."""
    reps = [Rep()] * 5
    bend = at_each(lay_out(reps), [np.nan, np.nan, 10.0, 20.0, 30.0])
    assert not read(make_observation(reps, angles={"lumbar_flexion": bend}), "rounding_drift").seen


def test_two_that_disagree_do_not_tell_what_the_third_would_have() -> None:
    """The range gets worse, the lockout does not, and no way up is seen."""
    found = read(a_set([1.0, 0.9, 0.8, 0.7], [0.0] * 4), "set_decay")
    assert (found.seen, found.reason) == (False, "too little of the set is in sight")
    both = read(a_set([1.0, 0.9, 0.8, 0.7], [0.0] * 4, [0.0, 8.0, 16.0, 24.0]), "set_decay")
    assert both.value == pytest.approx(3.0)


@pytest.mark.parametrize("metric", ["set_decay", "set_spread"])
def test_behind_plates_a_set_is_less_sure_and_a_thrust_untold(metric: str) -> None:
    reps = [Rep()] * 5
    sure, doubted, lying = (
        read(make_observation(reps, film=film), metric)
        for film in (Film(), Film(sd_deg=12.0), Film(sd_deg=12.0, family=Family.THRUST))
    )
    coarse = read(make_observation(reps, film=Film(signal="hip_bend")), metric)
    assert doubted.sd == pytest.approx(coarse.sd)
    assert doubted.sd > 1.5 * sure.sd
    assert (lying.seen, lying.reason) == (False, "plates hide the hips")


def test_a_spread_of_nothing_is_none() -> None:
    reps = [Rep(depth=float("nan"), concentric_s=0.0)] * 5
    found = read(make_observation(reps), "set_spread")
    assert (found.seen, found.reason) == (False, "too little of the set is in sight")


@pytest.mark.parametrize("why", ["a loose shirt", ""])
def test_a_back_that_is_not_told_does_not_drift(why: str) -> None:
    reps = [Rep()] * 5
    hidden = np.full(times_of(lay_out(reps)).size, np.nan)
    film = Film(back_reason=why)
    found = read(
        make_observation(reps, angles={"lumbar_flexion": hidden}, film=film), "rounding_drift"
    )
    assert not found.seen
    assert found.reason == why or (not why and "back" in found.reason)


CUT = "the film ends before the lockout"


def with_a_bad_end(reason: str) -> Observation:
    """Five good repetitions and half of one, left at 35 degrees and with a rounded back."""
    reps = [*[Rep()] * 5, Rep(depth=0.5, concentric_s=0.4, lockout_s=0.0, partial_reason=reason)]
    laid = lay_out(reps)
    angles = {
        "trunk_inclination": at_each(laid, [0.0] * 5 + [35.0]),
        "lumbar_flexion": at_each(laid, [10.0] * 5 + [40.0]),
    }
    return make_observation(reps, angles=angles)


@pytest.mark.parametrize("metric", NAMES)
@pytest.mark.parametrize("reason", [CUT, "the film begins after the bottom"])
def test_what_the_film_does_not_show_of_a_repetition_was_not_left_out(
    metric: str, reason: str
) -> None:
    """A film that ends on the way up is no set that fails."""
    assert value(with_a_bad_end(reason), metric) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("reason", ["shallow", "no lockout", ""])
def test_what_the_lifter_did_not_do_counts(reason: str) -> None:
    seen = with_a_bad_end(reason)
    assert value(seen, "set_spread") > 1.0
    assert value(seen, "set_decay") > 1.0


@pytest.mark.parametrize("metric", NAMES)
def test_a_set_of_which_little_is_whole_is_too_short(metric: str) -> None:
    reps = [*[Rep()] * 3, *[Rep(partial_reason=CUT)] * 2]
    found = read(make_observation(reps), metric)
    assert (found.seen, "it takes 4" in found.reason) == (False, True)
    none = read(make_observation([Rep(partial_reason=CUT)]), metric)
    assert not none.seen
