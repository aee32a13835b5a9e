"""The simulated lifters, each with what is to be seen in their half year."""

from __future__ import annotations

from hingewise.planner.tables import load_questions
from hingewise.training.answers import Answers

from hingewise_validation.lifters.models import Lifter


def people() -> tuple[Lifter, ...]:
    """Return fresh lifters: they remember what they did."""
    return (*_learners(), *_others())


def _learners() -> tuple[Lifter, ...]:
    """Those who differ in how they learn, and lose, the pattern."""
    return (
        Lifter(
            name="clean learner",
            what="Every repetition is a hinge from the first day on.",
            answers=_answers(goal="learn", experience="unsure"),
            sessions_to_learn=0,
        ),
        Lifter(
            name="slow learner",
            what="Each new exercise takes six sessions until it is clean.",
            answers=_answers(goal="muscle", experience="unsure"),
            sessions_to_learn=6,
            growth=0.005,
        ),
        Lifter(
            name="squats it",
            what="Knows the hinge, but squats it in three of ten sessions, again and again.",
            answers=_answers(goal="learn", experience="hinge"),
            sessions_to_learn=3,
            loses=0.3,
        ),
        Lifter(
            name="loses the deadlift",
            what="Squats every second deadlift, and nothing else.",
            answers=_answers(goal="strength", experience="deadlift"),
            sessions_to_learn=0,
            loses=0.5,
            fault="hips_too_low",
        ),
    )


def _others() -> tuple[Lifter, ...]:
    """Those who differ in strength, in pain, in what they write down, and in what they have."""
    return (
        Lifter(
            name="stalls",
            what="Clean, but gets no stronger.",
            answers=_answers(goal="strength", experience="deadlift"),
            sessions_to_learn=0,
            growth=0.0,
        ),
        Lifter(
            name="in pain",
            what="Pain of 5 in session 12, of 1 in 13, of 2 twice in a row later.",
            answers=_answers(goal="health", experience="unsure"),
            sessions_to_learn=1,
            hurts={12: 5, 13: 1, 30: 2, 31: 2, 32: 2},
        ),
        Lifter(
            name="logs nonsense",
            what="Three of ten lines hold loads and counts that cannot be.",
            answers=_answers(goal="muscle", experience="hinge"),
            sessions_to_learn=0,
            nonsense=True,
        ),
        Lifter(
            name="never says",
            what="Films nothing and says nothing of the technique.",
            answers=_answers(goal="learn", experience="unsure"),
            silent=True,
        ),
        Lifter(
            name="at home",
            what="Bands alone, twice a week, half an hour.",
            answers=Answers(goal="health", experience="none", days=2, minutes=30, equipment=_place("home")),
            sessions_to_learn=1,
        ),
    )


def _answers(**given: str) -> Answers:
    return Answers(days=3, minutes=60, equipment=_place("gym"), **given)  # type: ignore[arg-type]


def _place(name: str) -> tuple[str, ...]:
    asked = next(each for each in load_questions() if each.id == "equipment")
    return asked.places[name]
