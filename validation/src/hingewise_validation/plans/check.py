"""What every plan promises, worked out anew from the library and the answers, not from the planner."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from hingewise.library.collection import Library
from hingewise.library.exercise import Exercise
from hingewise.plain import reader, to_text
from hingewise.planner.build import build_plan
from hingewise.planner.tables import load_patterns, usual_kit
from hingewise.training.answers import Answers
from hingewise.training.kit import IMPLEMENTS
from hingewise.training.plan import Because, DrillLine, Line, Plan, Session

SECONDS_A_REPETITION = 3.0
FAST_S = 1.0
SET_UP_S = 60.0
WARM_UP_S = (300, 600)
MOST_SETS = {"none": 20.0}
MOST_SETS_ELSE = 30.0
LIGHT_RIR = 3.0
CARE_RIR = 4.0
CARE_REPETITIONS = 8
TINY = 1e-6
PRIMERS = ("glute_bridge", "dowel_romanian_deadlift", "band_pull_through", "cable_pull_through")
PULL_THROUGHS = ("band_pull_through", "cable_pull_through", "banded_cable_pull_through")


def problems_of(plan: Plan, answers: Answers, library: Library) -> list[str]:
    """Return every promise that a plan breaks, in words; an empty list of a good one."""
    found = list(_as_a_whole(plan, answers, library))
    for session in plan.sessions:
        found += _session(session, answers, library)
        for drill in session.warm_up:
            found += [f"{drill.id}: {said}" for said in _drill(drill, answers, library)]
        for line in session.lines:
            found += [f"{line.id}: {said}" for said in _line(line, answers, library)]
            found += [f"{line.id}: {said}" for said in _load(line, answers, library)]
    found += _week(plan, answers, library)
    return found


def _as_a_whole(plan: Plan, answers: Answers, library: Library) -> Iterator[str]:
    again = build_plan(answers, library, weeks=max(1, len(plan.weeks)))
    if plan.sessions and again != plan:
        yield "the same answers make another plan"
    if reader(Plan)(json.loads(to_text(plan))) != plan:
        yield "it does not come back from JSON"
    for note in (*plan.notes, *plan.left_out):
        yield from (f"note: {said}" for said in _because(note.because, library))
    stops = [each for each in answers.conditions if each not in answers.cleared and library.flags[each].stop]
    if stops and plan.sessions:
        yield f"there is a plan despite {stops}"
    if not plan.sessions and not plan.notes:
        yield "there is nothing, and it does not say why"
    kinds = [week.kind for week in plan.weeks]
    if any((kind == "lighter") != (n % 4 == 0) for n, kind in enumerate(kinds, start=1)):
        yield f"the lighter weeks are others than each fourth: {kinds}"
    if plan.sessions and not 1 <= len(plan.weekdays) <= min(answers.days, 4):
        yield f"{len(plan.weekdays)} days of {answers.days}"


def _session(session: Session, answers: Answers, library: Library) -> Iterator[str]:
    warm_up_s = sum(each.seconds for each in session.warm_up)
    work_s = sum(_line_s(line) for line in session.lines)
    minutes = (warm_up_s + work_s) / 60.0
    if minutes > answers.minutes + TINY:
        yield f"{session.id}: {minutes:.1f} of {answers.minutes} minutes"
    if abs(minutes - session.minutes) > 0.05:
        yield f"{session.id}: it says {session.minutes:.1f} minutes, but takes {minutes:.1f}"
    if warm_up_s > WARM_UP_S[1] or (len(session.warm_up) > 3 and warm_up_s < WARM_UP_S[0]):
        yield f"{session.id}: a warm-up of {warm_up_s} s"
    exercises = [line.exercise for line in session.lines]
    if len(set(exercises)) < len(exercises):
        yield f"{session.id}: one exercise twice: {exercises}"
    first = session.lines[0]
    could = [each for each in PRIMERS if _against(library.exercises[each], answers) == ""]
    if first.role != "primer" and could:
        yield f"{session.id}: it begins with {first.id}, though {could} could be its primer"
    may = [each for each in PULL_THROUGHS[:2] if _against(library.exercises[each], answers) == ""]
    if may and first.exercise not in PULL_THROUGHS:
        yield f"{session.id}: {may} could be its primer, but it is {first.exercise}"


def _line(line: Line, answers: Answers, library: Library) -> Iterator[str]:
    exercise = library.exercises[line.exercise]
    against = _against(exercise, answers)
    if against:
        yield against
    if answers.experience == "none" and "new_to_training" in exercise.contraindications:
        yield "not for who is new"
    doses = [
        dose
        for dose in exercise.doses
        if dose.tempo == line.tempo
        and line.sets <= dose.sets[1]
        and dose.rest_s[0] - 3 <= line.rest_s <= dose.rest_s[1] + 3
    ]
    if not doses:
        yield f"{line.sets} sets, {line.tempo}, rest {line.rest_s} s: no dose of the library"
    careful = set(exercise.contraindications) & set(answers.conditions)
    if careful and (line.rir != CARE_RIR or line.repetitions[0] < CARE_REPETITIONS):
        yield f"with {careful}: {line.repetitions} repetitions, {line.rir} left"
    if not careful and not any(dose.repetitions == line.repetitions for dose in doses):
        yield f"{line.repetitions} repetitions: no dose of the library"
    if line.role == "primer" and line.loaded and (line.ramp is None or line.ramp.sets < 2):
        yield "a primer without two ramp-up sets"
    for other in line.alternatives:
        if _against(library.exercises[other], answers):
            yield f"instead of it {other}: {_against(library.exercises[other], answers)}"
    yield from _because(line.because, library)
    if not any(each.question for each in line.because):
        yield "it goes by no answer"


def _load(line: Line, answers: Answers, library: Library) -> Iterator[str]:
    if line.load is None:
        return
    hangs_on = IMPLEMENTS[library.exercises[line.exercise].figure.load]
    own = [item for item in answers.kit if item.equipment == hangs_on.equipment]
    units = ("kg", "lb") if not own else ()
    items = own or [usual_kit(unit)[hangs_on.equipment] for unit in units]
    if not any(line.load in item.loads(hangs_on.count) for item in items):
        yield f"{line.load} cannot be made"
    said = [each for each in answers.loads if each.exercise == line.exercise]
    most = max((_most_kg(each.load.mass_kg, each.repetitions) for each in said), default=0.0)
    if line.load.kind == "mass" and line.load.mass_kg > 0.9 * most + TINY:
        yield f"{line.load.mass_kg:.1f} kg, where {most:.1f} kg is the most that could be lifted"


def _most_kg(mass_kg: float, repetitions: int) -> float:
    """No more than Epley's maximum with six repetitions left."""
    return mass_kg * (1.0 + (repetitions + 6) / 30.0)


