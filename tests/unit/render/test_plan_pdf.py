"""A plan on paper: the same bytes for the same plan, read back by a library that is not ours."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from hingewise.render.plan_pdf import print_plan, printable
from hingewise.report.plan_sheets import RESTS, PlanSheets, make_sheets
from tests.builders_plan import LIBRARY, NAMES, kept_plan, paused, plan_now

KEPT = kept_plan()
SHEETS = make_sheets(plan_now(KEPT), NAMES, LIBRARY)


def pages(sheets: PlanSheets = SHEETS) -> list[str]:
    reader = PdfReader(BytesIO(print_plan(sheets)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_every_session_has_its_page() -> None:
    front, *others = pages()
    assert front.startswith("Your plan 4 weeks: Monday, Wednesday, Friday")
    assert "Week 4, lighter" in front
    for sheet, page in zip(SHEETS.sheets, others, strict=False):
        assert page.startswith(f"Session {sheet.id}, about {sheet.minutes} minutes")
        for line in sheet.lines:
            assert line.name in page
            assert line.dose in page
    why = " ".join(others[2:])
    assert why.startswith("Why A.primer Cable pull-through")
    assert "You answered “Build glutes and hamstrings”" in why


def test_the_same_plan_is_the_same_bytes() -> None:
    assert print_plan(SHEETS) == print_plan(SHEETS)


def test_what_rests_has_no_room_for_sets() -> None:
    sheets = make_sheets(plan_now(KEPT, [paused(KEPT)]), NAMES, LIBRARY)
    assert RESTS in pages(sheets)[1]


@settings(deadline=None, max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_words_break_it(words: str) -> None:
    line = replace(SHEETS.sheets[0].lines[0], name=words, details=(words,), cues=(words,))
    sheet = replace(SHEETS.sheets[0], lines=(line,), warm_up=())
    print_plan(replace(SHEETS, sheets=(sheet,)))


def test_what_the_fonts_lack_is_said_otherwise() -> None:
    assert printable("40 → 45\n“é” ж") == "40 to 45 “é” ?"
