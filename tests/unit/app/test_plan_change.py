"""What a lifter changes: loads and exercises of their own, back from pain, and all of it undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hingewise.app.plan_change import (
    parse_load,
    resume,
    set_by_words,
    set_exercise,
    set_load,
    undo,
)
from hingewise.app.plan_use import follow
from hingewise.errors import PlanError
from hingewise.planner.decide import standing
from hingewise.training.changes import SlotState
from hingewise.training.load import BODY, Load
from tests.builders_plans import (
    HOME,
    Follower,
    band,
    following,
    kg,
    learning,
    make_answers,
    quick_url,
    trained,
)

LEARN = make_answers(goal="learn")


@pytest.fixture
def lifter(tmp_path: Path) -> Iterator[Follower]:
    with following(quick_url(tmp_path)) as one:
        one.begin(LEARN)
        yield one


def state(lifter: Follower, slot: str) -> SlotState:
    followed = follow(lifter.desk(30))
    return standing(followed.kept.plan, followed.changes, followed.plan)[slot]


def test_a_load_of_ones_own(lifter: Follower) -> None:
    change = set_load(lifter.desk(0), "primer", kg(45))
    assert (change.kind, change.because.rule) == ("own", "your_word")
    assert state(lifter, "primer") == trained("cable_pull_through", kg(45.0))
    loads = {line.load for line in follow(lifter.desk(0)).plan.lines if line.slot == "primer"}
    assert loads == {kg(45.0)}


def test_a_load_of_ones_own_is_explained_as_such(lifter: Follower) -> None:
    set_load(lifter.desk(0), "primer", kg(45))
    line = follow(lifter.desk(0)).plan.line("A.primer")
    assert "hingewise plan history" in line.because[-1].text
    assert not any("A tenth lower" in each.text for each in line.because)


@pytest.mark.parametrize(
    "slot, load", [("primer", BODY), ("primer", band("light")), ("thrust", kg(20))]
)
def test_a_load_that_it_does_not_take(lifter: Follower, slot: str, load: Load) -> None:
    with pytest.raises(PlanError, match=f"{slot}: expected a load as .* takes it"):
        set_load(lifter.desk(0), slot, load)
    assert follow(lifter.desk(0)).changes == ()


def test_a_band_that_is_not_there(lifter: Follower) -> None:
    lifter.begin(make_answers(goal="learn", equipment=HOME), day=1)
    with pytest.raises(PlanError, match=r"\(extra light, light, .*\), got blue band"):
        set_load(lifter.desk(2), "primer", band("blue"))
    set_load(lifter.desk(2), "primer", band("Heavy"))
    assert state(lifter, "primer").load == band("Heavy")


def test_an_exercise_of_ones_own(lifter: Follower) -> None:
    change = set_exercise(lifter.desk(0), "legs", "goblet_squat")
    assert change.before == learning("split_squat")
    assert state(lifter, "legs") == trained("goblet_squat")  # that one is known by this answer


def test_the_same_exercise_keeps_its_load(lifter: Follower) -> None:
    set_load(lifter.desk(0), "primer", kg(45))
    set_exercise(lifter.desk(0, 9), "primer", "cable_pull_through")
    assert state(lifter, "primer") == trained("cable_pull_through", kg(45.0))


@pytest.mark.parametrize(
    "slot, exercise, says",
    [
        ("legs", "sled_push", "needs what you do not have: sled"),
        ("legs", "cable_pull_through", "is in this session already"),
        ("nose", "goblet_squat", r"expected a place of the plan \(primer, step"),
    ],
)
def test_an_exercise_that_cannot_be_planned(
    lifter: Follower, slot: str, exercise: str, says: str
) -> None:
    with pytest.raises(PlanError, match=says):
        set_exercise(lifter.desk(0), slot, exercise)
    assert follow(lifter.desk(0)).changes == ()


def test_who_asks_for_care_cannot_choose_what_calls_for_it(lifter: Follower) -> None:
    lifter.begin(make_answers(goal="learn", conditions=("low_back_recent",)), day=1)
    with pytest.raises(PlanError, match="calls for care"):
        set_exercise(lifter.desk(2), "primer", "romanian_deadlift")


def test_who_is_new_cannot_choose_the_swing_before_its_groundwork(lifter: Follower) -> None:
    lifter.begin(make_answers(goal="learn", experience="none"), day=1)
    with pytest.raises(PlanError, match="until this is learnt: Band pull-through, Kettlebell"):
        set_exercise(lifter.desk(2), "step", "kettlebell_swing")


def test_an_exercise_for_which_there_is_no_time(lifter: Follower) -> None:
    lifter.begin(make_answers(goal="learn", minutes=20), day=1)
    with pytest.raises(PlanError, match="does not fit into your minutes"):
        set_exercise(lifter.desk(2), "thrust", "single_leg_romanian_deadlift")
    assert follow(lifter.desk(2)).changes == ()


def test_back_from_pain(lifter: Follower) -> None:
    set_load(lifter.desk(0), "primer", kg(45))
    lifter.do("cable pull-through 3x8 @ 45 kg", 1, pain=7)
    lifter.next(2)
    assert state(lifter, "primer").paused
    assert "rests" in lifter.next(3).decisions["primer"].because.text
    change = resume(lifter.desk(9), "primer")
    assert change.kind == "resumed"
    assert state(lifter, "primer") == trained("cable_pull_through", kg(40.0))
    assert not state(lifter, "primer").paused
    assert lifter.next(10).fresh == ()


def test_back_from_pain_though_nothing_rests(lifter: Follower) -> None:
    with pytest.raises(PlanError, match="primer: expected an exercise that rests"):
        resume(lifter.desk(0), "primer")


def test_a_load_of_ones_own_does_not_wake_what_rests(lifter: Follower) -> None:
    lifter.do("cable pull-through 3x8 @ 45 kg", 1, pain=7)
    lifter.next(2)
    set_load(lifter.desk(3), "primer", kg(20))
    assert state(lifter, "primer").paused


def test_undo_takes_the_latest_back(lifter: Follower) -> None:
    first = set_load(lifter.desk(0), "primer", kg(45))
    second = set_exercise(lifter.desk(0), "legs", "goblet_squat")
    back = undo(lifter.desk(0), "")
    assert (back.kind, back.undoes) == ("undone", second.id)
    assert state(lifter, "legs") == learning("split_squat")
    assert state(lifter, "primer").load == kg(45.0)
    assert undo(lifter.desk(0), "").undoes == first.id
    assert state(lifter, "primer") == trained("cable_pull_through")


def test_undo_by_the_first_letters_of_an_id(lifter: Follower) -> None:
    first = set_load(lifter.desk(0), "primer", kg(45))
    set_exercise(lifter.desk(0), "legs", "goblet_squat")
    assert undo(lifter.desk(0), first.id[:6]).undoes == first.id


def test_an_older_change_of_a_place_is_not_undone_before_the_later_one(lifter: Follower) -> None:
    """Though both were made in the same moment."""
    first = set_load(lifter.desk(0), "primer", kg(45))
    second = set_load(lifter.desk(0), "primer", kg(50))
    with pytest.raises(PlanError, match=f"which is {second.id[:6]}"):
        undo(lifter.desk(0), first.id)
    undo(lifter.desk(0), second.id)
    undo(lifter.desk(0), first.id)
    assert state(lifter, "primer") == trained("cable_pull_through")


@pytest.mark.parametrize("beginning", ["", "zz"])
def test_nothing_to_undo(lifter: Follower, beginning: str) -> None:
    with pytest.raises(PlanError, match="expected"):
        undo(lifter.desk(0), beginning)


def test_what_was_undone_is_not_undone_again(lifter: Follower) -> None:
    first = set_load(lifter.desk(0), "primer", kg(45))
    undo(lifter.desk(0), "")
    with pytest.raises(PlanError, match="expected the id of one change"):
        undo(lifter.desk(0), first.id)


def test_a_step_that_is_undone_is_not_taken_again_the_next_day(lifter: Follower) -> None:
    lifter.train(0)
    found = lifter.next(3)
    change = next(each for each in found.fresh if each.slot == "primer")
    undo(lifter.desk(3, 9), change.id)
    assert "primer" not in {each.slot for each in lifter.next(4).fresh}
    lifter.do("cable pull-through 5x12 @ 30 kg, 3 RIR", 5)
    assert "primer" in {each.slot for each in lifter.next(6).fresh}
    assert state(lifter, "primer").load == kg(30.0)


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("45 kg", kg(45.0)),
        ("2x20 kg", kg(20.0, 2)),
        ("100 lb", Load(kind="mass", value=100.0, unit="lb")),
        ("light band", band("light")),
        ("bodyweight", BODY),
        ("goblet squat", None),
        ("45", None),
        ("45 kg, 2 RIR", None),
        ('45 kg, "easy"', None),
        ("45 kg; 3x8", None),
        ("", None),
        ("9999 kg", None),
    ],
)
def test_words_for_a_load(lifter: Follower, words: str, wanted: Load | None) -> None:
    assert parse_load(words, lifter.desk(0)) == wanted


def test_words_for_either(lifter: Follower) -> None:
    set_by_words(lifter.desk(0), "primer", "45 kg")
    set_by_words(lifter.desk(0), "legs", "Goblet squat")
    assert state(lifter, "primer").load == kg(45.0)
    assert state(lifter, "legs").exercise == "goblet_squat"
    with pytest.raises(PlanError, match="expected a load such as 45 kg, or an exercise") as caught:
        set_by_words(lifter.desk(0), "legs", "goblet squatt")
    assert caught.value.hint == "Did you mean Goblet squat?"
