"""What a watch wrote becomes entries by FIT's own fields; what says too little is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hingewise.library.load import load_library
from hingewise.training.fit_import import import_fit
from hingewise.training.fit_profile import UNKNOWN
from hingewise.training.imported import Imported
from hingewise.training.load import BODY, Load
from hingewise.training.names import names_of
from tests.builders_fit import BEGIN, DONE, REST, several, watch_file

NAMES = names_of(load_library())
TODAY = date(2026, 11, 28)


def read(*changes: dict[int, Any], **told: Any) -> Imported:
    content = watch_file([{**DONE, **each} for each in changes], **told)
    return import_fit(content, NAMES, name="a.fit", today=TODAY)


def test_a_set_of_a_watch() -> None:
    (entry,) = read({}).entries
    (performed,) = entry.sets
    assert (entry.exercise, entry.on) == ("romanian_deadlift", date(2026, 3, 1))
    assert (performed.repetitions, performed.hold, performed.rir) == (8, False, None)
    assert performed.load == Load(kind="mass", value=62.5)


def test_sets_of_a_session_are_an_entry_and_rests_are_none() -> None:
    found = read({}, REST, {3: 7, 6: BEGIN + 90}, REST, {7: 4, 8: 0, 6: BEGIN + 300})
    sets = {entry.exercise: [each.repetitions for each in entry.sets] for entry in found.entries}
    assert sets == {"romanian_deadlift": [8, 7], "cable_pull_through": [8]}
    assert (found.left_out, found.unusable) == ({}, {})


def test_sessions_part_sets() -> None:
    later = BEGIN + 86_400
    found = read({}, {6: later + 60}, sessions=(BEGIN, later))
    assert [entry.on.day for entry in found.entries] == [1, 2]
    assert found.entries[1].entered_at - found.entries[0].entered_at == timedelta(days=1)


def test_the_day_is_that_of_the_watch() -> None:
    (entry,) = read({}, offset_s=8 * 3600 + 3).entries
    assert entry.on == date(2026, 3, 2)
    assert entry.entered_at.utcoffset() == timedelta(hours=8)
    (unsaid,) = read({}, offset_s=400 * 3600).entries
    assert unsaid.entered_at.utcoffset() == timedelta()


def test_the_same_file_makes_the_same_entries() -> None:
    assert read({}).entries == read({}).entries
    assert read({}).entries[0].id == read({}, offset_s=7200).entries[0].id


@pytest.mark.parametrize("weight", [None, 0])
def test_no_weight_is_the_body(weight: int | None) -> None:
    (entry,) = read({4: weight}).entries
    assert entry.sets[0].load == BODY


@pytest.mark.parametrize("pounds", [2.5, 45.0, 97.25, 315.0])
def test_pounds_stay_pounds(pounds: float) -> None:
    (entry,) = read({4: round(pounds * 0.45359237 * 16), 9: 2}).entries
    assert entry.sets[0].load == Load(kind="mass", value=pounds, unit="lb")


@pytest.mark.parametrize(
    "change, title",
    [
        ({7: 0, 8: 1}, "barbell bench press"),
        ({7: UNKNOWN, 8: None}, "an exercise that is not named"),
        ({7: None, 8: None}, "an exercise that is not named"),
        ({8: None}, "deadlift, which one is not said"),
        ({7: several(8, 4), 8: several(0, 0)}, "barbell deadlift or cable pull through"),
    ],
)
def test_no_exercise_is_guessed(change: dict[int, Any], title: str) -> None:
    found = read(change, change)
    assert (found.entries, found.left_out) == ((), {title: 2})


def test_an_exercise_that_is_named_twice_is_one() -> None:
    (entry,) = read({7: several(8, 8, 0xFFFF), 8: several(23, 23, 0xFFFF)}).entries
    assert entry.exercise == "romanian_deadlift"


@pytest.mark.parametrize(
    "change, says",
    [
        ({3: None}, "no repetitions"),
        ({3: 0}, "no repetitions"),
        ({5: 7}, "a set of another kind"),
    ],
)
def test_what_is_no_set_here_is_named_and_counted(change: dict[int, Any], says: str) -> None:
    found = read(change, {})
    assert (len(found.entries), found.problems) == (1, ())
    assert found.unusable == {f"Romanian deadlift: {says}": 1}


@pytest.mark.parametrize(
    "change, says",
    [
        ({3: 300}, "expected 1 to 200 repetitions, got 300"),
        ({3: several(8, 9)}, "expected a number of repetitions, got (8, 9)"),
        ({4: 60_000}, "up to 600 kg"),
        ({4: several(8, 9)}, "expected a weight, got (8, 9)"),
        ({6: 5000}, "expected the time of a set, got none"),
        ({6: None, 254: None}, "expected the time of a set, got none"),
        ({6: 0xFFFFFFF0}, "expected a day from 1950-01-01 to 2026-11-29"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change: dict[int, Any], says: str) -> None:
    found = read({}, change, sessions=())
    (problem,) = found.problems
    assert problem.startswith("set 2: ")
    assert says in problem


def test_an_entry_begins_with_its_session() -> None:
    (entry,) = read({6: BEGIN + 300}).entries
    assert entry.entered_at == datetime(2026, 3, 1, 18, 4, tzinfo=UTC)
