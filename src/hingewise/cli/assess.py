"""``hingewise assess`` and ``hingewise compare``: sets that were filmed before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hingewise.cli.analyse import Debug, Exercise, Rate
from hingewise.cli.machine import AsJson

if TYPE_CHECKING:
    from hingewise.app.request import Request

Track = Annotated[
    Path,
    typer.Argument(
        metavar="TRACK",
        show_default=False,
        help="A folder of results, or a stored track: pose.parquet, .trc, OpenPose files.",
    ),
]
STORED = "A folder of results, its analysis.json, or a stored track."
Before = Annotated[Path, typer.Argument(metavar="BEFORE", show_default=False, help=STORED)]
After = Annotated[Path, typer.Argument(metavar="AFTER", show_default=False, help=STORED)]


def assess(
    track: Track,
    exercise: Exercise = "auto",
    rate: Rate = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Judge a stored set again by the rules of today, without its film; nothing is written."""
    from hingewise.app.stored_sets import assess_stored

    del debug  # read where errors are told
    analysis = assess_stored(_request(track, exercise, rate))
    if as_json:
        typer.echo(analysis.model_dump_json(indent=2))
        return
    from hingewise.render.terminal import print_summary

    print_summary(analysis)


def compare(
    before: Before,
    after: After,
    exercise: Exercise = "auto",
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Lay two sets side by side: what got better or worse, beyond the error of measurement."""
    from hingewise.app.stored_sets import load_analysis
    from hingewise.report.comparison import compare_analyses

    del debug
    first, second = (
        load_analysis(path, request=_request(path, exercise, None)) for path in (before, after)
    )
    compared = compare_analyses(first, second)
    if as_json:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps([asdict(each) for each in compared], indent=2))
        return
    from hingewise.render.comparison import print_comparison

    print_comparison(first, second, compared)


def _request(source: Path, exercise: str, rate: float | None) -> Request:
    from hingewise.app.request import Exports, Request
    from hingewise.capture.blazepose import BlazePose
    from hingewise.library.families import find_exercise

    return Request(
        source=source,
        out=source,
        exercise=None if exercise.strip().lower() == "auto" else find_exercise(exercise),
        estimator=BlazePose(),
        rate_hz=rate,
        exports=Exports(film=False),
        parameters={},
    )
