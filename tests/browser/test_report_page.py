"""The report in a real browser: its script runs, its film plays, nothing else does.

Needs Debian's ``chromium``. Where it is missing the tests are skipped, unless the environment says
``HINGEWISE_BROWSER=required`` (as CI does): then they fail.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from hingewise.render.film import write_film
from hingewise.render.html import render_report
from hingewise.render.sprites import ByteArray
from hingewise.report.figures import make_figures
from tests.builders_report import SyntheticSet, make_set

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("HINGEWISE_BROWSER") != "required",
    reason="no chromium here: apt-get install chromium",
)

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=4000",
    "--dump-dom",
)

Open = Callable[[Path], str]


@pytest.fixture
def open_page(tmp_path: Path) -> Open:
    """Load a page from disk and return its document after its script has run."""

    def load(path: Path) -> str:
        assert CHROMIUM is not None, "HINGEWISE_BROWSER=required, but chromium is not installed"
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        done = subprocess.run(
            [CHROMIUM, *FLAGS, profile, path.as_uri()], capture_output=True, timeout=90, check=True
        )
        return done.stdout.decode("utf-8")

    return load


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
    """Framed, because a headless window is never narrower than 500 pixels."""
    inner = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render(made))
    frame = f'<iframe id="f" style="width:{width_px}px;border:0" srcdoc="{html.escape(inner)}">'
    measure = "f.contentDocument.documentElement.scrollWidth"
    script = f"<script>onload=()=>{{document.title='wide '+{measure}}}</script>"
    page = tmp_path / "framed.html"
    page.write_text(f"<!doctype html>{frame}</iframe>{script}", encoding="utf-8")
    (width,) = re.findall(r"<title>wide (\d+)</title>", open_page(page))
    assert int(width) == width_px
