"""Camera roll, and with it the vertical, from the lifter's own upright standing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from hingewise.pose.body import middle_px
from hingewise.pose.sagittal import SagittalTrack
from hingewise.pose.track import PoseTrack
from hingewise.units import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class RollPrior:
    """What is known before a film is seen.

    People who stand lean forward by ``lean_deg`` from ankle to shoulder; the roll read from one of
    them spreads by ``reading_sd_deg``, the roll of cameras by ``level_sd_deg``.
    """

    lean_deg: float
    reading_sd_deg: float
    level_sd_deg: float

    @property
    def weight(self) -> float:
        """Share of a reading that is the camera's and not the lifter's."""
        return self.level_sd_deg**2 / (self.level_sd_deg**2 + self.reading_sd_deg**2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertical:
    """Where up is in a sagittal track.

    ``tilt_deg`` is by how much upright things lean forward in it, ``sd_deg`` how surely that is
    known; ``found`` says whether the film tells, otherwise the picture's own vertical is taken.
    """

    tilt_deg: float
    sd_deg: float
    found: bool


@cache
def load_roll_prior() -> RollPrior:
    """Return the constants of ``data/camera_roll.toml``."""
    file = resources.files("hingewise.pose").joinpath("data", "camera_roll.toml")
    table = tomllib.loads(file.read_text("utf-8"))
    return RollPrior(
        lean_deg=float(table["standing_lean"]["mean_deg"]),
        reading_sd_deg=float(table["reading"]["sd_deg"]),
        level_sd_deg=float(table["level"]["sd_deg"]),
    )


def estimate_roll(track: PoseTrack, start_s: float, end_s: float, *, facing: str) -> float:
    """Tilt of the picture while the lifter stands quietly, as it is read.

    Parameters
    ----------
    track
        The lifter.
    start_s, end_s
        Quiet standing; NaN where there is none.
    facing
        ``left`` or ``right``: where the natural lean goes; anything else leaves it out.

    Returns
    -------
    Degrees by which upright things lean to the right in the picture; NaN without standing. [deg]
    """
    standing = (track.time_s >= start_s) & (track.time_s <= end_s)
    stance = (middle_px(track, "shoulder") - middle_px(track, "ankle"))[standing]
    lean = load_roll_prior().lean_deg
    return _median_lean_deg(stance * [1.0, -1.0]) - {"right": lean, "left": -lean}.get(facing, 0.0)


def estimate_vertical(track: SagittalTrack, start_s: float, end_s: float) -> Vertical:
    """Where up most likely is: the roll that is read, drawn towards a level camera.

    Reading and camera both spread normally, so the most likely tilt is the reading's share
    ``RollPrior.weight``. It has no threshold: a small reading moves the vertical by little.

    Parameters
    ----------
    track
        The near side.
    start_s, end_s
        Quiet standing; NaN where there is none.
    """
    prior = load_roll_prior()
    standing = (track.time_s >= start_s) & (track.time_s <= end_s)
    natural = prior.lean_deg if track.view.facing in ("left", "right") else 0.0
    reading = _median_lean_deg(track.stance_m[standing]) - natural
    if not np.isfinite(reading):
        return Vertical(tilt_deg=0.0, sd_deg=prior.level_sd_deg, found=False)
    sd = prior.reading_sd_deg * np.sqrt(prior.weight)
    return Vertical(tilt_deg=prior.weight * reading, sd_deg=float(sd), found=True)


def _median_lean_deg(upward: FloatArray) -> float:
    """Median inclination of vectors (x, y up) from vertical, towards +x; NaN without any."""
    lean = np.degrees(np.arctan2(upward[:, 0], upward[:, 1]))
    return float(np.nanmedian(lean)) if np.isfinite(lean).any() else float("nan")
