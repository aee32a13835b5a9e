"""wger's logs become entries; what is no set here is left out by name, what is wrong is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.errors import JournalFormatError
from hingewise.library.load import load_library
from hingewise.training.imported import Imported
from hingewise.training.load import BODY, Load, MassUnit
from hingewise.training.names import names_of
from hingewise.training.wger import import_logs, name_exercises, read_logs
from hingewise.training.wger_names import ExerciseNames

NAMES = names_of(load_library())
TODAY = date(2026, 11, 28)
CALLED: ExerciseNames = {"507": ("Kreuzheben", "Romanian deadlift"), "73": ("Bench press",)}
LOG: Mapping[str, Any] = {
    "id": 12,
    "date": "2026-03-01T18:04:05.123456+01:00",
    "session": 4,
    "routine": 1,
    "iteration": 1,
    "slot_entry": 9,
    "next_log": None,
    "exercise": 507,
    "repetitions_unit": 1,
    "repetitions": "8.00",
    "repetitions_target": "8.00",
    "weight_unit": 1,
    "weight": "62.50",
    "weight_target": None,
    "rir": "1.5",
    "rir_target": "2.0",
    "rest": 120,
    "rest_target": 120,
}


def read(*changes: dict[str, Any], unit: MassUnit | None = None) -> Imported:
    logs = read_logs(json.dumps([{**LOG, **each} for each in changes]).encode(), name="a.json")
    called = name_exercises(logs, CALLED, name="a.json")
    return import_logs(logs, called, NAMES, unit=unit, today=TODAY)


def test_a_log_is_a_set() -> None:
    (entry,) = read({}).entries
    (performed,) = entry.sets
    assert (entry.exercise, entry.on) == ("romanian_deadlift", date(2026, 3, 1))
    assert entry.entered_at == datetime(2026, 3, 1, 17, 4, 5, 123456, tzinfo=UTC)
    assert (performed.repetitions, performed.hold, performed.rir) == (8, False, 1.5)
    assert performed.load == Load(kind="mass", value=62.5)


def test_sets_of_a_session_are_an_entry_in_the_order_of_their_time() -> None:
    found = read(
        {"date": "2026-03-01T18:10:00+01:00", "repetitions": "6.00"},
        {"date": "2026-03-01T18:05:00+01:00"},
        {"date": "2026-03-01T18:07:00+01:00", "exercise": 73},
        {"date": "2026-03-03T18:07:00+01:00", "session": 5},
    )
    assert [[each.repetitions for each in entry.sets] for entry in found.entries] == [[8, 6], [8]]
    assert found.left_out == {"Bench press": 1}


def test_days_part_sets_where_no_session_does() -> None:
    found = read({"session": None}, {"session": None, "date": "2026-03-02T09:00:00+01:00"})
    assert [entry.on.day for entry in found.entries] == [1, 2]


def test_the_same_logs_make_the_same_entries() -> None:
    assert read({}).entries == read({}).entries


def test_an_older_wger_has_other_names() -> None:
    old = {"id": 1, "reps": 8, "weight": "60.00", "date": "2023-01-05", "rir": None}
    old |= {"exercise_base": 507, "repetition_unit": 1, "weight_unit": 2, "workout": 3}
    logs = read_logs(json.dumps({"count": 1, "results": [old]}).encode(), name="a.json")
    (entry,) = import_logs(logs, CALLED, NAMES, unit=None, today=TODAY).entries
    assert (entry.on, entry.sets[0].rir) == (date(2023, 1, 5), None)
    assert entry.sets[0].load == Load(kind="mass", value=60.0, unit="lb")


@pytest.mark.parametrize(
    "unit, count, seconds", [(3, "45.00", 45), (4, "1.50", 90), (3, "600.00", 600)]
)
def test_what_is_held(unit: int, count: str, seconds: int) -> None:
    (entry,) = read({"repetitions_unit": unit, "repetitions": count}).entries
    assert (entry.sets[0].hold, entry.sets[0].repetitions) == (True, seconds)


@pytest.mark.parametrize("weight", [None, "0.00", 0])
@pytest.mark.parametrize("unit", [1, 3, 4])
def test_no_weight_is_the_body(weight: object, unit: int) -> None:
    (entry,) = read({"weight": weight, "weight_unit": unit}).entries
    assert entry.sets[0].load == BODY


@pytest.mark.parametrize(
    "change, says",
    [
        ({"repetitions_unit": 2}, "counted until failure, without a number"),
        ({"repetitions_unit": 5}, "counted in miles"),
        ({"repetitions_unit": 99}, "counted in unit 99 of this wger"),
        ({"repetitions": None}, "no repetitions"),
        ({"repetitions": "0.00"}, "no repetitions"),
        ({"weight_unit": 3}, "weight in times of one's own"),
        ({"weight_unit": 4}, "weight in plates"),
        ({"weight_unit": 99}, "weight in unit 99 of this wger"),
    ],
)
def test_what_is_no_set_here_is_named_and_counted(change: dict[str, Any], says: str) -> None:
    found = read(change, change)
    assert (found.entries, found.problems) == ((), ())
    assert found.unusable == {f"Romanian deadlift: {says}": 2}


def test_no_unit_is_guessed() -> None:
    (problem,) = read({"weight_unit": None}).problems
    assert problem.startswith("log 1 (id 12): expected a unit of the weight 62.50, got none")
    (entry,) = read({"weight_unit": None}, unit="lb").entries
    assert entry.sets[0].load.unit == "lb"


@pytest.mark.parametrize(
    "change, says",
    [
        ({"repetitions": "7.50"}, "expected whole repetitions, got 7.50"),
        ({"repetitions": "-5"}, "expected repetitions like 62.5, got '-5'"),
        ({"repetitions": True}, "got 'True'"),
        ({"repetitions": {"a": 1}}, "expected repetitions like 62.5"),
        ({"weight": "9999.00"}, "up to 600 kg"),
        ({"weight": "9" * 400}, "expected a weight like 62.5"),
        ({"date": "03/04/2026"}, "expected a day like 2026-11-28"),
        ({"date": "2090-01-01"}, "expected a day from 1950-01-01"),
        ({"rir": "many"}, "expected repetitions left like 62.5"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change: dict[str, Any], says: str) -> None:
    found = read({}, change)
    (problem,) = found.problems
    assert problem.startswith("log 2 (id 12): ")
    assert says in problem


def test_an_exercise_without_a_name_is_left_out_by_its_number() -> None:
    assert read({"exercise": 999}).left_out == {"exercise 999": 1}


def test_numbers_alone_are_refused_with_the_way_out() -> None:
    logs = read_logs(json.dumps([LOG]).encode(), name="a.json")
    with pytest.raises(JournalFormatError, match="got wger's numbers alone: 507") as it:
        name_exercises(logs, {}, name="a.json")
    assert "/api/v2/exerciseinfo/" in it.value.hint
    assert "--names" in it.value.hint


@pytest.mark.parametrize(
    "exercise",
    [
        "Romanian deadlift",
        {"id": 507, "name": "Romanian deadlift"},
        {"id": 507, "translations": [{"name": "Romanian deadlift", "language": 2}]},
        {"name": "Romanian deadlift"},
    ],
)
def test_names_may_stand_in_the_logs(exercise: object) -> None:
    logs = read_logs(json.dumps([{**LOG, "exercise": exercise}]).encode(), name="a.json")
    called = name_exercises(logs, {}, name="a.json")
    (entry,) = import_logs(logs, called, NAMES, unit=None, today=TODAY).entries
    assert entry.exercise == "romanian_deadlift"


def test_a_page_knows_how_many_are_elsewhere() -> None:
    page = {"count": 120, "next": "more", "previous": None, "results": [LOG] * 20}
    assert read_logs(json.dumps(page).encode(), name="a.json").n_elsewhere == 100
    pages = [{**page, "count": 40}, {**page, "count": 40}]
    logs = read_logs(json.dumps(pages).encode("utf-16"), name="a.json")
    assert (len(logs.items), logs.n_elsewhere) == (40, 0)


@pytest.mark.parametrize(
    "content, says",
    [
        (b"{", "expected JSON, got something else or a part of it"),
        (b"[" * 100_000, "expected JSON"),
        (b"\xff[", "expected JSON"),
        (b"{}", "expected logs of wger, got other JSON"),
        (b'{"results": {}}', "expected logs of wger"),
        (b'[{"id": 1}]', "expected logs of wger"),
        (b"[1]", "expected logs of wger"),
        (b'{"format": "hingewise-journal"}', "hingewise restore FILE"),
    ],
)
def test_other_documents_are_refused(content: bytes, says: str) -> None:
    with pytest.raises(JournalFormatError) as it:
        read_logs(content, name="a.json")
    assert says in it.value.one_line()


def test_what_is_no_log_is_told_with_its_place() -> None:
    with pytest.raises(JournalFormatError) as it:
        read_logs(json.dumps([LOG, 7, {**LOG, "date": None}]).encode(), name="a.json")
    assert [problem[:6] for problem in it.value.problems] == ["log 2:", "log 3:"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*LOG, "translations", "name", "aliases"]), inner)
    ),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.sampled_from(list(LOG)), JSON), max_size=3))
def test_whatever_stands_in_it_nothing_breaks(changes: list[dict[str, Any]]) -> None:
    with suppress(JournalFormatError):
        read(*changes)
