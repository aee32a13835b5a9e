"""The sheets of a plan ask for what the plan asks for, and have room for every set."""

from __future__ import annotations

from dataclasses import replace

from hingewise.report.plan_sheets import BY_FEEL, SheetLine, make_sheets
from hingewise.training.changes import SlotState
from hingewise.training.load import Load
from tests.builders_plan import ANSWERS, LIBRARY, NAMES, change, kept_plan, paused, plan_now

KEPT = kept_plan()


def test_every_session_line_and_drill_is_there() -> None:
    sheets = make_sheets(plan_now(KEPT), NAMES, LIBRARY)
    plan = KEPT.plan
    assert [line.id for sheet in sheets.sheets for line in sheet.lines] == [
        line.id for line in plan.lines
    ]
    for sheet, session in zip(sheets.sheets, plan.sessions, strict=True):
        assert len(sheet.warm_up) == len(session.warm_up)
        assert sheet.minutes == round(session.minutes)
    assert sheets.summary == "4 weeks: Monday, Wednesday, Friday"
    assert sheets.state == "From Mon 2 Mar 2026 on; no change since."


def lines(*, mistakes: tuple[str, ...] = ("rounding_back",)) -> dict[str, SheetLine]:
    kept = kept_plan(replace(ANSWERS, mistakes=mistakes))
    sheets = make_sheets(plan_now(kept), NAMES, LIBRARY)
    return {line.id: line for sheet in sheets.sheets for line in sheet.lines}


def test_a_line_says_all_that_is_asked_for() -> None:
    line, planned = lines()["A.primer"], KEPT.plan.line("A.primer")
    least, most = planned.repetitions
    assert line.dose == f"{planned.sets} × {least}–{most}"
    assert line.details[:2] == (BY_FEEL, f"{planned.rir:g} repetitions left")
    assert f"rest {planned.rest_s} s" in line.details
    assert line.safety == LIBRARY.exercises[planned.exercise].safety[0].text
    assert len(line.reasons) == len(planned.because)
    assert line.reasons[0].sources
    assert any(each.answer.startswith("You answered “") for each in line.reasons)
    assert line.instead


def test_there_is_room_for_every_set() -> None:
    line, planned = lines()["A.primer"], KEPT.plan.line("A.primer")
    assert planned.ramp is not None
    assert sum(box.lighter for box in line.boxes) == planned.ramp.sets
    working = [box for box in line.boxes if not box.lighter]
    assert [box.title for box in working] == [str(n) for n in range(1, planned.sets + 1)]
    assert sum(not box.full for box in working) == planned.lighter_sets


def test_what_went_wrong_before_gives_the_first_cue() -> None:
    against = LIBRARY.cues[LIBRARY.faults["rounding_back"].cue].say
    assert lines()["A.primer"].cues[0] == against
    assert len(lines()["A.primer"].cues) == 2
    assert against not in lines(mistakes=())["A.primer"].cues


def test_what_rests_and_what_was_changed_is_shown() -> None:
    sheets = make_sheets(plan_now(KEPT, [paused(KEPT)]), NAMES, LIBRARY)
    assert [line.rests for line in sheets.sheets[0].lines][:2] == [True, False]
    own = SlotState(
        exercise=KEPT.plan.line("A.primer").exercise,
        stage="training",
        load=Load(kind="mass", value=42.5),
    )
    loaded = make_sheets(plan_now(KEPT, [change(KEPT, 1, own)]), NAMES, LIBRARY)
    assert loaded.sheets[0].lines[0].details[0] == "42.5 kg"
    assert loaded.state.endswith("1 change since.")


def test_weeks_have_days_as_far_as_they_are_to_come() -> None:
    weeks = make_sheets(plan_now(KEPT, n_done=1), NAMES, LIBRARY).weeks
    assert weeks[0].sessions == (("A", ""), ("B", "Mon 2 Mar"), ("A", "Wed 4 Mar"))
    assert [week.lighter for week in weeks] == [False, False, False, True]
