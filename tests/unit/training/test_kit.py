"""Loads that things make: the next one up, the next one down, and none between them."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.errors import TrainingError
from hingewise.training.kit import MAX_VALUES, KitItem
from hingewise.training.load import BODY, MAX_LOAD_KG, Load
from tests.builders_plans import band, kg

BAR = KitItem(equipment="barbell", least=20.0, most=60.0, step=2.5)
BELLS = KitItem(equipment="kettlebell", values=(8.0, 12.0, 16.0, 24.0))
BANDS = KitItem(equipment="resistance_band", bands=("light", "medium", "heavy"))
POUNDS = KitItem(equipment="dumbbell", unit="lb", least=5.0, most=50.0, step=5.0)


def lb(value: float, count: int = 1) -> Load:
    return Load(kind="mass", value=value, unit="lb", count=count)


def test_all_loads_from_the_lightest() -> None:
    values = [load.value for load in BAR.loads()]
    assert values[:3] == [20.0, 22.5, 25.0]
    assert values[-1] == 60.0
    assert len(values) == 17
    assert [load.value for load in BELLS.loads()] == [8.0, 12.0, 16.0, 24.0]
    assert [load.band for load in BANDS.loads()] == ["light", "medium", "heavy"]


def test_steps_of_a_third_do_not_drift() -> None:
    item = KitItem(equipment="cable_machine", least=0.1, most=0.7, step=0.1)
    assert [load.value for load in item.loads()] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]


@pytest.mark.parametrize(
    "item, load, up, down",
    [
        (BAR, kg(40), kg(42.5), kg(37.5)),
        (BAR, kg(41), kg(42.5), kg(40)),
        (BAR, kg(20), kg(22.5), None),
        (BAR, kg(60), None, kg(57.5)),
        (BAR, kg(100), None, kg(60)),
        (BAR, kg(10), kg(20), None),
        (BELLS, kg(16), kg(24), kg(12)),
        (BANDS, band("medium"), band("heavy"), band("light")),
        (BANDS, band("Medium"), band("heavy"), band("light")),
        (BANDS, band("heavy"), None, band("medium")),
        (BANDS, band("purple"), None, None),
        (BANDS, kg(10), None, None),
        (BAR, BODY, None, None),
        (BAR, band("light"), None, None),
        (POUNDS, lb(20, 2), lb(25, 2), lb(15, 2)),
        (POUNDS, kg(10, 2), lb(25, 2), lb(20, 2)),
    ],
)
def test_the_next_load(item: KitItem, load: Load, up: Load | None, down: Load | None) -> None:
    """Of 10 kg each, which are 22 lb, the next pairs are 25 and 20 lb."""
    assert item.up(load) == up
    assert item.down(load) == down


def test_a_load_that_was_meant_to_be_the_same_is_no_step() -> None:
    """45.359237 kg are 100 lb."""
    item = KitItem(equipment="barbell", unit="lb", values=(95.0, 100.0, 105.0))
    assert item.up(kg(45.359237)) == lb(105)
    assert item.down(kg(45.359237)) == lb(95)


@pytest.mark.parametrize(
    "mass_kg, count, wanted",
    [
        (19.9, 1, None),
        (20.0, 1, kg(20)),
        (44.9, 1, kg(42.5)),
        (45.0, 1, kg(45)),
        (999.0, 1, kg(60)),
        (45.0, 2, kg(22.5, 2)),
    ],
)
def test_the_heaviest_of_up_to_a_mass(mass_kg: float, count: int, wanted: Load | None) -> None:
    assert BAR.at_most(mass_kg, count) == wanted


def test_bands_have_no_mass() -> None:
    assert BANDS.at_most(100.0) is None
    assert math.isnan(BANDS.place(kg(10)))
    assert BANDS.place(band("HEAVY")) == 2.0


def test_a_pair_that_nobody_lifts_is_none_of_its_loads() -> None:
    heavy = KitItem(equipment="dumbbell", values=(100.0, 290.0, 310.0))
    assert [load.value for load in heavy.loads(2)] == [100.0, 290.0]
    assert heavy.loads(2)[-1].mass_kg <= MAX_LOAD_KG


@pytest.mark.parametrize(
    "given_so, says",
    [
        ({}, "from least to most by a step of more than nothing"),
        ({"least": 20.0, "most": 10.0, "step": 5.0}, "from least to most"),
        ({"least": 20.0, "most": 60.0, "step": 0.0}, "from least to most"),
        ({"least": 20.0, "most": math.inf, "step": 5.0}, "more than nothing"),
        ({"least": 1.0, "most": 500.0, "step": 0.1}, "expected up to 200 steps"),
        ({"values": (8.0, 8.0)}, "in rising order"),
        ({"values": (12.0, 8.0)}, "in rising order"),
        ({"values": (0.0, 8.0)}, "more than nothing"),
        ({"values": (8.0, 700.0)}, "up to 600 kg"),
        ({"values": (8.0, math.nan)}, "expected"),
        ({"values": tuple(map(float, range(1, MAX_VALUES + 2)))}, "up to 200 loads"),
        ({"bands": ("light", "light")}, "of different names"),
        ({"bands": ("light", "Light")}, "of different names"),
        ({"bands": ("40",)}, "expected the name of a band"),
    ],
)
def test_what_makes_no_loads(given_so: dict[str, Any], says: str) -> None:
    with pytest.raises(TrainingError, match=says):
        KitItem(equipment="barbell", **given_so)


@given(
    st.lists(st.floats(min_value=0.5, max_value=300.0), min_size=2, max_size=20, unique=True),
    st.floats(min_value=0.1, max_value=500.0),
)
def test_up_and_down_are_the_nearest_of_what_is_there(values: list[float], at: float) -> None:
    item = KitItem(equipment="kettlebell", values=tuple(sorted(values)))
    up, down = item.up(kg(at)), item.down(kg(at))
    heavier = [each for each in sorted(values) if each > at + 1e-6]
    lighter = [each for each in sorted(values) if each < at - 1e-6]
    assert (up and up.value) == (heavier[0] if heavier else None)
    assert (down and down.value) == (lighter[-1] if lighter else None)
