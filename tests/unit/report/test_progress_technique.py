"""How sets looked and the steps of the plan, held to known answers."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hingewise.report.progress_technique import Looked, make_gates_panel, make_technique_panel
from hingewise.training.changes import Change, Kind, SlotState
from hingewise.training.names import known_names
from hingewise.training.plan import Because
from hingewise.training.technique import Technique

NAMES = known_names()
MONDAY = date(2026, 3, 2)
WEEKS = (MONDAY, MONDAY + timedelta(weeks=1))
FAULTS = {"squatting_it": "Squatting instead of hinging"}
BECAUSE = Because(rule="one_step", text="It was clean.", sources=("product",))
SWING = SlotState(exercise="kettlebell_swing", stage="training")
BELL = SlotState(exercise="kettlebell_deadlift", stage="learning")


def looked(on: date, *present: str, score: float | None = None) -> Looked:
    told = Technique(
        id=uuid.uuid4().hex,
        entry=uuid.uuid4().hex,
        told_at=datetime(2026, 3, 20, tzinfo=UTC),
        how="own" if score is None else "film",
        present=present,
        score=score,
    )
    return Looked(on=on, exercise="cable_pull_through", technique=told)


def change(kind: Kind, day: int, *, undoes: str = "") -> Change:
    return Change(
        id=uuid.uuid4().hex,
        plan=uuid.uuid4().hex,
        at=datetime(2026, 3, day, 12, tzinfo=UTC),
        slot="step",
        kind=kind,
        before=BELL,
        after=SWING,
        because=BECAUSE,
        undoes=undoes,
    )


def test_scores_are_of_films_and_weeks_without_one_have_none() -> None:
    panel = make_technique_panel(
        [looked(MONDAY, score=80.0), looked(MONDAY, score=90.0), looked(MONDAY, "squatting_it")],
        NAMES,
        FAULTS,
        WEEKS,
    )
    score, judged, wrong = panel.series
    assert score.values == (85.0, None)
    assert judged.values == (3.0, 0.0)
    assert wrong.values == (1.0, 0.0)
    assert panel.says == (
        "The latest film: 90 of 100; the 1 film before it: 80.",
        "The most common mistake: squatting instead of hinging, 1 time.",
    )
    assert panel.items[0].text.endswith("(your word): squatting instead of hinging")


def test_without_a_film_there_is_no_score() -> None:
    panel = make_technique_panel([looked(MONDAY)], NAMES, FAULTS, WEEKS)
    assert [each.name for each in panel.series] == [
        "entries that were judged",
        "entries with a mistake",
    ]
    assert panel.says[0] == "No film has a score yet."


def test_steps_count_in_their_weeks_but_for_those_that_were_taken_back() -> None:
    taken_back = change("rung_up", 10)
    changes = [
        change("rung_up", 3),
        change("rung_back", 9),
        change("load_up", 10),
        taken_back,
        replace(change("undone", 11, undoes=taken_back.id)),
    ]
    panel = make_gates_panel(changes, NAMES, MONDAY, WEEKS)
    assert panel is not None
    assert [each.values for each in panel.series] == [(1.0, 0.0), (0.0, 1.0)]
    assert [each.on for each in panel.items] == [date(2026, 3, 9), date(2026, 3, 3)]


def test_a_plan_that_has_not_moved_has_no_panel() -> None:
    assert make_gates_panel([change("load_up", 3)], NAMES, MONDAY, WEEKS) is None
    assert make_gates_panel([change("rung_up", 3)], NAMES, MONDAY + timedelta(14), WEEKS) is None
