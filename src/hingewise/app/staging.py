"""A folder of results that appears whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hingewise.capture.holding import hold_signals
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

_MAX_SHOWN = 120
"""Characters of a path that a message shows."""


@contextmanager
def staged_folder(target: Path, *, source: Path) -> Iterator[Path]:
    """Yield an empty folder; on success its files move into ``target`` together.

    On any failure, an interruption included, nothing of it is left and ``target`` is as before.

    Parameters
    ----------
    target
        Where the results go; made when it is not there.
    source
        What is analysed; never overwritten.

    Raises
    ------
    OutputError
        If the results cannot be written there.
    """
    made: list[Path] = []
    stage = _stage_path(target)
    try:
        try:
            _check_target(target, source)
            _make_stage(stage, target, made)
        except OSError as error:
            raise _unwritable(target, error) from error
        try:
            yield stage
        except OutputError as error:
            raise _named(error, stage, target) from error
        try:
            with hold_signals():
                _publish(stage, target)
                made.clear()
        except OSError as error:
            raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        for folder in reversed(made):
            _remove_if_empty(folder)


def holds_results_of_another(folder: Path, source: Path) -> bool:
    """Whether a folder holds the results of a film of another name."""
    try:
        document = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))
        return Path(document["video"]["path"]).name != legible(source.name)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def legible(text: str) -> str:
    """Text that can be written: what is no UTF-8 (a name on an old disk) is replaced."""
    return os.fsencode(text).decode("utf-8", "replace")


def _check_target(target: Path, source: Path) -> None:
    for folder in (target, *target.parents):
        if os.path.lexists(folder) and not folder.is_dir():
            kind = "a file" if folder.exists() else "a link to nowhere"
            raise OutputError(
                f"{target}: expected a folder for the results, but {folder} is {kind}.",
                hint="Name another folder with --out.",
            )
    if source.name in RESULT_NAMES and source.resolve().parent == target.resolve():
        raise OutputError(
            f"{target}: expected another folder than that of {source.name}, which the results "
            "would replace.",
            hint="Name another folder with --out.",
        )


def _stage_path(target: Path) -> Path:
    """A hidden folder inside ``target`` if that is there (it may be a disk of its own)."""
    try:
        parent = target if target.is_dir() else target.parent
    except OSError as error:
        raise _unwritable(target, error) from error
    # Absolute, because FFmpeg takes "10:30/annotated.mp4" for an address.
    return parent.absolute() / f".hingewise.{secrets.token_hex(4)}.part"


def _make_stage(stage: Path, target: Path, made: list[Path]) -> None:
    if not target.is_dir():
        missing = [folder for folder in target.parents if not folder.exists()]
        for folder in reversed(missing):
            made.append(folder)
            folder.mkdir(exist_ok=True)
        # A name that cannot be is found out now, not after the film was watched.
        target.mkdir()
        target.rmdir()
    stage.mkdir()


def _publish(stage: Path, target: Path) -> None:
    """Move the files over, and remove results of an earlier run that were not made again."""
    if not target.exists():
        os.rename(stage, target)
        return
    files = sorted(stage.iterdir())
    for name in set(RESULT_NAMES) - {file.name for file in files}:
        (target / name).unlink(missing_ok=True)
    for file in files:
        os.replace(file, target / file.name)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _named(error: OutputError, stage: Path, target: Path) -> OutputError:
    """Speak of the file that the user would see, and of the system's own reason."""
    text = str(error).replace(str(stage), str(target))
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.errno and cause.strerror:
        text = text.replace(cause.strerror, os.strerror(cause.errno))
    return OutputError(text, hint=error.hint)


def _unwritable(target: Path, error: OSError) -> OutputError:
    name = target if len(str(target)) < _MAX_SHOWN else f"{str(target)[: _MAX_SHOWN - 3]}..."
    return OutputError(
        f"{name}: expected a folder that can be written, got: {error.strerror or error}.",
        hint="Name another folder with --out.",
    )
