"""A load is kept as it was entered, and what cannot be one is refused."""

from __future__ import annotations

import math

import pytest

from hingewise.errors import TrainingError
from hingewise.training.load import BODY, MAX_LOAD_KG, Kind, Load, MassUnit


@pytest.mark.parametrize(
    "value, unit, count, mass_kg",
    [(40.0, "kg", 1, 40.0), (20.0, "kg", 2, 40.0), (100.0, "lb", 1, 45.359237)],
)
def test_all_of_it_together_in_kilograms(
    value: float, unit: MassUnit, count: int, mass_kg: float
) -> None:
    load = Load(kind="mass", value=value, unit=unit, count=count)
    assert load.mass_kg == pytest.approx(mass_kg)
    assert (load.value, load.unit) == (value, unit)


@pytest.mark.parametrize("load", [BODY, Load(kind="band", band="red")])
def test_what_has_no_mass_weighs_nothing(load: Load) -> None:
    assert load.mass_kg == 0.0


@pytest.mark.parametrize(
    "kind, value, count, band",
    [
        ("mass", 0.0, 1, ""),
        ("mass", -5.0, 1, ""),
        ("mass", 20.0, 0, ""),
        ("mass", MAX_LOAD_KG + 1.0, 1, ""),
        ("mass", MAX_LOAD_KG / 2 + 1.0, 2, ""),
        ("mass", math.nan, 1, ""),
        ("band", 0.0, 1, ""),
        ("band", 0.0, 1, "40"),
        ("band", 0.0, 1, "red; blue"),
    ],
)
def test_what_cannot_be_a_load_is_refused(kind: Kind, value: float, count: int, band: str) -> None:
    with pytest.raises(TrainingError, match="expected"):
        Load(kind=kind, value=value, count=count, band=band)
