"""Sets with somebody walking through: ``python -m hingewise_validation.passers_by`` writes them into docs/accuracy.md.

Somebody is cut out of the walking film by the network's own body mask and put in front of lifters, at other times,
larger and smaller, walking past or stopping there. What was counted without them must be counted with them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from hingewise.app.measure_set import MeasuredSet
from hingewise.capture.blazepose import BlazePose
from hingewise.capture.decoding import read_pictures
from hingewise.capture.interpreter import LANDMARK_MODEL, Network
from hingewise.capture.reading import INPUT_SIZE_PX
from hingewise.capture.region import Region, region_from_circle
from hingewise.capture.video import probe_video
from hingewise.capture.workers import track_chunks
from hingewise.pose.tracklets import Tracklet
from hingewise.repetitions.types import Repetition
from numpy.typing import NDArray

from hingewise_validation.accuracy import CLIPS, DOCUMENT, EXAMPLE, measure_film
from hingewise_validation.bench_document import format_table, write_section
from hingewise_validation.bench_films import cached

ByteArray = NDArray[np.uint8]
FloatArray = NDArray[np.float64]

COMMAND = "python -m hingewise_validation.passers_by"
WALK = "negative_walk_side_01.mp4"
SETS = (
    "deadlift_side_correct_12.mp4",
    "deadlift_side_correct_13.mp4",
    "squat_bw_side_01.mp4",
    "squat_bw_side_05.mp4",
)
FILMS = Path("build/passers_by")

WAY_S = 2.5
"""From one edge of the picture to the other."""

STOP_S = 2.5
TICK = Fraction(1, 90_000)
ENCODING = {"preset": "veryfast", "crf": "20", "bf": "0"}
HIDDEN_S = 0.25
"""A way up this short before or after the lifter is hidden need not be found."""

SAME_S = 0.5
"""A lockout reached within this time of one that was found without the passer-by is that one."""

CUT_OUT_HEIGHT_PX = 600

_CIRCLE_SHARE = 0.75
"""Radius of the circle around a body, of the distance from head to feet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passer:
    """How somebody passes: when they enter (share of the film), how tall (of the picture), if they stop half-way."""

    enters: float
    height: float
    stops: bool


