"""Pose tracks of the study's films with their truth, small enough to be kept.

A file holds integers: each series in steps of its own quantum, as differences from frame to frame, compressed. The
steps are far below the network's noise. Of the outlines only that of the back is kept.
"""

import io
import json
import lzma
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from hingewise.pose.track import EstimatorInfo, PoseTrack, TrackNotes
from hingewise.units import FloatArray, SampleArray
from numpy.typing import NDArray

from hingewise_validation.study.files import write_whole
from hingewise_validation.study.spec import FilmSpec, spec_from_document, spec_to_document

QUANTUM = {"time_s": 1e-6, "position_px": 0.5, "confidence": 0.05, "world_m": 0.012, "silhouette_px": 0.7}
TRUTH_QUANTUM = 0.05
"""Of the true angles. [deg]"""

JOINT_QUANTUM_PX = 0.5

KEPT = tuple(
    f"{side}_{name}"
    for name in ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
    for side in ("left", "right")
) + ("nose",)
"""Keypoints that the product measures with."""

KEPT_IN_SPACE = tuple(name for name in KEPT if name.partition("_")[2] in ("shoulder", "hip", "knee", "ankle", "wrist"))
"""Those of them whose place in space it uses."""

_MISSING = np.iinfo(np.int32).min


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FilmTrack:
    """What one film gave: the track of its lifter, and what is true of it.

    ``truth`` is the truth document without its series: ``angle_deg`` holds the angles, each of shape (T,),
    ``joints_px`` the near side's points, each (T, 2); ``made_by`` tells from what content and by which network.
    """

    spec: FilmSpec
    track: PoseTrack
    truth: Mapping[str, Any]
    angle_deg: Mapping[str, FloatArray]
    joints_px: Mapping[str, FloatArray]
    made_by: str = ""


def save_track(film: FilmTrack, path: Path) -> None:
    """Write the file, whole or not at all."""
    series = _track_arrays(film.track, facing=film.truth.get("view", {}).get("facing", "right"))
    arrays = {name: _pack(values, QUANTUM[name]) for name, values in series.items()}
    arrays |= {f"true_{name}": _pack(values, TRUTH_QUANTUM) for name, values in film.angle_deg.items()}
    arrays |= {f"joint_{name}": _pack(values, JOINT_QUANTUM_PX) for name, values in film.joints_px.items()}
    words = {
        "spec": spec_to_document(film.spec),
        "truth": film.truth,
        "made_by": film.made_by,
        "quantum": QUANTUM | {"truth": TRUTH_QUANTUM, "joint": JOINT_QUANTUM_PX},
        "image_size_px": film.track.image_size_px,
        "estimator": asdict(film.track.estimator),
        "notes": asdict(film.track.notes),
    }
    packed = io.BytesIO()
    arrays["words"] = np.frombuffer(json.dumps(words).encode(), dtype=np.uint8)
    np.savez(packed, allow_pickle=False, **arrays)
    write_whole(path, lzma.compress(packed.getvalue(), preset=9))


def load_track(path: Path) -> FilmTrack:
    """Read what ``save_track`` wrote."""
    with np.load(io.BytesIO(lzma.decompress(path.read_bytes()))) as archive:
        arrays = {name: archive[name] for name in archive.files}
    words = json.loads(arrays.pop("words").tobytes())
    quantum = words["quantum"]
    angles = _unpack_all(arrays, "true_", quantum["truth"])
    joints = _unpack_all(arrays, "joint_", quantum["joint"])
    series = {name: _unpack(values, quantum[name]) for name, values in arrays.items()}
    samples = {name: values.astype(np.float32) for name, values in series.items() if name != "time_s"}
    notes = words["notes"]
    track = PoseTrack(
        time_s=series["time_s"],
        position_px=samples["position_px"],
        confidence=np.clip(samples["confidence"], 0.0, 1.0),
        keypoints=KEPT,
        image_size_px=tuple(words["image_size_px"]),
        estimator=EstimatorInfo(**words["estimator"]),
        world_m=_spread(samples.get("world_m")),
        silhouette_px=samples.get("silhouette_px"),
        notes=TrackNotes(**notes | {"cut_s": tuple(notes["cut_s"])}),
    )
    return FilmTrack(
        spec=spec_from_document(words["spec"]),
        track=track,
        truth=words["truth"],
        angle_deg=angles,
        joints_px=joints,
        made_by=words["made_by"],
    )


