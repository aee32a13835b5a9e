"""Charts of letters: right without colour, in 80 columns, and where only ASCII can be written."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from typing import Literal

import pytest
from rich.console import Console

from hingewise.render.progress_terminal import (
    BLOCKS,
    CHART_WEEKS,
    LETTERS,
    can_write,
    draw_line,
    print_progress,
)
from hingewise.report.progress_build import ask, make_progress
from hingewise.report.progress_report import ProgressReport, Series
from hingewise.training.history import DayTotals, History, Pain
from tests.builders_progress import INDEX, MONDAY, SUNDAY, loaded, unloaded, weeks_ago


def series(*values: float | None, kind: Literal["bars", "line"] = "bars") -> Series:
    return Series(name="Sets", unit="", values=values, kind=kind, says="")


@pytest.mark.parametrize(
    "drawn, letters",
    [
        (series(), ""),
        (series(0.0, 0.0), "__"),
        (series(1.0, 2.0, 4.0, 8.0), "▁▂▄█"),
        (series(0.01, 8.0), "▁█"),
        (series(100.0, 101.0, 102.0, kind="line"), "▁▄█"),
        (series(100.0, None, 100.0, kind="line"), "▄ ▄"),
        (series(None, kind="line"), " "),
    ],
)
def test_a_series_is_a_line_of_letters(drawn: Series, letters: str) -> None:
    assert draw_line(drawn) == letters


def test_both_alphabets_have_the_same_levels() -> None:
    assert len(BLOCKS) == len(LETTERS)
    assert LETTERS.isascii()


@pytest.mark.parametrize(
    "encoding, can", [("utf-8", True), ("ascii", False), ("cp1252", False), ("none", False)]
)
def test_whether_blocks_can_be_written(encoding: str, can: bool) -> None:
    assert can_write(BLOCKS, encoding) is can


def report(*days: DayTotals, pains: tuple[Pain, ...] = ()) -> ProgressReport:
    return make_progress(History(days=days, pains=pains), INDEX, ask(SUNDAY))


def printed(made: ProgressReport, *, encoding: str = "utf-8", width: int = 80) -> list[str]:
    stream = BytesIO()
    file = TextIOWrapper(stream, encoding=encoding, errors="replace")
    print_progress(made, Console(file=file, width=width, color_system=None, highlight=False))
    file.flush()
    return stream.getvalue().decode(encoding).splitlines()


MANY = report(*(loaded(weeks_ago(n), 100.0 - n, maximum_kg=120.0 - n) for n in range(52)))


def test_it_fits_into_eighty_columns_with_its_last_weeks() -> None:
    lines = printed(MANY)
    assert max(map(len, lines)) <= 80
    (line,) = (each for each in lines if each.startswith("Estimated maximum  "))
    assert len(line.split()[2]) == CHART_WEEKS
    assert line.rstrip().endswith("█  latest 120 kg, most 120 kg")


def test_a_stream_without_blocks_gets_plain_ascii() -> None:
    lines = printed(MANY, encoding="ascii")
    assert not any("?" in line for line in lines)
    assert any(LETTERS[-1] * CHART_WEEKS in line for line in lines)


def test_a_chart_of_nothing_is_left_out() -> None:
    """Trained long ago: its words stay."""
    lines = printed(report(loaded(weeks_ago(30))))
    assert "Lunge" in lines
    assert not any(line.startswith("Sets") for line in lines)


def test_only_the_latest_pain_is_listed() -> None:
    pains = tuple(Pain(on=weeks_ago(30 - n), exercise="lunge", pain=2) for n in range(15))
    lines = printed(report(unloaded(MONDAY), pains=pains))
    assert sum("2 of 10" in line for line in lines) == 10
    assert "and 5 more before" in lines
    assert "Mon 10 Nov 2025  Lunge: 2 of 10" in lines
