"""Following people, with a detector and a landmark model that know where everybody is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pytest

from hingewise.capture import tracking
from hingewise.capture.detector import Detection, PersonDetector
from hingewise.capture.landmarker import Landmarker
from hingewise.capture.picture import Picture
from hingewise.capture.reading import Poses
from hingewise.capture.region import Region
from hingewise.capture.tracking import ChunkTracker
from hingewise.pose.dorsal import N_CONTOUR_POINTS
from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS
from hingewise.pose.tracklets import Tracklet
from hingewise.units import FloatArray

UP = {
    "shoulder": -0.25,
    "hip": 0.0,
    "knee": 0.22,
    "ankle": 0.45,
    "heel": 0.47,
    "foot_index": 0.47,
}
"""Height of landmarks below the hips, as a share of the region."""


@dataclass(frozen=True, kw_only=True)
class Body:
    """Somebody in a picture: where their hips are, how large, how surely seen, if upside down."""

    x_px: float
    y_px: float = 500.0
    size_px: float = 400.0
    confidence: float = 0.95
    hangs: bool = False


Scene = dict[int, list[Body]]


class KnowingDetector:
    """Sees everybody whose picture it is shown; counts how often it is asked."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.asked: list[int] = []
        self.doubled = False

    def detect(self, picture: int) -> list[Detection]:
        self.asked.append(picture)
        bodies = sorted(self.scene.get(picture, []), key=lambda b: -b.confidence)
        twice = [b for b in bodies for _ in range(2 if self.doubled else 1)]
        return [Detection(score=b.confidence, region=_region(b)) for b in twice]


