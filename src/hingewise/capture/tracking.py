"""Following people through one chunk of a film.

A chunk is worked on alone: nothing before it is known, so its result does not depend on how the
chunks are shared out among workers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from hingewise.capture.detector import PersonDetector
from hingewise.capture.landmarker import Landmarker, PersonPose
from hingewise.capture.picture import Picture
from hingewise.capture.region import Region
from hingewise.pose.people import Tracklet

MAX_PEOPLE = 3
"""People followed at once; more only cost time, one of them is the lifter."""

SEARCH_EVERY_FRAMES = 48
"""While somebody is followed, how often others are looked for."""

SEARCH_EMPTY_EVERY_FRAMES = 3
"""While nobody is followed, how often somebody is looked for."""

SAME_PERSON_OVERLAP = 0.35
"""Regions that overlap more than this hold the same person."""

MIN_SIZE_SHARE = 0.35
"""Somebody much smaller than the largest person stands in the background."""


@dataclass(slots=True)
class _Followed:
    """One person while being followed (changes from frame to frame)."""

    region: Region
    frames: list[int] = field(default_factory=list)
    poses: list[PersonPose] = field(default_factory=list)

    def to_tracklet(self) -> Tracklet:
        return Tracklet(
            frame=np.asarray(self.frames, dtype=np.int64),
            position_px=np.stack([p.position_px for p in self.poses]).astype(np.float32),
            confidence=np.stack([p.confidence for p in self.poses]).astype(np.float32),
            world_m=np.stack([p.world_m for p in self.poses]).astype(np.float32),
            silhouette_px=np.stack([p.silhouette_px for p in self.poses]).astype(np.float32),
        )


class ChunkTracker:
    """Detects people, then follows each from frame to frame by their own landmarks."""

    def __init__(self, detector: PersonDetector, landmarker: Landmarker) -> None:
        self._detector = detector
        self._landmarker = landmarker

    def track(self, pictures: Iterable[tuple[int, Picture]]) -> list[Tracklet]:
        """Return everybody seen in these pictures, in the order they were found."""
        active: list[_Followed] = []
        done: list[_Followed] = []
        last_search = -SEARCH_EVERY_FRAMES
        for index, picture in pictures:
            wait = SEARCH_EVERY_FRAMES if active else SEARCH_EMPTY_EVERY_FRAMES
            if index - last_search >= wait or last_search < 0:
                active += self._find_new(picture, [person.region for person in active])
                last_search = index
            active, lost = self._advance(active, index, picture)
            done += lost
            if lost and not active:
                last_search = index - SEARCH_EMPTY_EVERY_FRAMES
        return [person.to_tracklet() for person in done + active if person.frames]

    def _find_new(self, picture: Picture, known: list[Region]) -> list[_Followed]:
        """Detect people who are not followed yet, and settle their regions."""
        found: list[_Followed] = []
        detections = self._detector.detect(picture)
        largest = max([d.region.size_px for d in detections] + [r.size_px for r in known], default=0)
        for detection in detections:
            taken = known + [person.region for person in found]
            small = detection.region.size_px < MIN_SIZE_SHARE * largest
            if small or len(taken) >= MAX_PEOPLE or _is_known(detection.region, taken):
                continue
            pose = self._landmarker.measure(picture, detection.region)
            if pose is not None and not _is_known(pose.next_region, taken):
                found.append(_Followed(region=pose.next_region))
        return found

    def _advance(
        self, active: list[_Followed], index: int, picture: Picture
    ) -> tuple[list[_Followed], list[_Followed]]:
        """Measure everybody in the next picture; return who is still followed and who is lost."""
        kept: list[_Followed] = []
        lost: list[_Followed] = []
        for person in active:
            pose = self._landmarker.measure(picture, person.region)
            if pose is None or _is_known(pose.next_region, [other.region for other in kept]):
                lost.append(person)
                continue
            person.region = pose.next_region
            person.frames.append(index)
            person.poses.append(pose)
            kept.append(person)
        return kept, lost


def _is_known(region: Region, known: list[Region]) -> bool:
    return any(region.overlap(other) > SAME_PERSON_OVERLAP for other in known)
