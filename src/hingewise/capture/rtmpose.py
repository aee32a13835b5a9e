"""RTMPose with HALPE_26 keypoints, through the extra package rtmlib.

Its model files are not ours to give away, and nothing is downloaded at run time: the user names a
folder that holds them. It sees neither depth nor a body mask, so there is no outline of the back.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.util
import io
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from hingewise.capture.picture import ByteArray, Picture
from hingewise.errors import EstimatorUnavailable, OptionError
from hingewise.pose.dorsal import N_CONTOUR_POINTS
from hingewise.pose.skeletons import HALPE26_KEYPOINTS
from hingewise.pose.track import EstimatorInfo
from hingewise.pose.tracklets import Tracklet
from hingewise.units import FloatArray

PACKAGES = ("rtmlib", "onnxruntime")
INSTALL = 'pip install "hingewise[rtmpose]"'

MAX_PEOPLE = 3
DETECT_EVERY_FRAMES = 12
MAX_SIDE_PX = 1280
"""The networks look at 640 pixels at most; more only costs time."""

SAME_PERSON_OVERLAP = 0.3
BOX_MARGIN_SHARE = 0.1
MIN_CONFIDENCE = 0.3
"""Trunk and legs seen less surely than this are no person."""

_BODY = tuple(
    HALPE26_KEYPOINTS.index(f"{side}_{landmark}")
    for side in ("left", "right")
    for landmark in ("shoulder", "hip", "knee", "ankle")
)
_SMALL_DETECTOR_PX, _DETECTOR_PX = 416, 640
_MODEL_WORDS = (("yolox",), ("rtmpose", "halpe26"))
"""What the paths of the detector and of the pose model hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RtmPose:
    """RTMPose on the models in a folder of the user's: one YOLOX detector, one HALPE_26 model."""

    model_folder: Path

    @property
    def info(self) -> EstimatorInfo:
        """Name and hash of the pose model."""
        digest = hashlib.sha256(self.find_models()[1].read_bytes()).hexdigest()
        return EstimatorInfo(name="rtmpose-halpe26", version="1", model_sha256=digest)

    @property
    def keypoints(self) -> tuple[str, ...]:
        """The 26 HALPE points."""
        return HALPE26_KEYPOINTS

    def check(self) -> None:
        """Say at once what is missing. Nothing is loaded: its threads would forbid forking.

        Raises
        ------
        OptionError
            If the folder does not hold the two models.
        EstimatorUnavailable
            If the extra is not installed.
        """
        self.find_models()
        for package in PACKAGES:
            if importlib.util.find_spec(package) is None:
                raise _unavailable(package, "is not installed")

    def find_models(self) -> tuple[Path, Path]:
        """Return the files of the detector and of the pose model.

        Raises
        ------
        OptionError
            If the folder does not hold one of each.
        """
        paths = sorted(self.model_folder.rglob("*.onnx"))
        found = [
            [path for path in paths if all(word in self._place(path) for word in words)]
            for words in _MODEL_WORDS
        ]
        counts = [len(files) for files in found]
        if counts != [1, 1]:
            there = self.model_folder.is_dir()
            raise OptionError(
                f"{self.model_folder}: expected a folder with one yolox*.onnx (finds people) and "
                "one rtmpose*halpe26*.onnx (finds their 26 keypoints), found "
                f"{f'{counts[0]} and {counts[1]} of them' if there else 'no folder there'}.",
                hint="Put both there under their original names, from rtmlib's model zoo: "
                "hingewise downloads nothing.",
            )
        return found[0][0], found[1][0]

    def make_tracker(self) -> RtmTracker:
        """A tracker that loads both networks with its first picture.

        Not before, because an error while a worker starts would not reach the user.
        """
        return RtmTracker(self._load_networks)

    def _load_networks(self) -> tuple[Any, Any]:
        rtmlib = _import_extra("rtmlib")
        detector, pose = self.find_models()
        small = any(word in self._place(detector) for word in ("tiny", "nano"))
        side = _SMALL_DETECTOR_PX if small else _DETECTOR_PX
        return (
            _load(rtmlib.YOLOX, detector, (side, side)),
            _load(rtmlib.RTMPose, pose, _pose_input_size(self._place(pose))),
        )

    def _place(self, path: Path) -> str:
        """Where a model lies in the folder: an unpacked archive names its folder, not its file."""
        return str(path.relative_to(self.model_folder)).lower()


@dataclass(slots=True)
class _Followed:
    """One person while being followed (changes from frame to frame)."""

    box: FloatArray
    frames: list[int] = field(default_factory=list)
    points: list[FloatArray] = field(default_factory=list)
    scores: list[FloatArray] = field(default_factory=list)

    def to_tracklet(self) -> Tracklet:
        n_frames, k = len(self.frames), len(HALPE26_KEYPOINTS)
        return Tracklet(
            frame=np.asarray(self.frames, dtype=np.int64),
            position_px=np.stack(self.points).astype(np.float32),
            confidence=np.stack(self.scores).astype(np.float32),
            world_m=np.full((n_frames, k, 3), np.nan, np.float32),
            silhouette_px=np.full((n_frames, 2, N_CONTOUR_POINTS, 2), np.nan, np.float32),
            keypoints=HALPE26_KEYPOINTS,
        )


