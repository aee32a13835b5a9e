"""Reasons: which answer a line went by, in the lifter's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hingewise.library.collection import Library
from hingewise.planner.tables import load_numbers, load_questions
from hingewise.training.answers import Answers
from hingewise.training.plan import Because, Question


def because(
    library: Library,
    rule: str,
    text: str = "",
    *,
    question: Question = "",
    answer: str = "",
    sources: tuple[str, ...] = (),
) -> Because:
    """Return a reason by a rule of the library; its own words and sources where none are given."""
    found = library.rules[rule]
    return Because(
        rule=rule,
        text=text or found.why,
        sources=tuple(dict.fromkeys((*sources, *found.sources))),
        question=question,
        answer=answer,
    )


def by_number(name: str) -> tuple[str, tuple[str, ...]]:
    """Return what a number says, and where it comes from."""
    found = load_numbers()[name]
    return found.text, found.sources


def answer_words(answers: Answers, library: Library) -> Mapping[Question, str]:
    """Return what was answered to each question, in its own words."""
    says = {
        (asked.id, choice.id): choice.says for asked in load_questions() for choice in asked.choices
    }
    flags = library.flags
    conditions = [
        f"{flags[each].name}{' (allowed)' if each in answers.cleared else ''}"
        for each in answers.conditions
    ]
    return {
        "goal": says["goal", answers.goal],
        "experience": says["experience", answers.experience],
        "time": f"{answers.days} {'day' if answers.days == 1 else 'days'} a week, "
        f"{answers.minutes} minutes",
        "equipment": _listed(library.equipment[each].name for each in answers.equipment)
        or "nothing",
        "loads": _listed(
            dict.fromkeys(library.exercises[each.exercise].name for each in answers.loads)
        )
        or "none named",
        "conditions": _listed(conditions) or "nothing",
        "habits": _listed(says["habits", each] for each in answers.habits) or "none",
        "mistakes": _listed(library.faults[each].name for each in answers.mistakes) or "none named",
    }


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
