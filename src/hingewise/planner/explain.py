"""Why each line of a plan is there, how much it is, and what the plan as a whole does not do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from hingewise.library.collection import Library
from hingewise.planner.allow import Allowed
from hingewise.planner.fit import Filled
from hingewise.planner.loads import first_load, implement
from hingewise.planner.reasons import answer_words, because
from hingewise.planner.tables import load_numbers, load_patterns, load_questions, number
from hingewise.training.answers import Answers
from hingewise.training.load import Load
from hingewise.training.plan import Because, Note, Question


def line_reasons(
    filled: Filled,
    n_sets: int,
    load: Load | None,
    answers: Answers,
    allowed: Allowed,
    library: Library,
) -> tuple[Because, ...]:
    """Return why an exercise stands in its slot, why so much of it, and why this load."""
    words = answer_words(answers, library)
    reasons = [
        _why_slot(filled, answers, library, words),
        _why_exercise(filled, allowed, library, words),
        _why_dose(filled, answers, library, words),
    ]
    if n_sets < filled.given.sets[1]:
        reasons.append(
            because(
                library,
                "minutes_kept",
                f"{n_sets} of up to {filled.given.sets[1]} sets: more would not fit into your "
                "minutes, or the muscles would get more sets a week than the plan allows.",
                question="time",
                answer=words["time"],
                sources=library.rules["weekly_sets_most"].sources,
            )
        )
    if implement(filled.exercise) is not None:
        is_first = load == first_load(filled.exercise, filled.given, answers)
        reasons.append(_why_load(load, is_first, library, words))
    return tuple(reasons)


def _why_slot(
    filled: Filled, answers: Answers, library: Library, words: Mapping[Question, str]
) -> Because:
    slot = load_patterns().slots[filled.slot]
    goal = next(asked for asked in load_questions() if asked.id == "goal")
    choice = next(each for each in goal.choices if each.id == answers.goal)
    return because(
        library,
        slot.rule,
        question="goal",
        answer=words["goal"],
        sources=choice.sources,
    )


def _why_exercise(
    filled: Filled, allowed: Allowed, library: Library, words: Mapping[Question, str]
) -> Because:
    """Why this one and not the one that would have been first."""
    slot = load_patterns().slots[filled.slot]
    exercise = filled.exercise
    rungs = library.ladders[slot.ladder].rungs if slot.ladder else ()
    rung = next((each for each in rungs if each.exercise == exercise.id), None)
    if rung is not None:
        return because(
            library,
            "ladder_in_plan",
            f"Its place on the ladder “{library.ladders[slot.ladder].name}”: {rung.purpose.text}",
            question="experience",
            answer=words["experience"],
            sources=rung.purpose.sources,
        )
    if exercise.id not in slot.candidates:
        text = "It was put here later. When and why stands in: hingewise plan history."
        return because(library, "your_word", text, sources=exercise.summary.sources)
    place = slot.candidates.index(exercise.id)
    better = slot.candidates[:place]
    refused = next((each for each in better if each in allowed.why_not), None)
    if refused is not None:
        reason = allowed.why_not[refused]
        title = library.exercises[refused].name
        return replace(reason, text=f"It stands in for {title}. {reason.text}")
    if better:
        return because(
            library,
            "learn_first",
            f"It comes before {library.exercises[better[0]].name}. "
            f"{exercise.summary.text.split('. ')[0].rstrip('.')}.",
            question="experience",
            answer=words["experience"],
            sources=exercise.summary.sources,
        )
    return because(
        library,
        "kit_only",
        "Your things and your answers let it in, and it is the first choice here.",
        question="equipment",
        answer=words["equipment"],
        sources=exercise.summary.sources,
    )


def _why_dose(
    filled: Filled, answers: Answers, library: Library, words: Mapping[Question, str]
) -> Because:
    dose, given = filled.given.dose, filled.given
    wrong = [each for each in answers.mistakes if each in filled.exercise.mistakes]
    if given.stage == "learning":
        question: Question = "mistakes" if wrong else "experience"
        return because(
            library,
            "learn_then_train",
            f"{dose.effort} {dose.when}",
            question=question,
            answer=words[question],
            sources=dose.sources,
        )
    if given.repetitions != dose.repetitions or given.rir == number("rir_care"):
        return because(
            library,
            "care_first",
            f"{load_numbers()['rir_care'].text} {load_numbers()['care_repetitions_least'].text}",
            question="conditions",
            answer=words["conditions"],
            sources=dose.sources,
        )
    rule = {"primer": "primer_repetitions", "power": "fast_when_fresh"}.get(
        dose.role, "weekly_sets"
    )
    if dose.role == "main" and dose.repetitions[1] <= number("care_repetitions_least"):
        rule = "strength_first"
    return because(
        library,
        rule,
        f"{dose.effort} {dose.when}".strip(),
        question="goal",
        answer=words["goal"],
        sources=dose.sources,
    )


def _why_load(
    load: Load | None, is_first: bool, library: Library, words: Mapping[Question, str]
) -> Because:
    if load is None:
        return because(library, "first_load", question="loads", answer=words["loads"])
    if not is_first:
        text = "Found, set or changed since the plan was made: hingewise plan history."
        return because(library, "double_progression", text)
    text = "A tenth lower than your lifts say, on the next load that your things can make."
    return because(library, "first_load", text, question="loads", answer=words["loads"])


def stop_notes(stops: tuple[str, ...], answers: Answers, library: Library) -> tuple[Note, ...]:
    """Return what must be looked at before there is a plan."""
    answer = answer_words(answers, library)["conditions"]
    return tuple(
        Note(
            text=f"No plan yet: {library.flags[each].name.lower()}. "
            f"{library.flags[each].advice.text}",
            because=(
                because(
                    library,
                    "care_first",
                    question="conditions",
                    answer=answer,
                    sources=library.flags[each].advice.sources,
                ),
            ),
        )
        for each in stops
    )


def plan_notes(
    per_week: Mapping[str, float], answers: Answers, library: Library, *, no_lines: bool = False
) -> tuple[Note, ...]:
    """Return what is to be said of the plan as a whole."""
    words = answer_words(answers, library)
    notes = [_care_note(each, words, library) for each in answers.conditions]
    if no_lines:
        text = "Nothing of the library fits your things, your minutes and your conditions together."
        rule, question = (
            ("care_first", "conditions") if answers.conditions else ("kit_only", "equipment")
        )
        reason = because(
            library,
            rule,
            question=cast(Question, question),
            answer=words[cast(Question, question)],
        )
        return (*notes, Note(text=text, because=(reason,)))
    most = int(number("sessions_most"))
    if answers.days > most:
        reason = because(library, "days_between", question="time", answer=words["time"])
        text = f"{most} of your {answers.days} days have a session, the others are free of it."
        notes.append(Note(text=text, because=(reason,)))
    for muscle in load_patterns().goals[answers.goal].grow:
        short = number("weekly_sets_least")
        if per_week.get(muscle, 0.0) < short:
            reason = because(library, "weekly_sets", question="time", answer=words["time"])
            name = library.muscles[muscle].name
            text = (
                f"{name}: {per_week.get(muscle, 0.0):g} sets a week, of the {short:g} or so that "
                "make it grow best. More days or minutes would give more."
            )
            notes.append(Note(text=text, because=(reason,)))
    lighter = because(library, "lighter_week")
    notes.append(Note(text=library.rules["lighter_week"].text, because=(lighter,)))
    return tuple(notes)


def no_primer_note(allowed: Allowed, library: Library) -> Note:
    """Return why a plan has no primer."""
    slot = load_patterns().slots["primer"]
    wanted = [rung.exercise for rung in library.ladders[slot.ladder].rungs]
    reasons = [
        allowed.why_not[each] for each in (*wanted, *slot.candidates) if each in allowed.why_not
    ]
    return Note(
        text="There is no primer: nothing that could be one fits what you have and may do.",
        because=(because(library, "primer_first"), *reasons[:1]),
    )


def _care_note(condition: str, words: Mapping[Question, str], library: Library) -> Note:
    flag = library.flags[condition]
    reason = because(
        library,
        "care_first",
        question="conditions",
        answer=words["conditions"],
        sources=flag.advice.sources,
    )
    return Note(text=f"{flag.name}: {flag.advice.text}", because=(reason,))


def left_out(allowed: Allowed, answers: Answers, library: Library) -> tuple[Note, ...]:
    """Return, of what the goal would have had, what is not there and why."""
    patterns = load_patterns()
    pattern = patterns.goals[answers.goal]
    wanted: dict[str, None] = {}
    for slot_id in dict.fromkeys((*pattern.sessions["A"], *pattern.sessions["B"])):
        slot = patterns.slots[slot_id]
        if slot.ladder:
            wanted |= dict.fromkeys(rung.exercise for rung in library.ladders[slot.ladder].rungs)
        else:
            wanted |= dict.fromkeys(slot.candidates)
    return tuple(
        Note(
            text=f"{library.exercises[each].name}: {allowed.why_not[each].text}",
            because=(allowed.why_not[each],),
        )
        for each in wanted
        if each in allowed.why_not
    )