class KnowingLandmarker:
    """Measures whoever stands nearest to the middle of the region, within half its size."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.outlined: list[int] = []

    def work_out(self, poses: Sequence[KnownPose]) -> Poses:
        n = len(poses)
        return Poses(
            position_px=np.stack([p.position_px for p in poses]).astype(np.float32),
            confidence=np.array([[p.body_confidence] * 33 for p in poses], np.float32),
            world_m=np.zeros((n, 33, 3), np.float32),
            silhouette_px=np.zeros((n, 2, N_CONTOUR_POINTS, 2), np.float32),
        )

    def measure(
        self, picture: int, region: Region, *, with_outline: bool = True
    ) -> KnownPose | None:
        self.outlined += [picture] if with_outline else []
        near = [
            (np.hypot(b.x_px - region.centre_x_px, b.y_px - region.centre_y_px), b.x_px, b)
            for b in self.scene.get(picture, [])
        ]
        near = [item for item in near if item[0] < region.size_px / 2]
        return _pose(min(near, key=lambda item: item[:2])[2]) if near else None


def _region(body: Body) -> Region:
    return Region(
        centre_x_px=body.x_px, centre_y_px=body.y_px, size_px=body.size_px, rotation_rad=0.0
    )


@dataclass(frozen=True, kw_only=True)
class KnownPose:
    """What following somebody asks of a pose."""

    body_confidence: float
    next_region: Region
    position_px: FloatArray
    body_length_px: float
    hangs: bool


def _pose(body: Body) -> KnownPose:
    rows = [UP.get(name.partition("_")[2], -0.4) for name in BLAZEPOSE_KEYPOINTS]
    return KnownPose(
        body_confidence=body.confidence,
        next_region=_region(body),
        position_px=np.array([[body.x_px, body.y_px + row * body.size_px] for row in rows]),
        body_length_px=(UP["ankle"] - UP["shoulder"]) * body.size_px,
        hangs=body.hangs,
    )


def follow(
    scene: Scene, n_frames: int, *, doubled: bool = False
) -> tuple[list[Tracklet], list[int]]:
    detector = KnowingDetector(scene)
    detector.doubled = doubled
    tracker = ChunkTracker(
        cast(PersonDetector, detector), cast(Landmarker, KnowingLandmarker(scene))
    )
    pictures = [(number, cast(Picture, number)) for number in range(n_frames)]
    return tracker.track(pictures), detector.asked


def spans(tracklets: list[Tracklet]) -> list[tuple[int, int, int]]:
    """First frame, last frame, rounded place at the end; sorted."""
    hip = BLAZEPOSE_KEYPOINTS.index("left_hip")
    return sorted(
        (int(t.frame[0]), int(t.frame[-1]), round(float(t.position_px[-1, hip, 0])))
        for t in tracklets
    )


def test_somebody_is_followed_from_the_first_picture_to_the_last() -> None:
    scene = {n: [Body(x_px=300 + n)] for n in range(90)}
    tracklets, asked = follow(scene, 90)
    assert spans(tracklets) == [(0, 89, 389)]
    np.testing.assert_array_equal(tracklets[0].frame, np.arange(90))
    assert tracklets[0].position_px.dtype == np.float32
    assert len(asked) <= 1 + 90 // tracking.SEARCH_EVERY_FRAMES


def test_nobody_is_nobody() -> None:
    assert follow({}, 20)[0] == []


def test_frame_numbers_are_those_of_the_film() -> None:
    scene = {n: [Body(x_px=300)] for n in range(200)}
    tracker = ChunkTracker(
        cast(PersonDetector, KnowingDetector(scene)), cast(Landmarker, KnowingLandmarker(scene))
    )
    numbers = [96, 97, 99, 100, 104]
    (tracklet,) = tracker.track([(n, cast(Picture, n)) for n in numbers])
    np.testing.assert_array_equal(tracklet.frame, numbers)


def test_somebody_who_comes_later_is_found_soon() -> None:
    first = {n: [Body(x_px=300)] if n >= 10 else [] for n in range(60)}
    ((start, end, _),) = spans(follow(first, 60)[0])
    assert 10 <= start < 10 + tracking.SEARCH_EMPTY_EVERY_FRAMES
    assert end == 59


def test_a_second_person_is_found_while_the_first_is_followed() -> None:
    scene = {n: [Body(x_px=300)] + ([Body(x_px=900)] if n >= 20 else []) for n in range(120)}
    found = spans(follow(scene, 120)[0])
    assert found[0] == (0, 119, 300)
    assert found[1][2] == 900
    assert 20 <= found[1][0] <= 20 + tracking.SEARCH_EVERY_FRAMES


def test_somebody_who_leaves_is_lost_at_once_and_found_again() -> None:
    scene = {n: [] if 30 <= n < 40 else [Body(x_px=300)] for n in range(80)}
    found = spans(follow(scene, 80)[0])
    assert found[0] == (0, 29, 300)
    assert 40 <= found[1][0] < 40 + tracking.SEARCH_EMPTY_EVERY_FRAMES + 1
    assert len(found) == 2


def test_two_people_are_followed_apart() -> None:
    scene = {n: [Body(x_px=300 + n), Body(x_px=900 - n)] for n in range(60)}
    assert spans(follow(scene, 60)[0]) == [(0, 59, 359), (0, 59, 841)]


def test_two_detections_of_one_body_are_one_person() -> None:
    scene = {n: [Body(x_px=300)] for n in range(30)}
    assert len(follow(scene, 30, doubled=True)[0]) == 1


def test_two_locks_that_run_together_become_one() -> None:
    """The second person walks out behind the first: its lock must not stay on the first."""
    scene = {n: [Body(x_px=300)] + ([Body(x_px=420)] if n < 20 else []) for n in range(60)}
    found = spans(follow(scene, 60)[0])
    assert found == [(0, 19, 420), (0, 59, 300)]


def test_who_is_left_behind_by_a_lock_that_walks_off_is_found_soon() -> None:
    """A passer-by hides the lifter for a third of a second and takes the lock along."""
    lifter = Body(x_px=600)
    scene = {
        n: ([] if 20 <= n < 30 else [lifter])
        + ([Body(x_px=600 + 12 * (n - 20))] if n >= 20 else [])
        for n in range(70)
    }
    found = spans(follow(scene, 70)[0])
    assert found[0] == (0, 69, 1188)
    assert found[1][2] == 600
    assert found[1][0] <= 20 + 2 * round(tracking.MOVED_DISTANCE * lifter.size_px / 12)


def test_somebody_who_moves_on_the_spot_costs_no_search() -> None:
    scene = {n: [Body(x_px=600 + 60 * np.sin(n / 5))] for n in range(90)}
    assert len(follow(scene, 90)[1]) == 1


def test_no_more_than_three_people_are_followed() -> None:
    scene = {n: [Body(x_px=300 * k) for k in range(1, 7)] for n in range(10)}
    assert len(follow(scene, 10)[0]) == tracking.MAX_PEOPLE


def test_somebody_small_in_the_background_is_left_out() -> None:
    small = Body(x_px=900, size_px=0.9 * tracking.MIN_SIZE_SHARE * 400)
    scene = {n: [Body(x_px=300), small] for n in range(10)}
    assert spans(follow(scene, 10)[0]) == [(0, 9, 300)]


def test_what_is_seen_too_unsurely_is_no_person() -> None:
    scene = {n: [Body(x_px=300, confidence=tracking.MIN_CONFIDENCE - 0.05)] for n in range(10)}
    assert follow(scene, 10)[0] == []


def test_an_unsure_lock_is_looked_at_more_often() -> None:
    def asked(confidence: float) -> int:
        scene = {n: [Body(x_px=300, confidence=confidence)] for n in range(96)}
        return len(follow(scene, 96)[1])

    assert asked(0.7) > 2 * asked(0.95)


@pytest.mark.parametrize("cut", [1, 30, 77])
def test_a_chunk_knows_nothing_of_the_chunk_before(cut: int) -> None:
    scene = {n: [Body(x_px=300 + n)] for n in range(100)}
    tracker = ChunkTracker(
        cast(PersonDetector, KnowingDetector(scene)), cast(Landmarker, KnowingLandmarker(scene))
    )
    tracker.track([(n, cast(Picture, n)) for n in range(cut)])
    again = tracker.track([(n, cast(Picture, n)) for n in range(cut, 100)])
    alone = follow({n: b for n, b in scene.items() if n >= cut}, 100)[0]
    np.testing.assert_array_equal(
        again[0].position_px[5:], alone[0].position_px[-len(again[0].frame) + 5 :]
    )
    assert again[0].frame[0] == cut


def test_the_outline_is_asked_for_in_every_few_frames_of_the_film() -> None:
    """By the film's own numbers, wherever the chunk begins; and where somebody is found."""
    scene = {n: [Body(x_px=300, y_px=300)] for n in range(100)}
    landmarker = KnowingLandmarker(scene)
    tracker = ChunkTracker(
        cast(PersonDetector, KnowingDetector(scene)), cast(Landmarker, landmarker)
    )
    pictures = [(n, cast(Picture, n)) for n in range(40, 70)]
    (tracklet,) = tracker.track(pictures, outline_every=3)
    assert tracklet.n_frames == 30
    assert sorted(set(landmarker.outlined)) == [40, *range(42, 70, 3)]


