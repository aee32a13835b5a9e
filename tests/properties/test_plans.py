"""Any answers make a plan that keeps every promise; `make plans` asks ten thousand of them."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hingewise.library.load import load_library
from hingewise.planner.build import build_plan
from hingewise.training.answers import Answers
from hingewise_validation.plans.check import problems_of
from hingewise_validation.plans.draw import answer_sets

LIBRARY = load_library()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=answer_sets(LIBRARY), weeks=st.integers(1, 30))
def test_a_plan_is_inside_time_equipment_and_safety(answers: Answers, weeks: int) -> None:
    plan = build_plan(answers, LIBRARY, weeks=weeks)
    assert problems_of(plan, answers, LIBRARY) == []
