"""The terminal: complete at 80 columns, plain without colour, silent where nobody looks."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from hingewise.render.terminal import advice_line, print_summary
from hingewise.report.document import Analysis
from tests.builders_report import make_set

FIRST_MEASURES = make_set(1).analysis.repetitions[0].measures


def printed(analysis: Analysis, width: int = 80) -> str:
    console = Console(file=StringIO(), width=width, color_system=None, force_terminal=False)
    print_summary(analysis, console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_every_repetition_has_its_row() -> None:
    text = printed(make_set(5, partial=(4,)).analysis)
    rows = [line.split() for line in text.splitlines() if "2-0-1-1" in line and "±" in line]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert "partial" in text
    assert "Reaching for the handle" in text
    assert "→ Film exactly from the side." in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_it_fits_and_carries_no_colour_codes(width: int) -> None:
    text = printed(make_set(12).analysis, width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert "\x1b" not in text


def test_without_repetitions_there_is_no_table() -> None:
    text = printed(make_set(0).analysis)
    assert "No repetition was found" in text
    assert "Tempo" not in text


def test_what_one_repetition_lacks_is_a_dash() -> None:
    analysis = make_set(2).analysis
    gone = {name: m.model_copy(update={"value": None}) for name, m in FIRST_MEASURES.items()}
    blind = analysis.repetitions[0].model_copy(update={"measures": gone})
    both = (blind, analysis.repetitions[1])
    assert "–" in printed(analysis.model_copy(update={"repetitions": both}))


def test_what_no_repetition_shows_has_no_column() -> None:
    assert "Hip fold" not in printed(make_set(2, observed=False).analysis)


def test_without_repetitions_the_film_is_not_called_good() -> None:
    analysis = make_set(0).analysis
    view = analysis.view.model_copy(update={"advice": ()})
    quality = analysis.quality.model_copy(update={"warnings": ()})
    bare = analysis.model_copy(update={"view": view, "quality": quality})
    assert advice_line(bare) == "Film a whole set, from before its first repetition."


def test_the_load_is_noted_as_it_was_given() -> None:
    analysis = make_set(1).analysis
    assert "Noted" not in printed(analysis)
    given = analysis.provenance.model_copy(update={"parameters": {"load": "[b]cable 40 kg"}})
    assert "Noted  [b]cable 40 kg" in printed(analysis.model_copy(update={"provenance": given}))


def test_names_from_outside_are_not_markup() -> None:
    assert "[bold red]x" in printed(make_set(1, exercise_id="[bold_red]x").analysis)


def test_the_cue_comes_before_the_camera() -> None:
    analysis = make_set(1).analysis
    assert advice_line(analysis).startswith("Film exactly")
    summary = analysis.summary.model_copy(update={"top_cue": "push the hips back"})
    assert advice_line(analysis.model_copy(update={"summary": summary})) == "Push the hips back."


def test_the_next_set_stands_behind_the_cue() -> None:
    """Who sees the terminal only is told as much as who reads the report."""
    analysis = make_set(2).analysis
    words = {"top_cue": "push the hips back", "next_step": "go back to the cable pull-through"}
    summary = analysis.summary.model_copy(update=words)
    line = advice_line(analysis.model_copy(update={"summary": summary}))
    assert line == "Push the hips back. Next set: go back to the cable pull-through."
