"""Writing result files whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hingewise.errors import OutputError

ELSEWHERE = "Free some space, or name another folder with --out."


@contextmanager
def whole_file(path: Path, *, hint: str = ELSEWHERE) -> Iterator[Path]:
    """Yield a temporary name beside ``path``; on success it becomes ``path``, else it is removed.

    ``hint`` is what to do where it cannot be written.

    Raises
    ------
    OutputError
        If the folder cannot be written, or the disk is full.
    """
    part = path.with_name(f".{path.stem}.{secrets.token_hex(4)}.part{path.suffix}")
    try:
        yield part
        os.replace(part, path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path}: expected a place to write this file, got: {reason}.",
            hint=hint,
        ) from error
    finally:
        part.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file as UTF-8, whole or not at all."""
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def check_free(file: Path) -> None:
    """Check that no file would be overwritten.

    Raises
    ------
    OutputError
        If there is one of this name.
    """
    if file.exists():
        raise OutputError(
            f"{file}: expected a name that is free, but this file is there already.",
            hint="Name another one, or move it away.",
        )
