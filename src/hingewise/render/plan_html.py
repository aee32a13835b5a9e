"""A plan as one page to print: a sheet for each session, with room for what is done.

It needs nothing but itself: no network, no script, every figure is part of it.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache

from jinja2 import Environment

from hingewise.render.figure_svg import draw_figure
from hingewise.render.jinja import make_environment, read_styles
from hingewise.report.plan_sheets import RESTS, PlanSheets
from hingewise.report.posture_figure import Poses

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)

_TEMPLATE = "plan.html.j2"
_STYLES = ("base.css", "plan.css")


def render_plan(sheets: PlanSheets) -> str:
    """Return the sheets of a plan as one HTML page, the same for the same sheets."""
    return (
        _environment()
        .get_template(_TEMPLATE)
        .render(plan=sheets, policy=POLICY, rests=RESTS, style=read_styles(*_STYLES))
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = make_environment()
    environment.filters.update(figure=_figure_source)
    return environment


def _figure_source(poses: Poses) -> str:
    """A figure as the address of a picture: its style reaches nothing else on the page."""
    drawn = draw_figure(poses, "", named=False)
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode('utf-8')).decode('ascii')}"
