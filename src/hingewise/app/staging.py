"""A folder of results that appears whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hingewise.errors import OutputError

RESULT_NAMES = (
    "analysis.json",
    "report.html",
    "annotated.mp4",
    "pose.parquet",
    "kinematics.parquet",
    "pose.trc",
    "kinematics.mot",
    "kinematics.csv",
)
"""Files that an analysis may write; older ones of these are replaced or removed together."""


@contextmanager
def staged_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``target``; on success its files move into ``target``.

    On any failure, an interruption included, nothing of it is left and ``target`` is as before.

    Raises
    ------
    OutputError
        If the results cannot be written there.
    """
    made = _make_parents(target)
    stage = target.parent / f".{target.name}.{secrets.token_hex(4)}.part"
    try:
        try:
            stage.mkdir()
        except OSError as error:
            raise _unwritable(target, error) from error
        yield stage
        try:
            _publish(stage, target)
        except OSError as error:
            raise _unwritable(target, error) from error
        made = []
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        for folder in reversed(made):
            _remove_if_empty(folder)


def _make_parents(target: Path) -> list[Path]:
    """Make the folders above ``target``; return those that were new."""
    if target.exists() and not target.is_dir():
        raise OutputError(
            f"{target}: expected a folder for the results, got a file.",
            hint="Name another folder with --out.",
        )
    missing = [folder for folder in target.parents if not folder.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as error:
        raise _unwritable(target, error) from error
    return list(reversed(missing))


def _publish(stage: Path, target: Path) -> None:
    """Move the files over, and remove results of an earlier run that were not made again."""
    target.mkdir(exist_ok=True)
    files = sorted(stage.iterdir())
    for file in files:
        os.replace(file, target / file.name)
    for name in set(RESULT_NAMES) - {file.name for file in files}:
        (target / name).unlink(missing_ok=True)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _unwritable(target: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{target}: expected a folder that can be written, got: {error.strerror or error}.",
        hint="Name another folder with --out.",
    )
