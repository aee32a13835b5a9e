"""RTMPose with HALPE_26 keypoints, through the extra package rtmlib.

Its model files are not ours to give away, and nothing is downloaded at run time: the user names a
folder that holds them. It sees neither depth nor a body mask, so there is no outline of the back.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from hingewise.capture.picture import ByteArray, Picture
from hingewise.errors import EstimatorError, EstimatorUnavailable
from hingewise.pose.dorsal import N_CONTOUR_POINTS
from hingewise.pose.people import Tracklet
from hingewise.pose.skeletons import HALPE26_KEYPOINTS
from hingewise.pose.track import EstimatorInfo
from hingewise.units import FloatArray

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
_TINY_DETECTOR_PX, _DETECTOR_PX = 416, 640


@dataclass(frozen=True, slots=True, kw_only=True)
class RtmPose:
    """RTMPose on the models in a folder of the user's: one YOLOX detector, one HALPE_26 model."""

    model_folder: Path

    @property
    def info(self) -> EstimatorInfo:
        """Name and hash of the pose model."""
        path = self._model("rtmpose", "halpe26")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return EstimatorInfo(name="rtmpose-halpe26", version="1", model_sha256=digest)

    @property
    def keypoints(self) -> tuple[str, ...]:
        """The 26 HALPE points."""
        return HALPE26_KEYPOINTS

    def make_tracker(self) -> RtmTracker:
        """Load both networks, one thread each.

        Raises
        ------
        EstimatorUnavailable
            If the extra or a model file is missing.
        """
        rtmlib = _import_extra("rtmlib")
        detector, pose = self._model("yolox"), self._model("rtmpose", "halpe26")
        side = _TINY_DETECTOR_PX if "tiny" in detector.name else _DETECTOR_PX
        return RtmTracker(
            _load(rtmlib.YOLOX, detector, (side, side)),
            _load(rtmlib.RTMPose, pose, _pose_input_size(pose)),
        )

    def _model(self, *words: str) -> Path:
        """Return the one model file in the folder whose path holds these words."""
        found = [
            path
            for path in sorted(self.model_folder.rglob("*.onnx"))
            if all(word in str(path.relative_to(self.model_folder)).lower() for word in words)
        ]
        if len(found) != 1:
            raise EstimatorUnavailable(
                f"RTMPose: expected one {' '.join(words)} model (.onnx) in {self.model_folder}, "
                f"found {len(found)}.",
                hint="hingewise downloads nothing: put one YOLOX detector and one RTMPose halpe26 "
                "model there yourself, under their original names (links: "
                "github.com/Tau-J/rtmlib#model-zoo).",
            )
        return found[0]


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

    def __init__(self, detector: Any, pose: Any) -> None:
        self._detector = detector
        self._pose = pose

    def track(self, pictures: Iterable[tuple[int, Picture]]) -> list[Tracklet]:
        """Return everybody seen in these pictures, in the order they were lost."""
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
        raise EstimatorUnavailable(
            f"RTMPose needs the extra package {name}, which cannot be loaded ({error}).",
            hint=f"Install it with: {INSTALL}.",
        ) from error


def _load(kind: Any, path: Path, input_size: tuple[int, int]) -> Any:
    """Make one of rtmlib's networks, quietly, and on one thread so that workers do not compete."""
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
    except (RuntimeError, ValueError, OSError) as error:
        reason = " ".join(str(error).split())[:160]
        raise EstimatorError(
            f"The model {path.name} cannot be loaded: {reason}.", hint="Download it again."
        ) from error
    return network


def _pose_input_size(path: Path) -> tuple[int, int]:
    """Width and height from a name such as ...-256x192-... (height first)."""
    sizes = re.findall(r"(?<![0-9])(\d{3})x(\d{3})(?![0-9])", str(path))
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
