"""A plan in words, and what is different between two of them."""

from __future__ import annotations

from hingewise.planner.written import differences, written
from tests.builders_plans import NAMES, kg, make_answers, make_plan, trained

BEFORE = ("A.primer: Pull 3x8", "A.legs: Squat 3x8", "B.primer: Pull 3x8", "B.hinge: Hinge 3x8")


def test_every_line_in_the_words_of_the_journal() -> None:
    plan = make_plan(make_answers(), primer=trained("cable_pull_through", kg(40.0)))
    lines = written(plan, NAMES)
    assert lines[0] == "A.primer: Cable pull-through 5x8-15 @ 40 kg, 3 RIR, 3-0-1-1, rest 75 s"
    assert [each.split(":")[0] for each in lines] == [line.id for line in plan.lines]


def test_nothing_is_different() -> None:
    assert differences(BEFORE, BEFORE) == ()


def test_what_is_different_in_words() -> None:
    after = ("A.primer: Pull 3x8", "A.legs: Squat 2x8", "B.primer: Pull 3x8", "B.legs: Squat 2x8")
    assert differences(BEFORE, after) == (
        "A.legs: Squat 3x8 becomes Squat 2x8",
        "B.hinge gives way: Hinge 3x8",
        "B.legs comes in: Squat 2x8",
    )


def test_the_change_itself_is_not_said_twice() -> None:
    after = ("A.primer: Pull 4x8", "A.legs: Squat 3x8", "B.primer: Pull 4x8", "B.hinge: Hinge 3x8")
    assert differences(BEFORE, after, but="primer") == ()
    assert len(differences(BEFORE, after)) == 2


def test_a_place_that_falls_out_of_the_plan_by_its_own_change_is_said() -> None:
    after = ("A.primer: Pull 3x8", "B.primer: Pull 3x8", "B.hinge: Hinge 3x8")
    assert differences(BEFORE, after, but="legs") == ("A.legs gives way: Squat 3x8",)


def test_notes_with_colons_are_words_like_others() -> None:
    assert differences(("A.a: x: y",), ("A.a: x: z",)) == ("A.a: x: y becomes x: z",)
