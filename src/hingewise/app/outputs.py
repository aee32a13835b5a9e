"""Writing what an analysis found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hingewise.app.assess_set import JudgedSet
from hingewise.app.measure_set import MeasuredSet
from hingewise.app.request import Exports
from hingewise.capture.estimator import Progress
from hingewise.capture.file import save_pose_track, save_trc
from hingewise.capture.video import VideoInfo
from hingewise.units import FloatArray

if TYPE_CHECKING:
    from hingewise.render.keyframes import KeyFrame
    from hingewise.report.document import Analysis

FILM_NAME = "annotated.mp4"


def write_results(
    folder: Path,
    judged: JudgedSet,
    analysis: Analysis,
    info: VideoInfo | None,
    *,
    exports: Exports,
    on_stage: Callable[[str, int], Callable[[Progress], None]],
) -> tuple[str, ...]:
    """Write everything into a folder and return the names of the files."""
    from hingewise.render.document import save_analysis
    from hingewise.render.html import render_report, save_report
    from hingewise.report.figures import make_figures
    from hingewise.report.proof import choose_proofs, prove_repetitions

    measured, technique = judged.measured, judged.technique
    save_pose_track(folder / "pose.parquet", measured.track)
    series = kinematic_series(measured)
    _save_series(folder / "kinematics.parquet", measured.track.time_s, series)
    _write_exports(folder, measured, series, exports)
    with_film = exports.film and info is not None
    frames: list[KeyFrame] = []
    if info is not None:
        from hingewise.app.pictures import draw_pictures

        path = folder / FILM_NAME if with_film else None
        tell = on_stage("Drawing", info.n_frames) if with_film else _untold
        frames = draw_pictures(
            info,
            measured,
            path,
            tell,
            proofs=choose_proofs(technique),
            moments=prove_repetitions(technique),
        )
    save_analysis(analysis, folder / "analysis.json")
    figures = make_figures(
        measured.kinematics, measured.segmentation, duration_s=analysis.video.duration_s
    )
    page = render_report(analysis, figures, frames, video_name=FILM_NAME if with_film else None)
    save_report(page, folder / "report.html")
    return tuple(sorted(file.name for file in folder.iterdir()))


def _untold(progress: Progress) -> None:
    """Nobody watches the few pictures of a report without a film."""
    del progress


def kinematic_series(measured: MeasuredSet) -> dict[str, FloatArray]:
    """Every angle and rate by column name with its unit."""
    kinematics = measured.kinematics
    series = {f"{name}_deg": values for name, values in kinematics.angle_deg.items()}
    series |= {f"{name}_deg_s": values for name, values in kinematics.rate_deg_s.items()}
    series["hip_bend_deg"] = measured.movement.hip_bend_deg
    series["knee_bend_deg"] = measured.movement.knee_bend_deg
    return series


def _save_series(path: Path, time_s: FloatArray, series: dict[str, FloatArray]) -> None:
    """Write a table with one row per frame; NaN is stored as null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from hingewise.pose.formats import ROWS_PER_GROUP
    from hingewise.render.files import whole_file

    columns = {"time_s": time_s} | series
    schema = pa.schema([(name, pa.from_numpy_dtype(v.dtype)) for name, v in columns.items()])
    # An open file, because Arrow takes no path that is no UTF-8.
    with (
        whole_file(path) as part,
        part.open("wb") as file,
        pq.ParquetWriter(file, schema, compression="zstd") as writer,
    ):
        for start in range(0, time_s.size, ROWS_PER_GROUP):
            rows = slice(start, start + ROWS_PER_GROUP)
            block = [pa.array(values[rows], from_pandas=True) for values in columns.values()]
            writer.write_table(pa.table(block, schema=schema))


def _write_exports(
    folder: Path, measured: MeasuredSet, series: dict[str, FloatArray], exports: Exports
) -> None:
    from hingewise.pose.exchange import format_csv, format_mot
    from hingewise.render.files import write_text

    time_s = measured.track.time_s
    if exports.trc:
        save_trc(folder / "pose.trc", measured.track, m_per_px=measured.sagittal.scale.m_per_px)
    if exports.mot:
        angles = {
            name: measured.kinematics.angle_deg[name] for name in measured.kinematics.angle_deg
        }
        write_text(folder / "kinematics.mot", format_mot("kinematics", time_s, angles))
    if exports.csv:
        write_text(folder / "kinematics.csv", format_csv(time_s, series))
