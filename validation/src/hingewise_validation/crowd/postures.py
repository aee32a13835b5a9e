"""What is kept of the crowd for its joints: what was seen of bodies at rest, and what the landmarks lack."""

import io
import lzma
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from hingewise.units import FloatArray, IntArray
from numpy.typing import NDArray

from hingewise_validation.study.files import write_whole

POSTURES = Path("validation/crowd_postures.npz.xz")
QUANTUM = {"posture": 0.002, "confidence": 0.02, "lacking_deg": 0.1, "oblique_deg": 0.1, "tilt_deg": 0.02}
"""Steps of what is kept, far below the network's noise."""

_NOWHERE = np.iinfo(np.int16).min


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Postures:
    """Postures of F people, N in all.

    Attributes
    ----------
    person
        Whose, 0-based, in rising order. Shape (N,).
    posture
        See ``hingewise.kinematics.leaning.describe_posture``. Shape (N, P).
    confidence
        Of the near side's landmarks. Shape (N, L).
    lacking_deg
        True inclination of trunk, thigh and shank minus that of their landmarks. Shape (N, 3).
    standing, standing_confidence, standing_lacking_deg
        The same of every person's quiet standing, NaN of who lies. Shapes (F, P), (F, L), (F, 3).
    oblique_deg, tilt_deg
        Where the product says the camera stands (yaw, positive before the lifter), and how it is tilted; 0 where it
        does not know. Shape (F,).
    """

    person: IntArray
    posture: FloatArray
    confidence: FloatArray
    lacking_deg: FloatArray
    standing: FloatArray
    standing_confidence: FloatArray
    standing_lacking_deg: FloatArray
    oblique_deg: FloatArray
    tilt_deg: FloatArray


def save_postures(postures: Postures, path: Path) -> None:
    """Write the file, whole or not at all."""
    series = {
        name: _in_steps(getattr(postures, name), _quantum(name))
        for name in Postures.__dataclass_fields__
        if name != "person"
    }
    packed = io.BytesIO()
    arrays: dict[str, Any] = {"person": postures.person.astype(np.uint16), **series}
    np.savez(packed, allow_pickle=False, **arrays)
    write_whole(path, lzma.compress(packed.getvalue(), preset=9))


def load_postures(path: Path) -> Postures:
    """Read what ``save_postures`` wrote."""
    with np.load(io.BytesIO(lzma.decompress(path.read_bytes()))) as archive:
        person = archive["person"].astype(np.int64)
        rest = {name: _from_steps(archive[name], _quantum(name)) for name in archive.files if name != "person"}
    return Postures(person=person, **rest)


def _quantum(name: str) -> float:
    return QUANTUM.get(name.removeprefix("standing_"), QUANTUM["posture"])


def _in_steps(values: FloatArray, quantum: float) -> NDArray[np.int16]:
    """Columns in rows of their own: that is what compresses."""
    steps = np.where(np.isfinite(values), np.round(np.nan_to_num(values) / quantum), _NOWHERE)
    return steps.astype(np.int16).T.copy()


def _from_steps(packed: NDArray[np.int16], quantum: float) -> FloatArray:
    return np.asarray(np.where(packed == _NOWHERE, np.nan, packed * quantum).T)
