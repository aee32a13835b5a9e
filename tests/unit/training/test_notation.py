"""Sets in one line: read as people write them, written so that they are read back exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.errors import NotationError
from hingewise.library.load import load_library
from hingewise.training.load import BODY, Load
from hingewise.training.names import names_of
from hingewise.training.notation import (
    format_performed,
    format_planned,
    parse_performed,
    parse_planned,
)
from hingewise.training.sets import MAX_REPETITIONS, MAX_SETS, PerformedSet, PlannedSet

NAMES = names_of(load_library())
FORTY = Load(kind="mass", value=40.0)


def done(*repetitions: int, load: Load = FORTY, rir: float | None = None) -> list[PerformedSet]:
    return [
        PerformedSet(exercise="cable_pull_through", repetitions=n, load=load, rir=rir)
        for n in repetitions
    ]


@pytest.mark.parametrize(
    "text, sets",
    [
        ("pull-through 3x12 @ 40 kg, 2 RIR", done(12, 12, 12, rir=2.0)),
        ("Cable Pull-Through 3 x 12 40kg rir 2", done(12, 12, 12, rir=2.0)),
        ("pull-through 3x12 @ 40 kg RPE 8.5", done(12, 12, 12, rir=1.5)),
        ("pull-through 12, 12, 10 @ 40 kg, 2 RIR", done(12, 12, 10, rir=2.0)),
        ("pull-through 12, 10, 2 RIR @ 40 kg", done(12, 10, rir=2.0)),
        ("pull-through 12 @ 40 kg", done(12)),
        ("pull-through 3×12 @ 40,0 kg", done(12, 12, 12)),
        ("pull-through 2x12", done(12, 12, load=BODY)),
        ("pull-through 2x12 bw", done(12, 12, load=BODY)),
        ("pull-through 12 @ 100 lbs", done(12, load=Load(kind="mass", value=100.0, unit="lb"))),
        ("pull-through 12 @ 2x20 kg", done(12, load=Load(kind="mass", value=20.0, count=2))),
        ("pull-through 12 @ 40 kg; 10", done(12, 10)),
        ("pull-through 12 @ 40 kg; 10 bw", [*done(12), *done(10, load=BODY)]),
        ("pull-through 12 light red band", done(12, load=Load(kind="band", band="light red"))),
        (
            "pull-through 12 @ 20 kg; 2x10 @ 40 kg, 1 RIR",
            [*done(12, load=Load(kind="mass", value=20.0)), *done(10, 10, rir=1.0)],
        ),
    ],
)
def test_what_people_write(text: str, sets: list[PerformedSet]) -> None:
    assert list(parse_performed(text, NAMES)) == sets


def test_tempo_hold_and_note() -> None:
    (first, second) = parse_performed('glute bridge 2x30 s, 3-0-X-1, "one; two"', NAMES)
    assert first == second
    assert (first.repetitions, first.hold, first.tempo) == (30, True, "3-0-x-1")
    assert first.note == "one; two"


def test_a_plan_has_ranges_and_rests() -> None:
    (planned,) = parse_planned("rdl 1x8-12, 2 RIR, 3-0-1-1, rest 2 min", NAMES)
    assert planned == PlannedSet(
        exercise="romanian_deadlift",
        repetitions=(8, 12),
        rir=2.0,
        tempo="3-0-1-1",
        rest_s=120,
    )


@pytest.mark.parametrize(
    "text, word, says, hint",
    [
        (
            "pul-thruogh 3x12",
            "pul-thruogh",
            "an exercise first",
            "Did you mean Cable pull-through?",
        ),
        ("3x12 @ 40 kg", "3x12", "an exercise first", "Write for example"),
        ("", "", "an exercise first", "Write for example"),
        ("rdl", "", "sets and repetitions behind 'rdl'", "Write for example"),
        ("rdl @ 40 kg", "@ 40 kg", "behind 'rdl', got @ 40 kg", "Write for example"),
        ("rdl 3x8 @ 40", "40", "has no unit", "Write 40 kg, 40 lb"),
        ("rdl 3x8 @ 40 kq", "40 kq", "is not known here", "Did you mean 40 kg?"),
        ("rdl 3x8 @ 40 kg, 2 rip", "2 rip", "is not known here", "Did you mean 2 RIR?"),
        ("rdl 3x8 @ 40 kg, 2 rri", "2 rri", "is not known here", "Did you mean 2 RIR?"),
        ("rdl 3x8 & more", "& more", "is not known here", "Write for example"),
        ("rdl 3x8 @ 9999 kg", "9999 kg", "up to 600 kg, got 9999 kg", "Write for example"),
        ("rdl 3x300 @ 40 kg", "3x300", "1 to 200 repetitions, got 300", "A slip?"),
        ("rdl 21x8", "21x8", "1 to 20 sets, got 21", "A slip?"),
        ("rdl 0x8", "0x8", "1 to 20 sets, got 0", "A slip?"),
        ("rdl 3x0", "3x0", "1 to 200 repetitions, got 0", "A slip?"),
        ("rdl 3x8 7.3 RIR", "7.3 RIR", "0 to 6 repetitions in reserve", "Write for example"),
        ("rdl 3x8 RPE 11", "RPE 11", "RPE between 4 and 10, got 11", "Write for example"),
        ("rdl 3x8 2 RIR, RPE 8", "RPE 8", "is said twice", "Leave one out."),
        ("rdl 3x8-12 @ 40 kg", "3x8-12", "how many were done, got 8 to 12", "8, 12"),
        ("rdl 3x8 rest 90 s", "rest 90 s", "got a rest", "Leave it out."),
        ("rdl 3x8 @ 40 kg;", "", "sets and repetitions, got ''", "3x12, or 12, 10, 8"),
        ('rdl 3x8 "open', '"open', "is not known here", "Write for example"),
    ],
)
def test_what_cannot_be_read_points_at_the_word(text: str, word: str, says: str, hint: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_performed(text, NAMES)
    assert says in str(caught.value)
    assert hint in caught.value.hint
    assert caught.value.text[caught.value.at :].startswith(word)
    assert caught.value.text == text


def test_a_plan_takes_no_note() -> None:
    with pytest.raises(NotationError, match="got a note"):
        parse_planned('rdl 3x8 "easy"', NAMES)


loads = st.one_of(
    st.just(BODY),
    st.builds(
        lambda cents, unit, count: Load(kind="mass", value=cents / 100, unit=unit, count=count),
        st.integers(min_value=1, max_value=10_000),
        st.sampled_from(["kg", "lb"]),
        st.integers(min_value=1, max_value=4),
    ),
    st.builds(lambda band: Load(kind="band", band=band), st.sampled_from(["red", "extra heavy"])),
)
reserves = st.none() | st.integers(min_value=0, max_value=12).map(lambda n: n / 2)
tempos = st.sampled_from(["", "3-0-1-1", "10-2-x-0"])
counts = st.integers(min_value=1, max_value=MAX_REPETITIONS)
exercises = st.sampled_from(list(NAMES.library().exercises))
notes = st.just("") | st.text(
    st.characters(exclude_categories=["C"]) | st.just("\n"), min_size=1, max_size=30
)


@st.composite
def performed(draw: st.DrawFn) -> list[PerformedSet]:
    """Sets of one exercise, some of them alike."""
    exercise = draw(exercises)
    one = st.builds(
        PerformedSet,
        exercise=st.just(exercise),
        repetitions=counts,
        load=loads,
        hold=st.booleans(),
        rir=reserves,
        tempo=tempos,
        note=notes,
    )
    some = draw(st.lists(one, min_size=1, max_size=3))
    return draw(st.lists(st.sampled_from(some), min_size=1, max_size=MAX_SETS))


@given(sets=performed())
def test_what_is_written_is_read_back_exactly(sets: list[PerformedSet]) -> None:
    assert list(parse_performed(format_performed(sets, NAMES), NAMES)) == sets


@st.composite
def planned(draw: st.DrawFn) -> list[PlannedSet]:
    exercise = draw(exercises)
    ranges = st.tuples(counts, counts).map(lambda both: (min(both), max(both)))
    one = st.builds(
        PlannedSet,
        exercise=st.just(exercise),
        repetitions=ranges,
        hold=st.booleans(),
        load=st.none() | loads,
        rir=reserves,
        tempo=tempos,
        rest_s=st.none() | st.integers(min_value=1, max_value=600),
    )
    some = draw(st.lists(one, min_size=1, max_size=3))
    return draw(st.lists(st.sampled_from(some), min_size=1, max_size=MAX_SETS))


@given(sets=planned())
def test_a_plan_is_read_back_exactly(sets: list[PlannedSet]) -> None:
    assert list(parse_planned(format_planned(sets, NAMES), NAMES)) == sets


@given(text=st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    """Never anything but sets or an error that points into the line."""
    for line in (text, f"rdl {text}", f"rdl 3x8 {text}"):
        at = 0
        try:
            assert parse_performed(line, NAMES)
        except NotationError as error:
            at = error.at
        assert 0 <= at <= len(line)


def test_sets_of_two_exercises_are_no_line() -> None:
    two = [
        PerformedSet(exercise=e, repetitions=5, load=BODY) for e in ("romanian_deadlift", "lunge")
    ]
    with pytest.raises(ValueError, match="one exercise"):
        format_performed(two, NAMES)
