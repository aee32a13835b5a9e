"""Which exercises somebody may do with what is there, and why not the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hingewise.library.collection import Library
from hingewise.library.exercise import Exercise
from hingewise.planner.reasons import answer_words, because
from hingewise.planner.tables import load_patterns
from hingewise.training.answers import Answers
from hingewise.training.plan import Because, Question

NEW = "new_to_training"
"""The flag that the answer to how well one knows the hinge raises by itself."""

_ALWAYS = ("wall",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What may be planned.

    Attributes
    ----------
    exercises
        Ids of what may be done with the things and the conditions that are there.
    careful
        Of these, what only a professional's word lets in: light.
    known
        What counts as learnt.
    why_not
        Of the others: the reason.
    new
        Whether the lifter is new to training.
    """

    exercises: frozenset[str]
    careful: frozenset[str]
    known: frozenset[str]
    why_not: Mapping[str, Because]
    new: bool

    def is_open(self, exercise: Exercise, learnt: Iterable[str] = ()) -> bool:
        """Whether it may be done and what leads to it is learnt.

        Who is new to training opens what asks for care with that by what the journal shows alone.
        """
        held_back = self.new and NEW in exercise.contraindications
        there = set(learnt) if held_back else self.known | set(learnt)
        met_by = load_patterns().met_by
        return exercise.id in self.exercises and all(
            each in there or there & set(met_by.get(each, ())) for each in exercise.prerequisites
        )


def stopping(answers: Answers, library: Library) -> tuple[str, ...]:
    """Return the conditions with which no plan is made before a professional has said yes."""
    open_ones = set(answers.conditions) - set(answers.cleared)
    return tuple(
        each for each in answers.conditions if each in open_ones and library.flags[each].stop
    )


def allow(answers: Answers, library: Library) -> Allowed:
    """Sort the library's exercises by what the answers let in."""
    words = answer_words(answers, library)
    why_not: dict[str, Because] = {}
    careful = set()
    for exercise in library.exercises.values():
        reason = _against(exercise, answers, library, words)
        if reason is not None:
            why_not[exercise.id] = reason
        elif set(exercise.contraindications) & set(answers.conditions):
            careful.add(exercise.id)
    return Allowed(
        exercises=frozenset(library.exercises) - frozenset(why_not),
        careful=frozenset(careful),
        known=_known(answers, library),
        why_not=why_not,
        new=answers.experience == "none",
    )


def owned(answers: Answers) -> frozenset[str]:
    """Return the things that are there, and what they stand in for."""
    there = {*answers.equipment, *_ALWAYS}
    instead = load_patterns().does_as_well
    return frozenset(there | {each for each, by in instead.items() if there & set(by)})


def _against(
    exercise: Exercise, answers: Answers, library: Library, words: Mapping[Question, str]
) -> Because | None:
    """Why it must not be planned, None where nothing speaks against it."""
    flagged = [each for each in answers.conditions if each in exercise.contraindications]
    unseen = [each for each in flagged if each not in answers.cleared]
    if unseen:
        names = ", ".join(library.flags[each].name.lower() for each in unseen)
        return because(
            library,
            "care_first",
            f"It calls for care with: {names}.",
            question="conditions",
            answer=words["conditions"],
            sources=library.flags[unseen[0]].advice.sources,
        )
    if flagged and exercise.difficulty != "beginner":
        return because(
            library,
            "care_first",
            "With your condition only what is easy to control is planned.",
            question="conditions",
            answer=words["conditions"],
        )
    missing = [each for each in exercise.equipment if each not in owned(answers)]
    if missing:
        names = ", ".join(library.equipment[each].name.lower() for each in missing)
        return because(
            library,
            "kit_only",
            f"It needs what you do not have: {names}.",
            question="equipment",
            answer=words["equipment"],
        )
    return None


def _known(answers: Answers, library: Library) -> frozenset[str]:
    """What one says one can, what one lifts already, and what leads to these."""
    known = set(load_patterns().known[answers.experience])
    waiting = [each.exercise for each in answers.loads]
    while waiting:
        exercise = waiting.pop()
        if exercise not in known:
            known.add(exercise)
            waiting += library.exercises[exercise].prerequisites
    return frozenset(known)
