"""What a user asks an analysis for, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hingewise.capture.estimator import PoseEstimator, Progress
from hingewise.library.families import ExerciseName

if TYPE_CHECKING:
    from hingewise.report.document import Analysis

OnStage = Callable[[str, int], Callable[[Progress], None]]
"""Told the name of each long stage and how many frames it has; returns who to tell of progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exports:
    """Which files to write beside the document, the report and the tracks."""

    film: bool = True
    trc: bool = False
    mot: bool = False
    csv: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the user asks for.

    ``exercise`` None recognises the family; ``slow_motion`` is film seconds per real second;
    ``parameters`` are noted in the document.
    """

    source: Path
    out: Path
    exercise: ExerciseName | None = None
    stature_m: float | None = None
    slow_motion: float = 1.0
    estimator: PoseEstimator
    n_workers: int = 0
    rate_hz: float | None = None
    exports: Exports
    parameters: dict[str, float | int | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it: the document and the files that were written."""

    analysis: Analysis
    folder: Path
    files: tuple[str, ...]


def is_pose_track(path: Path) -> bool:
    """Whether a path looks like a stored track rather than a film."""
    if path.is_dir():
        return any(path.glob("*.json"))
    return path.suffix.lower() in (".parquet", ".trc")
