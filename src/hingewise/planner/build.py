"""Plans: the answers in, weeks of explained sessions out. The same answers make the same plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hingewise.library.collection import Library
from hingewise.library.exercise import Exercise
from hingewise.planner.allow import Allowed, allow, stopping
from hingewise.planner.doses import give, is_one_sided
from hingewise.planner.explain import (
    left_out,
    line_reasons,
    no_primer_note,
    plan_notes,
    stop_notes,
)
from hingewise.planner.fit import PRIMER, Bounds, Filled, fit, session_minutes, week_sets
from hingewise.planner.ladders import begin, footholds, gate_above
from hingewise.planner.loads import first_load, implement
from hingewise.planner.minutes import PER_MINUTE, line_minutes
from hingewise.planner.tables import Slot, load_patterns, number
from hingewise.planner.volume import most_sets
from hingewise.planner.warm_up import warm_up
from hingewise.training.answers import Answers
from hingewise.training.changes import SlotState
from hingewise.training.plan import DrillLine, Line, Note, Plan, Session, Week, WeekKind

WEEKS = 12
"""Of a plan where nobody says how many: three times three weeks and a lighter one."""

NAMES = ("A", "B")
MAX_ALTERNATIVES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Makings:
    """What every line of a plan is made of."""

    answers: Answers
    allowed: Allowed
    library: Library
    states: Mapping[str, SlotState]


def build_plan(
    answers: Answers,
    library: Library,
    *,
    weeks: int = WEEKS,
    states: Mapping[str, SlotState] | None = None,
) -> Plan:
    """Make a plan.

    Parameters
    ----------
    answers
        To the eight questions.
    library
        Its exercises, doses, ladders and rules are all that a plan is made of.
    weeks
        How many it has.
    states
        What stands in the slots by now; None at the beginning.

    Returns
    -------
    Plan
        Without sessions where something must be looked at first; its notes say what.
    """
    stops = stopping(answers, library)
    if stops:
        notes = stop_notes(stops, answers, library)
        return Plan(answers=answers, sessions=(), weeks=(), weekdays=(), notes=notes)
    makings = _Makings(
        answers=answers, allowed=allow(answers, library), library=library, states=states or {}
    )
    filled = _fill(makings)
    warm = {name: warm_up(name, answers, makings.allowed, library) for name in NAMES}
    drills = {name: lines for name, (lines, _) in warm.items()}
    weekdays = _weekdays(answers)
    orders, sets = _fitted(filled, drills, len(weekdays), answers)
    there = tuple(
        _session(name, filled, sets, drills[name], makings)
        for name in NAMES
        if any(session == name for session, _ in sets)
    )
    outside = left_out(makings.allowed, answers, library)
    if not there:
        return Plan(
            answers=answers,
            sessions=(),
            weeks=(),
            weekdays=(),
            notes=plan_notes({}, answers, library, no_lines=True),
            left_out=outside,
        )
    weekly = [week_sets(filled, sets, order) for order in orders]
    least = {muscle: min(week[muscle] for week in weekly) for muscle in weekly[0]}
    return Plan(
        answers=answers,
        sessions=there,
        weeks=_weeks(weeks, orders),
        weekdays=weekdays,
        notes=(*_notes(there, least, makings), *warm[there[0].id][1]),
        left_out=outside,
    )


def _notes(
    there: Sequence[Session], per_week: Mapping[str, float], makings: _Makings
) -> tuple[Note, ...]:
    notes = plan_notes(per_week, makings.answers, makings.library)
    if any(line.slot == PRIMER for session in there for line in session.lines):
        return notes
    return (*notes, no_primer_note(makings.allowed, makings.library))


def _fitted(
    filled: Sequence[Filled],
    drills: Mapping[str, Sequence[DrillLine]],
    n_days: int,
    answers: Answers,
) -> tuple[tuple[tuple[str, ...], ...], dict[tuple[str, str], int]]:
    """The sessions of two weeks, and the sets of each slot; without B where nothing of it fits."""
    minutes = {name: answers.minutes - _minutes(drills[name]) for name in NAMES}
    kept = _in_order_of_keeping(filled, answers)
    for names in (NAMES, NAMES[:1], NAMES[1:]):
        orders = _orders(n_days, names)
        mine = [each for each in kept if each.session in names]
        sets = fit(mine, Bounds(minutes=minutes, most_sets=most_sets(answers), weeks=orders))
        if {session for session, _ in sets} == set(names):
            return orders, sets
    return (), {}


def _fill(makings: _Makings) -> list[Filled]:
    """Put an exercise into every slot in which one may stand, the same in both sessions."""
    pattern = load_patterns().goals[makings.answers.goal]
    standing: dict[str, str] = {}
    for slot_id in pattern.keep:
        beside = {
            other
            for name in NAMES
            if slot_id in pattern.sessions[name]
            for other in pattern.sessions[name]
        }
        slot = preferred(load_patterns().slots[slot_id], makings.answers, makings.library)
        taken = {standing[other] for other in beside if other in standing}
        state = makings.states.get(slot_id)
        found = (
            state.exercise
            if state is not None
            else begin(slot, makings.allowed, makings.library, taken=taken)
        )
        if found is not None:
            standing[slot_id] = found
    return [
        _filled(name, slot_id, makings.library.exercises[standing[slot_id]], makings)
        for name in NAMES
        for slot_id in pattern.sessions[name]
        if slot_id in standing
    ]


def _filled(session: str, slot_id: str, exercise: Exercise, makings: _Makings) -> Filled:
    wrong_before = set(exercise.mistakes) & set(makings.answers.mistakes)
    state = makings.states.get(slot_id)
    new = exercise.id not in makings.allowed.known or bool(wrong_before)
    slot = load_patterns().slots[slot_id]
    given = give(
        exercise,
        slot,
        learning=new if state is None else state.stage == "learning",
        careful=exercise.id in makings.allowed.careful,
        loaded=implement(exercise) is not None,
        gate=gate_above(slot, exercise.id, makings.allowed, makings.library),
    )
    return Filled(session=session, slot=slot_id, exercise=exercise, given=given)


def preferred(slot: Slot, answers: Answers, library: Library) -> Slot:
    """Return a slot as a lifter needs it: the back of the legs first for who trained the front."""
    if "front_of_legs" not in answers.habits or slot.ladder:
        return slot

    def spares_them(exercise: str) -> bool:
        uses = library.exercises[exercise].muscles
        return not any(use.muscle == "hamstrings" and use.role != "stabiliser" for use in uses)

    return replace(slot, candidates=tuple(sorted(slot.candidates, key=spares_them)))


def _in_order_of_keeping(filled: Sequence[Filled], answers: Answers) -> list[Filled]:
    keep = load_patterns().goals[answers.goal].keep
    return sorted(filled, key=lambda each: keep.index(each.slot))


def _session(
    name: str,
    filled: Sequence[Filled],
    sets: Mapping[tuple[str, str], int],
    drills: tuple[DrillLine, ...],
    makings: _Makings,
) -> Session:
    there = [each for each in filled if each.session == name and (name, each.slot) in sets]
    mine = frozenset(each.exercise.id for each in there)
    return Session(
        id=name,
        warm_up=drills,
        lines=tuple(_line(each, sets[name, each.slot], mine, makings) for each in there),
        minutes=_minutes(drills) + session_minutes(filled, sets, name),
    )


def _line(filled: Filled, n_sets: int, beside: frozenset[str], makings: _Makings) -> Line:
    """One exercise of those of a session, with its dose, its load and its reasons."""
    exercise, given = filled.exercise, filled.given
    slot = load_patterns().slots[filled.slot]
    one_sided = is_one_sided(exercise.id)
    state = makings.states.get(filled.slot)
    load = first_load(exercise, given, makings.answers) if state is None else state.load
    return Line(
        id=f"{filled.session}.{filled.slot}",
        role=slot.role,
        exercise=exercise.id,
        stage=given.stage,
        sets=n_sets,
        lighter_sets=max(1, round(n_sets * number("lighter_share"))),
        repetitions=given.repetitions,
        load=load,
        loaded=implement(exercise) is not None,
        rir=given.rir,
        tempo=given.dose.tempo,
        rest_s=given.rest_s,
        minutes=line_minutes(given, n_sets, one_sided=one_sided),
        one_sided=one_sided,
        ramp=given.ramp,
        ladder=slot.ladder,
        alternatives=_alternatives(exercise, slot, beside, makings),
        because=line_reasons(
            filled, n_sets, load, makings.answers, makings.allowed, makings.library
        ),
    )


def _alternatives(
    exercise: Exercise, slot: Slot, beside: frozenset[str], makings: _Makings
) -> tuple[str, ...]:
    """What may be done instead today: others of the slot first, then what is related."""
    library = makings.library
    ladder = library.ladders.get(slot.ladder)
    rungs = [each.exercise for each in footholds(ladder, makings.allowed)] if ladder else []
    others = [
        *rungs,
        *slot.candidates,
        *(each.exercise for each in exercise.variations if each.exercise),
        *exercise.related,
    ]
    may = [
        each
        for each in dict.fromkeys(others)
        if each not in beside and makings.allowed.is_open(library.exercises[each])
    ]
    return tuple(may[:MAX_ALTERNATIVES])


def _minutes(drills: Sequence[DrillLine]) -> float:
    return sum(each.seconds for each in drills) / PER_MINUTE


def _weekdays(answers: Answers) -> tuple[int, ...]:
    """On which days the sessions are: at most four of the days that there are."""
    n_sessions = min(answers.days, int(number("sessions_most")))
    if not answers.weekdays:
        return load_patterns().weekdays[n_sessions]
    spread = len(answers.weekdays) / n_sessions
    return tuple(answers.weekdays[int(place * spread)] for place in range(n_sessions))


def _orders(n_days: int, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The sessions of a week and of the next one: they take turns."""
    turns = [names[place % len(names)] for place in range(2 * n_days)]
    return tuple(turns[:n_days]), tuple(turns[n_days:])


def _weeks(n_weeks: int, orders: Sequence[tuple[str, ...]]) -> tuple[Week, ...]:
    every = int(number("lighter_every"))
    kinds: list[WeekKind] = ["build" if n % every else "lighter" for n in range(1, n_weeks + 1)]
    return tuple(
        Week(number=place + 1, kind=kind, sessions=orders[place % len(orders)])
        for place, kind in enumerate(kinds)
    )
