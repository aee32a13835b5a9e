"""Steps down: pain, slips, faults, too few repetitions, no progress, time away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hingewise.planner.bouts import Bout
from hingewise.planner.case import Case, Decision
from hingewise.planner.steps_down import (
    lighter,
    on_faults,
    on_misses,
    on_pain,
    on_slip,
    on_stall,
    on_time_away,
)
from hingewise.training.changes import Change, SlotState
from hingewise.training.load import BODY
from hingewise.training.sets import PerformedSet
from tests.builders_plans import (
    LIBRARY,
    WHY,
    kg,
    learning,
    make_answers,
    make_bout,
    make_case,
    make_change,
    make_technique,
    moment,
    trained,
)

PULL = trained("cable_pull_through", kg(40.0))
"""In the primer: 8 to 15 repetitions with three left."""


def decided(decision: Decision | None) -> Decision:
    assert decision is not None
    return decision


def after(decision: Decision | None) -> SlotState:
    state = decided(decision).after
    assert state is not None
    return state


def pulls(*pain: int | None, load: float = 40.0) -> list[Bout]:
    return [
        make_bout("cable_pull_through", 3 * n, load=kg(load), pain=each)
        for n, each in enumerate(pain)
    ]


@pytest.mark.parametrize("pain", [3, 10])
def test_what_hurts_is_taken_out_at_once(pain: int) -> None:
    decision = on_pain(make_case("primer", PULL, pulls(0, pain)))
    assert after(decision) == replace(PULL, paused=True)
    assert decision is not None
    assert decision.kind == "paused"
    assert decision.because.rule == "pain_stops"
    assert "health professional" in decision.because.text
    assert decision.evidence == ("cable_pull_through-3",)


def test_a_little_pain_once_leaves_all_as_it_is() -> None:
    decision = on_pain(make_case("primer", PULL, pulls(0, 2)))
    assert decision is not None
    assert (decision.kind, decision.after) == ("hold", None)


def test_a_little_pain_twice_is_taken_out() -> None:
    assert after(on_pain(make_case("primer", PULL, pulls(1, 2)))).paused


@pytest.mark.parametrize("pain", [[], [0], [None], [2, 0], [5, None]])
def test_no_pain_is_none(pain: list[int | None]) -> None:
    assert on_pain(make_case("primer", PULL, pulls(*pain))) is None


def test_pain_counts_though_the_load_was_a_slip() -> None:
    assert after(on_pain(make_case("primer", PULL, pulls(0, 8, load=400.0)))).paused


def test_pain_that_is_told_days_later_counts_though_the_load_was_changed_meanwhile() -> None:
    more = make_change("primer", "load_up", PULL, PULL, at=moment(2))
    told = replace(make_bout("cable_pull_through", 1, pain=6), entered_at=moment(3))
    assert after(on_pain(make_case("primer", PULL, [told], changes=[more]))).paused


def test_pain_from_before_it_came_back_is_over() -> None:
    back = make_change("primer", "resumed", replace(PULL, paused=True), PULL, at=moment(10))
    assert on_pain(make_case("primer", PULL, pulls(7), changes=[back])) is None


@pytest.mark.parametrize("load", [80.0, 400.0, 2.0])
def test_what_was_hardly_meant_is_asked_about(load: float) -> None:
    """Twice the load, what no cable has, less than the half of its first plate."""
    decision = on_slip(make_case("primer", PULL, pulls(0, load=load)))
    assert decision is not None
    assert decision.kind == "hold"
    assert "was it a slip?" in decision.because.text


@pytest.mark.parametrize("load", [5.0, 40.0, 60.0])
def test_what_was_meant_is_not_asked_about(load: float) -> None:
    assert on_slip(make_case("primer", PULL, pulls(0, load=load))) is None


def test_a_count_that_nobody_does_is_asked_about() -> None:
    """Three times the top of the range, which is 15."""
    bouts = [make_bout("cable_pull_through", 0, [12, 46], load=kg(40.0))]
    assert on_slip(make_case("primer", PULL, bouts)) is not None
    bouts = [make_bout("cable_pull_through", 0, [12, 45], load=kg(40.0))]
    assert on_slip(make_case("primer", PULL, bouts)) is None


def test_seconds_are_no_count() -> None:
    hold = PerformedSet(exercise="cable_pull_through", repetitions=60, load=kg(40.0), hold=True)
    bout = replace(pulls(0)[0], sets=(hold,))
    assert on_slip(make_case("primer", PULL, [bout])) is None


def test_a_load_that_the_lifter_has_set_above_all_plates_is_meant() -> None:
    """The usual cable ends at 120 kg; theirs does not."""
    set_so = trained("cable_pull_through", kg(130.0))
    assert on_slip(make_case("primer", set_so, pulls(0, load=130.0))) is None


def test_a_slip_is_not_a_step() -> None:
    """Where every session was typed wrong nothing is missed, and nothing stands still."""
    case = make_case("primer", PULL, pulls(*[0] * 6, load=400.0))
    assert on_misses(case) is None
    assert on_stall(case) is None


def faulty(
    day: int, *faults: str, exercise: str = "cable_pull_through", load: float = 40.0
) -> Bout:
    told = (make_technique(*faults),)
    return make_bout(exercise, day, load=kg(load), techniques=told)


def test_a_fault_for_the_first_time_adds_no_load_and_says_what_to_do() -> None:
    decision = on_faults(make_case("primer", PULL, [faulty(0), faulty(3, "squatting_it")]))
    assert decision is not None
    assert decision.kind == "hold"
    assert LIBRARY.faults["squatting_it"].correction.text in decision.because.text


def test_a_fault_twice_is_one_step_less() -> None:
    bouts = [faulty(0, "squatting_it"), faulty(3, "squatting_it")]
    decision = on_faults(make_case("primer", PULL, bouts))
    assert after(decision) == replace(PULL, load=kg(35.0))
    assert decision is not None
    assert decision.kind == "load_down"


def test_a_session_of_which_nobody_spoke_lies_between_two_faults() -> None:
    bouts = [faulty(0, "squatting_it"), *pulls(None)[:0], faulty(6, "squatting_it")]
    bouts.insert(1, make_bout("cable_pull_through", 3, load=kg(40.0)))
    assert after(on_faults(make_case("primer", PULL, bouts))).load == kg(35.0)


def test_a_grave_fault_is_one_step_less_at_once() -> None:
    assert LIBRARY.faults["rounding_back"].risk == "high"
    assert after(on_faults(make_case("primer", PULL, [faulty(0, "rounding_back")]))).load == kg(35)


def test_a_fault_that_was_mended_is_over() -> None:
    assert on_faults(make_case("primer", PULL, [faulty(0, "squatting_it"), faulty(3)])) is None


def lowered(before: SlotState) -> Change:
    reason = replace(WHY, rule="technique_before_load")
    return make_change("primer", "load_down", before, PULL, at=moment(4), because=reason)


def test_where_less_load_did_not_help_it_is_one_rung_back() -> None:
    bouts = [faulty(6, "squatting_it"), faulty(9, "squatting_it")]
    case = make_case("primer", PULL, bouts, changes=[lowered(PULL)])
    decision = on_faults(case)
    assert after(decision) == learning("band_pull_through")
    assert decision is not None
    assert decision.because.rule == "one_rung_back"


def test_where_the_rung_below_cannot_be_done_it_is_learnt_anew() -> None:
    """No band: the cable is all there is."""
    answers = make_answers(equipment=("cable_machine", "rope_handle"))
    bouts = [faulty(6, "squatting_it"), faulty(9, "squatting_it")]
    case = make_case("primer", PULL, bouts, answers=answers, changes=[lowered(PULL)])
    assert after(on_faults(case)) == learning("cable_pull_through", kg(35.0))


def test_a_banded_cable_goes_straight_back_to_the_cable_alone() -> None:
    """The lifter's own rule: coordination is lost, so cable only."""
    state = trained("banded_cable_pull_through", kg(40.0))
    bouts = [faulty(day, "squatting_it", exercise="banded_cable_pull_through") for day in (0, 3)]
    decision = on_faults(make_case("primer", state, bouts))
    assert after(decision) == learning("cable_pull_through")


