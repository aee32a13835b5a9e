"""The warm-up: six phases, in each the drill that the answers ask for, in five to ten minutes."""

from __future__ import annotations

from itertools import accumulate, pairwise

from hingewise.library.coaching import Drill
from hingewise.library.collection import Library
from hingewise.library.progress import WarmUp, WarmUpPhase
from hingewise.planner.allow import Allowed, owned
from hingewise.planner.minutes import PER_MINUTE
from hingewise.planner.reasons import answer_words, because
from hingewise.planner.tables import load_patterns, number
from hingewise.training.answers import Answers
from hingewise.training.plan import Because, DrillLine, Note, Question

ID = "six_phases"


def seconds(minutes: int) -> float:
    """Time that the warm-up gets of a session. [s]"""
    wanted = minutes * PER_MINUTE * number("warm_up_share")
    return min(max(wanted, number("warm_up_least")), number("warm_up_most"))


def warm_up(
    session: str, answers: Answers, allowed: Allowed, library: Library
) -> tuple[tuple[DrillLine, ...], tuple[Note, ...]]:
    """Return the drills of a session's warm-up, and what of the six phases cannot be done."""
    whole = library.warm_ups[ID]
    chosen: list[tuple[WarmUpPhase, Drill]] = []
    notes = []
    for phase in whole.phases:
        fit = [library.drills[each] for each in phase.drills]
        fit = [drill for drill in fit if _may(drill, answers, allowed, library)]
        if fit:
            chosen.append((phase, _wanted(fit, answers, library)))
        else:
            notes.append(_left_out(phase, answers, library))
    times = _shared([phase for phase, _ in chosen], whole, answers.minutes)
    lines = [
        DrillLine(
            id=f"{session}.{phase.name.lower().replace(' ', '_')}",
            phase=phase.name,
            drill=drill.id,
            dose=drill.dose,
            seconds=time_s,
            because=_reasons(phase, drill, answers, library),
        )
        for (phase, drill), time_s in zip(chosen, times, strict=True)
    ]
    return tuple(lines), tuple(notes)


def _may(drill: Drill, answers: Answers, allowed: Allowed, library: Library) -> bool:
    """Whether its things are there, its exercise may be done, and nothing asks for care."""
    if not set(drill.equipment) <= owned(answers):
        return False
    if set(load_patterns().drill_care.get(drill.id, ())) & set(answers.conditions):
        return False
    return not drill.exercise or allowed.is_open(library.exercises[drill.exercise])


def _wanted(drills: list[Drill], answers: Answers, library: Library) -> Drill:
    """The first that answers a mistake or a habit, else the first there is."""
    return next((drill for drill in drills if _asked_by(drill, answers, library)[0]), drills[0])


def _asked_by(drill: Drill, answers: Answers, library: Library) -> tuple[Question, str]:
    """Which question asks for it, and what it answers."""
    for fault in answers.mistakes:
        if drill.id in library.faults[fault].drills:
            return "mistakes", library.faults[fault].name
    for habit in answers.habits:
        if drill.id in load_patterns().drills_for[habit]:
            return "habits", answer_words(answers, library)["habits"]
    return "", ""


def _reasons(
    phase: WarmUpPhase, drill: Drill, answers: Answers, library: Library
) -> tuple[Because, ...]:
    question, answer = _asked_by(drill, answers, library)
    sources = (*phase.purpose.sources, *drill.purpose.sources)
    mine = (
        because(
            library,
            "drill_for_you",
            f"{drill.purpose.text} Your answer asks for it.",
            question=question,
            answer=answer,
            sources=drill.purpose.sources,
        )
        if question
        else because(library, "drill_for_you", drill.purpose.text, sources=sources)
    )
    time = because(
        library,
        "warm_up_time",
        phase.purpose.text,
        question="time",
        answer=answer_words(answers, library)["time"],
        sources=phase.purpose.sources,
    )
    return (mine, time)


def _left_out(phase: WarmUpPhase, answers: Answers, library: Library) -> Note:
    """Why nothing of a phase can be done."""
    drills = [library.drills[each] for each in phase.drills]
    missing = [each for drill in drills for each in drill.equipment if each not in owned(answers)]
    question: Question
    if len(missing) >= len(drills):
        names = ", ".join(dict.fromkeys(library.equipment[each].name.lower() for each in missing))
        rule, question, text = "kit_only", "equipment", f"it needs: {names}"
    else:
        rule, question, text = "care_first", "conditions", "with your condition it calls for care"
    reason = because(
        library,
        rule,
        question=question,
        answer=answer_words(answers, library)[question],
    )
    return Note(
        text=f"The phase “{phase.name}” of the warm-up is left out: {text}.", because=(reason,)
    )


def _shared(phases: list[WarmUpPhase], whole: WarmUp, minutes: int) -> list[int]:
    """The time of each phase: from its least to its most, as much as the session gives. [s]"""
    least = sum(phase.duration_s[0] for phase in phases)
    most = sum(phase.duration_s[1] for phase in phases)
    wanted = min(max(seconds(minutes), least), most, whole.duration_s[1])
    part = (wanted - least) / (most - least) if most > least else 0.0
    ends = accumulate(a + part * (b - a) for a, b in (phase.duration_s for phase in phases))
    return [after - before for before, after in pairwise([0, *map(round, ends)])]
