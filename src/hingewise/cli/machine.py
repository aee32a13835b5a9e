"""What programs read."""

from __future__ import annotations

import json

import typer


def print_json(value: object) -> None:
    """Print a value as JSON and nothing else."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
