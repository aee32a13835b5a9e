"""A plan as a value: lines with reasons, weeks that repeat, sets of a lighter week."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from hingewise.errors import TrainingError
from hingewise.training.plan import KeptPlan
from tests.builders_plans import FIRST_DAY, make_answers, make_plan, moment, new_id

PLAN = make_plan()


def test_a_line_is_found_by_its_id_and_knows_its_place() -> None:
    line = PLAN.line("B.thrust_main")
    assert line.slot == "thrust_main"
    assert line in PLAN.session("B").lines
    assert PLAN.lines == (*PLAN.session("A").lines, *PLAN.session("B").lines)


def test_a_lighter_week_has_fewer_sets_of_the_same() -> None:
    line = PLAN.line("A.primer")
    assert len(line.planned()) == line.sets == 5
    assert len(line.planned("lighter")) == line.lighter_sets == 3
    assert set(line.planned("lighter")) == set(line.planned())
    (one,) = set(line.planned())
    assert (one.repetitions, one.rir, one.rest_s) == (line.repetitions, line.rir, line.rest_s)


def test_weeks_repeat_so_that_training_does_not_end_with_the_paper() -> None:
    """Two sessions a week in twelve weeks are 24; the 25th is the first again."""
    assert PLAN.at(0)[0].number == 1
    assert PLAN.at(7)[0].kind == "lighter"
    assert PLAN.at(23)[0].number == 12
    assert PLAN.at(24) == PLAN.at(0)
    assert [PLAN.at(n)[1].id for n in range(4)] == ["A", "B", "A", "B"]


def test_three_days_a_week_take_turns_over_the_weeks() -> None:
    plan = make_plan(make_answers(days=3))
    assert [plan.at(n)[1].id for n in range(6)] == ["A", "B", "A", "B", "A", "B"]


def test_a_line_without_a_reason_is_none() -> None:
    with pytest.raises(TrainingError, match=r"A\.primer: expected a reason"):
        replace(PLAN.line("A.primer"), because=())


@pytest.mark.parametrize("lighter", [0, 6])
def test_a_lighter_week_has_at_least_one_set_and_no_more_than_others(lighter: int) -> None:
    with pytest.raises(TrainingError, match=f"1 to 5 lighter sets, got {lighter}"):
        replace(PLAN.line("A.primer"), lighter_sets=lighter)


def test_no_two_lines_have_one_id() -> None:
    with pytest.raises(TrainingError, match="ids of their own"):
        replace(PLAN, sessions=(PLAN.session("A"), PLAN.session("A")))


def test_a_plan_is_kept_with_an_id_and_a_moment() -> None:
    KeptPlan(id=new_id(), made_at=moment(0), started_on=FIRST_DAY, plan=PLAN)
    with pytest.raises(TrainingError, match="32 hexadecimal digits"):
        KeptPlan(id="mine", made_at=moment(0), started_on=FIRST_DAY, plan=PLAN)
    with pytest.raises(TrainingError, match="a time with its zone"):
        KeptPlan(
            id=new_id(),
            made_at=datetime(2026, 1, 1),
            started_on=FIRST_DAY,
            plan=PLAN,
        )
