"""A plan as PDF, plain and to be filled in: weeks, a page for each session, then the reasons.

It needs reportlab, which only this module loads. The same sheets make the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from hingewise.report.plan_sheets import RESTS, PlanSheets, Sheet, SheetLine, WeekRow

Flowables = Iterator[Any]

TITLE = "Your plan"
MARGIN = 14 * mm
FRAME_PADDING = 6
"""What reportlab leaves free inside a frame, in points."""

WIDTH = A4[0] - 2 * MARGIN
TEXT_WIDTH = 84 * mm
LABEL_WIDTH = 11 * mm
ROW_HEIGHT = 6.4 * mm
ROWS = ("load", "reps", "RIR", "done")
N_DRILL_COLUMNS = 3

INK, FAINT, RULE, SHADE, ACCENT, WARN = (
    HexColor(each) for each in ("#16191d", "#4b535c", "#9a9fa3", "#ececea", "#0a4f9e", "#8a4b00")
)
"""As on the pages for the screen: ink, less of it, lines, shade, what to say, what to mind."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_NEAREST = str.maketrans({"→": "to", "≥": "at least ", "≤": "at most ", "−": "-"})


def _style(size: float, **others: Any) -> Any:
    settings = {"fontName": "Helvetica", "fontSize": size, "leading": 1.25 * size}
    return ParagraphStyle(f"s{size:g}", **(settings | {"textColor": INK} | others))


HEAD_1 = _style(20, fontName="Helvetica-Bold", spaceAfter=2 * mm)
HEAD_2 = _style(15, fontName="Helvetica-Bold", spaceAfter=1.5 * mm)
HEAD_3 = _style(10, fontName="Helvetica-Bold", spaceBefore=2 * mm, spaceAfter=1 * mm)
BODY = _style(9)
SMALL = _style(8, textColor=FAINT)
RIGHT = _style(8, textColor=FAINT, alignment=TA_RIGHT)
CUE = _style(8.5, fontName="Helvetica-Bold", textColor=ACCENT, spaceBefore=0.8 * mm)
CARE = _style(7.5, textColor=WARN, spaceBefore=0.8 * mm)
REASON = _style(7, spaceAfter=0.7 * mm, leftIndent=4 * mm)


def print_plan(sheets: PlanSheets) -> bytes:
    """Return the sheets of a plan as a PDF document on A4."""
    page = BytesIO()
    document = SimpleDocTemplate(
        page,
        pagesize=A4,
        **dict.fromkeys(
            ("leftMargin", "rightMargin", "topMargin", "bottomMargin"), MARGIN - FRAME_PADDING
        ),
        title=TITLE,
        author="hingewise",
        invariant=1,  # no time of day, no random id: the same plan makes the same bytes
    )
    story = [*_front(sheets)]
    for sheet in sheets.sheets:
        story += [PageBreak(), *_sheet(sheet)]
    story += [PageBreak(), *_reasons(sheets)]
    document.build(story)
    return page.getvalue()


def printable(text: str) -> str:
    """Return text as far as the fonts that every reader has can show it; ``?`` for the rest."""
    text = _UNPRINTABLE.sub(" ", text).translate(_NEAREST)
    return text.encode("cp1252", "replace").decode("cp1252")


def _marked(text: str) -> str:
    return escape(printable(text))


def _say(text: str, style: Any) -> Any:
    return Paragraph(_marked(text), style)


def _front(sheets: PlanSheets) -> Flowables:
    yield _say(TITLE, HEAD_1)
    yield _say(sheets.summary, BODY)
    yield _say(sheets.state, SMALL)
    yield _say("Weeks", HEAD_3)
    yield _weeks(sheets.weeks)
    yield Spacer(0, 2 * mm)
    yield _say(
        "A day that is missed moves all behind it along. In a lighter week leave out the shaded "
        "sets.",
        SMALL,
    )
    for title, remarks in (("To know", sheets.remarks), ("Left out", sheets.left_out)):
        if remarks:
            yield _say(title, HEAD_3)
            yield from (_say(each.text, BODY) for each in remarks)


def _weeks(weeks: Sequence[WeekRow]) -> Any:
    """A row for each week, lighter ones shaded."""
    rows = [
        [
            _say(f"Week {week.number}{', lighter' if week.lighter else ''}", BODY),
            *(
                _say(f"[ ] {name} {day}" if day else f"{name} done", BODY)
                for name, day in week.sessions
            ),
        ]
        for week in weeks
    ]
    first = 32 * mm
    n_sessions = max(len(row) for row in rows) - 1
    others = [(WIDTH - first) / n_sessions] * n_sessions
    shades = [
        ("BACKGROUND", (0, number), (-1, number), SHADE)
        for number, week in enumerate(weeks)
        if week.lighter
    ]
    lines = ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE)
    return Table(rows, colWidths=[first, *others], style=[lines, *shades])


