"""Appointments: one for each session to come, the same ones after a change."""

from __future__ import annotations

from hingewise.report.plan_calendar import Appointment, make_appointments
from hingewise.report.plan_sheets import RESTS, PlanNow
from tests.builders_journal import NOW
from tests.builders_plan import LIBRARY, NAMES, kept_plan, paused, plan_now

KEPT = kept_plan()


def appointments(now: PlanNow) -> tuple[Appointment, ...]:
    return make_appointments(now, NAMES, LIBRARY, stamp=NOW)


def test_a_session_is_written_as_the_plan_says_it() -> None:
    first = appointments(plan_now(KEPT))[0]
    assert first.uid == f"{KEPT.id}-1-1@hingewise.local"
    assert (first.title, first.revision) == ("Training 1: session A", 0)
    assert first.minutes >= KEPT.plan.session("A").minutes
    assert first.text[:3] == ("Week 1, session A", "", "Warm-up")
    assert any(line.startswith("1. Cable pull-through 2 lighter sets of 6") for line in first.text)


def test_a_change_gives_the_same_sessions_a_higher_revision() -> None:
    before, after = (appointments(plan_now(KEPT, changes)) for changes in ((), (paused(KEPT),)))
    assert [each.uid for each in before] == [each.uid for each in after]
    assert {each.revision for each in after} == {1}
    assert f"1. Cable pull-through: {RESTS}" in after[0].text


def test_a_lighter_week_has_fewer_sets_and_says_so() -> None:
    made = appointments(plan_now(KEPT))
    assert made[-1].title == "Training 12: session B (lighter week)"
    assert sum(line.count("3x") for line in made[-1].text) < sum(
        line.count("3x") for line in made[1].text
    )
