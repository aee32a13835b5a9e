"""What a pose estimator is, and how one is made inside a worker process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hingewise.pose.track import EstimatorInfo
from hingewise.pose.tracklets import Tracklet

if TYPE_CHECKING:
    from hingewise.capture.picture import Picture


class PeopleTracker(Protocol):
    """Follows people through consecutive pictures, knowing nothing of what came before them."""

    def track(
        self, pictures: Iterable[tuple[int, Picture]], *, outline_every: int = 1
    ) -> list[Tracklet]:
        """Return everybody seen in these pictures.

        The outline of the back is asked for in pictures whose index ``outline_every`` divides; in
        others it may be left out.
        """
        ...


class PoseEstimator(Protocol):
    """A recipe for a tracker: small, frozen and picklable, so that workers can make their own."""

    @property
    def info(self) -> EstimatorInfo:
        """Name, version and model."""
        ...

    @property
    def keypoints(self) -> tuple[str, ...]:
        """Names of the keypoints that the tracker returns."""
        ...

    def make_tracker(self) -> PeopleTracker:
        """Load the networks."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the work is."""

    n_done: int
    n_total: int
