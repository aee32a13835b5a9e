"""The terminal, no wider than lines are read well."""

from __future__ import annotations

from rich.console import Console

from hingewise.render.page_terminal import WIDTH


def page_console() -> Console:
    """Return a console that is no wider than lines are read well."""
    console = Console(highlight=False)
    console.width = min(console.width, WIDTH)
    return console
