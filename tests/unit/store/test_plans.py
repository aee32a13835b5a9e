"""Plans, changes and techniques: rows are only added, and come back exactly as they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from hingewise.errors import StoreError
from hingewise.store.journal import Journal
from hingewise.store.plans import MAX_IN_QUERY, Plans
from hingewise.training.changes import Change
from hingewise.training.journal import Entry, new_entry
from hingewise.training.plan import KeptPlan
from hingewise.training.sets import PerformedSet
from tests.builders_plans import (
    FIRST_DAY,
    Follower,
    following,
    kg,
    make_answers,
    make_change,
    make_plan,
    make_technique,
    moment,
    new_id,
    trained,
)


@pytest.fixture
def lifter(database_url: str) -> Iterator[Follower]:
    with following(database_url) as one:
        yield one


@pytest.fixture
def plans(lifter: Follower) -> Plans:
    return lifter.plans


def kept_plan(day: int = 0, **answers: object) -> KeptPlan:
    return KeptPlan(
        id=new_id(),
        made_at=moment(day),
        started_on=FIRST_DAY + timedelta(days=day),
        plan=make_plan(make_answers(**answers)),
    )


def change_of(kept: KeptPlan, kilograms: float = 40.0) -> Change:
    state = trained("cable_pull_through", kg(kilograms))
    return replace(make_change("primer", "load_up", state, state), plan=kept.id)


def an_entry() -> Entry:
    done = PerformedSet(exercise="lunge", repetitions=8, load=kg(10, 2))
    return new_entry([done], on=FIRST_DAY, now=moment(0))


def test_there_is_none_at_first(plans: Plans) -> None:
    assert plans.latest() is None
    assert plans.all() == []
    assert plans.changes() == []
    assert plans.techniques() == []


def test_a_plan_comes_back_exactly(plans: Plans) -> None:
    kept = kept_plan(conditions=("knee_pain",), mistakes=("rounding_back",))
    plans.add(kept)
    assert plans.latest() == kept


def test_the_latest_counts_and_none_is_lost(plans: Plans) -> None:
    late, early = kept_plan(5, goal="health"), kept_plan(0)
    plans.add(late)
    plans.add(early)
    assert plans.latest() == late
    assert plans.all() == [early, late]


def test_moments_are_the_same_wherever_they_were_written(plans: Plans) -> None:
    tokyo = timezone(timedelta(hours=9))
    kept = kept_plan()
    plans.add(replace(kept, made_at=kept.made_at.astimezone(tokyo)))
    read = plans.latest()
    assert read == kept
    assert read is not None
    assert read.made_at.utcoffset() == timedelta(0)


def test_a_plan_is_added_once(plans: Plans) -> None:
    kept = kept_plan()
    plans.add(kept)
    with pytest.raises(StoreError, match="got what is there already"):
        plans.add(replace(kept, plan=make_plan(make_answers(goal="health"))))
    assert plans.latest() == kept


def test_changes_come_in_their_order_and_by_their_plan(plans: Plans) -> None:
    one, other = kept_plan(0), kept_plan(1)
    plans.add(one)
    plans.add(other)
    first, second, third = (change_of(one, n) for n in (40.0, 45.0, 50.0))
    foreign = change_of(other)
    plans.change([first, second], known=0)
    plans.change([foreign], known=0)
    plans.change([third], known=2)
    assert plans.changes(one.id) == [first, second, third]
    assert plans.changes(other.id) == [foreign]
    assert len(plans.changes()) == 4


def test_no_change_is_no_change(plans: Plans) -> None:
    plans.change([], known=99)
    assert plans.changes() == []


@pytest.mark.parametrize("known", [0, 2])
def test_who_did_not_see_the_latest_change_is_refused(plans: Plans, known: int) -> None:
    kept = kept_plan()
    plans.add(kept)
    seen = change_of(kept)
    plans.change([seen], known=0)
    with pytest.raises(StoreError, match=f"with {known} changes, got one with 1") as caught:
        plans.change([change_of(kept, 45.0)], known=known)
    assert caught.value.hint == "Say it again."
    assert plans.changes() == [seen]


def test_changes_are_written_all_or_none(plans: Plans) -> None:
    kept = kept_plan()
    plans.add(kept)
    first = change_of(kept)
    with pytest.raises(StoreError, match="expected to write"):
        plans.change([change_of(kept, 45.0), first, first], known=0)
    assert plans.changes() == []


def test_no_change_of_a_plan_that_is_not_there(plans: Plans) -> None:
    with pytest.raises(StoreError):
        plans.change([change_of(kept_plan())], known=0)


def test_how_sets_looked_comes_back_the_oldest_word_first(lifter: Follower) -> None:
    entry, other = an_entry(), an_entry()
    lifter.journal.add([entry, other])
    late = make_technique("rounding_back", entry=entry.id, at=moment(3))
    early = make_technique(
        entry=entry.id, how="film", absent=("rounding_back",), score=88.0, sha256="a" * 64
    )
    foreign = make_technique(entry=other.id, at=moment(1))
    lifter.plans.tell([late, foreign])
    lifter.plans.tell([early])
    assert lifter.plans.techniques() == [early, foreign, late]
    assert lifter.plans.techniques([entry.id]) == [early, late]
    assert lifter.plans.techniques([]) == []


def test_many_entries_are_asked_for_in_parts(lifter: Follower) -> None:
    entry = an_entry()
    lifter.journal.add([entry])
    told = make_technique(entry=entry.id)
    lifter.plans.tell([told])
    ids = [new_id() for _ in range(MAX_IN_QUERY)] + [entry.id]
    assert lifter.plans.techniques(ids) == [told]


def test_a_word_about_no_entry_is_refused_and_so_is_one_said_twice(lifter: Follower) -> None:
    entry = an_entry()
    lifter.journal.add([entry])
    good = make_technique(entry=entry.id)
    with pytest.raises(StoreError, match="about what is not"):
        lifter.plans.tell([good, make_technique(entry=new_id())])
    assert lifter.plans.techniques() == []
    lifter.plans.tell([good])
    with pytest.raises(StoreError):
        lifter.plans.tell([good])
    lifter.plans.tell([])


def test_an_entry_and_its_technique_are_written_together_or_not(lifter: Follower) -> None:
    entry = an_entry()
    with pytest.raises(StoreError):
        lifter.journal.add([entry], [make_technique(entry=new_id())])
    assert lifter.journal.entries() == []


def on(day: int, exercise: str = "lunge", *, hour: int = 18) -> Entry:
    done = PerformedSet(exercise=exercise, repetitions=8, load=kg(10, 2))
    return new_entry([done], on=FIRST_DAY + timedelta(days=day), now=moment(day, hour))


def n_days(journal: Journal, *, told_after_hour: int = 0) -> int:
    return journal.n_days(
        ["lunge", "split_squat"],
        since=FIRST_DAY,
        before=FIRST_DAY + timedelta(days=10),
        told_after=moment(0, told_after_hour),
    )


def test_days_of_training_are_counted_once(lifter: Follower) -> None:
    lifter.journal.add([on(-1), on(0), on(0, "split_squat"), on(3), on(4, "goblet_squat"), on(10)])
    assert n_days(lifter.journal) == 2


def test_what_was_done_on_the_first_day_before_the_plan_was_made_is_not_counted(
    lifter: Follower,
) -> None:
    lifter.journal.add([on(0, hour=9), on(3)])
    assert n_days(lifter.journal, told_after_hour=9) == 2
    assert n_days(lifter.journal, told_after_hour=10) == 1


def test_what_was_taken_out_is_not_counted(lifter: Follower) -> None:
    slip = on(0)
    lifter.journal.add([slip, on(3)])
    lifter.journal.remove(slip.id, moment(4))
    assert n_days(lifter.journal) == 1
    assert lifter.journal.latest("lunge") is not None
    assert lifter.journal.by_id(slip.id) is None


def test_the_latest_of_an_exercise_is_that_of_the_latest_day(lifter: Follower) -> None:
    late, early = on(3, hour=8), on(0, hour=20)
    lifter.journal.add([late, early])
    assert lifter.journal.latest("lunge") == late
    assert lifter.journal.latest("split_squat") is None


def test_an_entry_by_the_beginning_of_its_id(lifter: Follower) -> None:
    one = on(0)
    lifter.journal.add([one])
    assert lifter.journal.by_id(one.id[:10]) == one
    assert lifter.journal.by_id("") is None
    assert lifter.journal.by_id("%") is None


def test_the_latest_entries_come_the_oldest_first(lifter: Follower) -> None:
    first, second, third = on(0), on(1), on(2)
    lifter.journal.add([third, first, second])
    assert lifter.journal.recent(since=FIRST_DAY, most=2) == [second, third]
    assert lifter.journal.recent(since=FIRST_DAY + timedelta(days=2), most=9) == [third]
