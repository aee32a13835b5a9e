"""Quantities are read with their unit, or refused with an example."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.errors import OptionError
from hingewise.quantities import KG_PER_UNIT, M_PER_UNIT, parse_quantity


@pytest.mark.parametrize(
    "text,kg",
    [
        ("75", 75.0),
        ("75kg", 75.0),
        (" 75 KG ", 75.0),
        ("72.5 kg", 72.5),
        ("72,5kg", 72.5),
        ("100lb", 45.359237),
    ],
)
def test_mass(text: str, kg: float) -> None:
    assert parse_quantity(text, KG_PER_UNIT, name="body-mass", default="kg") == pytest.approx(kg)


@pytest.mark.parametrize(
    "text,m", [("175", 1.75), ("1.75m", 1.75), ("70 in", 1.778), ("6ft", 1.8288)]
)
def test_length(text: str, m: float) -> None:
    assert parse_quantity(text, M_PER_UNIT, name="height", default="cm") == pytest.approx(m)


@pytest.mark.parametrize(
    "text", ["", "kg", "0", "0kg", "-5kg", "75 stone", "75 kg kg", "nan", "1e3kg", "7.5.1kg"]
)
def test_anything_else_is_refused_with_the_units_and_an_example(text: str) -> None:
    with pytest.raises(OptionError) as caught:
        parse_quantity(text, KG_PER_UNIT, name="body-mass", default="kg")
    assert repr(text) in str(caught.value)
    assert "kg, lb" in str(caught.value)
    assert "--body-mass 75kg" in caught.value.hint


@given(st.floats(0.01, 1000), st.sampled_from(sorted(KG_PER_UNIT)))
def test_a_written_mass_is_read_back(value: float, unit: str) -> None:
    text = f"{value:.4f}{unit}"
    expected = round(value, 4) * KG_PER_UNIT[unit]
    read = parse_quantity(text, KG_PER_UNIT, name="body-mass", default="kg")
    assert read == pytest.approx(expected, rel=1e-9)


@given(st.text(max_size=12))
def test_any_text_gives_a_positive_number_or_an_option_error(text: str) -> None:
    try:
        value = parse_quantity(text, M_PER_UNIT, name="height", default="cm")
    except OptionError:
        return
    assert value > 0
