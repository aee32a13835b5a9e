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
from types import FrameType

import typer

from hingewise import __version__
from hingewise.cli.analyse import analyze
from hingewise.cli.doctor import doctor
from hingewise.cli.stop import EXIT_INTERRUPTED, stop
from hingewise.errors import HingewiseError

EXIT_BUG = 1
EXIT_USER = 2

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
app.command(short_help="Say what works on this machine.")(doctor)


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
    debug = "--debug" in sys.argv[1:]
    try:
        _stop_on_signals()
        _use_one_thread()
        _print_whatever_comes()
        code = app(sys.argv[1:] or ["--help"], prog_name="hingewise", standalone_mode=False)
    except HingewiseError as error:
        _fail(error.one_line(), error.exit_code, error, debug=debug)
    except (KeyboardInterrupt, typer.Abort):
        stop()
    except _USAGE_ERROR as error:
        _end(_explain_usage(error), EXIT_USER)
    except OSError as error:
        _fail(_explain_system(error), EXIT_USER, error, debug=debug)
    except Exception as error:  # noqa: BLE001 - the last line: a bug becomes a plain sentence
        _fail(
            f"This is a mistake in hingewise, not yours: {type(error).__name__}: {error}. "
            "Run again with --debug and report what it prints.",
            EXIT_BUG,
            error,
            debug=debug,
        )
    else:
        if code == EXIT_INTERRUPTED:  # Typer makes this of a KeyboardInterrupt
            stop()
        sys.exit(code or 0)


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
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt


def _explain_usage(error: Exception) -> str:
    """One line for a command line that cannot be understood."""
    message = str(getattr(error, "format_message", error.__str__)()).rstrip(".")
    word = next(iter(re.findall(r"(?:option: |')([^\s']+)", message)), "")
    given = [
        text for text in sys.argv[1:] if word and text.startswith(word) and os.path.lexists(text)
    ]
    if message.startswith("Missing argument"):
        message = "Expected at least one film, got none"
        advice = "Write for example: hingewise analyze set.mp4"
    elif message.startswith("No such command"):
        message = f"Expected a command (analyze, doctor), got '{word}'"
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


def _fail(message: str, code: int, error: BaseException, *, debug: bool) -> None:
    if debug:
        raise error
    _end(message, code)


def _end(message: str, code: int) -> None:
    typer.echo(f"hingewise: {' '.join(message.split())}", err=True)
    sys.exit(code)
