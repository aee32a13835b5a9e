"""What programs read, and the options that several commands have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

Own = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="DIR",
        show_default=False,
        help="Folder with records of your own, added to ours or taking their place.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def print_json(value: object) -> None:
    """Print a value as JSON and nothing else."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
