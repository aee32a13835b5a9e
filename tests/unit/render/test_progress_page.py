"""The page of how training goes: whole, without a network, readable without its charts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from hingewise.errors import OutputError
from hingewise.render.progress_page import render_progress, save_progress
from hingewise.report.progress_build import MAXIMUM_NOTE, ask, make_progress
from hingewise.training.history import History, Pain
from tests.builders_progress import INDEX, MONDAY, SUNDAY, loaded, unloaded, weeks_ago

DAYS = (
    loaded(weeks_ago(8), 50.0, maximum_kg=88.0),
    loaded(MONDAY, 55.0, maximum_kg=92.0),
    unloaded(MONDAY),
)
REPORT = make_progress(
    History(days=DAYS, pains=(Pain(on=MONDAY, exercise="lunge", pain=2),)), INDEX, ask(SUNDAY)
)
PAGE = render_progress(REPORT)


def test_every_panel_has_its_heading_and_its_words() -> None:
    for panel in REPORT.panels:
        assert f'<h2 id="{panel.id}">{panel.title}</h2>' in PAGE
        assert all(text in PAGE for text in panel.says)
    assert '<time datetime="2026-03-02">Mon 2 Mar 2026</time> Lunge: 2 of 10' in PAGE
    assert MAXIMUM_NOTE.split("'")[0] in PAGE


def test_every_chart_has_words_and_numbers() -> None:
    n_charts = sum(len(panel.series) for panel in REPORT.panels)
    assert PAGE.count("<svg viewBox") == n_charts
    assert len(re.findall(r'role="img" aria-label="[^"]+ by weeks since [^"]+"', PAGE)) == n_charts
    assert PAGE.count("<table>") == sum(bool(panel.series) for panel in REPORT.panels)
    assert PAGE.count('<th scope="row">2 Mar 2026</th>') == PAGE.count("<table>")


def test_it_loads_nothing_and_runs_nothing() -> None:
    assert "default-src 'none'" in PAGE.replace("&#39;", "'")
    assert "<script" not in PAGE
    outside = re.findall(r'(?:src|href)="(?!#|data:)([^"]*)"', PAGE)
    assert outside == []
    assert "http" not in PAGE.replace("http-equiv", "")


def test_names_of_ones_own_are_escaped() -> None:
    lunge = replace(INDEX.exercises["lunge"], name="<b>Lunge</b> & co")
    index = replace(INDEX, exercises=dict(INDEX.exercises) | {"lunge": lunge})
    page = render_progress(make_progress(History(days=DAYS), index, ask(SUNDAY)))
    assert "<b>Lunge" not in page
    assert "&lt;b&gt;Lunge&lt;/b&gt; &amp; co" in page


def test_a_page_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    save_progress(PAGE, tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text("utf-8") == PAGE
    with pytest.raises(OutputError, match="expected a place to write"):
        save_progress(PAGE, tmp_path / "nowhere" / "page.html")
