"""The warm-up: six phases in their order, five to ten minutes, the drills that answers ask for."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from hingewise.planner.allow import allow
from hingewise.planner.tables import load_patterns
from hingewise.planner.warm_up import ID, seconds, warm_up
from hingewise.training.answers import Habit
from hingewise.training.plan import DrillLine, Note
from tests.builders_plans import GYM, HOME, LIBRARY, make_answers

PHASES = [phase.name for phase in LIBRARY.warm_ups[ID].phases]


def warm(**answers: Any) -> tuple[tuple[DrillLine, ...], tuple[Note, ...]]:
    given = make_answers(**answers)
    return warm_up("A", given, allow(given, LIBRARY), LIBRARY)


@pytest.mark.parametrize(
    "minutes, wanted",
    [(15, 300), (29, 300), (30, 306), (45, 459), (58, 591.6), (60, 600), (120, 600)],
)
def test_a_sixth_of_the_session_within_five_to_ten_minutes(minutes: int, wanted: float) -> None:
    assert seconds(minutes) == pytest.approx(wanted)


@pytest.mark.parametrize("minutes", [15, 20, 31, 37, 45, 60, 90, 120])
@pytest.mark.parametrize("equipment", [GYM, HOME, ()])
@pytest.mark.parametrize("experience", ["none", "deadlift"])
def test_it_takes_five_to_ten_minutes_whatever_is_there(
    minutes: int, equipment: tuple[str, ...], experience: str
) -> None:
    lines, _ = warm(minutes=minutes, equipment=equipment, experience=experience)
    assert 300 <= sum(line.seconds for line in lines) <= 600


def test_six_phases_in_their_order() -> None:
    lines, notes = warm()
    assert [line.phase for line in lines] == PHASES
    assert len(PHASES) == 6
    assert notes == ()
    assert [line.id for line in lines][:2] == ["A.soft_tissue", "A.stretch"]


def test_every_phase_has_its_share_of_the_time() -> None:
    for minutes in (15, 45, 120):
        lines, _ = warm(minutes=minutes)
        for line, phase in zip(lines, LIBRARY.warm_ups[ID].phases, strict=True):
            least, most = phase.duration_s
            assert least - 1 <= line.seconds <= most + 1


def test_a_phase_whose_things_are_missing_is_left_out_and_said() -> None:
    lines, notes = warm(equipment=())
    assert [line.phase for line in lines] == PHASES[1:]
    (note,) = notes
    assert note.text == "The phase “Soft tissue” of the warm-up is left out: it needs: foam roller."
    assert note.because[0].question == "equipment"


@pytest.mark.parametrize("habit", get_args(Habit))
def test_a_habit_has_its_drill(habit: Habit) -> None:
    lines, _ = warm(habits=(habit,))
    mine = [line for line in lines if line.drill in load_patterns().drills_for[habit]]
    assert mine
    assert mine[0].because[0].question == "habits"


@pytest.mark.parametrize("fault", [each.id for each in LIBRARY.faults.values() if each.measure])
def test_a_mistake_has_its_drill_where_one_is_in_the_warm_up(fault: str) -> None:
    drills = {drill for phase in LIBRARY.warm_ups[ID].phases for drill in phase.drills}
    answers = {"mistakes": (fault,), "experience": "deadlift"}
    usable = {
        drill
        for drill in set(LIBRARY.faults[fault].drills) & drills
        if set(LIBRARY.drills[drill].equipment) <= {*GYM}
    }
    lines, _ = warm(**answers)
    if usable:
        assert any(line.because[0].question == "mistakes" for line in lines)


def test_a_mistake_comes_before_a_habit() -> None:
    lines, _ = warm(habits=("sitting",), mistakes=("squatting_it",))
    asked = {line.phase: line.because[0].question for line in lines}
    assert "mistakes" in asked.values()


@pytest.mark.parametrize("condition", [each for each in LIBRARY.flags if each != "new_to_training"])
def test_no_drill_that_calls_for_care(condition: str) -> None:
    lines, notes = warm(conditions=(condition,), cleared=())
    care = load_patterns().drill_care
    for line in lines:
        assert condition not in care.get(line.drill, ())
        exercise = LIBRARY.drills[line.drill].exercise
        if exercise:
            assert condition not in LIBRARY.exercises[exercise].contraindications
    assert {line.phase for line in lines} | {
        phase for phase in PHASES if any(phase in note.text for note in notes)
    } == set(PHASES)


def test_every_drill_has_a_reason_with_a_source() -> None:
    lines, _ = warm(habits=("heels",), mistakes=("rounding_back",))
    for line in lines:
        assert all(each.rule in LIBRARY.rules and each.sources for each in line.because)
        assert [each.rule for each in line.because] == ["drill_for_you", "warm_up_time"]
