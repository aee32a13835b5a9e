"""``report.html``: one page that needs nothing but itself and, if there is one, the film beside it.

Everything that comes from outside (file names, identifiers, reasons) is escaped; the page may load
nothing from a network, and only the one script that is part of it may run.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from hingewise.render.charts import TimelineView, lay_out_timeline
from hingewise.render.faults import make_faults, mark_faults
from hingewise.render.files import write_text
from hingewise.render.jinja import make_environment, read_source, read_styles
from hingewise.render.keyframes import KeyFrame
from hingewise.render.page import make_camera, make_cards, make_stats, make_strip
from hingewise.render.palette import OTHER_COLOUR, TRACE_COLOURS
from hingewise.report.document import Analysis
from hingewise.report.figures import ReportFigures
from hingewise.report.naming import as_sentence, exercise_name, format_clock, format_value
from hingewise.report.wording import (
    describe_consistency,
    describe_view,
    explain_no_angles,
    given_by_user,
    name_view,
    summarise_set,
    unmeasured,
    view_headline,
)

_TEMPLATE = "report.html.j2"
_SCRIPT = "report.js"
_STYLES = ("base.css", "report.css")


def render_report(
    analysis: Analysis,
    figures: ReportFigures,
    frames: Sequence[KeyFrame],
    *,
    video_name: str | None,
) -> str:
    """Return the whole report as one HTML page.

    Parameters
    ----------
    analysis, figures
        Of the same film.
    frames
        Key frames; repetitions without one show none.
    video_name
        File name of the annotated film in the same folder, or None if it was not made.
    """
    environment = _environment()
    timeline = lay_out_timeline(figures)
    script = read_source(_SCRIPT)
    return environment.get_template(_TEMPLATE).render(
        analysis=analysis,
        title=exercise_name(analysis.exercise.id),
        file_name=Path(analysis.video.path).name,
        summary=summarise_set(analysis),
        given=given_by_user(analysis),
        consistency=describe_consistency(analysis),
        stats=make_stats(analysis),
        timeline=timeline,
        cards=make_cards(analysis, frames),
        faults=make_faults(analysis, frames),
        marks=mark_faults(analysis, timeline.duration_s),
        strip=make_strip(frames),
        camera=make_camera(analysis.view),
        view_title=view_headline(analysis.view),
        view_name=name_view(analysis.view),
        view_text=describe_view(analysis.view),
        unmeasured=unmeasured(analysis, unseen=timeline.unobserved),
        no_angles=explain_no_angles(analysis.view),
        video_source=None if video_name is None else f"./{quote(video_name, safe='')}",
        video_name=video_name,
        portrait=analysis.video.size_px[1] > analysis.video.size_px[0],
        colours={**TRACE_COLOURS, "other": OTHER_COLOUR},
        policy=_content_policy(script),
        style=read_styles(*_STYLES),
        script=Markup(script),
        data=_json_block(_page_data(timeline)),
    )


def save_report(page: str, path: Path) -> None:
    """Write ``report.html``, whole or not at all.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    write_text(path, page)


def prepare_report() -> None:
    """Compile the template ahead of time; the first report is then as quick as the next."""
    _environment().get_template(_TEMPLATE)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = make_environment()
    environment.filters.update(clock=format_clock, sentence=as_sentence, value=format_value)
    return environment


def _content_policy(script: str) -> str:
    """No network, no foreign script; pictures inline, the film from the folder of the page."""
    digest = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            f"script-src 'sha256-{digest}'",
            "img-src data:",
            "media-src 'self' file: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _page_data(timeline: TimelineView) -> dict[str, Any]:
    """What the script needs beside the page itself."""
    return {
        "duration_s": timeline.duration_s,
        "repetitions": [
            {"number": span.repetition, "start_s": span.start_s, "end_s": span.end_s}
            for span in timeline.repetitions
        ],
        "phases": [
            {
                "name": span.label,
                "repetition": span.repetition,
                "start_s": span.start_s,
                "end_s": span.end_s,
            }
            for span in timeline.phases
        ],
    }


def _json_block(data: dict[str, Any]) -> Markup:
    """JSON that cannot end its script element, whatever is in it."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