def test_a_rung_whose_things_are_missing_gives_way_to_the_next_below() -> None:
    """The mini-band's thrust goes back to the bar; without a bar to the dumbbell."""
    state = trained("banded_hip_thrust")
    bouts = [faulty(day, "over_arching", exercise="banded_hip_thrust", load=1.0) for day in (0, 3)]
    bouts = [replace(b, sets=tuple(replace(s, load=BODY) for s in b.sets)) for b in bouts]
    for things, wanted in (
        (("bench", "mini_band", "dumbbell"), "dumbbell_hip_thrust"),
        (("bench", "mini_band"), "bodyweight_hip_thrust"),
    ):
        case = make_case("thrust", state, bouts, answers=make_answers(equipment=things))
        assert after(on_faults(case)).exercise == wanted


def back_at_the_deadlift(**changed: Any) -> Case:
    state = trained("conventional_deadlift")
    answers = make_answers(goal="strength", experience="deadlift", **changed)
    bouts = [
        faulty(day, "rounding_back", exercise="conventional_deadlift", load=60.0) for day in (8, 9)
    ]
    back = make_change("deadlift", "rung_back", state, learning("kettlebell_swing"), at=moment(1))
    again = make_change("deadlift", "rung_up", learning("kettlebell_swing"), state, at=moment(4))
    return make_case("deadlift", state, bouts, answers=answers, changes=[back, again])


def test_who_fails_at_the_deadlift_again_gets_groundwork() -> None:
    decision = on_faults(back_at_the_deadlift())
    assert decision is not None
    assert decision.kind == "groundwork"
    assert after(decision) == learning("posterior_pelvic_tilt_hip_thrust")


def test_groundwork_is_nothing_that_stands_in_the_session_already() -> None:
    """Without a bench the pull-through would be next, but it is the primer."""
    things = ("cable_machine", "rope_handle", "barbell", "kettlebell", "dumbbell", "dowel")
    decision = on_faults(back_at_the_deadlift(equipment=things))
    assert after(decision).exercise == "dumbbell_romanian_deadlift"


