"""The commands by name: only the module of the one that is asked for is loaded.

Typer's options cost some milliseconds a module, which every start would pay.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

import typer


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command, or a group of them: where it is, and what the help says of it."""

    module: str
    attribute: str
    says: str = ""
    is_group: bool = False


COMMANDS = {
    "analyze": Command(
        module="analyse", attribute="analyze", says="Watch a filmed set and write a report."
    ),
    "analyse": Command(module="analyse", attribute="analyze"),
    "assess": Command(
        module="assess",
        attribute="assess",
        says="Judge a stored set again by the rules of today.",
    ),
    "compare": Command(module="assess", attribute="compare", says="Lay two sets side by side."),
    "doctor": Command(module="doctor", attribute="doctor", says="Say what works on this machine."),
    "library": Command(
        module="library",
        attribute="library",
        says="Look things up: exercises, mistakes, drills.",
        is_group=True,
    ),
    "log": Command(
        module="log",
        attribute="log",
        says="The journal: write down what was done, and read it.",
        is_group=True,
    ),
    "plan": Command(
        module="plan",
        attribute="plan",
        says="The plan: today's session, and why it is that.",
        is_group=True,
    ),
    "backup": Command(
        module="backup", attribute="backup", says="Write the whole journal into a file."
    ),
    "restore": Command(module="backup", attribute="restore", says="Bring a backup back."),
}
"""In the order of the help; one that says nothing is not shown in it."""


def register(app: typer.Typer, asked: str) -> None:
    """Add the command that is asked for, or all where it is none of them."""
    names = [asked] if asked in COMMANDS else list(COMMANDS)
    for name in names:
        command = COMMANDS[name]
        found = getattr(import_module(f"hingewise.cli.{command.module}"), command.attribute)
        if command.is_group:
            app.add_typer(found, name=name, short_help=command.says)
        else:
            app.command(name, short_help=command.says, hidden=not command.says)(found)