def load_words(path: Path) -> dict[str, Any]:
    """Only the words of a file."""
    with np.load(io.BytesIO(lzma.decompress(path.read_bytes()))) as archive:
        return dict(json.loads(archive["words"].tobytes()))


def _spread(world_m: SampleArray | None) -> SampleArray | None:
    """Points in space in the columns of ``KEPT``, NaN for those that were not kept. Shape (T, K, 3)."""
    if world_m is None:
        return None
    spread = np.full((world_m.shape[0], len(KEPT), 3), np.nan, dtype=np.float32)
    spread[:, [KEPT.index(name) for name in KEPT_IN_SPACE]] = world_m
    return spread


def _unpack_all(arrays: dict[str, NDArray[Any]], prefix: str, quantum: float) -> dict[str, FloatArray]:
    """Take the series whose names begin so out of ``arrays``."""
    names = [name for name in arrays if name.startswith(prefix)]
    return {name.removeprefix(prefix): _unpack(arrays.pop(name), quantum) for name in names}


def _track_arrays(track: PoseTrack, *, facing: str) -> dict[str, NDArray[Any]]:
    columns = [track.keypoints.index(name) for name in KEPT]
    arrays: dict[str, NDArray[Any]] = {
        "time_s": track.time_s,
        "position_px": track.position_px[:, columns],
        "confidence": track.confidence[:, columns],
    }
    if track.world_m is not None:
        arrays["world_m"] = track.world_m[:, [track.keypoints.index(name) for name in KEPT_IN_SPACE]]
    if track.silhouette_px is not None:
        outline = track.silhouette_px.copy()
        outline[:, 1 if facing == "left" else 0] = np.nan
        arrays["silhouette_px"] = outline
    return arrays


def _pack(values: NDArray[Any], quantum: float) -> NDArray[Any]:
    """Differences along time of values in steps of ``quantum``; what is missing takes the last value, and a mask.

    Shape (bytes, 2, ..., T): differences, and where something was observed.
    """
    values = np.asarray(values, dtype=np.float64)
    seen = np.isfinite(values)
    steps = np.where(seen, np.round(np.where(seen, values, 0.0) / quantum), _MISSING).astype(np.int64)
    flat = steps.reshape(steps.shape[0], -1)
    rows = np.where(flat != _MISSING, np.arange(flat.shape[0])[:, None], 0)
    held = np.take_along_axis(flat, np.maximum.accumulate(rows, axis=0), axis=0)
    held[held == _MISSING] = 0
    change = np.diff(held, axis=0, prepend=np.zeros_like(held[:1]))
    both = np.stack([change.reshape(steps.shape), seen.astype(np.int64)])
    small = (both << 1) ^ (both >> 63)  # -1 becomes 1, 1 becomes 2: the high bytes of small steps are zero
    n_bytes = max(1, (int(small.max(initial=0)).bit_length() + 7) // 8)
    # Every series in its order of time, high bytes apart from low ones: that is what compresses.
    planes = [(small >> (8 * place)) & 255 for place in range(n_bytes)]
    return np.moveaxis(np.stack(planes).astype(np.uint8), 2, -1).copy()


def _unpack(packed: NDArray[Any], quantum: float) -> FloatArray:
    planes = np.moveaxis(packed, -1, 2).astype(np.int64)
    small = sum(plane << (8 * place) for place, plane in enumerate(planes))
    both = (small >> 1) ^ -(small & 1)
    values = np.cumsum(both[0].astype(np.int64), axis=0) * quantum
    return np.asarray(np.where(both[1] != 0, values, np.nan), dtype=np.float64)
