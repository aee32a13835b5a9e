"""Tables are recognised by their header, or by what their user says."""

from __future__ import annotations

import pytest

from hingewise.errors import JournalFormatError
from hingewise.training.csv_formats import FIELDS, NEEDED, load_formats, parse_columns, recognise
from hingewise.training.csv_table import Table, read_table

HEADERS = {
    "hevy": "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,"
    "set_index,set_type,weight_kg,reps,distance_km,duration_seconds,rpe",
    "strong": "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;"
    "Seconds;Notes;Workout Notes;Duration",
    "fitnotes": "Name,StartTime,EndTime,BodyWeight,Exercise,Equipment,Reps,Weight,Time,Distance,"
    "Status,IsWarmup,RPE,RIR,Categories,Note",
}


def table(header: str) -> Table:
    return read_table(f"{header}\n".encode(), name="a.csv")


@pytest.mark.parametrize("program", HEADERS)
def test_whose_it_is(program: str) -> None:
    assert recognise(table(HEADERS[program]), name="a.csv").id == program


def test_what_formats_name_is_known() -> None:
    for each in load_formats():
        assert set(each.columns) <= set(FIELDS)
        assert set(NEEDED) <= set(each.columns)


def test_another_table_is_refused_with_the_way_out() -> None:
    with pytest.raises(JournalFormatError, match="Hevy, Strong, FitNotes, got the columns") as it:
        recognise(table("Tag,Last"), name="a.csv")
    assert "--columns" in it.value.hint


def test_columns_of_ones_own() -> None:
    form = parse_columns("date=Tag, exercise=Was,repetitions=Wdh", table("Tag,Was,Wdh,Last"))
    assert form.columns == {"moment": ("Tag",), "exercise": ("Was",), "repetitions": ("Wdh",)}


@pytest.mark.parametrize(
    "text, says",
    [
        ("day=Tag", "expected one of date, exercise, .*got 'day'"),
        ("date=Day", "expected one of Tag, Was, Wdh, Last, got 'Day'"),
        ("date=Tag", "expected a column for exercise, repetitions"),
        ("", "expected one of date"),
    ],
)
def test_wrong_columns_are_told(text: str, says: str) -> None:
    with pytest.raises(JournalFormatError, match=says):
        parse_columns(text, table("Tag,Was,Wdh,Last"))
