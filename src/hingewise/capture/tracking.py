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
from hingewise.pose.tracklets import Tracklet

MAX_PEOPLE = 3
"""People followed at once; more only cost time, one of them is the lifter."""

SEARCH_EVERY_FRAMES = 96
"""While somebody is followed, how often others are looked for."""

SEARCH_EMPTY_EVERY_FRAMES = 3
"""While nobody is followed, how often somebody is looked for."""

MOVED_DISTANCE = 0.3
"""Whoever is followed has moved this far (share of the region): a passer-by may have taken the lock
along, so look whether somebody is left behind."""

SAME_PERSON_DISTANCE = 0.25
"""A body found this near to a followed one (share of the region; half a metre) is the same."""

SAME_BODY_DISTANCE = 0.06
"""Two locks whose keypoints lie this near, on average, have run together on one body."""

MIN_SIZE_SHARE = 0.35
"""Somebody much smaller than the largest person stands in the background."""

MIN_CONFIDENCE = 0.5
"""Trunk and legs seen less surely than this are no person."""

SURE_CONFIDENCE = 0.8
"""Seen less surely than this, a body may be locked on wrongly: look again, also upside down."""

SEARCH_UNSURE_EVERY_FRAMES = 12
"""How soon to look again while somebody is seen unsurely; twice as long after each time in vain."""

RELOCK_GAIN = 0.08
"""A new lock replaces the old one when it is surer by this much."""

MIN_RELOCK_SIZE_SHARE = 0.75
"""A wrong lock is mostly on a part of the body, so a new one that is smaller is not better."""


@dataclass(slots=True)
class _Followed:
    """One person while being followed (changes from frame to frame).

    ``searched`` is where they were when people were last looked for.
    """

    region: Region
    searched: Region
    fresh: PersonPose | None = None
    frames: list[int] = field(default_factory=list)
    poses: list[PersonPose] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        """How surely trunk and legs were seen in the last frame; 1 before the first."""
        return self.poses[-1].body_confidence if self.poses else 1.0


@dataclass(slots=True)
class _SearchClock:
    """When to look for people again; looking in vain makes it patient."""

    last: int | None = None
    wait: int = SEARCH_UNSURE_EVERY_FRAMES

    def is_due(self, index: int, active: list[_Followed]) -> bool:
        """Whether to search in this frame."""
        if self.last is None:
            return True
        if not active:
            return index - self.last >= SEARCH_EMPTY_EVERY_FRAMES
        if any(p.region.distance_to(p.searched) > MOVED_DISTANCE for p in active):
            return True
        unsure = any(person.confidence < SURE_CONFIDENCE for person in active)
        return index - self.last >= (self.wait if unsure else SEARCH_EVERY_FRAMES)

    def searched(self, index: int, *, changed: bool) -> None:
        """Note a search; each one in vain doubles the wait for the next."""
        self.last = index
        self.wait = (
            SEARCH_UNSURE_EVERY_FRAMES if changed else min(2 * self.wait, SEARCH_EVERY_FRAMES)
        )


class ChunkTracker:
    """Detects people, then follows each from frame to frame by their own landmarks."""

    def __init__(self, detector: PersonDetector, landmarker: Landmarker) -> None:
        self._detector = detector
        self._landmarker = landmarker

    def track(
        self, pictures: Iterable[tuple[int, Picture]], *, outline_every: int = 1
    ) -> list[Tracklet]:
        """Return everybody seen in these pictures, in the order they were found."""
        active: list[_Followed] = []
        done: list[_Followed] = []
        clock = _SearchClock()
        for index, picture in pictures:
            if clock.is_due(index, active):
                clock.searched(index, changed=self._search(picture, active))
            with_outline = index % outline_every == 0
            active, lost = self._advance(active, index, picture, with_outline=with_outline)
            done += lost
            if lost and not active:
                clock = _SearchClock()
        return [self._to_tracklet(person) for person in done + active if person.frames]

    def _to_tracklet(self, person: _Followed) -> Tracklet:
        poses = self._landmarker.work_out(person.poses)
        return Tracklet(
            frame=np.asarray(person.frames, dtype=np.int64),
            position_px=poses.position_px,
            confidence=poses.confidence,
            world_m=poses.world_m,
            silhouette_px=poses.silhouette_px,
        )

    def _search(self, picture: Picture, active: list[_Followed]) -> bool:
        """Detect people: add those who are not followed yet, lock better on those who are.

        Returns whether anything changed.
        """
        changed = False
        for person in active:
            person.searched = person.region
        detections = self._detector.detect(picture)
        largest = max(
            [d.region.size_px for d in detections] + [p.region.size_px for p in active], default=0
        )
        for detection in detections:
            if detection.region.size_px < MIN_SIZE_SHARE * largest:
                continue
            known = next((p for p in active if _same(p.region, detection.region)), None)
            if known is not None and known.confidence >= SURE_CONFIDENCE:
                continue
            pose = self._settle(picture, detection.region)
            if pose is None or pose.body_confidence < MIN_CONFIDENCE:
                continue
            known = known or next((p for p in active if _same(p.region, pose.next_region)), None)
            if known is None and len(active) < MAX_PEOPLE:
                active.append(
                    _Followed(region=pose.next_region, searched=pose.next_region, fresh=pose)
                )
                changed = True
            elif known is not None and _is_better(pose, known):
                known.region = pose.next_region
                changed = True
        return changed

    def _settle(self, picture: Picture, region: Region) -> PersonPose | None:
        """Measure a detected person twice, so that the region fits; also upside down if unsure."""
        best: PersonPose | None = None
        for start in (region, region.turned_over()):
            pose = self._landmarker.measure(picture, start, with_outline=False)
            pose = pose and self._landmarker.measure(picture, pose.next_region)
            if pose is None or pose.hangs:
                continue
            if best is None or pose.body_confidence > best.body_confidence:
                best = pose
            if best.body_confidence >= SURE_CONFIDENCE:
                break
        return best

    def _advance(
        self, active: list[_Followed], index: int, picture: Picture, *, with_outline: bool
    ) -> tuple[list[_Followed], list[_Followed]]:
        """Measure everybody in the next picture; return who is still followed and who is lost."""
        kept: list[_Followed] = []
        lost: list[_Followed] = []
        for person in sorted(active, key=lambda p: -len(p.frames)):
            pose = person.fresh or self._landmarker.measure(
                picture, person.region, with_outline=with_outline
            )
            person.fresh = None
            if (
                pose is None
                or pose.hangs
                or any(_same_body(pose, other.poses[-1]) for other in kept)
            ):
                lost.append(person)
                continue
            person.region = pose.next_region
            person.frames.append(index)
            person.poses.append(pose)
            kept.append(person)
        return kept, lost


def _same_body(pose: PersonPose, other: PersonPose) -> bool:
    apart = np.hypot(*(pose.position_px - other.position_px).T).mean()
    return bool(apart < SAME_BODY_DISTANCE * pose.next_region.size_px)


def _same(region: Region, other: Region) -> bool:
    return region.distance_to(other) < SAME_PERSON_DISTANCE


def _is_better(pose: PersonPose, known: _Followed) -> bool:
    if not known.poses:
        return False
    large_enough = pose.body_length_px >= MIN_RELOCK_SIZE_SHARE * known.poses[-1].body_length_px
    return large_enough and pose.body_confidence > known.confidence + RELOCK_GAIN