def _drill(line: DrillLine, answers: Answers, library: Library) -> Iterator[str]:
    drill = library.drills[line.drill]
    missing = set(drill.equipment) - {*answers.equipment, "wall"}
    if missing:
        yield f"needs {missing}"
    care = set(load_patterns().drill_care.get(line.drill, ())) & set(answers.conditions)
    if care:
        yield f"calls for care with {care}"
    if drill.exercise and _against(library.exercises[drill.exercise], answers):
        yield _against(library.exercises[drill.exercise], answers)
    yield from _because(line.because, library)


def _against(exercise: Exercise, answers: Answers) -> str:
    """Why somebody must not do an exercise, "" where nothing speaks against it."""
    there = {*answers.equipment, "wall"}
    instead = load_patterns().does_as_well
    missing = {each for each in exercise.equipment if each not in there and not there & set(instead.get(each, ()))}
    if missing:
        return f"needs {missing}"
    flagged = set(exercise.contraindications) & set(answers.conditions)
    if flagged - set(answers.cleared):
        return f"calls for care with {flagged - set(answers.cleared)}"
    if flagged and exercise.difficulty != "beginner":
        return f"is not easy to control, with {flagged}"
    return ""


def _week(plan: Plan, answers: Answers, library: Library) -> Iterator[str]:
    most = MOST_SETS.get(answers.experience, MOST_SETS_ELSE)
    for week in plan.weeks:
        sets: dict[str, float] = {}
        for name in week.sessions:
            for line in plan.session(name).lines:
                _add(sets, line, library)
        over = {muscle: n for muscle, n in sets.items() if n > most + TINY}
        if over:
            yield f"week {week.number}: more than {most:g} sets: {over}"


def _add(sets: dict[str, float], line: Line, library: Library) -> None:
    worth: Mapping[str, float] = {"target": 1.0, "secondary": 0.5}
    light = 0.5 if line.rir is not None and line.rir >= LIGHT_RIR else 1.0
    for use in library.exercises[line.exercise].muscles:
        share = worth.get(use.role, 0.0) * light * line.sets
        sets[use.muscle] = sets.get(use.muscle, 0.0) + share


def _because(reasons: tuple[Because, ...], library: Library) -> Iterator[str]:
    if not reasons:
        yield "no reason"
    for each in reasons:
        if each.rule not in library.rules:
            yield f"unknown rule {each.rule}"
        unknown = [one for one in each.sources if one not in {**library.sources, **library.facts}]
        if not each.sources or unknown:
            yield f"{each.rule}: sources {each.sources}"
        if not each.text or (each.question and not each.answer):
            yield f"{each.rule}: it says nothing"


def _line_s(line: Line) -> float:
    """Time of a line: every repetition at its tempo, rests between sets, and the way there. [s]"""
    parts = line.tempo.split("-") if line.tempo else []
    one = sum(FAST_S if each == "x" else float(each) for each in parts) or SECONDS_A_REPETITION
    one *= 2.0 if line.one_sided else 1.0
    ramp = line.ramp
    before = ramp.sets * (ramp.repetitions * one + ramp.rest_s) if ramp else 0.0
    work = line.sets * line.repetitions[1] * one + (line.sets - 1) * line.rest_s
    return SET_UP_S + before + work
