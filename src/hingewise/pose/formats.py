"""PoseTrack as Parquet: one row per frame, one column per coordinate.

========================================= ==================== ========================
column                                    type                 meaning
========================================= ==================== ========================
``time_s``                                float64              true time of the frame
``<keypoint>_x_px``, ``_y_px``            float32              upright picture, y down
``<keypoint>_confidence``                 float32              0-1
``<keypoint>_world_{x,y,z}_m``            float32              optional
``silhouette_{1,2}_{x,y}_px``             list of C float32    optional, shoulder to below the hip
========================================= ==================== ========================

NaN (not null) means not observed. The schema metadata holds one JSON text under ``hingewise``:
format, version, keypoints, image size, estimator and notes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeGuard

import numpy as np

from hingewise.errors import PoseFormatError, ShapeError
from hingewise.pose.track import EstimatorInfo, PoseTrack, TrackNotes
from hingewise.units import FloatArray, SampleArray

FORMAT_NAME = "hingewise.pose"
FORMAT_VERSION = 1
ROWS_PER_GROUP = 4096
"""About 5 MB: what is held in memory while writing."""

_METADATA_KEY = b"hingewise"
_MAX_ROWS = 50_000_000
_MAX_CONTOUR_POINTS = 10_000
_ESTIMATOR_KINDS: dict[str, tuple[type, ...]] = {
    field.name: (str,) for field in fields(EstimatorInfo)
}
_NOTES_KINDS: dict[str, tuple[type, ...]] = {
    "n_people": (int,),
    "cut_s": (int, float),
    "camera_travel": (int, float),
    "n_frames_lost": (int,),
}


class PoseTrackWriter:
    """Writes a track block by block, so that a long film never sits in memory.

    The first block fixes keypoints, image size, estimator, notes and which optional columns there
    are. Writing goes straight to ``path``: give a temporary name and rename it when done.

    Raises
    ------
    ShapeError
        If a block does not continue the blocks before it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files = ExitStack()
        self._writer: Any = None
        self._header: dict[str, Any] = {}
        self._last_s = -np.inf

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._files.close()

    def write(self, block: PoseTrack) -> None:
        """Append a block of frames as one row group."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        header = _header(block)
        if self._writer is None:
            self._header = header
            # An open file, because Arrow takes no path that is no UTF-8, and some for addresses.
            file = self._files.enter_context(self._path.open("wb"))
            self._writer = self._files.enter_context(
                pq.ParquetWriter(
                    file,
                    _schema(header),
                    compression="zstd",
                    use_dictionary=False,
                    use_byte_stream_split=True,
                )
            )
        _check_continues(self._header, header, self._last_s, block)
        if block.n_frames:
            self._last_s = float(block.time_s[-1])
        schema = _schema(header)
        columns = [
            pa.array(view)
            if view.ndim == 1
            else pa.FixedSizeListArray.from_arrays(pa.array(view.ravel()), type=field.type)
            for field, (_, view) in zip(schema, _columns(block, block.keypoints), strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def write_pose_parquet(path: Path, track: PoseTrack) -> None:
    """Write a whole track."""
    with PoseTrackWriter(path) as writer:
        for start in range(0, max(1, track.n_frames), ROWS_PER_GROUP):
            writer.write(track.take(slice(start, start + ROWS_PER_GROUP)))
            track.let_go()


def read_pose_parquet(path: Path) -> PoseTrack:
    """Read a track exactly as it was written.

    Raises
    ------
    PoseFormatError
        If the file is no Parquet file, or not one of ours; all problems are in the message.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with path.open("rb") as stream, pq.ParquetFile(stream) as file:
            header = _read_header(file.schema_arrow.metadata, path)
            arrays = _read_arrays(file, header, path)
    except (pa.ArrowException, OSError, MemoryError, ValueError) as error:
        raise PoseFormatError(
            f"{path.name}: expected a pose track as Parquet, got something that cannot be read "
            f"({' '.join(str(error).split())[:120]}).",
            hint="Analyse the film again.",
        ) from error
    time_s = arrays.time_s
    if time_s.size and not (np.isfinite(time_s).all() and np.all(np.diff(time_s) > 0)):
        raise _not_ours(path, ["time_s does not increase from row to row"])
    return PoseTrack(
        time_s=time_s,
        position_px=arrays.position_px,
        confidence=arrays.confidence,
        keypoints=tuple(header["keypoints"]),
        image_size_px=(header["image_size_px"][0], header["image_size_px"][1]),
        estimator=EstimatorInfo(**header["estimator"]),
        world_m=arrays.world_m,
        silhouette_px=arrays.silhouette_px,
        notes=TrackNotes(**{**header["notes"], "cut_s": tuple(header["notes"]["cut_s"])}),
    )


