"""Plain names and numbers as a lifter reads them."""

from __future__ import annotations

import pytest

from hingewise.kinematics.series import ANGLES
from hingewise.repetitions.types import Phase
from hingewise.report.naming import (
    as_sentence,
    exercise_name,
    explain_angle,
    format_clock,
    format_value,
    name_of,
    phase_name,
    plural,
)


@pytest.mark.parametrize("angle", ANGLES)
def test_every_angle_has_a_plain_name_and_an_explanation(angle: str) -> None:
    assert "_" not in name_of(angle)
    assert name_of(angle) != angle.replace("_", " ").capitalize()
    assert explain_angle(angle)


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_has_a_plain_name(phase: Phase) -> None:
    assert phase_name(str(phase)).istitle()


@pytest.mark.parametrize(
    "value, unit, sd, text",
    [
        (84.26, "deg", 2.9, "84° ± 3"),
        (-3.6, "deg", None, "−4°"),
        (-0.2, "deg", None, "0°"),
        (1.42, "s", None, "1.4 s"),
        (0.934, "fraction", None, "0.93"),
        (12.0, "kg", None, "12.0 kg"),
        (None, "deg", 3.0, "–"),
    ],
)
def test_numbers_are_written_with_their_unit(
    value: float | None, unit: str, sd: float | None, text: str
) -> None:
    assert format_value(value, unit, sd=sd) == text


@pytest.mark.parametrize(
    "time_s, text", [(0.0, "0:00.0"), (7.44, "0:07.4"), (59.97, "1:00.0"), (754.3, "12:34.3")]
)
def test_clock(time_s: float, text: str) -> None:
    assert format_clock(time_s) == text


@pytest.mark.parametrize(
    "n, text", [(0, "no repetition"), (1, "1 repetition"), (3, "3 repetitions")]
)
def test_plural(n: int, text: str) -> None:
    assert plural(n, "repetition") == text


def test_identifiers_become_words() -> None:
    assert exercise_name("cable_pull_through") == "Cable pull-through"
    assert exercise_name("none") == "No exercise recognised"
    assert exercise_name("squat") == "Squat"
    assert as_sentence("scene_change") == "Scene change."
    assert as_sentence("The feet leave the picture.") == "The feet leave the picture."
    assert as_sentence("") == ""
