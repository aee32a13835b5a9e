"""A plan as sheets to train by: of every session all that is asked for, and room for what is done.

For paper, pages and calendars alike; ``plan_pages`` has what a terminal shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hingewise.library.collection import Library
from hingewise.library.exercise import Exercise
from hingewise.planner.minutes import PER_MINUTE
from hingewise.planner.tables import load_questions
from hingewise.report.naming import DASH, plural
from hingewise.report.page_parts import explain_sources
from hingewise.report.posture_figure import Poses, pose_figure
from hingewise.training.answers import Answers
from hingewise.training.changes import SlotState
from hingewise.training.days import WEEKDAY_NAMES, write_day
from hingewise.training.notation import Names
from hingewise.training.plan import Because, DrillLine, KeptPlan, Line, Note, Plan, Session
from hingewise.training.schedule import Dated
from hingewise.training.words import write_load

N_CUES = 2
RESTS = "It rests until the pain is gone."
BY_FEEL = "go up to the load set by set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something is there: the rule, what it means here, the answer it went by, its sources."""

    rule: str
    text: str
    answer: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A sentence about the plan, and what it rests on."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBox:
    """Room for a set; ``lighter`` of those that lead up, ``full`` of those of full weeks alone."""

    title: str
    lighter: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDrill:
    """One drill of the warm-up; ``time`` in words."""

    phase: str
    name: str
    dose: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One exercise of a sheet.

    Attributes
    ----------
    id, name
        Of the line, and what the exercise is called.
    learning, rests
        Whether it is still learnt, and whether it was taken out for pain.
    dose
        Sets and repetitions.
    details
        Load, effort, tempo, rest and what leads up to it, each in words.
    boxes
        Room for every set.
    poses
        What the figure shows.
    cues
        At most two, the ones against former mistakes first.
    safety
        The first rule of the exercise.
    instead
        Names of what may be done instead.
    reasons
        Why it is there.
    """

    id: str
    name: str
    learning: bool
    rests: bool
    dose: str
    details: tuple[str, ...]
    boxes: tuple[SetBox, ...]
    poses: Poses
    cues: tuple[str, ...]
    safety: str
    instead: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All of one session; ``minutes`` of a full week."""

    id: str
    minutes: int
    warm_up: tuple[SheetDrill, ...]
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """A week: its sessions, each with the day on which it falls, "" of one that was done."""

    number: int
    lighter: bool
    sessions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheets:
    """A whole plan for paper.

    ``summary`` says how long and when; ``state`` since when it counts and how much was changed.
    """

    summary: str
    state: str
    sheets: tuple[Sheet, ...]
    weeks: tuple[WeekRow, ...]
    remarks: tuple[Remark, ...]
    left_out: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNow:
    """A plan that is followed, as far as sheets need it.

    Attributes
    ----------
    kept, plan
        As it was made, and as it stands.
    states
        What stands in each slot.
    n_changes
        How often it was changed.
    coming
        The sessions that are still to come.
    """

    kept: KeptPlan
    plan: Plan
    states: Mapping[str, SlotState]
    n_changes: int
    coming: Sequence[Dated]

    def rests(self, line: Line) -> bool:
        """Whether a line was taken out for pain."""
        state = self.states.get(line.slot)
        return state is not None and state.paused


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the words of a sheet come from."""

    names: Names
    library: Library
    explain: Mapping[str, str]

    def named(self, sources: Sequence[str]) -> tuple[str, ...]:
        """Sources in words, each once."""
        return tuple(dict.fromkeys(self.explain.get(each, each) for each in sources))


def make_sheets(now: PlanNow, names: Names, library: Library) -> PlanSheets:
    """Return the sheets of a plan."""
    plan = now.plan
    facts = _Facts(names=names, library=library, explain=explain_sources(library))
    days = ", ".join(WEEKDAY_NAMES[day] for day in plan.weekdays)
    return PlanSheets(
        summary=f"{plural(len(plan.weeks), 'week')}: {days}",
        state=f"From {write_day(now.kept.started_on)} on; {plural(now.n_changes, 'change')} since.",
        sheets=tuple(_sheet(each, now, facts) for each in plan.sessions),
        weeks=_weeks(plan, now.coming),
        remarks=_remarks(plan.notes, facts),
        left_out=_remarks(plan.left_out, facts),
    )


def _details(line: Line) -> tuple[str, ...]:
    """Load, effort, tempo, rest and what leads up to it, as far as the line asks for them."""
    ramp = line.ramp
    said = (
        write_load(line.load) if line.load else BY_FEEL if line.loaded else "",
        f"{line.rir:g} repetitions left" if line.rir is not None else "",
        f"tempo {line.tempo}" if line.tempo else "",
        f"rest {line.rest_s} s",
        f"first {plural(ramp.sets, 'lighter set')} of {ramp.repetitions}" if ramp else "",
    )
    return tuple(filter(None, said))


def _dose(line: Line) -> str:
    """Sets and repetitions: ``3 × 8–12 each side``."""
    least, most = line.repetitions
    count = str(least) if least == most else f"{least}{DASH}{most}"
    return f"{line.sets} × {count}" + (" each side" if line.one_sided else "")


def _sheet(session: Session, now: PlanNow, facts: _Facts) -> Sheet:
    return Sheet(
        id=session.id,
        minutes=round(session.minutes),
        warm_up=tuple(_drill(each, facts.library) for each in session.warm_up),
        lines=tuple(_line(line, now, facts) for line in session.lines),
    )


def _drill(drill: DrillLine, library: Library) -> SheetDrill:
    return SheetDrill(
        phase=drill.phase,
        name=library.drills[drill.drill].name,
        dose=drill.dose.rstrip("."),
        time=f"{drill.seconds / PER_MINUTE:.1f} min",
    )


def _line(line: Line, now: PlanNow, facts: _Facts) -> SheetLine:
    names, exercise = facts.names, facts.library.exercises[line.exercise]
    return SheetLine(
        id=line.id,
        name=names.title(line.exercise),
        learning=line.stage == "learning",
        rests=now.rests(line),
        dose=_dose(line),
        details=_details(line),
        boxes=_boxes(line),
        poses=pose_figure(exercise.figure),
        cues=_cues(exercise, now.plan.answers, facts.library),
        safety=exercise.safety[0].text if exercise.safety else "",
        instead=tuple(names.title(each) for each in line.alternatives),
        reasons=_reasons(line.because, facts),
    )


def _boxes(line: Line) -> tuple[SetBox, ...]:
    """Room for the sets that lead up, and for the working sets."""
    before = [SetBox(title="lighter", lighter=True)] * (line.ramp.sets if line.ramp else 0)
    working = [
        SetBox(title=str(number), full=number > line.lighter_sets)
        for number in range(1, line.sets + 1)
    ]
    return (*before, *working)


def _cues(exercise: Exercise, answers: Answers, library: Library) -> tuple[str, ...]:
    """What to say to oneself: first what answers a mistake that was there before."""
    against = [library.faults[each].cue for each in answers.mistakes if each in exercise.mistakes]
    wanted = dict.fromkeys((*against, *exercise.cues))
    return tuple(library.cues[each].say for each in wanted)[:N_CUES]


def _reasons(because: Sequence[Because], facts: _Facts) -> tuple[Reason, ...]:
    asks = {asked.id: asked.asks for asked in load_questions()}
    return tuple(
        Reason(
            rule=facts.library.rules[each.rule].text,
            text=each.text,
            answer=f"You answered “{each.answer}” to: {asks[each.question]}"
            if each.question
            else "",
            sources=facts.named(each.sources),
        )
        for each in because
    )


def _remarks(notes: Sequence[Note], facts: _Facts) -> tuple[Remark, ...]:
    return tuple(
        Remark(text=each.text, sources=facts.named(each.because[0].sources)) for each in notes
    )


def _weeks(plan: Plan, coming: Sequence[Dated]) -> tuple[WeekRow, ...]:
    on = {(each.week.number, each.place): _short(each.on) for each in coming}
    return tuple(
        WeekRow(
            number=week.number,
            lighter=week.kind == "lighter",
            sessions=tuple(
                (name, on.get((week.number, place), ""))
                for place, name in enumerate(week.sessions, start=1)
            ),
        )
        for week in plan.weeks
    )


def _short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