def missed(*tops: int, load: float = 40.0) -> list[Bout]:
    return [
        make_bout("cable_pull_through", 3 * n, [top, top - 1], load=kg(load))
        for n, top in enumerate(tops)
    ]


def test_below_the_range_twice_is_one_step_less() -> None:
    decision = on_misses(make_case("primer", PULL, missed(9, 7, 6)))
    assert after(decision).load == kg(35.0)
    assert decision is not None
    assert decision.because.rule == "missed"


@pytest.mark.parametrize("tops", [(7,), (7, 8), (8, 7), (12, 7)])
def test_a_bad_day_is_not_two(tops: tuple[int, ...]) -> None:
    assert on_misses(make_case("primer", PULL, missed(*tops))) is None


def test_who_took_more_than_planned_has_not_missed() -> None:
    assert on_misses(make_case("primer", PULL, missed(6, 6, load=50.0))) is None


def test_nothing_is_lighter_than_the_lightest() -> None:
    lightest = trained("cable_pull_through", kg(5.0))
    assert lighter(make_case("primer", lightest)) is None
    assert on_misses(make_case("primer", lightest, missed(6, 6, load=5.0))) is None


def sessions(*counts: tuple[int, ...], load: float = 40.0) -> list[Bout]:
    return [
        make_bout("cable_pull_through", 3 * n, each, load=kg(load)) for n, each in enumerate(counts)
    ]


def test_five_sessions_without_a_repetition_more_are_a_new_start() -> None:
    decision = on_stall(make_case("primer", PULL, sessions(*[(10, 10, 9)] * 5)))
    assert after(decision).load == kg(35.0)
    assert decision is not None
    assert decision.because.rule == "stall"


@pytest.mark.parametrize(
    "counts",
    [
        [(10, 10, 9)] * 4,
        [(10, 10, 9)] * 4 + [(10, 10, 10)],
        [(10, 10, 9)] * 2 + [(11, 10, 9)] + [(10, 10, 9)] * 2,
        [(15, 15, 15)] * 5,
    ],
)
def test_what_grows_or_is_at_the_top_does_not_stand_still(counts: list[tuple[int, ...]]) -> None:
    assert on_stall(make_case("primer", PULL, sessions(*counts))) is None


def test_fewer_sets_in_a_lighter_week_are_not_fewer_repetitions() -> None:
    """Of five sets it became three: what both have is compared."""
    counts = [(10, 10, 10, 10, 10), *[(11, 11, 10)] * 4]
    assert on_stall(make_case("primer", PULL, sessions(*counts))) is None


def test_more_load_need_not_bring_more_repetitions() -> None:
    bouts = [*sessions(*[(10, 10)] * 4), make_bout("cable_pull_through", 15, [10, 10], load=kg(45))]
    assert on_stall(make_case("primer", PULL, bouts)) is None


def test_two_weeks_away_are_one_step_less() -> None:
    decision = on_time_away(make_case("primer", PULL, pulls(0), day=14))
    assert after(decision).load == kg(35.0)
    assert decision is not None
    assert decision.because.text.startswith("14 days without it: 35 kg")


def test_less_than_two_weeks_are_no_break() -> None:
    assert on_time_away(make_case("primer", PULL, pulls(0), day=13)) is None


def test_it_is_one_step_for_each_break() -> None:
    away = make_change("primer", "load_down", PULL, PULL, at=moment(14, 8))
    assert on_time_away(make_case("primer", PULL, pulls(0), changes=[away], day=20)) is None


def test_a_break_counts_though_a_step_was_taken_after_the_last_session() -> None:
    """The load went up in the evening; nobody has ever lifted it."""
    up = make_change("primer", "load_up", PULL, PULL, at=moment(0, 20))
    assert after(on_time_away(make_case("primer", PULL, pulls(0), changes=[up]))).load == kg(35.0)


def test_who_has_not_begun_was_not_away() -> None:
    assert on_time_away(make_case("primer", PULL, [])) is None


@pytest.mark.parametrize("day, wanted", [(14, False), (20, False), (21, True)])
def test_what_the_plan_has_every_other_week_was_not_away_for_two(day: int, wanted: bool) -> None:
    """One day a week, and this slot in one of two sessions: else it could never grow."""
    state = trained("dumbbell_romanian_deadlift", kg(20.0, 2))
    bouts = [make_bout("dumbbell_romanian_deadlift", 0, load=kg(20.0, 2))]
    case = make_case("hinge", state, bouts, answers=make_answers(days=1), day=day)
    assert case.every_days == 14
    assert (on_time_away(case) is not None) is wanted


@pytest.mark.parametrize("days, wanted", [(1, 7.0), (2, 3.5), (4, 1.75)])
def test_how_often_the_plan_has_what_is_in_every_session(days: int, wanted: float) -> None:
    assert make_case("primer", answers=make_answers(days=days)).every_days == wanted