PASSERS = (
    *(Passer(enters=enters, height=height, stops=False) for enters in (0.25, 0.5, 0.75) for height in (0.8, 1.05)),
    *(Passer(enters=enters, height=0.95, stops=True) for enters in (0.3, 0.6)),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CutOut:
    """Somebody walking to the right, cut out: pictures with their opacity as fourth channel, evenly in time."""

    pictures: tuple[ByteArray, ...]
    rate_hz: float

    def at(self, time_s: float) -> ByteArray:
        """The picture of a moment; the walk goes to and fro."""
        lap = 2 * len(self.pictures) - 2
        number = int(time_s * self.rate_hz) % lap
        return self.pictures[min(number, lap - number)]


def cut_out(film: Path) -> CutOut:
    """Cut out whoever walks furthest through a film, from the frames in which all of them is in the picture."""
    info = probe_video(film)
    network = Network(LANDMARK_MODEL)
    width, height = info.size_px
    walk = _longest_walk(film)
    box = dict(zip(walk.frame.tolist(), _boxes(walk).tolist(), strict=True))
    pictures = []
    for index, picture in read_pictures(info, int(walk.frame[0]), int(walk.frame[-1]) + 1):
        x0, y0, x1, y1 = box.get(index, (-1.0, 0.0, 0.0, 0.0))
        if not (x0 > 0 and x1 < width and y1 < height):
            continue
        rgb = picture.to_rgb(width, height)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        region = region_from_circle(x, y, x, y - _CIRCLE_SHARE * (y1 - y0))
        crop = picture.crop(region.to_picture(), INPUT_SIZE_PX, replicate=True)
        opacity = _opacity(network, rgb, region, crop)
        columns, rows = np.flatnonzero(opacity.any(axis=0)), np.flatnonzero(opacity.any(axis=1))
        if columns.size and rows.size:
            part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
            pictures.append(_resized(np.dstack([rgb[part], opacity[part]]), CUT_OUT_HEIGHT_PX))
    if len(pictures) < 2:
        raise ValueError(f"{film}: expected somebody walking through, found {len(pictures)} whole pictures of them.")
    x_px = walk.position_px[:, :, 0].mean(axis=1)
    turned = pictures if x_px[-1] > x_px[0] else [np.ascontiguousarray(p[:, ::-1]) for p in pictures]
    return CutOut(pictures=tuple(turned), rate_hz=info.nominal_rate_hz)


def _longest_walk(film: Path) -> Tracklet:
    """Whoever gets furthest sideways, in heights of their own."""
    chunks = track_chunks(probe_video(film), BlazePose(), n_workers=1, on_progress=lambda progress: None)
    return max((tracklet for chunk in chunks for tracklet in chunk.tracklets), key=_way)


def _way(tracklet: Tracklet) -> float:
    x_px = tracklet.position_px[:, :, 0].mean(axis=1)
    return float(np.ptp(x_px) / np.median(np.ptp(tracklet.position_px[:, :, 1], axis=1)))


def _boxes(tracklet: Tracklet) -> FloatArray:
    """Box around the body in each frame. Shape (N, 4): x0, y0, x1, y1."""
    points = tracklet.position_px.astype(np.float64)
    low, high = points.min(axis=1), points.max(axis=1)
    margin = 0.05 * (high[:, 1:] - low[:, 1:])
    return np.hstack([low - margin, high + margin])


def _opacity(network: Network, rgb: ByteArray, region: Region, crop: ByteArray) -> ByteArray:
    """Where the body is, from the network's mask. Shape (H, W), 0-255."""
    mask = network.run(crop)[2][0, :, :, 0].astype(np.float64)
    from_mask = region.to_picture() / [INPUT_SIZE_PX, INPUT_SIZE_PX, 1.0]
    size = (rgb.shape[1], rgb.shape[0])
    logit = cv2.warpAffine(mask, from_mask, size, borderMode=cv2.BORDER_CONSTANT, borderValue=-9)
    opacity = 255.0 / (1.0 + np.exp(np.clip(-4.0 * logit, -80.0, 80.0)))
    return np.where(opacity < 8, 0, opacity).astype(np.uint8)


def place(passer: Passer, time_s: float, duration_s: float) -> float | None:
    """How far a passer-by is on the way from edge to edge (0 to 1), or None while not in the picture."""
    since_s = time_s - passer.enters * duration_s
    if passer.stops:
        if since_s > WAY_S / 2:
            since_s = max(WAY_S / 2, since_s - STOP_S)
    return since_s / WAY_S if 0.0 <= since_s <= WAY_S else None


def write_passed(source: Path, target: Path, walker: CutOut, passer: Passer) -> None:
    """Write a film again, with its own times, and somebody who passes in front."""
    info = probe_video(source)
    width, height = (length - length % 2 for length in info.size_px)
    with av.open(str(target), "w") as container:
        stream = container.add_stream("libx264", rate=round(info.nominal_rate_hz), options=ENCODING)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = stream.codec_context.time_base = TICK
        for index, picture in read_pictures(info, 0, info.n_frames):
            rgb = picture.to_rgb(*info.size_px)[:height, :width].copy()
            time_s = float(info.time_s[index])
            share = place(passer, time_s, info.duration_s)
            if share is not None:
                _lay_over(rgb, walker.at(time_s), passer.height, share)
            frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            frame.pts, frame.time_base = round(time_s / TICK), TICK
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _resized(picture: ByteArray, height_px: int) -> ByteArray:
    size = (max(1, round(picture.shape[1] * height_px / picture.shape[0])), height_px)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _columns(walker: ByteArray, height_px: int, share: float, width_px: int) -> tuple[int, int]:
    """First column of somebody this far on the way, and the one after the last; either may be outside."""
    width = round(walker.shape[1] * height_px / walker.shape[0])
    left = round(share * (width_px + width)) - width
    return left, left + width


def _lay_over(rgb: ByteArray, walker: ByteArray, height_share: float, share: float) -> None:
    """Put the walker into a picture, feet at its lower edge or below it."""
    height, width = rgb.shape[:2]
    tall = round(height_share * height)
    left, right = _columns(walker, tall, share, width)
    top = max(0, height - tall)
    x0, x1 = max(0, left), min(width, right)
    if x0 >= x1:
        return
    part = _resized(walker, tall)[: height - top, x0 - left : x1 - left].astype(np.float64)
    opacity = part[..., 3:] / 255.0
    below = rgb[top:, x0:x1]
    below[:] = np.rint(opacity * part[..., :3] + (1.0 - opacity) * below).astype(np.uint8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the repetitions that can be seen: of how many, how many were found, and how many that are none."""

    expected: int
    found: int
    invented: int

    @property
    def whole(self) -> bool:
        """Whether everything is as without the passer-by."""
        return self.found == self.expected and self.invented == 0


def compare(alone: MeasuredSet, passed: MeasuredSet, hidden_s: tuple[float, float] | None) -> Outcome:
    """Compare complete repetitions with and without a passer-by who hides the lifter from one time to another."""
    before, after = _complete(alone), _complete(passed)
    low, high = hidden_s or (np.inf, -np.inf)
    in_sight = [r for r in before if r.top_s < low - HIDDEN_S or r.bottom_s > high + HIDDEN_S]
    return Outcome(
        expected=len(in_sight),
        found=sum(any(abs(r.top_s - other.top_s) <= SAME_S for other in after) for r in in_sight),
        invented=sum(not any(_meet(r, other) for other in before) for r in after),
    )


def _meet(a: Repetition, b: Repetition) -> bool:
    """Whether both come up at the same time, for a part of their way at least."""
    return a.bottom_s <= b.top_s and b.bottom_s <= a.top_s


def _complete(measured: MeasuredSet) -> list[Repetition]:
    return [repetition for repetition in measured.segmentation.repetitions if not repetition.partial]


def hidden(alone: MeasuredSet, walker: CutOut, passer: Passer) -> tuple[float, float] | None:
    """From when to when a passer-by stands before the middle of the lifter's hips."""
    track = alone.track
    width, height = track.image_size_px
    hip = (track.keypoint("left_hip")[:, 0] + track.keypoint("right_hip")[:, 0]) / 2
    duration_s = float(track.time_s[-1] + np.median(np.diff(track.time_s)))
    times = []
    for time_s, x in zip(track.time_s.tolist(), hip.tolist(), strict=True):
        share = place(passer, time_s, duration_s)
        if share is not None:
            left, right = _columns(walker.at(time_s), round(passer.height * height), share, width)
            times += [time_s] if left <= x < right else []
    return (times[0], times[-1]) if times else None


def main() -> None:
    """Make the films that are missing, measure all, and rewrite the section of docs/accuracy.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--clips", type=Path, default=CLIPS, help="folder of the labelled clips")
    options = parser.parse_args()
    walker = cut_out(options.clips / WALK)
    rows, outcomes = [], []
    for source in (EXAMPLE, *(options.clips / name for name in SETS)):
        alone = measure_film(source)
        for number, passer in enumerate(PASSERS):
            film = cached(FILMS / f"{source.stem}_{number}.mp4", _maker(source, walker, passer))
            span = hidden(alone, walker, passer)
            outcome = compare(alone, measure_film(film), span)
            outcomes.append(outcome)
            how = "stops" if passer.stops else "passes"
            rows.append(
                [
                    source.stem,
                    f"{how}, {passer.height:.2f}",
                    f"{span[0]:.1f}-{span[1]:.1f}" if span else "-",
                    str(len(_complete(alone))),
                    str(outcome.expected),
                    str(outcome.found),
                    str(outcome.invented),
                ]
            )
    write_section(DOCUMENT, "passers", _section(rows, outcomes), title="Accuracy")


def _maker(source: Path, walker: CutOut, passer: Passer) -> Callable[[Path], None]:
    return lambda target: write_passed(source, target, walker, passer)


def _section(rows: list[list[str]], outcomes: list[Outcome]) -> str:
    whole = sum(outcome.whole for outcome in outcomes)
    expected, found = sum(o.expected for o in outcomes), sum(o.found for o in outcomes)
    header = ["set", "passer-by, height", "hidden [s]", "complete", "in sight", "found", "invented"]
    return "\n\n".join(
        [
            "## Somebody walks through",
            f"Made by `{COMMAND}`: somebody cut out of the walking film passes in front of the lifter, or stops there "
            f"for {STOP_S:g} s. *Height* is a share of the picture's; *hidden* is when the lifter's hips are behind "
            "them; *in sight* are the complete repetitions whose way up is not hidden, which must be found at the same "
            "time; *invented* are complete ones that are none without the passer-by.",
            f"All as it should be in {whole} of {len(outcomes)} films; found {found} of {expected} repetitions, "
            f"invented {sum(o.invented for o in outcomes)}.",
            format_table(header, rows),
        ]
    )


if __name__ == "__main__":
    main()
