"""The command line: parse, call a use case, show what came of it.

Heavy packages are imported inside the commands, so that ``--help`` is instant.
"""

from __future__ import annotations

import io
import os
import signal
import sys

import typer

from hingewise import __version__
from hingewise.cli.commands import register
from hingewise.cli.stop import EXIT_INTERRUPTED, ask_to_stop, is_asked_to_stop, stop
from hingewise.cli.usage import explain_usage
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
        register(app, next(iter(sys.argv[1:]), ""))
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
        return explain_usage(error, sys.argv[1:]), EXIT_USER
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
