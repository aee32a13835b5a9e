"""Ending at once: when the user wants it, and when all is done.

Loads nothing: it is needed before the command line is there.
"""

from __future__ import annotations

import os
import sys

EXIT_INTERRUPTED = 130
EXIT_UNHEARD = 120
"""What Python itself ends with when the last words cannot be written."""

_asked = False


def ask_to_stop(*_: object) -> None:
    """Unwind what is being done (a signal handler).

    The wish is remembered, because packages that are loaded at that moment make another exception
    of this one, or swallow it.
    """
    # Signals have no other way to hand something over.
    global _asked
    _asked = True
    raise KeyboardInterrupt


def is_asked_to_stop() -> bool:
    """Whether the user wants it to end."""
    return _asked


def stop(*_: object) -> None:
    """End at once: all that was begun is undone by now, and nobody waits for farewells."""
    sys.stderr.write("hingewise: Stopped; nothing half-written was left behind.\n")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(EXIT_INTERRUPTED)


def leave(code: int) -> None:
    """End with this code, without taking apart what the system takes apart quicker (0.2 s)."""
    import atexit

    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # whom we told is gone
        code = code or EXIT_UNHEARD
    atexit._run_exitfuncs()
    os._exit(code)
