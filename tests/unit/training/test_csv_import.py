"""What other programs wrote becomes entries, or is named as left out or as wrong."""

from __future__ import annotations

from datetime import date

import pytest

from hingewise.library.load import load_library
from hingewise.training.csv_formats import recognise
from hingewise.training.csv_import import import_table
from hingewise.training.csv_table import read_table
from hingewise.training.imported import Imported
from hingewise.training.load import BODY, Load, MassUnit
from hingewise.training.names import names_of

NAMES = names_of(load_library())
TODAY = date(2026, 11, 28)
STRONG = "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Seconds;Notes\n"
HEVY = (
    "start_time,exercise_title,exercise_notes,set_index,set_type,weight_lbs,reps,"
    "duration_seconds,rpe\n"
)
FITNOTES = "Date,Exercise,Category,Weight (kgs),Reps,Distance,Distance Unit,Time,Comment\n"


def read(text: str, unit: MassUnit | None = None) -> Imported:
    table = read_table(text.encode(), name="a.csv")
    return import_table(table, recognise(table, name="a.csv"), NAMES, unit=unit, today=TODAY)


def test_strong() -> None:
    found = read(
        STRONG + "2019-01-11 12:31:54;Leg;Deadlift (Barbell);W;20;kg;5;;0;\n"
        '2019-01-11 12:31:54;Leg;Deadlift (Barbell);1;62,5;kg;5;8,5;0;"heavy; hard"\n'
        "2019-01-11 12:31:54;Leg;Deadlift (Barbell);Rest Timer;0;kg;0;;90;\n"
        "2019-01-11 12:31:54;Leg;Bench Press (Barbell);1;20;kg;6;;0;\n"
    )
    (entry,) = found.entries
    assert (entry.exercise, entry.on) == ("conventional_deadlift", date(2019, 1, 11))
    warm_up, working = entry.sets
    assert (warm_up.load, warm_up.note) == (Load(kind="mass", value=20.0), "warm-up")
    assert (working.load, working.rir) == (Load(kind="mass", value=62.5), 1.5)
    assert working.note == "heavy; hard"
    assert found.left_out == {"Bench Press (Barbell)": 1}
    assert found.problems == ()


@pytest.mark.parametrize("moment", ["23 Feb 2024, 18:04", "Feb 23, 2024, 6:04 PM"])
def test_hevy_in_both_its_times(moment: str) -> None:
    found = read(
        HEVY + f'"{moment}",Romanian Deadlift (Dumbbell),,0,normal,45,12,,9.25\n'
        f'"{moment}",Glute Bridge,,0,normal,,,30,\n'
    )
    deadlift, bridge = sorted(found.entries, key=lambda each: each.exercise)
    assert deadlift.entered_at == bridge.entered_at
    assert deadlift.sets[0].load == Load(kind="mass", value=45.0, unit="lb")
    assert deadlift.sets[0].rir == 1.0
    assert (bridge.sets[0].hold, bridge.sets[0].repetitions) == (True, 30)
    assert bridge.sets[0].load == BODY


def test_fitnotes_with_the_unit_in_its_header() -> None:
    found = read(
        FITNOTES
        + "2024-02-23,Hip Thrust,Legs,60.0,8,,,,easy\n2024-02-23,Glute Bridge,Legs,,,,,0:01:30,\n"
    )
    thrust, bridge = sorted(found.entries, key=lambda each: each.exercise)
    assert thrust.sets[0].load == Load(kind="mass", value=60.0)
    assert bridge.sets[0].repetitions == 90


def test_the_same_table_makes_the_same_entries() -> None:
    text = HEVY + '"23 Feb 2024, 18:04",Glute Bridge,,0,normal,,12,,\n'
    assert read(text) == read(text)


def test_no_unit_is_guessed() -> None:
    text = STRONG + "2019-01-11 12:31:54;Leg;Deadlift;1;60;;5;;0;\n"
    (problem,) = read(text).problems
    assert problem.startswith("line 2: expected a unit of the weight 60, got none")
    (entry,) = read(text, unit="lb").entries
    assert entry.sets[0].load == Load(kind="mass", value=60.0, unit="lb")


@pytest.mark.parametrize(
    "row, says",
    [
        ("2019-01-11;L;Deadlift;1;60;kg;300;;0;", "expected 1 to 200 repetitions, got 300"),
        ("2019-01-11;L;Deadlift;1;60;kg;5.5;;0;", "expected whole repetitions, got 5.5"),
        ("2019-01-11;L;Deadlift;1;60;kg;;;0;", "expected whole repetitions, got none"),
        ("2019-01-11;L;Deadlift;1;9999;kg;5;;0;", "up to 600 kg, got 9999 kg"),
        ("2019-01-11;L;Deadlift;1;1,000;kg;5;;0;", "expected a weight like 62.5, got '1,000'"),
        ("2019-01-11;L;Deadlift;1;-5;kg;5;;0;", "expected a weight like 62.5, got '-5'"),
        ("2019-01-11;L;Deadlift;1;60;stone;5;;0;", "expected a unit of the weight 60, got stone"),
        ("2019-01-11;L;Deadlift;1;60;kg;5;11;0;", "an RPE of up to 10, got 11"),
        ("03/04/2019;L;Deadlift;1;60;kg;5;;0;", "expected a day like 2026-11-28"),
        ("2090-01-01;L;Deadlift;1;60;kg;5;;0;", "expected a day from 1950-01-01 to 2026-11-29"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(row: str, says: str) -> None:
    found = read(STRONG + "2019-01-11;L;Deadlift;1;60;kg;5;;0;\n" + row + "\n")
    (problem,) = found.problems
    assert problem.startswith("line 3: ")
    assert says in problem
