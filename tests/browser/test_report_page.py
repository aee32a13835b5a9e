"""The report in a real browser: its script runs, its film plays, nothing else does.

Needs Debian's ``chromium`` (``browser.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hingewise.render.film import write_film
from hingewise.render.html import render_report
from hingewise.render.sprites import ByteArray
from hingewise.report.figures import make_figures
from tests.browser.browser import NEEDS_BROWSER, Open, framed, framed_width_px
from tests.builders_report import SyntheticSet, make_set

pytestmark = NEEDS_BROWSER


def render(made: SyntheticSet, video_name: str | None = None) -> str:
    figures = make_figures(made.kinematics, made.segmentation)
    return render_report(made.analysis, figures, [], video_name=video_name)


def grey_frames() -> Iterator[tuple[float, ByteArray]]:
    for index in range(12):
        yield index / 30, np.full((64, 48, 3), 20 * index, dtype=np.uint8)


def test_the_script_runs_under_the_policy_of_the_page(tmp_path: Path, open_page: Open) -> None:
    page = tmp_path / "report.html"
    page.write_text(render(make_set(5)), encoding="utf-8")
    document = open_page(page)
    spoken = re.findall(r'aria-valuetext="([^"]*)"', document)
    assert spoken == [
        "0:00.0, between repetitions; Hip fold 0°, Trunk lean 0°, Knee bend 0°, Back rounding 0°"
    ]


@pytest.mark.parametrize("made", [make_set(0), make_set(2, observed=False)], ids=["none", "unseen"])
def test_an_empty_report_loads_without_a_script_error(
    tmp_path: Path, open_page: Open, made: SyntheticSet
) -> None:
    page = tmp_path / "report.html"
    page.write_text(render(made), encoding="utf-8")
    assert "</html>" in open_page(page)


@pytest.mark.parametrize("there", [True, False], ids=["film", "film missing"])
def test_the_film_beside_the_page(tmp_path: Path, open_page: Open, there: bool) -> None:
    if there:
        write_film(tmp_path / "annotated.mp4", grey_frames())
    page = tmp_path / "report.html"
    page.write_text(render(make_set(1), "annotated.mp4"), encoding="utf-8")
    document = open_page(page)
    (note,) = re.findall(r'<p class="note" id="film-missing"([^>]*)>', document)
    assert ("hidden" in note) is there


def test_hostile_names_run_nothing(tmp_path: Path, open_page: Open) -> None:
    attack = '"><script>document.title="owned"</script><img src=x onerror=document.title="owned">'
    page = tmp_path / "report.html"
    page.write_text(render(make_set(1, file_name=attack, exercise_id=attack)), encoding="utf-8")
    document = open_page(page)
    assert "<title>owned" not in document
    assert "<img" not in document


@pytest.mark.parametrize("width_px", [320, 390, 1280])
@pytest.mark.parametrize("made", [make_set(5, partial=(2,)), make_set(60)], ids=["five", "sixty"])
def test_nothing_is_wider_than_the_screen(
    tmp_path: Path, open_page: Open, width_px: int, made: SyntheticSet
) -> None:
    page = tmp_path / "framed.html"
    page.write_text(framed(render(made), width_px), encoding="utf-8")
    assert framed_width_px(open_page(page)) == width_px
