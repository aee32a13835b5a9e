"""Track files of other programs: TRC in and out, MOT and CSV out. Pure text and numbers."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass

import numpy as np

from hingewise.errors import PoseFormatError, ShapeError
from hingewise.pose.markers import READ_KEYPOINTS, keypoint_name, missing_landmarks
from hingewise.pose.track import EstimatorInfo, PoseTrack
from hingewise.units import FloatArray

PIXELS_PER_M = 500.0
"""Scale given to tracks that come in metres."""

MARGIN_PX = 50.0

_M_PER_UNIT = {"m": 1.0, "cm": 0.01, "mm": 0.001, "px": None}
_MAX_MARKERS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadTrack:
    """A track of another program, and what the user must know of how it was read."""

    track: PoseTrack
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Markers:
    """Markers of a TRC file: ``position`` (T, M, 3) in ``unit``, NaN where empty."""

    names: tuple[str, ...]
    unit: str
    time_s: FloatArray
    position: FloatArray


def parse_trc(text: str, name: str) -> ReadTrack:
    """Read the text of a TRC file (OpenSim, OpenCap, Sports2D, Pose2Sim).

    Metric markers are seen from the lifter's side, turned so that they face right; markers in
    pixels are taken as they are.

    Raises
    ------
    PoseFormatError
        With all problems of the file.
    """
    markers = _parse_markers(text, name)
    ours: dict[str, int] = {}
    for column, marker in enumerate(markers.names):
        ours.setdefault(keypoint_name(marker) or "", column)
    missing = missing_landmarks(set(ours))
    if missing:
        raise _bad(
            name,
            [f"no marker for {', '.join(missing)} among {', '.join(markers.names[:40]) or 'none'}"],
        )
    position = np.full((markers.time_s.size, len(READ_KEYPOINTS), 3), np.nan)
    for row, key in enumerate(READ_KEYPOINTS):
        if key in ours:
            position[:, row] = markers.position[:, ours[key]]
    in_picture, remarks = _to_picture(position, markers.unit)
    if not np.isfinite(in_picture).any():
        raise _bad(name, ["no marker has a position in any frame"])
    return ReadTrack(
        track=_to_track(markers.time_s, in_picture, position, markers), remarks=remarks
    )


def format_trc(track: PoseTrack, name: str, *, m_per_px: float | None = None) -> str:
    """Write a track as TRC, y up from the bottom of the picture, z zero.

    Parameters
    ----------
    track, name
        The track, and the file name that goes into the header.
    m_per_px
        Scale; without it the unit is px.
    """
    unit, scale = ("px", 1.0) if m_per_px is None else ("m", m_per_px)
    n_frames, n_markers = track.n_frames, len(track.keypoints)
    rate = 1.0 / float(np.median(np.diff(track.time_s))) if n_frames > 1 else 1.0
    lines = [
        f"PathFileType\t4\t(X/Y/Z)\t{name}",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame"
        "\tOrigNumFrames",
        f"{rate:.6g}\t{rate:.6g}\t{n_frames}\t{n_markers}\t{unit}\t{rate:.6g}\t1\t{n_frames}",
        "Frame#\tTime\t" + "\t\t\t".join(track.keypoints) + "\t\t",
        "\t\t" + "\t".join(f"{a}{i}" for i in range(1, n_markers + 1) for a in "XYZ"),
        "",
    ]
    for frame in range(n_frames):
        cells = [str(frame + 1), f"{track.time_s[frame]:.6f}"]
        for x, y in track.position_px[frame].astype(np.float64):
            seen = math.isfinite(x) and math.isfinite(y)
            up = track.image_size_px[1] - y
            cells += [f"{x * scale:.6g}", f"{up * scale:.6g}", "0"] if seen else ["", "", ""]
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def format_mot(name: str, time_s: FloatArray, series: dict[str, FloatArray]) -> str:
    """Write joint angles as an OpenSim motion file, in degrees; NaN where not observed."""
    _check_series(time_s, series)
    lines = [
        name,
        "version=1",
        f"nRows={time_s.size}",
        f"nColumns={len(series) + 1}",
        "inDegrees=yes",
        "",
        "endheader",
        "\t".join(["time", *series]),
    ]
    for row, time in enumerate(time_s):
        values = (f"{float(column[row]):.6f}" for column in series.values())
        lines.append("\t".join([f"{float(time):.6f}", *values]))
    return "\n".join(lines) + "\n"


def format_csv(time_s: FloatArray, series: dict[str, FloatArray]) -> str:
    """Write named series as CSV; a cell is empty where nothing was observed."""
    _check_series(time_s, series)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["time_s", *series])
    for row, time in enumerate(time_s):
        values = [float(column[row]) for column in series.values()]
        cells = [repr(round(value, 6)) if math.isfinite(value) else "" for value in values]
        writer.writerow([repr(round(float(time), 6)), *cells])
    return text.getvalue()


def _check_series(time_s: FloatArray, series: dict[str, FloatArray]) -> None:
    problems = [
        f"{key}: expected shape {time_s.shape}, got {values.shape}"
        for key, values in series.items()
        if values.shape != time_s.shape
    ]
    if problems:
        raise ShapeError("; ".join(problems))


def _parse_markers(text: str, name: str) -> _Markers:
    lines = text.splitlines()
    if not lines or not lines[0].startswith("PathFileType"):
        raise _bad(name, ["its first line does not start with PathFileType"])
    if len(lines) < 6:
        raise _bad(name, [f"it ends after {len(lines)} lines, before the data"])
    values = dict(zip(lines[1].split("\t"), lines[2].split("\t"), strict=False))
    unit = values.get("Units", "").strip().lower()
    cells = lines[3].rstrip().split("\t")
    names = tuple(cell.strip() for cell in cells[2::3])
    problems = []
    if unit not in _M_PER_UNIT:
        problems.append(f"Units: expected one of {', '.join(_M_PER_UNIT)}, got {unit!r}")
    if not names or "" in names or len(names) > _MAX_MARKERS:
        problems.append("line 4: expected Frame#, Time and the marker names")
    if problems:
        raise _bad(name, problems)
    rows = [(number, line) for number, line in enumerate(lines[5:], start=6) if line.strip()]
    table, problems = _parse_rows(rows, 2 + 3 * len(names))
    time_s = table[:, 1]
    if not problems and len(rows) < 2:
        problems.append(f"expected several frames, got {len(rows)}")
    if not problems and not (np.isfinite(time_s).all() and np.all(np.diff(time_s) > 0)):
        problems.append("the times do not increase from row to row")
    if problems:
        raise _bad(name, problems)
    return _Markers(
        names=names,
        unit=unit,
        time_s=time_s - time_s[0],
        position=table[:, 2:].reshape(-1, len(names), 3),
    )


def _parse_rows(rows: list[tuple[int, str]], n_columns: int) -> tuple[FloatArray, list[str]]:
    table = np.full((len(rows), n_columns), np.nan)
    problems = []
    for index, (number, line) in enumerate(rows):
        cells = line.rstrip("\r\n").split("\t")
        extra = [cell for cell in cells[n_columns:] if cell.strip()]
        if extra:
            problems.append(f"line {number}: expected {n_columns} columns, got {len(cells)}")
            continue
        try:
            numbers = [float(cell) if cell.strip() else math.nan for cell in cells[:n_columns]]
        except ValueError as error:
            problems.append(f"line {number}: {error}")
            continue
        table[index, : len(numbers)] = numbers
    table[np.isinf(table) | (np.abs(table) > 1e9)] = np.nan
    return table, problems


def _to_picture(position: FloatArray, unit: str) -> tuple[FloatArray, tuple[str, ...]]:
    """Turn markers (T, K, 3) into picture points (T, K, 2), y down; empty markers stay NaN."""
    metres = _M_PER_UNIT[unit]
    scale = 1.0 if metres is None else metres * PIXELS_PER_M
    planar = _is_planar(position)
    across = position[..., 0] if planar else position @ _forward(position)
    down = metres is None and planar and _is_y_down(position)
    point = np.stack([across, position[..., 1] * (1 if down else -1)], axis=-1) * scale
    remarks = []
    if metres is not None:
        remarks.append(f"The markers are in {unit}; {PIXELS_PER_M:g} px stand for one metre.")
    if not planar:
        remarks.append("The markers are three-dimensional; they are seen from the lifter's right.")
    if metres is None and down:
        return point, tuple(remarks)
    finite = point[np.isfinite(point).all(axis=-1)]
    low = finite.min(axis=0) if finite.size else np.zeros(2)
    if metres is None:
        low[0] = MARGIN_PX
    return point - low + MARGIN_PX, tuple(remarks)


def _is_planar(position: FloatArray) -> bool:
    depth = position[..., 2][np.isfinite(position[..., 2])]
    return depth.size == 0 or float(np.ptp(depth)) == 0.0


def _is_y_down(position: FloatArray) -> bool:
    """Whether the feet have larger y than the shoulders, as in a picture."""
    with np.errstate(all="ignore"):
        height = {m: _mean_of(position, m)[:, 1] for m in ("shoulder", "ankle")}
        difference = height["ankle"] - height["shoulder"]
    seen = difference[np.isfinite(difference)]
    return bool(seen.size and np.median(seen) > 0)


def _forward(position: FloatArray) -> FloatArray:
    """Horizontal direction across the line from the left hip to the right one."""
    right = position[:, READ_KEYPOINTS.index("right_hip")]
    left = position[:, READ_KEYPOINTS.index("left_hip")]
    across = (right - left)[np.isfinite(right - left).all(axis=1)]
    x, z = across[:, [0, 2]].mean(axis=0) if across.size else (0.0, 1.0)
    length = math.hypot(x, z)
    return np.array([z, 0.0, -x]) / length if length > 0 else np.array([1.0, 0.0, 0.0])


def _mean_of(position: FloatArray, landmark: str) -> FloatArray:
    both = position[:, [READ_KEYPOINTS.index(f"{side}_{landmark}") for side in ("left", "right")]]
    seen = np.isfinite(both)
    total = np.where(seen, both, 0.0).sum(axis=1)
    return np.asarray(total / np.where(seen.any(axis=1), seen.sum(axis=1), np.nan))


def _to_track(
    time_s: FloatArray, point: FloatArray, position: FloatArray, markers: _Markers
) -> PoseTrack:
    seen = np.asarray(np.isfinite(point).all(axis=-1))
    point = np.where(seen[..., np.newaxis], point, np.nan)
    size = np.ceil(np.nanmax(point, axis=(0, 1))) + MARGIN_PX
    metres = _M_PER_UNIT[markers.unit]
    world = None
    if metres is not None and not _is_planar(position):
        forward = _forward(position)
        middle = _mean_of(position, "hip")[:, np.newaxis]
        left = np.array([forward[2], 0.0, -forward[0]])
        axes = np.stack([forward, np.array([0.0, -1.0, 0.0]), left])
        world = ((position - middle) @ axes.T * metres).astype(np.float32)
    return PoseTrack(
        time_s=time_s,
        position_px=point.astype(np.float32),
        confidence=np.asarray(seen, dtype=np.float32),
        keypoints=READ_KEYPOINTS,
        image_size_px=(max(1, int(size[0])), max(1, int(size[1]))),
        estimator=EstimatorInfo(name=f"trc ({markers.unit})", version="", model_sha256=""),
        world_m=world,
    )


def _bad(name: str, problems: list[str]) -> PoseFormatError:
    more = f" and {len(problems) - 5} more" if len(problems) > 5 else ""
    return PoseFormatError(
        f"{name}: expected a TRC marker file, but {'; '.join(problems[:5])}{more}.",
        hint="Export it again from the program that made it.",
    )
