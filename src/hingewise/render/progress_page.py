"""How training goes as one HTML page, which needs nothing but itself and runs nothing."""

from __future__ import annotations

from pathlib import Path

from hingewise import __version__
from hingewise.render.files import whole_file
from hingewise.render.jinja import make_environment, read_styles
from hingewise.render.palette import OTHER_COLOUR, TRACE_COLOURS
from hingewise.render.week_charts import lay_out_series, make_table
from hingewise.report.progress_report import ProgressReport
from hingewise.training.days import write_day

_TEMPLATE = "progress.html.j2"
_STYLES = ("base.css", "report.css", "progress.css")

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""No network, no script."""


def render_progress(report: ProgressReport) -> str:
    """Return the report as one HTML page."""
    environment = make_environment()
    environment.filters.update(day=write_day)
    return environment.get_template(_TEMPLATE).render(
        report=report,
        panels=[
            (
                panel,
                [lay_out_series(series, panel.weeks) for series in panel.series],
                make_table(panel) if panel.series else None,
            )
            for panel in report.panels
        ],
        colours={**TRACE_COLOURS, "other": OTHER_COLOUR},
        policy=POLICY,
        style=read_styles(*_STYLES),
        version=__version__,
    )


def save_progress(page: str, path: Path) -> None:
    """Write the page, whole or not at all.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    with whole_file(path, hint="Free some space, or name another folder.") as part:
        part.write_text(page, encoding="utf-8", newline="\n")
