"""The command line: parse, call a use case, show what came of it.

Heavy packages are imported inside the commands, so that ``--help`` is instant.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

import typer

from hingewise import __version__
from hingewise.cli.analyse import analyze
from hingewise.cli.doctor import doctor
from hingewise.errors import HingewiseError

EXIT_BUG = 1
EXIT_USER = 2
EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="hingewise",
    help="An offline coach for the hip hinge: a filmed set in, a coached report out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(analyze)
app.command()(doctor)


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
    _use_one_thread()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        app(standalone_mode=True)
    except HingewiseError as error:
        _fail(error.one_line(), error.exit_code, error, debug=debug)
    except KeyboardInterrupt as error:
        _fail(
            "Stopped; nothing half-written was left behind.", EXIT_INTERRUPTED, error, debug=debug
        )
    except OSError as error:
        message = f"Expected to read and write files, got: {error.strerror or error}"
        where = f" ({error.filename})" if error.filename else ""
        _fail(
            f"{message}{where}. Free some space or check the path.", EXIT_USER, error, debug=debug
        )
    except Exception as error:  # noqa: BLE001 - the last line: a bug becomes a plain sentence
        _fail(
            f"This is a mistake in hingewise, not yours: {type(error).__name__}: {error}. "
            "Run again with --debug and report what it prints.",
            EXIT_BUG,
            error,
            debug=debug,
        )


def _use_one_thread() -> None:
    """Keep numeric libraries (imported later) from starting threads beside the workers."""
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt


def _fail(message: str, code: int, error: BaseException, *, debug: bool) -> None:
    if debug:
        raise error
    typer.echo(f"hingewise: {message}", err=True)
    sys.exit(code)
