"""A pull-through as a primer, done and decided about: what tests of steps up share."""

from __future__ import annotations

from typing import Any

from hingewise.planner.bouts import Bout
from hingewise.planner.case import Case, Decision
from hingewise.training.changes import SlotState
from hingewise.training.load import Load
from tests.builders_plans import CLEAN, kg, make_bout, make_case, trained

PULL = trained("cable_pull_through", kg(40.0))
"""In the primer: five sets of 8 to 15 with three left, three in a lighter week."""

TOP = (15, 15, 15, 15, 15)


def decided(decision: Decision | None) -> Decision:
    assert decision is not None
    return decision


def after(decision: Decision | None) -> SlotState:
    state = decided(decision).after
    assert state is not None
    return state


def pull(
    day: int, *counts: int, load: Load | None = None, rir: float | None = 3.0, **said: Any
) -> Bout:
    usual = {"techniques": CLEAN, **said}
    return make_bout(
        "cable_pull_through", day, counts or TOP, load=load or kg(40), rir=rir, **usual
    )


def pulling(*bouts: Bout, state: SlotState = PULL, **said: Any) -> Case:
    return make_case("primer", state, bouts, **said)
