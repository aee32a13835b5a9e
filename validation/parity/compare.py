"""Our landmarks against MediaPipe's, frame by frame (runs in hingewise's environment).

Usage: python compare.py --reference FOLDER [--document docs/accuracy.md] FILM...

FOLDER holds what ``reference.py`` wrote. Prints one line per film, and the whole table into the document's
section ``parity``.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from hingewise.capture.detector import PersonDetector
from hingewise.capture.interpreter import DETECTOR_MODEL, LANDMARK_MODEL, Network
from hingewise.capture.landmarker import Landmarker, PersonPose
from hingewise.capture.picture import Picture
from hingewise.capture.region import Region
from hingewise.capture.tracking import ChunkTracker
from hingewise.capture.video import VideoInfo, probe_video, read_pictures

from hingewise_validation.bench_document import format_table, write_section
from hingewise_validation.bench_parity import Parity, compare_landmarks, compare_masks

CHUNK_FRAMES = 96
MAX_MEDIAN = 0.02
"""The bar: median distance over all landmarks, as a share of the body's height."""

HEADER = [
    "film", "frames", "found: MediaPipe", "ours", "both", "median", "95 %",
    "joints, median", "95 %", "deep frames", "deep, median", "95 %", "mask IoU",
]  # fmt: skip


class RecordingNetwork(Network):
    """A network that keeps its last body mask."""

    mask: npt.NDArray[np.float32]

    def run(self, value: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
        """Run, and keep a copy of the mask."""
        outputs = super().run(value)
        self.mask = outputs[2][0, :, :, 0].copy()
        return outputs


@dataclass(slots=True)
class RecordingLandmarker(Landmarker):
    """A landmarker that keeps the masks it saw in the wanted frames, in upright pixels."""

    network: RecordingNetwork
    wanted: set[int] = field(default_factory=set)
    frame: int = -1
    masks: dict[int, list[npt.NDArray[np.bool_]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        Landmarker.__init__(self, self.network)

    def measure(self, picture: Picture, region: Region) -> PersonPose | None:
        """Measure, and keep the mask of a wanted frame."""
        pose = Landmarker.measure(self, picture, region)
        if pose is not None and self.frame in self.wanted:
            self.masks.setdefault(self.frame, []).append(
                unwarp_mask(self.network.mask, region, picture.upright_size_px)
            )
        return pose

    def watch(self, pictures: Iterator[tuple[int, Picture]]) -> Iterator[tuple[int, Picture]]:
        """Pass pictures on and note which one is being worked on."""
        for self.frame, picture in pictures:
            yield self.frame, picture


def unwarp_mask(logits: npt.NDArray[np.float32], region: Region, size_px: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """Lay the mask of a region back over the upright picture, as MediaPipe does."""
    to_picture = region.to_picture() @ np.diag([1.0 / logits.shape[1], 1.0 / logits.shape[0], 1.0])
    share = 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))
    return np.asarray(cv2.warpAffine(share, to_picture, size_px, flags=cv2.INTER_LINEAR) > 0.5)


def measure_film(info: VideoInfo, wanted: set[int]) -> tuple[npt.NDArray[np.float64], RecordingLandmarker]:
    """Follow everybody through a film. Shape (P, T, 33, 2)."""
    landmarker = RecordingLandmarker(RecordingNetwork(LANDMARK_MODEL), wanted)
    tracker = ChunkTracker(PersonDetector(Network(DETECTOR_MODEL)), landmarker)
    people: list[npt.NDArray[np.float64]] = []
    for start in range(0, info.n_frames, CHUNK_FRAMES):
        end = min(start + CHUNK_FRAMES, info.n_frames)
        for number, tracklet in enumerate(tracker.track(landmarker.watch(read_pictures(info, start, end)))):
            if number == len(people):
                people.append(np.full((info.n_frames, 33, 2), np.nan))
            people[number][tracklet.frame] = tracklet.position_px
    return np.stack(people) if people else np.full((1, info.n_frames, 33, 2), np.nan), landmarker


def compare_film(film: Path, reference: dict[str, npt.NDArray[np.generic]]) -> Parity:
    """Compare one film with its reference."""
    info = probe_video(film)
    index = np.searchsorted(reference["pts"], info.pts)
    if not np.array_equal(reference["pts"][np.minimum(index, reference["pts"].size - 1)], info.pts):
        raise ValueError(f"{film.name}: the two sides decoded different frames; delete the reference and run again.")
    theirs = reference["position_px"][index].astype(np.float64)
    shown = {int(np.flatnonzero(index == frame)[0]): bits for frame, bits in
             zip(reference["mask_frame"], reference["mask_bits"], strict=True) if frame in index}  # fmt: skip
    people, landmarker = measure_film(info, set(shown))
    ious = [
        max(compare_masks(mine, unpack_mask(bits, info.size_px)) for mine in landmarker.masks[frame])
        for frame, bits in shown.items()
        if frame in landmarker.masks
    ]
    seen = np.isfinite(people[:, :, 0, 0]).any(axis=0)
    return compare_landmarks(people, theirs, seen=seen, mask_ious=np.asarray(ious))


def unpack_mask(bits: npt.NDArray[np.uint8], size_px: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """Return a stored mask as an array (height, width)."""
    width, height = size_px
    return np.unpackbits(bits, count=width * height).reshape(height, width).astype(bool)


def format_row(name: str, parity: Parity) -> list[str]:
    """One line of the table."""
    shares = [parity.median, parity.p95, parity.joints_median, parity.joints_p95]
    deep = [parity.deep_median, parity.deep_p95]
    return [
        name,
        str(parity.n_frames),
        *(f"{100 * value:.0f} %" for value in (parity.reference_fraction, parity.ours_fraction, parity.both_fraction)),
        *(f"{100 * value:.2f} %" for value in shares),
        f"{100 * parity.deep_fraction:.0f} %",
        *("-" if np.isnan(value) else f"{100 * value:.2f} %" for value in deep),
        f"{parity.mask_iou:.3f}",
    ]


def describe(table: str, n_kept: int, n_films: int) -> str:
    """The section of the document."""
    return f"""## Landmarks against MediaPipe

Made by `validation/parity/run.sh`. The same frames go through MediaPipe 0.10.21 (`solutions.pose`, model 1,
no smoothing of landmarks) and through our own reading of the same model files. Distances are shares of the body's height
(the larger side of the landmarks' box, 95th percentile over the film); *joints* are shoulders, elbows,
wrists, hips, knees and ankles; *deep* frames are those whose trunk is inclined by more than 60 degrees. Where we
follow several people, the one nearest to MediaPipe's is compared.

The bar is a median of at most {100 * MAX_MEDIAN:.0f} % on every film: kept on {n_kept} of {n_films}.

{table}

MediaPipe always smooths the region it looks at over time (One-Euro filter), also when the smoothing of landmarks
is off; we start each chunk of {CHUNK_FRAMES} frames afresh. On still bodies the two crops differ by a pixel or two."""


def main() -> int:
    """Compare all films; the exit code says whether the bar was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("films", nargs="+", type=Path)
    parser.add_argument("--reference", type=Path, required=True)
    parser.add_argument("--document", type=Path)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    results: dict[str, Parity] = {}
    sys.stdout.write(format_table(HEADER, []) + "\n")
    for film in options.films:
        with np.load(options.reference / f"{film.stem}.npz") as reference:
            results[film.name] = compare_film(film, dict(reference))
        sys.stdout.write("| " + " | ".join(format_row(film.name, results[film.name])) + " |\n")
        sys.stdout.flush()
    kept = [parity.median <= MAX_MEDIAN for parity in results.values()]
    if options.document:
        table = format_table(HEADER, list(itertools.starmap(format_row, results.items())))
        body = describe(table, sum(kept), len(kept))
        write_section(options.document, "parity", body, title="Accuracy")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
