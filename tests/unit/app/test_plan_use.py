"""A plan as it is followed: what is decided when, and that nothing changes silently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hingewise.app import plan_use
from hingewise.app.plan_change import set_exercise, set_load, undo
from hingewise.app.plan_use import Desk, explained, follow, whats_next
from hingewise.errors import PlanError, StoreError
from hingewise.planner.decide import current_plan
from hingewise.planner.written import written
from hingewise.training.changes import Change
from tests.builders_plans import (
    LIBRARY,
    NAMES,
    Follower,
    coming_day,
    following,
    kg,
    learning,
    make_answers,
    quick_url,
)

LEARN = make_answers(goal="learn")
"""Primer (cable), step (kettlebell deadlift), thrust; legs in A, a hinge in B."""


@pytest.fixture
def lifter(tmp_path: Path) -> Iterator[Follower]:
    with following(quick_url(tmp_path)) as one:
        yield one


def kinds(changes: tuple[Change, ...]) -> dict[str, str]:
    return {each.slot: each.kind for each in changes}


def test_without_a_plan_it_says_how_to_make_one(lifter: Follower) -> None:
    with pytest.raises(PlanError, match="found none") as caught:
        follow(lifter.desk(0))
    assert "hingewise plan new" in caught.value.hint


def test_a_plan_that_says_what_to_do_first_is_not_kept(lifter: Follower) -> None:
    kept = lifter.begin(make_answers(conditions=("pain_now",)))
    assert not kept.plan.sessions
    assert lifter.plans.latest() is None


def test_the_first_session(lifter: Follower) -> None:
    lifter.begin(LEARN)
    first = lifter.next(0)
    assert (first.number, first.session.id, first.week.number) == (1, "A", 1)
    assert (first.fresh, first.finished, first.done) == ((), False, frozenset())
    assert set(first.decisions) == {"primer", "step", "thrust", "legs", "hinge"}


def test_sessions_take_turns_by_the_days_on_which_something_was_done(lifter: Follower) -> None:
    lifter.begin(LEARN)
    seen = [lifter.train(day).session.id for day in (0, 3, 7, 10)]
    assert seen == ["A", "B", "A", "B"]
    assert lifter.next(14).week.number == 3


def test_a_day_on_which_nothing_of_the_plan_was_done_is_no_session(lifter: Follower) -> None:
    lifter.begin(LEARN)
    lifter.do("sled push 3x20 @ 40 kg", 1)
    assert lifter.next(3).number == 1


def test_what_was_found_is_written_down_the_next_time(lifter: Follower) -> None:
    lifter.begin(LEARN)
    lifter.train(0)
    coming = lifter.next(3)
    assert kinds(coming.fresh)["primer"] == "load_found"
    line = next(line for line in coming.session.lines if line.slot == "primer")
    assert line.load == kg(10.0)
    assert lifter.plans.changes() == list(coming.fresh)
    change = next(each for each in coming.fresh if each.slot == "primer")
    assert change.lines == written(
        current_plan(
            coming.followed.kept.plan,
            coming.fresh[: coming.fresh.index(change) + 1],
            LIBRARY,
        ),
        NAMES,
    )


def test_asking_again_changes_nothing(lifter: Follower) -> None:
    lifter.begin(LEARN)
    lifter.train(0)
    first, again = lifter.next(3), lifter.next(3, 9)
    assert first.fresh
    assert again.fresh == ()
    assert again.session == first.session


def test_while_the_session_is_under_way_nothing_is_decided_about_what_is_done(
    lifter: Follower,
) -> None:
    """Nobody asked in the morning: the last session has earned a step meanwhile."""
    lifter.begin(LEARN)
    lifter.train(0)
    lifter.do("cable pull-through 3x12 @ 10 kg, 3 RIR", 3, hour=9)
    coming = lifter.next(3, 10)
    assert coming.done == {"cable_pull_through"}
    assert "primer" not in kinds(coming.fresh)
    assert coming.decisions["primer"].kind == "hold"
    assert "Under way" in coming.decisions["primer"].because.text
    assert kinds(coming.fresh)["step"] == "load_found"


def test_when_the_session_is_done_the_next_one_is_shown(lifter: Follower) -> None:
    lifter.begin(LEARN)
    lifter.train(0)
    evening = lifter.next(0, 20)
    assert evening.finished
    assert (evening.number, evening.session.id) == (2, "B")
    assert kinds(evening.fresh)["primer"] == "load_found"
    assert lifter.next(3).fresh == ()


def test_something_else_done_instead_is_as_good_as_done(lifter: Follower) -> None:
    lifter.begin(LEARN)
    lifter.train(0, but="legs")
    assert not lifter.next(0, 19).finished
    legs = lifter.next(0, 19).session.lines[-1]
    assert "goblet_squat" in legs.alternatives
    lifter.do("goblet squat 3x8 @ 12 kg", 0, hour=19)
    assert lifter.next(0, 20).finished


def test_pain_is_answered_at_once(lifter: Follower) -> None:
    lifter.begin(LEARN)
    lifter.next(0)
    lifter.do("cable pull-through 2x12 @ 20 kg", 0, hour=9, pain=6)
    coming = lifter.next(0, 10)
    assert kinds(coming.fresh) == {"primer": "paused"}
    assert coming.fresh[0].evidence
    assert not coming.finished


def test_what_rests_need_not_be_done(lifter: Follower) -> None:
    lifter.begin(LEARN)
    lifter.train(0, but="legs")
    lifter.do("split squat 1x8 @ 2x10 kg", 0, pain=8)
    assert lifter.next(0, 20).finished
    lifter.train(3)
    coming = lifter.train(7, but="legs")
    assert coming.session.id == "A"
    assert lifter.next(7, 20).finished


def test_pain_of_two_entries_on_one_day(lifter: Follower) -> None:
    """The second was free of it: it hurt all the same."""
    lifter.begin(LEARN)
    lifter.do("cable pull-through 1x12 @ 20 kg", 0, hour=9, pain=6)
    lifter.do("cable pull-through 1x12 @ 10 kg", 0, hour=10, pain=0)
    assert kinds(lifter.next(3).fresh)["primer"] == "paused"


def test_what_was_done_before_the_plan_began_is_not_of_it(lifter: Follower) -> None:
    lifter.do("cable pull-through 3x12 @ 40 kg", -3)
    lifter.begin(LEARN)
    lifter.do("cable pull-through 3x12 @ 50 kg", 1, on=-2)
    coming = lifter.next(2)
    assert coming.number == 1
    assert coming.fresh == ()


def test_a_new_plan_on_the_day_of_a_session_begins_from_nothing(lifter: Follower) -> None:
    lifter.begin(LEARN)
    lifter.train(0)
    new = plan_use.make(LEARN, lifter.desk(0, 20), weeks=4, start=coming_day(0))
    same_day = lifter.next(0, 21)
    assert same_day.followed.kept == new
    assert (same_day.number, same_day.done, same_day.fresh) == (1, frozenset(), ())
    assert lifter.next(3).number == 1
    assert lifter.train(3).session.id == "A"
    assert lifter.next(7).number == 2


def test_the_old_plan_keeps_its_changes(lifter: Follower) -> None:
    old = lifter.begin(LEARN)
    set_load(lifter.desk(0), "primer", kg(40))
    lifter.begin(LEARN, day=3)
    assert follow(lifter.desk(4)).changes == ()
    assert len(lifter.plans.changes(old.id)) == 1


def test_two_sessions_on_one_day_are_one_day_of_training(lifter: Follower) -> None:
    lifter.begin(LEARN)
    lifter.train(0)
    lifter.do("dumbbell romanian deadlift 3x10 @ 2x10 kg", 0, hour=20)
    assert lifter.next(3).number == 2


def test_a_step_for_which_there_is_no_room_is_not_taken_and_says_so(lifter: Follower) -> None:
    """Else what was learnt would drop out of the plan."""
    lifter.begin(make_answers(goal="learn", experience="none", days=1, minutes=20))
    for day in range(0, 36, 7):
        coming = lifter.train(day)
    decision = coming.decisions["step"]
    assert decision.because.rule == "minutes_kept"
    assert "from now on it is trained. It does not fit" in decision.because.text
    assert "step" not in kinds(coming.fresh)
    (step,) = (line for line in coming.session.lines if line.slot == "step")
    assert step.stage == "learning"


def test_what_gives_way_to_a_change_is_said_with_it(lifter: Follower) -> None:
    """Every line of the plan before is there after it, or the change says what became of it."""
    lifter.begin(make_answers(minutes=45, days=4))
    before = written(follow(lifter.desk(0)).plan, NAMES)
    for day in range(0, 40, 2):
        for change in lifter.train(day).fresh:
            lost = {each.split(":")[0] for each in before} - {
                each.split(":")[0] for each in change.lines
            }
            said = " ".join(change.also)
            assert all(f"{line_id} gives way" in said for line_id in lost)
            before = change.lines


def test_a_program_that_decided_first_wins(
    lifter: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    lifter.begin(LEARN)
    lifter.train(0)
    desk = lifter.desk(3)
    real = plan_use._decide_all

    def slow(*given: object, **said: object) -> object:
        monkeypatch.setattr(plan_use, "_decide_all", real)
        whats_next(desk)
        return real(*given, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(plan_use, "_decide_all", slow)
    with pytest.raises(StoreError, match="another program"):
        whats_next(desk)
    assert len(lifter.plans.changes()) == len(follow(desk).changes)


def newer(desk: Desk, exercise: str) -> Desk:
    """A program whose library asks for care with an exercise."""
    changed = replace(
        LIBRARY.exercises[exercise],
        contraindications=(*LIBRARY.exercises[exercise].contraindications, "knee_pain"),
    )
    library = replace(LIBRARY, exercises={**LIBRARY.exercises, exercise: changed})
    return replace(desk, library=library)


CAREFUL = make_answers(goal="learn", conditions=("knee_pain",))


def test_a_newer_program_writes_down_what_it_reads_otherwise(lifter: Follower) -> None:
    lifter.begin(CAREFUL)
    lifter.train(0)
    lifter.next(3)
    desk = newer(lifter.desk(3, 9), "dumbbell_romanian_deadlift")
    coming = whats_next(desk)
    (change,) = coming.fresh or [each for each in coming.followed.changes if each.kind == "updated"]
    assert change.kind == "updated"
    assert change.slot == "hinge"
    assert change.before.exercise == "dumbbell_romanian_deadlift"
    assert change.after.exercise != "dumbbell_romanian_deadlift"
    assert not any(
        line.exercise == "dumbbell_romanian_deadlift" for line in coming.followed.plan.lines
    )
    assert [c for c in whats_next(desk).followed.changes if c.kind == "updated"] == [change]


def test_a_newer_program_says_so_of_a_plan_that_was_never_changed(lifter: Follower) -> None:
    lifter.begin(CAREFUL)
    desk = newer(lifter.desk(0), "dumbbell_romanian_deadlift")
    coming = whats_next(desk)
    assert [each.kind for each in coming.followed.changes] == ["updated"]
    with pytest.raises(PlanError, match="expected a change that can be taken back, found none"):
        undo(desk, "")


def test_what_is_told_late_of_an_earlier_day_does_not_step_twice(lifter: Follower) -> None:
    lifter.begin(LEARN)
    set_load(lifter.desk(0), "primer", kg(60))
    lifter.do("cable pull-through 5x15 @ 60 kg, 3 RIR", 1)
    assert kinds(lifter.next(3).fresh)["primer"] == "load_up"
    lifter.do("cable pull-through 5x15 @ 65 kg, 3 RIR", 4, on=2)
    assert "primer" not in kinds(lifter.next(5).fresh)


def test_a_chosen_exercise_is_trained_like_any_other(lifter: Follower) -> None:
    lifter.begin(LEARN)
    set_exercise(lifter.desk(0), "legs", "goblet_squat")
    for day in (0, 3, 7, 10):
        lifter.train(day)
    plan = follow(lifter.desk(14)).plan
    legs = next(line for line in plan.lines if line.slot == "legs")
    assert legs.exercise == "goblet_squat"
    assert legs.because[1].rule in ("learn_first", "your_word")


def test_why_a_line_is_there(lifter: Follower) -> None:
    plan = lifter.begin(LEARN).plan
    assert {each["line"] for each in explained(plan, "primer")} == {"A.primer", "B.primer"}
    assert [each["line"] for each in explained(plan, "A.legs")] == ["A.legs"]
    assert all(each["because"] for each in explained(plan, ""))
    with pytest.raises(PlanError, match=r"expected a line of the plan \(A.primer"):
        explained(plan, "nose")


def test_a_slot_that_came_in_later_can_be_set(lifter: Follower) -> None:
    """There was no room for it when the plan was made."""
    kept = lifter.begin(make_answers(goal="muscle", experience="none", minutes=23))
    assert "thrust" not in {line.slot for line in kept.plan.lines}
    for day in (0, 3, 6):
        coming = lifter.train(day)  # on the last of them it comes in
        assert {line.slot for line in coming.session.lines} <= coming.decisions.keys()
    coming = lifter.next(7)
    assert "thrust" in coming.decisions
    change = set_exercise(lifter.desk(7, 9), "thrust", "glute_bridge")
    assert change.before == learning("bodyweight_hip_thrust")
    plan = follow(lifter.desk(7, 10)).plan
    assert {line.exercise for line in plan.lines if line.slot == "thrust"} == {"glute_bridge"}
