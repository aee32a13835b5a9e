"""How far every true repetition goes."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from hingewise.units import FloatArray

from hingewise_validation.study.tracks import FilmTrack


def rom_shares(film: FilmTrack) -> FloatArray:
    """Range of the hips on the way up, of the typical one of the set (median of the larger half). Shape (R,)."""
    time_s, hip_deg = film.track.time_s, film.angle_deg["trunk_thigh_flexion"]
    ends_s = np.array([[bottom_s(true), true["top_s"]] for true in film.truth["repetitions"]]).reshape(-1, 2)
    rom_deg = np.abs(np.diff(np.interp(ends_s, time_s, hip_deg), axis=1))[:, 0]
    return np.asarray(rom_deg / np.median(np.sort(rom_deg)[rom_deg.size // 2 :])) if rom_deg.size else rom_deg


def bottom_s(true: Mapping[str, Any]) -> float:
    """When a true repetition is at its bottom; where the film begins there, when it leaves it."""
    return float(true["bottom_end_s"] if true["bottom_s"] is None else true["bottom_s"])
