"""Simulated lifters keep their promises, and a run that breaks one is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hingewise.library.load import load_library
from hingewise.training.changes import Change
from hingewise.training.load import Load
from hingewise_validation.lifters.check import problems_of
from hingewise_validation.lifters.lanes import draw
from hingewise_validation.lifters.people import people
from hingewise_validation.lifters.run import Run, run

LIBRARY = load_library()
WEEKS = 12
NAMES = [lifter.name for lifter in people()]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Twelve weeks of every lifter; `make lifters` has twenty-six."""
    folder = tmp_path_factory.mktemp("lifters")
    return {lifter.name: run(lifter, folder, weeks=WEEKS) for lifter in people()}


def _kinds(done: Run) -> set[str]:
    return {change.kind for change in done.changes}


def test_every_lifter_keeps_every_promise(runs: dict[str, Run]) -> None:
    assert {name: problems_of(done, LIBRARY) for name, done in runs.items()} == {
        name: [] for name in NAMES
    }


def test_each_lifter_lives_through_what_it_is_there_for(runs: dict[str, Run]) -> None:
    assert {"rung_up", "trained", "load_up"} <= _kinds(runs["clean learner"])
    assert "rung_back" not in _kinds(runs["clean learner"])
    assert {"rung_back", "rung_up"} <= _kinds(runs["squats it"])
    assert {"paused", "resumed"} <= _kinds(runs["in pain"])
    assert any(change.because.rule == "stall" for change in runs["stalls"].changes)
    assert _kinds(runs["never says"]) == {"load_found"}
    asked = [d for day in runs["never says"].days for d in day.next.decisions.values() if d.asks]
    assert asked


def _two_steps(change: Change) -> Change:
    load = change.before.load
    assert load is not None
    return replace(change, after=replace(change.after, load=replace(load, value=load.value + 50.0)))


def _without_evidence(change: Change) -> Change:
    return replace(change, evidence=())


def _other_before(change: Change) -> Change:
    return replace(change, before=replace(change.before, load=Load(kind="body")))


@pytest.mark.parametrize("doctor", [_two_steps, _without_evidence, _other_before])
def test_a_doctored_change_is_found_out(
    runs: dict[str, Run], doctor: Callable[[Change], Change]
) -> None:
    done = runs["clean learner"]
    wrong = next(each for each in done.changes if each.kind == "load_up")
    changes = tuple(doctor(each) if each is wrong else each for each in done.changes)
    assert problems_of(replace(done, changes=changes), LIBRARY) != []


def test_a_gate_that_was_not_passed_is_found_out(runs: dict[str, Run]) -> None:
    """Whoever had squatted it before each step up should not have been let up."""
    done = runs["clean learner"]
    days = tuple(
        replace(
            day,
            done=tuple(
                replace(each, told=replace(each.told, faults=("squatting_it",)))
                for each in day.done
            ),
        )
        for day in done.days
    )
    said = problems_of(replace(done, days=days), LIBRARY)
    assert any("the gate was not passed" in each for each in said)


def test_a_run_is_drawn_with_every_step(runs: dict[str, Run]) -> None:
    done = runs["squats it"]
    drawn = draw(done, LIBRARY)
    assert drawn.count("▼") == sum(each.kind == "rung_back" for each in done.changes)
