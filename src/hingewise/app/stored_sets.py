"""Sets that were analysed before: judged again, or laid side by side. Nothing is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hingewise.app.analyse import document_of_track
from hingewise.app.request import Request, is_pose_track
from hingewise.errors import InputError
from hingewise.library.families import ExerciseName, load_exercises

if TYPE_CHECKING:
    from hingewise.report.document import Analysis

TRACK, DOCUMENT = "pose.parquet", "analysis.json"


def assess_stored(request: Request) -> Analysis:
    """Judge a stored track, or that of a folder of results, by the rules of today.

    A folder's track is judged as the exercise that its analysis was for, unless another is named.

    Raises
    ------
    InputError
        If there is no usable track.
    """
    track = find_track(request.source)
    exercise = request.exercise or _exercise_before(track.parent / DOCUMENT)
    return document_of_track(replace(request, source=track, exercise=exercise))


def find_track(path: Path) -> Path:
    """Return the stored track that a path stands for: itself, or that of a folder of results.

    The document of a folder stands for the folder.

    Raises
    ------
    InputError
        If it is none of both.
    """
    inside = (path.parent if path.name == DOCUMENT else path) / TRACK
    if inside.is_file():
        return inside
    if not path.exists():
        raise InputError(f"{path}: expected a stored track or a folder of results, got nothing.")
    if not is_pose_track(path):
        raise InputError(
            f"{path}: expected a stored track (pose.parquet, .trc) or a folder of results.",
            hint="Films are judged by hingewise analyze.",
        )
    return path


def _exercise_before(document: Path) -> ExerciseName | None:
    """What an analysis beside a track was told that it is of."""
    if not document.is_file():
        return None
    exercise = read_analysis(document).exercise
    return load_exercises().get(exercise.id) if exercise.how == "given" else None


def load_analysis(path: Path, *, request: Request) -> Analysis:
    """Return the analysis that a path stands for, judged by the rules of today where it can be.

    Parameters
    ----------
    path
        A folder of results, ``analysis.json``, or a stored track.
    request
        How stored tracks are read.

    Raises
    ------
    InputError
        If it is none of these.
    """
    if path.is_file() and path.suffix.lower() == ".json":
        return read_analysis(path)
    return assess_stored(replace(request, source=path))


def read_analysis(path: Path) -> Analysis:
    """Read ``analysis.json``.

    Raises
    ------
    InputError
        If the file cannot be read, or holds something else.
    """
    from pydantic import ValidationError

    from hingewise.report.document import SCHEMA_VERSION, Analysis

    try:
        return Analysis.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: could not be read ({error.strerror}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InputError(
            f"{path}: expected an analysis of version {SCHEMA_VERSION}, but {place}: "
            f"{first['msg'].lower()}.",
            hint="Analyse the film again, or give the folder: its track is judged anew.",
        ) from error
