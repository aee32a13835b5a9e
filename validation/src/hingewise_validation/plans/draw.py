"""Random answers: anything that the eight questions can be answered with."""

from __future__ import annotations

from hingewise.library.collection import Library
from hingewise.library.exercise import Exercise
from hingewise.planner.allow import NEW
from hingewise.planner.tables import load_questions, usual_kit
from hingewise.training.answers import DAYS, MINUTES, Answers, Habit
from hingewise.training.kit import IMPLEMENTS, KitItem
from hingewise.training.load import Load, MassUnit
from hingewise.training.sets import PerformedSet
from hypothesis import strategies as st

GOALS = ("learn", "muscle", "strength", "power", "health")
EXPERIENCES = ("none", "unsure", "hinge", "swing", "deadlift")
HABITS: tuple[Habit, ...] = ("sitting", "heels", "front_of_legs")
WEEKDAYS = range(7)


def answer_sets(library: Library) -> st.SearchStrategy[Answers]:
    """Draw answers."""
    return st.composite(_answers)(library)


def _answers(draw: st.DrawFn, library: Library) -> Answers:
    days = draw(st.integers(*DAYS))
    named = draw(st.booleans())
    conditions = draw(_conditions(library))
    return Answers(
        goal=draw(st.sampled_from(GOALS)),
        experience=draw(st.sampled_from(EXPERIENCES)),
        days=days,
        minutes=draw(st.integers(*MINUTES)),
        weekdays=draw(_weekdays(days)) if named else (),
        equipment=draw(_equipment(library)),
        kit=draw(_kit()),
        loads=draw(st.lists(_set(library), max_size=5).map(tuple)),
        conditions=conditions,
        cleared=tuple(each for each in conditions if draw(st.booleans())),
        habits=tuple(draw(st.lists(st.sampled_from(HABITS), unique=True))),
        mistakes=draw(st.lists(st.sampled_from(sorted(library.faults)), unique=True, max_size=5).map(tuple)),
    )


def _weekdays(days: int) -> st.SearchStrategy[tuple[int, ...]]:
    some = st.lists(st.sampled_from(WEEKDAYS), min_size=days, max_size=days, unique=True)
    return some.map(lambda each: tuple(sorted(each)))


def _equipment(library: Library) -> st.SearchStrategy[tuple[str, ...]]:
    """A place as a rule, else any things: bare floors and full halls both come up."""
    places = next(asked.places for asked in load_questions() if asked.id == "equipment")
    whole = st.sampled_from(sorted(places)).map(lambda place: tuple(places[place]))
    some = st.lists(st.sampled_from(sorted(library.equipment)), unique=True).map(tuple)
    return st.one_of(whole, some, st.just(tuple(library.equipment)))


def _conditions(library: Library) -> st.SearchStrategy[tuple[str, ...]]:
    flags = sorted(set(library.flags) - {NEW})
    few = st.lists(st.sampled_from(flags), unique=True, max_size=3).map(tuple)
    return st.one_of(st.just(()), few)


def _kit() -> st.SearchStrategy[tuple[KitItem, ...]]:
    """Own loads of some things: other steps, other ends, other units."""
    steps = st.sampled_from((0.5, 1.0, 2.5, 5.0, 10.0))
    even = st.builds(
        lambda name, unit, least, step, count: KitItem(
            equipment=name, unit=unit, least=least, step=step, most=least + step * count
        ),
        st.sampled_from(("cable_machine", "barbell", "dumbbell", "trap_bar", "sled")),
        st.sampled_from(("kg", "lb")),
        st.sampled_from((1.0, 2.5, 10.0, 20.0, 45.0)),
        steps,
        st.integers(1, 20),
    )
    bells = st.lists(st.sampled_from((4.0, 8.0, 12.0, 16.0, 24.0, 32.0)), min_size=1, unique=True).map(
        lambda values: KitItem(equipment="kettlebell", values=tuple(sorted(values)))
    )
    both = st.lists(st.one_of(even, bells), max_size=4, unique_by=lambda item: item.equipment)
    return both.map(tuple)


def _set(library: Library) -> st.SearchStrategy[PerformedSet]:
    return st.builds(
        _performed,
        st.sampled_from(sorted(library.exercises)).map(library.exercises.__getitem__),
        st.integers(1, 30),
        st.floats(1.0, 250.0).map(lambda value: round(value, 1)),
        st.sampled_from(("kg", "lb")),
        st.one_of(st.none(), st.integers(0, 6).map(float)),
    )


def _performed(exercise: Exercise, repetitions: int, value: float, unit: MassUnit, rir: float | None) -> PerformedSet:
    hangs_on = IMPLEMENTS.get(exercise.figure.load)
    if hangs_on is None:
        load = Load(kind="body")
    elif usual_kit("kg")[hangs_on.equipment].bands:
        load = Load(kind="band", band="light")
    else:
        load = Load(kind="mass", value=value, unit=unit, count=hangs_on.count)
    return PerformedSet(exercise=exercise.id, repetitions=repetitions, load=load, rir=rir)
