"""Ending at once when the user wants it.

Loads nothing: it is needed before the command line is there.
"""

from __future__ import annotations

import os
import sys

EXIT_INTERRUPTED = 130


def stop(*_: object) -> None:
    """End at once: all that was begun is undone by now, and nobody waits for farewells."""
    sys.stderr.write("hingewise: Stopped; nothing half-written was left behind.\n")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(EXIT_INTERRUPTED)