def _sheet(sheet: Sheet) -> Flowables:
    blanks = "Date ____________   Week ______   Pain, 0 to 10 ______"
    head = [_say(f"Session {sheet.id}, about {sheet.minutes} minutes", HEAD_2), _say(blanks, RIGHT)]
    yield Table([head], colWidths=[WIDTH * 0.52, WIDTH * 0.48], style=_bare("BOTTOM"))
    if sheet.warm_up:
        yield _say("Warm-up", HEAD_3)
        yield _warm_up(sheet)
    for number, line in enumerate(sheet.lines, start=1):
        yield KeepTogether([_line(number, line)])


def _warm_up(sheet: Sheet) -> Any:
    cells = [
        Paragraph(
            f"[ ] <b>{_marked(drill.name)}</b> {_marked(drill.dose)}<br/>"
            f'<font size="7" color="#4b535c">{_marked(f"{drill.phase}, {drill.time}")}</font>',
            BODY,
        )
        for drill in sheet.warm_up
    ]
    cells += [_say("", BODY)] * (-len(cells) % N_DRILL_COLUMNS)
    rows = [cells[n : n + N_DRILL_COLUMNS] for n in range(0, len(cells), N_DRILL_COLUMNS)]
    return Table(rows, colWidths=[WIDTH / N_DRILL_COLUMNS] * N_DRILL_COLUMNS, style=_bare("TOP"))


def _line(number: int, line: SheetLine) -> Any:
    """What to do on the left, room for what was done on the right."""
    learning = " (learning)" if line.learning else ""
    words = [_say(f"{number}. {line.name}{learning}", HEAD_3)]
    boxes: Any = ""
    if line.rests:
        words.append(_say(RESTS, CARE))
    else:
        together = (each.replace(" ", "\N{NO-BREAK SPACE}") for each in line.details)
        details = _marked(", ".join(together))
        words.append(Paragraph(f"<b>{_marked(line.dose)}</b>  {details}", BODY))
        words.append(_say("  ".join(f"“{each}”" for each in line.cues), CUE))
        words.append(_say(line.safety, CARE))
        boxes = _boxes(line)
    style = [*_bare("TOP"), ("LINEABOVE", (0, 0), (-1, 0), 0.5, RULE)]
    style += [("TOPPADDING", (1, 0), (1, 0), 3 * mm), ("BOTTOMPADDING", (0, 0), (-1, -1), 2 * mm)]
    return Table([[words, boxes]], colWidths=[TEXT_WIDTH, WIDTH - TEXT_WIDTH], style=style)


def _boxes(line: SheetLine) -> Any:
    """A column for each set."""
    titles = ["Set", *(box.title for box in line.boxes)]
    rows = [titles, *([name, *([""] * len(line.boxes))] for name in ROWS)]
    shades = [
        ("BACKGROUND", (place, 0), (place, -1), SHADE)
        for place, box in enumerate(line.boxes, start=1)
        if box.full
    ]
    each = (WIDTH - TEXT_WIDTH - LABEL_WIDTH) / len(line.boxes)
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, RULE),
        ("FONT", (0, 0), (-1, -1), "Helvetica", 7),
        ("ALIGN", (1, 0), (-1, -1), "CENTER"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 1 * mm),
        ("RIGHTPADDING", (0, 0), (-1, -1), 1 * mm),
        *shades,
    ]
    widths = [LABEL_WIDTH, *([each] * len(line.boxes))]
    heights = [4.5 * mm, *([ROW_HEIGHT] * len(ROWS))]
    return Table(rows, colWidths=widths, rowHeights=heights, style=style)


def _reasons(sheets: PlanSheets) -> Flowables:
    yield _say("Why", HEAD_2)
    for sheet in sheets.sheets:
        for line in sheet.lines:
            yield CondPageBreak(15 * mm)
            yield _say(f"{line.id} {line.name}", HEAD_3)
            for reason in line.reasons:
                said = " ".join(filter(None, (reason.text, reason.answer)))
                sources = f" [{'; '.join(reason.sources)}]" if reason.sources else ""
                yield Paragraph(
                    f"<b>{_marked(reason.rule)}</b> {_marked(said)}"
                    f'<font color="#4b535c">{_marked(sources)}</font>',
                    REASON,
                )
            if line.instead:
                yield _say(f"Instead of it: {', '.join(line.instead)}.", REASON)


def _bare(place: str) -> list[tuple[Any, ...]]:
    """A table that only puts things side by side."""
    return [
        ("VALIGN", (0, 0), (-1, -1), place),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-2, -1), 2 * mm),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5 * mm),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5 * mm),
    ]
