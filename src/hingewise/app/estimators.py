"""Pose estimators by the names that a user calls them."""

from __future__ import annotations

from pathlib import Path

from hingewise.capture.blazepose import BlazePose
from hingewise.capture.estimator import PoseEstimator
from hingewise.errors import OptionError

BLAZEPOSE, RTMPOSE = "blazepose", "rtmpose"
ESTIMATORS = (BLAZEPOSE, RTMPOSE)


def find_estimator(name: str, models: Path | None = None) -> PoseEstimator:
    """Return the estimator of that name, ready for work.

    Parameters
    ----------
    name
        One of ``ESTIMATORS``, in any case.
    models
        The folder with the models of one that brings none.

    Raises
    ------
    OptionError
        If there is none of that name, or ``models`` does not fit it.
    EstimatorUnavailable
        If its extra is not installed.
    """
    known = name.strip().lower()
    if known not in ESTIMATORS:
        raise OptionError(
            f"--estimator: expected one of {', '.join(ESTIMATORS)}, got {name!r}.",
            hint=f"Or leave it out: {BLAZEPOSE}.",
        )
    if known == BLAZEPOSE:
        if models is not None:
            raise OptionError(
                f"--models: expected only with --estimator {RTMPOSE}, for {BLAZEPOSE} brings its "
                f"models, got {str(models)!r}.",
                hint=f"Leave it out, or add --estimator {RTMPOSE}.",
            )
        return BlazePose()
    if models is None:
        raise OptionError(
            f"--models: expected the folder with the models of {RTMPOSE}, got none: hingewise "
            "brings and downloads none of them.",
            hint=f"Write for example --estimator {RTMPOSE} --models DIR.",
        )
    from hingewise.capture.rtmpose import RtmPose

    estimator = RtmPose(model_folder=models)
    estimator.check()
    return estimator