def _header(track: PoseTrack) -> dict[str, Any]:
    contour = 0 if track.silhouette_px is None else int(track.silhouette_px.shape[2])
    return {
        "format": FORMAT_NAME,
        "version": FORMAT_VERSION,
        "keypoints": list(track.keypoints),
        "image_size_px": [int(length) for length in track.image_size_px],
        "estimator": asdict(track.estimator),
        "notes": {**asdict(track.notes), "cut_s": list(track.notes.cut_s)},
        "has_world": track.world_m is not None,
        "n_contour_points": contour,
    }


class _Arrays(Protocol):
    """The arrays of a track."""

    @property
    def time_s(self) -> FloatArray: ...
    @property
    def position_px(self) -> SampleArray: ...
    @property
    def confidence(self) -> SampleArray: ...
    @property
    def world_m(self) -> SampleArray | None: ...
    @property
    def silhouette_px(self) -> SampleArray | None: ...


class _EmptyArrays:
    """Room for the arrays of a track of ``n`` frames."""

    def __init__(self, n: int, header: dict[str, Any]) -> None:
        k, contour = len(header["keypoints"]), header["n_contour_points"]
        self.time_s = np.empty(n, np.float64)
        self.position_px = np.empty((n, k, 2), np.float32)
        self.confidence = np.empty((n, k), np.float32)
        self.world_m = np.empty((n, k, 3), np.float32) if header["has_world"] else None
        self.silhouette_px = np.empty((n, 2, contour, 2), np.float32) if contour else None