class RtmTracker:
    """Detects people now and then, and follows each by the box around their own keypoints."""

    def __init__(self, load: Callable[[], tuple[Any, Any]]) -> None:
        self._load = load
        self._detector: Any = None
        self._pose: Any = None

    def track(
        self, pictures: Iterable[tuple[int, Picture]], *, outline_every: int = 1
    ) -> list[Tracklet]:
        """Return everybody seen in these pictures, in the order they were lost, without outlines.

        Raises
        ------
        EstimatorUnavailable
            If the extra cannot be loaded.
        OptionError
            If a model cannot be used.
        """
        del outline_every
        if self._pose is None:
            self._detector, self._pose = self._load()
        active: list[_Followed] = []
        done: list[_Followed] = []
        last_search: int | None = None
        for index, picture in pictures:
            image, scale = _to_image(picture)
            if last_search is None or not active or index - last_search >= DETECT_EVERY_FRAMES:
                active += self._find_new(image, scale, active)
                last_search = index
            active, lost = self._advance(active, index, image, scale)
            done += lost
        return [person.to_tracklet() for person in done + active if person.frames]

    def _find_new(
        self, image: ByteArray, scale: FloatArray, active: list[_Followed]
    ) -> list[_Followed]:
        boxes = np.asarray(self._detector(image), dtype=np.float64).reshape(-1, 4)
        found: list[_Followed] = []
        for box in boxes * np.tile(scale, 2):
            known = [person.box for person in active + found]
            if len(known) < MAX_PEOPLE and not _is_known(box, known):
                found.append(_Followed(box=box))
        return found

    def _advance(
        self, active: list[_Followed], index: int, image: ByteArray, scale: FloatArray
    ) -> tuple[list[_Followed], list[_Followed]]:
        if not active:
            return [], []
        boxes = [person.box / np.tile(scale, 2) for person in active]
        points, scores = self._pose(image, bboxes=boxes)
        kept: list[_Followed] = []
        lost: list[_Followed] = []
        for person, point, score in zip(active, points, scores, strict=True):
            place = np.asarray(point, dtype=np.float64) * scale
            sure = np.clip(np.asarray(score, dtype=np.float64), 0.0, 1.0)
            box = _box_around(place[sure >= MIN_CONFIDENCE])
            seen = sure[list(_BODY)].mean() >= MIN_CONFIDENCE and box is not None
            if box is None or not seen or _is_known(box, [other.box for other in kept]):
                lost.append(person)
                continue
            person.box = box
            person.frames.append(index)
            person.points.append(place)
            person.scores.append(sure)
            kept.append(person)
        return kept, lost


def _import_extra(name: str) -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise _unavailable(name, f"cannot be loaded ({error})") from error


def _unavailable(package: str, why: str) -> EstimatorUnavailable:
    return EstimatorUnavailable(
        f"RTMPose needs the extra package {package}, which {why}.",
        hint=f"Install it with: {INSTALL}.",
    )


def _load(kind: Any, path: Path, input_size: tuple[int, int]) -> Any:
    """Make one of rtmlib's networks, quietly, on one thread (workers compete), and try it."""
    runtime = _import_extra("onnxruntime")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            network = kind(
                str(path), model_input_size=input_size, backend="onnxruntime", device="cpu"
            )
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        network.session = runtime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        network(np.zeros((64, 64, 3), np.uint8))
    except Exception as error:  # the runtime's own errors have no other class in common
        reason = " ".join(str(error).replace(str(path), path.name).split())[:160]
        raise OptionError(
            f"{path.name}: expected an ONNX model of rtmlib's model zoo, got one that cannot be "
            f"used ({reason}).",
            hint="Get it again.",
        ) from error
    return network


def _pose_input_size(place: str) -> tuple[int, int]:
    """Width and height from a name such as ...-256x192-... (height first)."""
    sizes = re.findall(r"(?<![0-9])(\d{3})x(\d{3})(?![0-9])", place)
    return (int(sizes[-1][1]), int(sizes[-1][0])) if sizes else (192, 256)


def _to_image(picture: Picture) -> tuple[ByteArray, FloatArray]:
    """BGR image as rtmlib wants it, and the upright pixels of one of its own."""
    width, height = picture.upright_size_px
    factor = min(1.0, MAX_SIDE_PX / max(width, height))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    image = np.ascontiguousarray(picture.to_rgb(*size)[:, :, ::-1])
    return image, np.array([width / size[0], height / size[1]])


def _box_around(points: FloatArray) -> FloatArray | None:
    if points.shape[0] < 2:
        return None
    low, high = points.min(axis=0), points.max(axis=0)
    margin = BOX_MARGIN_SHARE * (high - low).max()
    return np.concatenate([low - margin, high + margin])


def _is_known(box: FloatArray, known: list[FloatArray]) -> bool:
    return any(_overlap(box, other) > SAME_PERSON_OVERLAP for other in known)


def _overlap(a: FloatArray, b: FloatArray) -> float:
    low, high = np.maximum(a[:2], b[:2]), np.minimum(a[2:], b[2:])
    shared = float(np.prod(np.maximum(0.0, high - low)))
    union = float(np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2])) - shared
    return shared / union if union > 0 else 0.0
