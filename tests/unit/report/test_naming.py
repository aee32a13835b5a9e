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
    format_tempo,
    format_value,
    is_fast,
    name_of,
    phase_name,
    plural,
    typical_tempo_s,
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
    "tempo_s, fast, text",
    [
        ((2.9, 0.2, 1.1, None), False, "3-0-1-x"),
        ((None, 0.6, 1.4, 10.4), False, "x-1-1-10"),
        ((0.54, 0.04, 0.4, 0.66), True, "0.5-0-0.4-0.7"),
        ((None, 0.0, 0.45, 1.0), True, "x-0-0.5-1.0"),
    ],
)
def test_tempo_is_written_as_it_is_counted(
    tempo_s: tuple[float | None, ...], fast: bool, text: str
) -> None:
    assert format_tempo(tempo_s, fast=fast) == text


def test_the_typical_tempo_is_that_of_the_repetitions_that_show_it() -> None:
    tempos_s = [(None, 0.1, 0.5, None), (0.8, 0.3, 0.5, None), (1.0, 0.2, 0.7, None)]
    assert typical_tempo_s(tempos_s) == pytest.approx((0.9, 0.2, 0.5, None))


@pytest.mark.parametrize(
    "tempo_s, fast",
    [((0.5, 0.0, 0.5, 0.9), True), ((0.5, 0.0, 0.6, 0.9), False), ((None, None, 1.9, 0.0), True)],
)
def test_less_than_two_seconds_are_fast(tempo_s: tuple[float | None, ...], fast: bool) -> None:
    assert is_fast(tempo_s) == fast


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
