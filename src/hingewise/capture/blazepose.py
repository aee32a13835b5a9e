"""The default estimator: BlazePose on LiteRT."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hingewise.capture.interpreter import DETECTOR_MODEL, LANDMARK_MODEL, Network
from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS
from hingewise.pose.track import EstimatorInfo

if TYPE_CHECKING:
    from hingewise.capture.tracking import ChunkTracker


@dataclass(frozen=True, slots=True)
class BlazePose:
    """BlazePose full with its detector."""

    @property
    def info(self) -> EstimatorInfo:
        """Name, version of our own pipeline around the model, and the model's hash."""
        return EstimatorInfo(name="blazepose-full", version="5", model_sha256=LANDMARK_MODEL.sha256)

    @property
    def keypoints(self) -> tuple[str, ...]:
        """The 33 BlazePose points."""
        return BLAZEPOSE_KEYPOINTS

    def make_tracker(self) -> ChunkTracker:
        """Load the networks, one thread each: the landmark model with and without its mask."""
        from hingewise.capture.detector import PersonDetector
        from hingewise.capture.landmarker import Landmarker
        from hingewise.capture.reading import MASK
        from hingewise.capture.tracking import ChunkTracker

        return ChunkTracker(
            PersonDetector(Network(DETECTOR_MODEL)),
            Landmarker(Network(LANDMARK_MODEL), Network(LANDMARK_MODEL, without=MASK)),
        )