def _columns(arrays: _Arrays, keypoints: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Names of the columns in their order, with views of their values."""
    yield "time_s", arrays.time_s
    for index, name in enumerate(keypoints):
        yield f"{name}_x_px", arrays.position_px[:, index, 0]
        yield f"{name}_y_px", arrays.position_px[:, index, 1]
        yield f"{name}_confidence", arrays.confidence[:, index]
        if arrays.world_m is not None:
            for axis, letter in enumerate("xyz"):
                yield f"{name}_world_{letter}_m", arrays.world_m[:, index, axis]
    if arrays.silhouette_px is not None and arrays.silhouette_px.shape[2]:
        for side in (0, 1):
            for axis, letter in enumerate("xy"):
                view = arrays.silhouette_px[:, side, :, axis]
                yield f"silhouette_{side + 1}_{letter}_px", view


def _schema(header: dict[str, Any]) -> Any:
    import pyarrow as pa

    fields = []
    for name, view in _columns(_EmptyArrays(0, header), header["keypoints"]):
        kind = pa.float64() if view.dtype == np.float64 else pa.float32()
        kind = pa.list_(kind, view.shape[1]) if view.ndim == 2 else kind
        fields.append(pa.field(name, kind, nullable=False))
    return pa.schema(fields, metadata={_METADATA_KEY: json.dumps(header)})


def _check_continues(
    first: dict[str, Any], header: dict[str, Any], last_s: float, block: PoseTrack
) -> None:
    problems = [
        f"{key}: expected {first[key]}, got {header[key]}"
        for key in first
        if first[key] != header[key]
    ]
    if block.n_frames and not block.time_s[0] > last_s:
        problems.append(f"time_s: expected a block after {last_s} s, got {block.time_s[0]} s")
    if problems:
        raise ShapeError("; ".join(problems))


def _read_header(metadata: dict[bytes, bytes] | None, path: Path) -> dict[str, Any]:
    text = (metadata or {}).get(_METADATA_KEY)
    if text is None:
        raise _not_ours(path, ["it carries no hingewise metadata"])
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_ours(path, [f"its metadata is no JSON ({error})"]) from error
    problems = list(_header_problems(header))
    if problems:
        raise _not_ours(path, problems)
    return dict(header)


def _header_problems(header: Any) -> Iterator[str]:
    if not isinstance(header, dict) or header.get("format") != FORMAT_NAME:
        yield f"its format is not {FORMAT_NAME}"
        return
    if header.get("version") != FORMAT_VERSION:
        yield f"its version is {header.get('version')!r}, this program reads {FORMAT_VERSION}"
        return
    names, size = header.get("keypoints"), header.get("image_size_px")
    if not _is_list(names, str) or not names or len(set(names)) != len(names):
        yield "keypoints: expected a list of different names"
    if not _is_list(size, int) or len(size) != 2 or min(size) <= 0:
        yield f"image_size_px: expected two positive whole numbers, got {size!r}"
    contour: Any = header.get("n_contour_points")
    if not _is_list([contour], int) or not 0 <= contour <= _MAX_CONTOUR_POINTS:
        yield f"n_contour_points: expected 0 to {_MAX_CONTOUR_POINTS}, got {contour!r}"
    if not isinstance(header.get("has_world"), bool):
        yield "has_world: expected true or false"
    yield from _record_problems(header.get("estimator"), "estimator", _ESTIMATOR_KINDS)
    yield from _record_problems(header.get("notes"), "notes", _NOTES_KINDS)


def _record_problems(record: Any, name: str, kinds: dict[str, tuple[type, ...]]) -> Iterator[str]:
    if not isinstance(record, dict) or record.keys() != kinds.keys():
        yield f"{name}: expected {', '.join(kinds)}"
        return
    for key, kind in kinds.items():
        values = record[key] if isinstance(record[key], list) else [record[key]]
        if not _is_list(values, kind) or isinstance(record[key], list) != (key == "cut_s"):
            yield f"{name}.{key}: got {record[key]!r}"


def _is_list(value: Any, kind: type | tuple[type, ...]) -> TypeGuard[list[Any]]:
    return isinstance(value, list) and all(
        isinstance(item, kind) and not isinstance(item, bool) for item in value
    )


def _read_arrays(file: Any, header: dict[str, Any], path: Path) -> _Arrays:
    """Read row group by row group into place, so that little more than the track is in memory."""
    problems = []
    found = file.schema_arrow  # asked once: each time, it is made anew
    for field in _schema(header):
        index = found.get_field_index(field.name)
        if index < 0:
            problems.append(f"column {field.name} is missing")
        elif found.field(index).type != field.type:
            problems.append(f"column {field.name}: expected {field.type}")
    n_rows = file.metadata.num_rows
    if not 0 <= n_rows <= _MAX_ROWS:
        problems.append(f"it claims {n_rows} rows")
    if problems:
        raise _not_ours(path, problems)
    arrays = _EmptyArrays(n_rows, header)
    views = dict(_columns(arrays, header["keypoints"]))
    start = 0
    for number in range(file.num_row_groups):
        table = file.read_row_group(number, columns=list(views), use_threads=False)
        end = start + table.num_rows
        if end > n_rows or not all(
            _copy_column(table.column(name), view[start:end]) for name, view in views.items()
        ):
            raise _not_ours(path, ["some values are null or missing"])
        start = end
    if start != n_rows:
        raise _not_ours(path, [f"it claims {n_rows} rows and holds {start}"])
    return arrays


def _copy_column(column: Any, view: Any) -> bool:
    """Copy a column into its place; return whether it is complete."""
    values = column.combine_chunks()
    flat = values.flatten() if view.ndim == 2 else values
    if values.null_count or flat.null_count or len(flat) != view.size:
        return False
    view[...] = flat.to_numpy(zero_copy_only=False).reshape(view.shape)
    return True


def _not_ours(path: Path, problems: list[str]) -> PoseFormatError:
    return PoseFormatError(
        f"{path.name}: expected a pose track that hingewise wrote, but {'; '.join(problems[:8])}"
        + (f" and {len(problems) - 8} more." if len(problems) > 8 else "."),
        hint="Analyse the film again.",
    )
