"""The command line: parse, call a use case, show what came of it.

Heavy packages are imported inside the commands, so that ``--help`` is instant.
"""

from __future__ import annotations

import io
import os
import re
import signal
import sys
from pathlib import Path

import typer

from hingewise import __version__
from hingewise.cli.analyse import analyze
from hingewise.cli.assess import assess, compare
from hingewise.cli.backup import backup, restore
from hingewise.cli.doctor import doctor
from hingewise.cli.library import library
from hingewise.cli.log import EXAMPLE, log
from hingewise.cli.stop import EXIT_INTERRUPTED, ask_to_stop, is_asked_to_stop, stop
from hingewise.errors import HingewiseError, NotationError

EXIT_BUG = 1
EXIT_USER = 2

MAX_PROBLEMS = 50
"""So many of a file are shown; after that many, one mends them first."""

_USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]

app = typer.Typer(
    name="hingewise",
    help="An offline coach for the hip hinge: a filmed set in, a coached report out.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: it starts twice as fast and fits every terminal
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(short_help="Watch a filmed set and write a report.")(analyze)
app.command("analyse", hidden=True)(analyze)
app.command(short_help="Judge a stored set again by the rules of today.")(assess)
app.command(short_help="Lay two sets side by side.")(compare)
app.command(short_help="Say what works on this machine.")(doctor)
app.add_typer(library, name="library", short_help="Look things up: exercises, mistakes, drills.")
app.add_typer(log, name="log", short_help="The journal: write down what was done, and read it.")
app.command(short_help="Write the whole journal into a file.")(backup)
app.command(short_help="Bring a backup back.")(restore)


def _show_version(show: bool) -> None:
    if show:
        typer.echo(f"hingewise {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True, help="Show the version."
    ),
) -> None:
    """Options of every command."""
    del version


def main() -> None:
    """Run the command line; the only place where errors become exit codes."""
    try:
        _stop_on_signals()
        _use_one_thread()
        _print_whatever_comes()
        code = app(sys.argv[1:] or ["--help"], prog_name="hingewise", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        stop()
    except Exception as error:  # the last line: a bug becomes a plain sentence
        if is_asked_to_stop():  # what was interrupted made an error of its own of it
            stop()
        message, code = _explain(error)
        if "--debug" in sys.argv[1:] and not isinstance(error, _USAGE_ERROR):
            raise
        _show_where(error)
        _end(message, code)
    else:
        if code == EXIT_INTERRUPTED:  # Typer makes this of a KeyboardInterrupt
            stop()
        sys.exit(code or 0)


def _explain(error: Exception) -> tuple[str, int]:
    """One line about an error, and the exit code."""
    if isinstance(error, HingewiseError):
        return error.one_line(), error.exit_code
    if isinstance(error, _USAGE_ERROR):
        return _explain_usage(error), EXIT_USER
    if isinstance(error, OSError):
        return _explain_system(error), EXIT_USER
    return (
        f"This is a mistake in hingewise, not yours: {type(error).__name__}: {error}. "
        "Run again with --debug and report what it prints.",
        EXIT_BUG,
    )


def _show_where(error: Exception) -> None:
    """Where it is wrong, in a library or in a line, before the line that sums it up."""
    if isinstance(error, HingewiseError):
        for problem in error.problems[:MAX_PROBLEMS]:
            typer.echo(problem, err=True)
        if len(error.problems) > MAX_PROBLEMS:
            typer.echo(f"and {len(error.problems) - MAX_PROBLEMS} more", err=True)
    if isinstance(error, NotationError):
        typer.echo(error.text, err=True)
        typer.echo(f"{' ' * error.at}^", err=True)


def _use_one_thread() -> None:
    """Keep numeric libraries (imported later) from starting threads beside the workers."""
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")


STORED_COMMANDS = {
    "assess": (
        "Expected a folder of results, got none",
        "Write for example: hingewise assess set.hingewise",
    ),
    "compare": (
        "Expected two folders of results, before and after",
        "Write for example: hingewise compare monday.hingewise friday.hingewise",
    ),
    "backup": ("Expected a name for the copy, got none", "Write: hingewise backup journal.json"),
    "restore": ("Expected a copy of a journal, got none", "Write: hingewise restore journal.json"),
}
"""What is missing after these commands, and what to write instead."""


def _print_whatever_comes() -> None:
    """Let no file name and no degree sign fail on a terminal that cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _stop_on_signals() -> None:
    """Let every wish to end this program undo what was begun, unless it is ignored (nohup)."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, ask_to_stop)


def _explain_usage(error: Exception) -> str:
    """One line for a command line that cannot be understood."""
    message = str(getattr(error, "format_message", error.__str__)()).rstrip(".")
    word = next(iter(re.findall(r"(?:option: |')([^\s']+)", message)), "")
    given = [
        text for text in sys.argv[1:] if word and text.startswith(word) and os.path.lexists(text)
    ]
    command = next(iter(sys.argv[1:2]), "")
    in_library = command == "library"
    if message.startswith("Missing argument") and in_library:
        message = f"Expected {word.rstrip('.')} after: hingewise {' '.join(sys.argv[1:])}"
        advice = "Write for example: hingewise library search my back rounds"
    elif message.startswith("Missing argument") and command == "log":
        message = f"Expected {word.rstrip('.')} after: hingewise {' '.join(sys.argv[1:])}"
        advice = f"Write for example: {EXAMPLE}"
    elif message.startswith("Missing argument") and command in STORED_COMMANDS:
        message, advice = STORED_COMMANDS[command]
    elif message.startswith("Missing argument"):
        message = "Expected at least one film, got none"
        advice = "Write for example: hingewise analyze set.mp4"
    elif message.startswith("No such command") and in_library:
        message = f"Expected a command (list, show, search, check, export), got '{word}'"
        advice = f"Write: hingewise library show {word}"
    elif message.startswith("No such command") and command == "log":
        message = f"Expected a command (add, list, progress, remove, import, export), got '{word}'"
        advice = f'Write: hingewise log add "{" ".join(sys.argv[2:])}"'
    elif message.startswith("No such command"):
        commands = "analyze, assess, compare, library, log, backup, restore, doctor"
        message = f"Expected a command ({commands}), got '{word}'"
        advice = f"Write: hingewise analyze {word}" if given else "Try: hingewise --help"
    elif given and word.startswith("-"):
        advice = f"For a file of that name write ./{Path(given[0])}"
    else:
        advice = "Try: hingewise analyze --help"
    return f"{message}. {advice}"


def _explain_system(error: OSError) -> str:
    """One line for what the system refused."""
    where = f" ({error.filename})" if error.filename else ""
    return (
        f"Expected to read and write files, got: {error.strerror or error}{where}. "
        "Free some space or check the path."
    )


def _end(message: str, code: int) -> None:
    typer.echo(f"hingewise: {' '.join(message.split())}", err=True)
    sys.exit(code)
