"""A plan as a document is read back exactly, and refused with what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hingewise.errors import JournalFormatError, TrainingError
from hingewise.training.changes import SlotState, states_now
from hingewise.training.load import Load
from hingewise.training.plan_document import PlanDocument, read_plan, write_plan
from tests.builders_plan import change, changes_of, kept_plan, kept_plans, plans


@st.composite
def documents(draw: st.DrawFn) -> PlanDocument:
    kept = draw(kept_plans)
    changes = tuple(draw(st.lists(changes_of(kept.id), max_size=2)))
    states = states_now(kept.plan, changes)
    return PlanDocument(kept=kept, changes=changes, states=states, now=draw(plans))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(documents())
def test_what_is_written_is_read_back_exactly(document: PlanDocument) -> None:
    assert read_plan(write_plan(document), name="plan.json") == document


def real(n_changes: int = 2) -> PlanDocument:
    kept = kept_plan()
    changes = tuple(
        change(kept, n, SlotState(exercise="lunge", stage="training", load=Load(kind="body")))
        for n in range(n_changes)
    )
    states = states_now(kept.plan, changes)
    return PlanDocument(kept=kept, changes=changes, states=states, now=kept.plan)


def test_it_says_what_it_is_and_holds_the_answers() -> None:
    found = json.loads(write_plan(real()))
    assert (found["format"], found["version"]) == ("hingewise-plan", "1.0")
    assert found["kept"]["plan"]["answers"]["goal"] == "muscle"
    assert found["states"]["primer"]["exercise"] == "lunge"
    assert len(found["changes"]) == 2


def test_the_same_plan_is_the_same_bytes() -> None:
    assert write_plan(real()) == write_plan(real())


def plain() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write_plan(real()))
    return found


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = plain()
    wrong["kept"]["plan"]["answers"]["goal"] = "fame"
    wrong["changes"][0]["at"] = 5
    with pytest.raises(JournalFormatError, match=r"plan.json: .* found 2") as caught:
        read_plan(json.dumps(wrong), name="plan.json")
    assert caught.value.problems[0].startswith("kept.plan.answers.goal: input should be 'learn'")


@pytest.mark.parametrize(
    "spoil, says",
    [
        (lambda found: found["changes"][1].update(plan="7" * 32), "changes of this plan"),
        (lambda found: found["states"].pop("primer"), "states as the changes made them"),
        (lambda found: found["kept"].update(id="7"), "an id of 32 hexadecimal digits"),
    ],
)
def test_what_does_not_fit_together_is_refused(spoil: Any, says: str) -> None:
    wrong = plain()
    spoil(wrong)
    with pytest.raises(JournalFormatError) as caught:
        read_plan(json.dumps(wrong), name="plan.json")
    assert says in caught.value.problems[0]


@pytest.mark.parametrize(
    "change_of_head, says",
    [
        ({"format": "hingewise-journal"}, "expected a plan, got another document"),
        ({"version": "1.1"}, "expected version 1.0 or older, got 1.1"),
        ({"version": "one"}, "expected version 1.0 or older, got one"),
    ],
)
def test_another_document_is_refused(change_of_head: dict[str, str], says: str) -> None:
    with pytest.raises(JournalFormatError, match=says):
        read_plan(json.dumps(plain() | change_of_head), name="plan.json")


def test_a_document_cannot_be_made_of_what_does_not_fit() -> None:
    kept = kept_plan()
    with pytest.raises(TrainingError, match="states as the changes made them"):
        PlanDocument(kept=kept, changes=(), states={}, now=kept.plan)
