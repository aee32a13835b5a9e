"""The terminal, no wider than lines are read well."""

from __future__ import annotations

from rich.console import Console

WIDTH = 96
"""Longer lines are hard to read."""


def page_console() -> Console:
    """Return a console that is no wider than lines are read well."""
    console = Console(highlight=False)
    console.width = min(console.width, WIDTH)
    return console
