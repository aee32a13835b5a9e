"""The days of sessions to come agree with what a plan says is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hingewise.training.plan import KeptPlan
from hingewise.training.schedule import Dated, coming
from tests.builders_plan import MONDAY, kept_plan

KEPT = kept_plan(weeks=4)
N_SESSIONS = 12


def to_come(
    n_done: int = 0, *, today: date = MONDAY, begun: bool = False, kept: KeptPlan = KEPT
) -> tuple[Dated, ...]:
    return coming(kept, kept.plan, n_done=n_done, today=today, begun=begun)


def test_every_session_has_its_day() -> None:
    found = to_come()
    assert len(found) == N_SESSIONS
    assert [each.on for each in found[:4]] == [MONDAY + timedelta(days=n) for n in (0, 2, 4, 7)]
    assert [each.session.id for each in found[:4]] == ["A", "B", "A", "B"]
    assert [each.key for each in found[:4]] == ["1-1", "1-2", "1-3", "2-1"]
    assert found[-1].week.kind == "lighter"


def test_a_plan_begins_on_its_day() -> None:
    later = replace(KEPT, started_on=MONDAY + timedelta(days=8))
    assert to_come(kept=later)[0].on == MONDAY + timedelta(days=9)


def test_a_missed_day_moves_all_behind_it_along() -> None:
    on_time, late = (
        to_come(2, today=MONDAY + timedelta(days=4)),
        to_come(2, today=MONDAY + timedelta(days=5)),
    )
    assert [each.key for each in late] == [each.key for each in on_time]
    assert (on_time[0].on, late[0].on) == (MONDAY + timedelta(days=4), MONDAY + timedelta(days=7))


def test_what_was_begun_today_is_not_to_come() -> None:
    assert [each.number for each in to_come(begun=True)] == list(range(2, N_SESSIONS + 1))
    assert to_come(begun=True)[0].on == MONDAY + timedelta(days=2)


def test_behind_its_end_a_plan_goes_on_under_other_keys() -> None:
    again = to_come(N_SESSIONS)
    assert len(again) == N_SESSIONS
    assert [each.key for each in again[:2]] == ["5-1", "5-2"]
    assert [each.week.number for each in again[:4]] == [1, 1, 1, 2]
    assert not {each.key for each in again} & {each.key for each in to_come()}


def test_a_plan_without_sessions_has_no_days() -> None:
    empty = replace(KEPT.plan, sessions=(), weeks=(), weekdays=())
    assert coming(KEPT, empty, n_done=0, today=MONDAY, begun=False) == ()


@given(
    n_done=st.integers(0, 60),
    days=st.integers(-20, 200),
    begun=st.booleans(),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
)
def test_it_agrees_with_the_plan(n_done: int, days: int, begun: bool, weekdays: set[int]) -> None:
    plan = replace(KEPT.plan, weekdays=tuple(sorted(weekdays)))
    today = MONDAY + timedelta(days=days)
    found = coming(KEPT, plan, n_done=n_done, today=today, begun=begun)
    assert 1 <= len(found) <= N_SESSIONS
    for number, each in enumerate(found, start=n_done + begun):
        assert each.number == number + 1
        assert (each.week, each.session) == plan.at(number)
        assert each.on.weekday() in weekdays
        assert each.on >= max(today + timedelta(days=begun), KEPT.started_on)
    assert len({each.key for each in found}) == len(found)
    assert [each.on for each in found] == sorted({each.on for each in found})


@given(n_done=st.integers(0, 60), days=st.integers(0, 200))
def test_tomorrow_says_what_was_said_today_behind_the_session(n_done: int, days: int) -> None:
    today = MONDAY + timedelta(days=days)
    assert to_come(n_done, today=today, begun=True) == to_come(
        n_done + 1, today=today + timedelta(days=1)
    )