def test_a_body_that_hangs_from_its_hips_is_nobody() -> None:
    """Plates and shadows are seen as somebody upside down, however surely."""
    scene = {n: [Body(x_px=300, hangs=True)] for n in range(10)}
    assert follow(scene, 10)[0] == []
    beside = {n: [Body(x_px=300, hangs=True), Body(x_px=900)] for n in range(10)}
    assert spans(follow(beside, 10)[0]) == [(0, 9, 900)]


def test_who_begins_to_hang_is_lost_at_once_and_found_upright_again() -> None:
    scene = {n: [Body(x_px=300, hangs=30 <= n < 40)] for n in range(80)}
    first, second = spans(follow(scene, 80)[0])
    assert first == (0, 29, 300)
    assert 40 <= second[0] < 40 + tracking.SEARCH_EMPTY_EVERY_FRAMES + 1
    assert second[1:] == (79, 300)


def test_who_begins_to_hang_leaves_the_others_followed() -> None:
    scene = {n: [Body(x_px=300, hangs=n >= 30), Body(x_px=900)] for n in range(60)}
    assert spans(follow(scene, 60)[0]) == [(0, 29, 300), (0, 59, 900)]


class TurnableLandmarker(KnowingLandmarker):
    """Sees one body in a region that is upright and another in one that is turned over."""

    def __init__(self, upright: Body, turned: Body) -> None:
        super().__init__({})
        self.bodies = {False: upright, True: turned}

    def measure(
        self, picture: int, region: Region, *, with_outline: bool = True
    ) -> KnownPose | None:
        self.outlined += [picture] if with_outline else []
        pose = _pose(self.bodies[region.rotation_rad != 0])
        return replace(pose, next_region=replace(region, centre_x_px=pose.next_region.centre_x_px))


def lock(upright: Body, turned: Body) -> list[tuple[bool, float]]:
    """Whether somebody found in one picture is seen turned over, and how surely."""
    landmarker = TurnableLandmarker(upright, turned)
    detector = KnowingDetector({0: [Body(x_px=300)]})
    tracker = ChunkTracker(cast(PersonDetector, detector), cast(Landmarker, landmarker))
    found = tracker.track([(0, cast(Picture, 0))])
    hip = BLAZEPOSE_KEYPOINTS.index("left_hip")
    return [
        (bool(t.position_px[0, hip, 0] == turned.x_px), round(float(t.confidence[0, 0]), 2))
        for t in found
    ]


UNSURE = round(tracking.SURE_CONFIDENCE - 0.1, 2)


@pytest.mark.parametrize(
    "hangs,found",
    [
        ((False, False), [(True, 0.95)]),
        ((False, True), [(False, UNSURE)]),
        ((True, False), [(True, 0.95)]),
        ((True, True), []),
    ],
)
def test_of_two_starts_the_surer_that_does_not_hang_is_taken(
    hangs: tuple[bool, bool], found: list[tuple[bool, float]]
) -> None:
    """What is seen unsurely is also looked at turned over, where it may hang as well."""
    upright = Body(x_px=300, confidence=UNSURE, hangs=hangs[0])
    assert lock(upright, Body(x_px=310, hangs=hangs[1])) == found


def test_a_sure_body_that_hangs_is_looked_at_turned_over_too() -> None:
    """It is sure of what is none: only the other start shows the body."""
    hanging = Body(x_px=300, hangs=True)
    assert lock(hanging, Body(x_px=310, confidence=UNSURE)) == [(True, UNSURE)]
