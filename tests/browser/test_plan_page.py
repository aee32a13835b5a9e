"""The page of a plan in a real browser: nothing sticks out, and each session prints on one page.

Needs Debian's ``chromium``, as ``test_report_page`` does.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from hingewise.render.plan_html import render_plan
from hingewise.report.plan_sheets import make_sheets
from tests.builders_plan import ANSWERS, LIBRARY, NAMES, kept_plan, plan_now

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("HINGEWISE_BROWSER") != "required",
    reason="no chromium here: apt-get install chromium",
)

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=4000",
)
STRONG = replace(
    ANSWERS, goal="strength", experience="deadlift", days=4, minutes=120, weekdays=(), mistakes=()
)
"""Many sets: the widest tables there are."""

MEASURE = (
    "<script>onload = () => { const page = document.querySelector('iframe').contentDocument;"
    "document.body.dataset.wide = page.documentElement.scrollWidth; }</script>"
)


def page(tmp_path: Path, *changes: tuple[str, str], weeks: int = 12) -> str:
    made = render_plan(make_sheets(plan_now(kept_plan(STRONG, weeks=weeks)), NAMES, LIBRARY))
    for old, new in changes:
        assert old in made
        made = made.replace(old, new)
    (tmp_path / "plan.html").write_text(made, "utf-8")
    return made


def chromium(tmp_path: Path, *arguments: str) -> str:
    assert CHROMIUM is not None, "HINGEWISE_BROWSER=required, but chromium is not installed"
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [CHROMIUM, *FLAGS, profile, *arguments]
    return subprocess.run(command, capture_output=True, timeout=90, check=True).stdout.decode()


@pytest.mark.parametrize("width_px", [390, 1100])
def test_nothing_sticks_out_at_the_side(tmp_path: Path, width_px: int) -> None:
    made = page(tmp_path)
    style = f"border: 0; width: {width_px}px; height: 900px"
    frame = f'<body>{MEASURE}<iframe style="{style}" srcdoc="{html.escape(made)}"></iframe>'
    (tmp_path / "frame.html").write_text(frame, "utf-8")
    document = chromium(tmp_path, "--dump-dom", (tmp_path / "frame.html").as_uri())
    (wide,) = re.findall(r'data-wide="(\d+)"', document)
    assert int(wide) <= width_px


@pytest.mark.parametrize("size", ["A4", "letter"])
def test_each_session_is_printed_on_one_page(tmp_path: Path, size: str) -> None:
    page(tmp_path, ("@page { margin", f"@page {{ size: {size}; margin"))
    chromium(
        tmp_path, f"--print-to-pdf={tmp_path / 'plan.pdf'}", "--no-pdf-header-footer",
        (tmp_path / "plan.html").as_uri(),
    )  # fmt: skip
    front, *sheets = [each.extract_text() for each in PdfReader(tmp_path / "plan.pdf").pages]
    assert "Week 12" in front
    assert [each.split()[:2] for each in sheets] == [["Session", "A"], ["Session", "B"]]
    assert not any("Why" in each for each in sheets)
