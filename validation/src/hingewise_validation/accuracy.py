"""How right the product is: ``python -m hingewise_validation.accuracy`` rewrites docs/accuracy.md.

Counts on the labelled real clips, and angles and phase limits on films whose truth is known.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from hingewise.app.measure_set import MeasuredSet, measure_set
from hingewise.capture.blazepose import BlazePose
from hingewise.capture.film import track_film
from hingewise.capture.video import probe_video
from hingewise.capture.workers import usable_cores
from hingewise.repetitions.types import Phase
from hingewise.units import FloatArray

from hingewise_validation.bench_document import format_table, write_section

COMMAND = "python -m hingewise_validation.accuracy"
DOCUMENT = Path("docs/accuracy.md")
EXAMPLE = Path("examples/cable_pull_through.mp4")
CLIPS = Path("../shared/clips")
ZEROED = ("knee_flexion", "trunk_thigh_flexion")
ANGLES = (
    "trunk_inclination",
    "thigh_inclination",
    "shank_inclination",
    "knee_flexion",
    "trunk_thigh_flexion",
    "lumbar_flexion",
)
LIMITS = ("start_s", "bottom_start_s", "bottom_s", "bottom_end_s", "top_s", "end_s")


@dataclass(frozen=True, slots=True, kw_only=True)
class AngleError:
    """Errors of one angle over a film. [deg]"""

    name: str
    bias: float
    mae: float
    p95: float
    mae_from_standing: float


def measure_film(path: Path) -> MeasuredSet:
    """Measure a film as ``hingewise analyze`` does, without writing anything."""
    info = probe_video(path)
    track = track_film(info, BlazePose(), n_workers=usable_cores(), on_progress=lambda progress: None)
    return measure_set(track, exercise=None, stature_m=None, name=path.name)


def angle_errors(measured: MeasuredSet, truth: dict[str, Any]) -> list[AngleError]:
    """Compare every angle with the truth, as it is and with both measured from quiet standing."""
    quiet = slice(0, max(1, round(1.0 / np.median(np.diff(measured.track.time_s)))))
    errors = []
    for name in ANGLES:
        true = np.asarray(truth["frames"][f"{name}_deg"], dtype=np.float64)
        found = measured.kinematics.angle_deg[name]
        difference = found - true
        standing = difference + np.median(true[quiet]) if name in ZEROED else difference
        errors.append(
            AngleError(
                name=name,
                bias=_mean(difference),
                mae=_mean(np.abs(difference)),
                p95=float(np.percentile(np.abs(difference)[np.isfinite(difference)], 95))
                if np.isfinite(difference).any()
                else float("nan"),
                mae_from_standing=_mean(np.abs(standing)),
            )
        )
    return errors


def _mean(values: FloatArray) -> float:
    """Mean of what was observed; NaN where nothing was."""
    seen = values[np.isfinite(values)]
    return float(seen.mean()) if seen.size else float("nan")


def limit_errors(measured: MeasuredSet, truth: dict[str, Any]) -> dict[str, list[float]]:
    """Measured minus true time of every phase limit; the end of the last lockout is no event."""
    errors: dict[str, list[float]] = {name: [] for name in LIMITS}
    pairs = list(zip(measured.segmentation.repetitions, truth["repetitions"], strict=False))
    for number, (found, true) in enumerate(pairs, start=1):
        bottom = found.phase(Phase.BOTTOM)
        times = {
            "start_s": found.start_s,
            "bottom_start_s": bottom.start_s if bottom else None,
            "bottom_s": found.bottom_s,
            "bottom_end_s": bottom.end_s if bottom else None,
            "top_s": found.top_s,
            "end_s": found.end_s if number < len(pairs) else None,
        }
        for name, value in times.items():
            if value is not None and true[name] is not None:
                errors[name].append(value - true[name])
    return errors


def films_section(films: list[Path]) -> str:
    """Tables of rendered films against their truth."""
    parts = [
        "## Rendered films, against exact truth",
        f"Made by `{COMMAND} FILM...`; the example is in the repository, the others are rendered with "
        "`python -m hingewise_validation.render`. The truth is the posed body's joint centres. Errors in "
        "degrees over all frames; *from standing* compares knee and hip with both sides measured "
        "from quiet standing, as the product reports them.",
    ]
    for film in films:
        truth = json.loads(film.with_suffix("").with_suffix(".truth.json").read_text("utf-8"))
        measured = measure_film(film)
        rows = [
            [e.name, f"{e.bias:+.1f}", f"{e.mae:.1f}", f"{e.p95:.1f}", f"{e.mae_from_standing:.1f}"]
            for e in angle_errors(measured, truth)
        ]
        limits = limit_errors(measured, truth)
        limit_rows = [
            [name, f"{np.mean(np.abs(values)):.3f}", f"{np.max(np.abs(values)):.3f}", str(len(values))]
            for name, values in limits.items()
            if values
        ]
        found, true = measured.segmentation.n_repetitions, len(truth["repetitions"])
        parts += [
            f"### {film.stem} (camera yaw {truth['camera']['yaw_deg']:.0f}, estimated {measured.view.yaw_deg:.0f})",
            f"Repetitions: {found} of {true}. Recognised as {measured.segmentation.recognition.family}.",
            format_table(["angle", "bias", "MAE", "95 %", "MAE from standing"], rows),
            format_table(["phase limit", "mean error [s]", "largest [s]", "n"], limit_rows),
        ]
    return "\n\n".join(parts)


def clips_section(folder: Path) -> str:
    """Table of the labelled real clips."""
    labels = json.loads((folder / "labels.json").read_text("utf-8"))["clips"]
    rows, exact, worst = [], 0, 0
    for label in sorted(labels, key=lambda c: str(c["file"])):
        measured = measure_film(folder / label["file"])
        found = measured.segmentation
        exact += found.n_repetitions == label["reps"]
        worst = max(worst, abs(found.n_repetitions - label["reps"]))
        rows.append(
            [
                label["file"],
                str(label["reps"]),
                str(found.n_repetitions),
                str(found.n_partial),
                label["pattern"],
                str(found.recognition.family),
                label["view"],
                f"{measured.view.yaw_deg:.0f}",
            ]
        )
    header = ["clip", "label", "counted", "partial", "pattern", "recognised", "view", "yaw est."]
    return "\n\n".join(
        [
            "## Real clips: repetitions and families",
            f"Made by `{COMMAND}`. Exact on {exact} of {len(rows)}; never off by more than {worst}. "
            "The kettlebell clip begins and ends in the middle of a swing: its label says 2 to 3.",
            format_table(header, rows),
        ]
    )


def main() -> None:
    """Measure and rewrite the sections of docs/accuracy.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("films", nargs="*", type=Path, help="more rendered films with .truth.json")
    parser.add_argument("--clips", type=Path, default=CLIPS, help="folder of labelled clips")
    options = parser.parse_args()
    write_section(DOCUMENT, "films", films_section([EXAMPLE, *options.films]), title="Accuracy")
    if (options.clips / "labels.json").exists():
        write_section(DOCUMENT, "clips", clips_section(options.clips), title="Accuracy")


if __name__ == "__main__":
    main()
