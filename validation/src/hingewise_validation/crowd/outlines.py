"""What is kept of the crowd: outlines of backs in standing and in postures, and how these backs are bent."""

import io
import lzma
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hingewise.units import FloatArray, IntArray
from numpy.typing import NDArray

from hingewise_validation.study.files import write_whole

OUTLINES = Path("validation/crowd.npz.xz")
PROFILE_QUANTUM = 0.001
"""Of the profiles, in trunk lengths: a fifth of a pixel of the mask."""

ANGLE_QUANTUM_DEG = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlines:
    """Backs of F people in N postures.

    Attributes
    ----------
    person
        Whose back, 0-based, in rising order. Shape (N,).
    profile
        How far the outline stands out from the line between shoulder and hip. Shape (N, C). [trunk lengths]
    hip_deg
        How far the hips are bent more than in standing, as the product sees it. Shape (N,).
    lumbar_deg
        True lumbar flexion against standing. Shape (N,).
    standing
        The profile of every person's quiet standing. Shape (F, C).
    yaw_deg
        Where the product says the camera stands. Shape (F,).
    fit, equipment
        How the clothes fit and what is held. F words each.
    """

    person: IntArray
    profile: FloatArray
    hip_deg: FloatArray
    lumbar_deg: FloatArray
    standing: FloatArray
    yaw_deg: FloatArray
    fit: tuple[str, ...]
    equipment: tuple[str, ...]


def save_outlines(outlines: Outlines, path: Path) -> None:
    """Write the file, whole or not at all."""
    packed = io.BytesIO()
    np.savez(
        packed,
        person=outlines.person.astype(np.uint16),
        profile=_pack(outlines.profile),
        standing=_pack(outlines.standing),
        hip=_in_steps(outlines.hip_deg, ANGLE_QUANTUM_DEG),
        lumbar=_in_steps(outlines.lumbar_deg, ANGLE_QUANTUM_DEG),
        yaw=_in_steps(outlines.yaw_deg, ANGLE_QUANTUM_DEG),
        fit=np.array(outlines.fit),
        equipment=np.array(outlines.equipment),
    )
    write_whole(path, lzma.compress(packed.getvalue(), preset=9))


def load_outlines(path: Path) -> Outlines:
    """Read what ``save_outlines`` wrote."""
    with np.load(io.BytesIO(lzma.decompress(path.read_bytes()))) as archive:
        return Outlines(
            person=archive["person"].astype(np.int64),
            profile=_unpack(archive["profile"]),
            standing=_unpack(archive["standing"]),
            hip_deg=archive["hip"] * ANGLE_QUANTUM_DEG,
            lumbar_deg=archive["lumbar"] * ANGLE_QUANTUM_DEG,
            yaw_deg=archive["yaw"] * ANGLE_QUANTUM_DEG,
            fit=tuple(archive["fit"].tolist()),
            equipment=tuple(archive["equipment"].tolist()),
        )


def _in_steps(values: FloatArray, quantum: float) -> NDArray[np.int16]:
    return np.round(values / quantum).astype(np.int16)


def _pack(profile: FloatArray) -> NDArray[np.int16]:
    """Differences from point to point, every place in a row of its own: that is what compresses."""
    steps = _in_steps(profile, PROFILE_QUANTUM)
    return np.diff(steps, axis=1, prepend=np.zeros_like(steps[:, :1])).T.copy()


def _unpack(packed: NDArray[np.int16]) -> FloatArray:
    return np.asarray(np.cumsum(packed.T.astype(np.int64), axis=1) * PROFILE_QUANTUM)
