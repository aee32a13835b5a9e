"""``python -m hingewise``, and where the installed command begins.

Ctrl-C is provided for first, because loading the command line takes long enough to press it.
"""

from __future__ import annotations

import gc
import os

from hingewise.cli.stop import leave, stop


def main() -> None:
    """Load the command line and run it."""
    _load_lightly()
    try:
        import signal

        # A handler, because what is being loaded may swallow an exception.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, stop)
        from hingewise.cli.main import main as run
    except KeyboardInterrupt:
        stop()
    try:
        run()
    except SystemExit as end:
        if isinstance(end.code, int):
            leave(end.code)
        raise


def _load_lightly() -> None:
    """Spare what makes loading slow: a tenth of it goes on looking for garbage where none is.

    Pydantic is told not to search every installed package for plugins, which it would then run.
    """
    gc.set_threshold(300_000, 20, 20)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


if __name__ == "__main__":
    main()
