"""The page of how training goes, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from hingewise.render.progress_page import render_progress
from hingewise.report.progress_build import ask, make_progress
from hingewise.training.history import History, Pain
from tests.browser.browser import NEEDS_BROWSER, Open, framed, framed_width_px
from tests.builders_progress import INDEX, MONDAY, SUNDAY, loaded, unloaded, weeks_ago

pytestmark = NEEDS_BROWSER

DAYS = (
    *(loaded(weeks_ago(n), 250.0 - n, n_sets=20, maximum_kg=299.5 - n) for n in range(52)),
    unloaded(MONDAY),
)
PAINS = (Pain(on=MONDAY, exercise="lunge", pain=2),)
PAGE = render_progress(make_progress(History(days=DAYS, pains=PAINS), INDEX, ask(SUNDAY)))


@pytest.mark.parametrize("width_px", [320, 390, 1100])
@pytest.mark.parametrize("opened", [False, True], ids=["folded", "with the numbers"])
def test_nothing_is_wider_than_the_screen(
    tmp_path: Path, open_page: Open, width_px: int, opened: bool
) -> None:
    shown = PAGE.replace("<details>", "<details open>") if opened else PAGE
    page = tmp_path / "framed.html"
    page.write_text(framed(shown, width_px), encoding="utf-8")
    assert framed_width_px(open_page(page)) == width_px


def test_it_opens_from_disk(tmp_path: Path, open_page: Open) -> None:
    page = tmp_path / "progress.html"
    page.write_text(PAGE, encoding="utf-8")
    document = open_page(page)
    assert "</html>" in document
    assert document.count("<svg") == PAGE.count("<svg")
