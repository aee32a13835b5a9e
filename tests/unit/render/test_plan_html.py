"""The page of a plan: whole, closed to the network, deaf to hostile words."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser

from hingewise.render.plan_html import render_plan
from hingewise.report.plan_sheets import RESTS, PlanSheets, make_sheets
from tests.builders_plan import LIBRARY, NAMES, kept_plan, paused, plan_now

VOID = {"meta", "link", "img"}
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"
KEPT = kept_plan()
SHEETS = make_sheets(plan_now(KEPT), NAMES, LIBRARY)


class Page(HTMLParser):
    """Elements and words of a page; nothing may be closed wrongly."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, tag: str, kind: str = "") -> list[dict[str, str]]:
        found = [attributes for name, attributes in self.elements if name == tag]
        return [each for each in found if not kind or kind in each.get("class", "").split()]


def render(sheets: PlanSheets = SHEETS) -> Page:
    return Page(render_plan(sheets))


def test_every_session_is_a_sheet_with_room_for_every_set() -> None:
    page = render()
    assert [each["id"] for each in page.all("section", "sheet")] == ["session-A", "session-B"]
    lines = [line for sheet in SHEETS.sheets for line in sheet.lines]
    assert len(page.all("article", "line")) == len(lines)
    assert len(page.all("td")) == 4 * sum(len(line.boxes) for line in lines)
    for line in lines:
        assert line.name in page.text
        assert line.dose in page.text
        assert line.safety in page.text
        assert all(each in page.text for each in line.cues)
    assert len(page.all("details", "why")) == len(lines)
    assert "You answered “Build glutes and hamstrings”" in page.text


def test_lighter_weeks_and_days_are_marked() -> None:
    page = render()
    assert len(page.all("li", "is-lighter")) == 1
    assert "Mon 2 Mar" in page.text


def test_each_exercise_is_drawn_beside_its_name() -> None:
    for picture in render().all("img"):
        assert picture["alt"].endswith("start and end")
        head, drawn = picture["src"].split(",", 1)
        assert head == "data:image/svg+xml;base64"
        assert b64decode(drawn).startswith(b"<svg")


def test_nothing_is_loaded_and_nothing_runs() -> None:
    page = render()
    assert page.all("script") == []
    (policy,) = (each for each in page.all("meta") if "http-equiv" in each)
    assert policy["content"].startswith("default-src 'none'")
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", render_plan(SHEETS))
    assert "url(" not in render_plan(SHEETS)


def test_words_from_outside_stay_words() -> None:
    line = replace(SHEETS.sheets[0].lines[0], details=(HOSTILE,), name=HOSTILE, cues=(HOSTILE,))
    sheet = replace(SHEETS.sheets[0], lines=(line,))
    page = render(replace(SHEETS, sheets=(sheet,)))
    assert page.all("script") == []
    assert all("onerror" not in each for each in page.all("img"))
    assert HOSTILE in page.text


def test_what_rests_has_no_room_for_sets() -> None:
    sheets = make_sheets(plan_now(KEPT, [paused(KEPT)]), NAMES, LIBRARY)
    page = render(sheets)
    assert len(page.all("article", "is-resting")) == 2
    assert len(page.all("table", "boxes")) == len(render().all("table", "boxes")) - 2
    assert RESTS in page.text


def test_the_same_plan_is_the_same_page() -> None:
    assert render_plan(SHEETS) == render_plan(SHEETS)
