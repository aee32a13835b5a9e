"""Changes: dated, with their reason, and never taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from hingewise.errors import TrainingError
from hingewise.training.changes import states_at_first, states_now, undone
from tests.builders_plans import kg, learning, make_change, make_plan, trained

PULL = trained("cable_pull_through")
LOADED = trained("cable_pull_through", kg(40.0))


def test_what_stands_in_the_slots_at_first() -> None:
    plan = make_plan()
    states = states_at_first(plan)
    assert set(states) == {line.slot for line in plan.lines}
    assert states["primer"] == PULL
    assert states["legs"] == learning("split_squat")


def test_what_stands_there_now_is_what_was_changed_last() -> None:
    plan = make_plan()
    found = make_change("primer", "load_found", PULL, LOADED)
    rests = make_change("primer", "paused", LOADED, replace(LOADED, paused=True))
    assert states_now(plan, [found])["primer"] == LOADED
    assert states_now(plan, [found, rests])["primer"].paused
    assert states_now(plan, [])["primer"] == PULL


def test_a_slot_that_came_in_later_has_a_state_too() -> None:
    """It was not in the plan when it was made."""
    late = make_change("sides", "own", learning("step_up"), learning("lunge"))
    assert states_now(make_plan(), [late])["sides"] == learning("lunge")


def test_what_was_taken_back() -> None:
    found = make_change("primer", "load_found", PULL, LOADED)
    back = make_change("primer", "undone", LOADED, PULL, undoes=found.id)
    assert undone([found]) == frozenset()
    assert undone([found, back]) == {found.id}


@pytest.mark.parametrize(
    "kind, said, says",
    [
        ("undone", {}, "to name which one it is"),
        ("own", {"undoes": "0" * 32}, "to name which one it is"),
        ("own", {"at": datetime(2026, 1, 1)}, "a time with its zone"),
    ],
)
def test_what_is_no_change(kind: Any, said: dict[str, Any], says: str) -> None:
    with pytest.raises(TrainingError, match=says):
        make_change("primer", kind, PULL, LOADED, **said)


def test_an_id_is_an_id() -> None:
    change = make_change("primer", "own", PULL, LOADED)
    with pytest.raises(TrainingError, match="ids of 32 hexadecimal digits"):
        replace(change, plan="mine")
