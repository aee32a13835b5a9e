"""Our landmarks against MediaPipe's, frame by frame (runs in hingewise's environment).

Usage: python compare.py --reference FOLDER [--document docs/accuracy.md] FILM...

FOLDER holds what ``reference.py`` wrote. Prints one line per film, and the whole table into the document's
section ``parity``.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from hingewise.capture.decoding import read_pictures
from hingewise.capture.detector import PersonDetector
from hingewise.capture.interpreter import DETECTOR_MODEL, LANDMARK_MODEL, Network
from hingewise.capture.landmarker import Landmarker, PersonPose
from hingewise.capture.picture import Picture
from hingewise.capture.region import Region
from hingewise.capture.tracking import ChunkTracker
from hingewise.capture.video import VideoInfo, probe_video
from hingewise.capture.workers import cut_into_chunks

from hingewise_validation.bench_document import format_table, write_section
from hingewise_validation.bench_parity import Parity, compare_landmarks, compare_masks

MAX_MEDIAN = 0.02
"""The bar: median distance over all landmarks, as a share of the body's height."""

HEADER = [
    "film", "frames", "found: MediaPipe", "ours", "both", "median", "95 %",
    "joints, median", "95 %", "deep frames", "deep, median", "95 %", "mask IoU",
]  # fmt: skip


class MaskKeeper(Network):
    """A network that keeps its last body mask."""

    mask: npt.NDArray[np.float32]

    def run(self, crop: npt.NDArray[np.uint8]) -> list[npt.NDArray[np.float32]]:
        """Run, and keep a copy of the mask."""
        outputs = super().run(crop)
        self.mask = outputs[2][0, :, :, 0].copy()
        return outputs


class Recorder(Landmarker):
    """A landmarker that keeps the masks of the wanted frames, laid over the upright picture."""

    def __init__(self, wanted: set[int]) -> None:
        """Keep the masks of these frames."""
        self._keeper = MaskKeeper(LANDMARK_MODEL)
        super().__init__(self._keeper)
        self._wanted = wanted
        self._frame = -1
        self.masks: dict[int, list[npt.NDArray[np.bool_]]] = defaultdict(list)

    def measure(self, picture: Picture, region: Region, *, with_outline: bool = True) -> PersonPose | None:
        """Measure, and keep the mask of a wanted frame."""
        pose = super().measure(picture, region, with_outline=with_outline)
        if pose is not None and self._frame in self._wanted:
            self.masks[self._frame].append(unwarp_mask(self._keeper.mask, region, picture.upright_size_px))
        return pose

    def watch(self, pictures: Iterator[tuple[int, Picture]]) -> Iterator[tuple[int, Picture]]:
        """Pass pictures on and note which one is being worked on."""
        for index, picture in pictures:
            self._frame = index
            yield index, picture


def unwarp_mask(logits: npt.NDArray[np.float32], region: Region, size_px: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """Lay the mask of a region back over the upright picture, as MediaPipe does."""
    to_picture = region.to_picture() @ np.diag([1.0 / logits.shape[1], 1.0 / logits.shape[0], 1.0])
    share = 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))
    return np.asarray(cv2.warpAffine(share, to_picture, size_px, flags=cv2.INTER_LINEAR) > 0.5)


def measure_film(info: VideoInfo, wanted: set[int]) -> tuple[npt.NDArray[np.float64], Recorder]:
    """Follow everybody through a film. Shape (P, T, 33, 2)."""
    recorder = Recorder(wanted)
    tracker = ChunkTracker(PersonDetector(Network(DETECTOR_MODEL)), recorder)
    people: list[npt.NDArray[np.float64]] = []
    for start, end in itertools.pairwise(cut_into_chunks(info.n_frames)):
        for number, tracklet in enumerate(tracker.track(recorder.watch(read_pictures(info, start, end)))):
            if number == len(people):
                people.append(np.full((info.n_frames, 33, 2), np.nan))
            people[number][tracklet.frame] = tracklet.position_px
    return np.stack(people) if people else np.full((1, info.n_frames, 33, 2), np.nan), recorder


def compare_film(film: Path, reference: dict[str, npt.NDArray[np.generic]]) -> Parity:
    """Compare one film with its reference."""
    info = probe_video(film)
    index = np.searchsorted(reference["pts"], info.pts)
    if not np.array_equal(reference["pts"][np.minimum(index, reference["pts"].size - 1)], info.pts):
        raise ValueError(f"{film.name}: the two sides decoded different frames; delete the reference and run again.")
    theirs = reference["position_px"][index].astype(np.float64)
    ours_of = {int(frame): number for number, frame in enumerate(index)}
    shown = {
        ours_of[int(frame)]: bits
        for frame, bits in zip(reference["mask_frame"], reference["mask_bits"], strict=True)
        if int(frame) in ours_of
    }
    people, recorder = measure_film(info, set(shown))
    ious = [
        max(compare_masks(mine, unpack_mask(bits, info.size_px)) for mine in recorder.masks[frame])
        for frame, bits in shown.items()
        if frame in recorder.masks
    ]
    seen = np.asarray(np.isfinite(people[:, :, 0, 0]).any(axis=0))
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
no smoothing of landmarks) and through our own reading of the same model files. Distances are shares of the body's
height (the larger side of the landmarks' box, 95th percentile over the film); *joints* are shoulders, elbows,
wrists, hips, knees and ankles; *deep* frames are those whose trunk is inclined by more than 60 degrees. Where we
follow several people, the one nearest to MediaPipe's is compared.

The bar is a median of at most {100 * MAX_MEDIAN:.0f} % on every film: kept on {n_kept} of {n_films}.

{table}

The two find the same landmarks where the model is sure. They part where it is not: far limbs in oblique views, joints
behind plates, and frames in which MediaPipe follows somebody else (the walking film).

One thing differs on purpose: MediaPipe holds the region it looks at still (a One-Euro filter, always on, also when
the smoothing of landmarks is off), we look anew in every frame. The same filter in our path halves the median
distance, yet makes the angles of the example film, which are known, no better: a held region turns the network's
noise into an offset that stays until the lifter moves, a free one into noise that the filter of the angles takes away.
The rest is how sensitive the network is to crops that differ by a fraction of a pixel."""


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
