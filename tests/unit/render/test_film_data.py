"""From the measurements of a film to each of its frames: the right side, count, phase and depth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.errors import ShapeError
from hingewise.pose.dorsal import N_CONTOUR_POINTS, N_TRUNK_POINTS
from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS, LANDMARKS
from hingewise.pose.track import EstimatorInfo, PoseTrack
from hingewise.render.film_data import FilmData, gather_film_data, overlay_at
from hingewise.render.hud import Hud
from tests.builders_report import REPETITION_S, STAND_S, SyntheticSet, make_set

SIZE = (480, 640)


def make_track(made: SyntheticSet) -> PoseTrack:
    """Left keypoints at x = 100, right ones at x = 300; the back of somebody facing right at 50."""
    n = made.kinematics.time_s.size
    position = np.zeros((n, len(BLAZEPOSE_KEYPOINTS), 2), dtype=np.float32)
    for row, name in enumerate(BLAZEPOSE_KEYPOINTS):
        position[:, row] = (100 if name.startswith("left") else 300, 10 * row)
    silhouette = np.zeros((n, 2, N_CONTOUR_POINTS, 2), dtype=np.float32)
    silhouette[:, 0], silhouette[:, 1] = 400.0, 50.0
    return PoseTrack(
        time_s=made.kinematics.time_s,
        position_px=position,
        confidence=np.ones(position.shape[:2], dtype=np.float32),
        keypoints=BLAZEPOSE_KEYPOINTS,
        image_size_px=SIZE,
        estimator=EstimatorInfo(name="test", version="1", model_sha256=""),
        silhouette_px=silhouette,
    )


def gather(made: SyntheticSet, near_side: str = "right", facing: str = "right") -> FilmData:
    return gather_film_data(
        make_track(made), made.kinematics, made.segmentation, near_side=near_side, facing=facing
    )


def hud_at(film: FilmData, time_s: float) -> Hud:
    state = overlay_at(film, int(np.searchsorted(film.time_s, time_s)), SIZE)
    assert state.hud is not None
    return state.hud


@pytest.mark.parametrize("near_side, x_px", [("left", 100), ("right", 300)])
def test_the_near_side_is_drawn_as_such(near_side: str, x_px: int) -> None:
    state = overlay_at(gather(make_set(1), near_side=near_side), 0, SIZE)
    assert set(state.near_px[:, 0]) == {x_px}
    assert set(state.far_px[:, 0]) == {400 - x_px}


@pytest.mark.parametrize("facing, x_px", [("left", 400), ("right", 50)])
def test_the_back_is_behind_the_lifter(facing: str, x_px: int) -> None:
    state = overlay_at(gather(make_set(1), facing=facing), 0, SIZE)
    assert state.dorsal_px is not None
    assert set(state.dorsal_px[:, 0]) == {x_px}
    assert len(state.dorsal_px) == N_TRUNK_POINTS


def test_between_two_outlines_the_back_is_drawn_between_them() -> None:
    """The network gives one in every few frames; the drawing must not flicker."""
    made = make_set(1)
    track = make_track(made)
    assert track.silhouette_px is not None
    outline = np.full_like(track.silhouette_px, np.nan)
    outline[30], outline[33] = 50.0, 80.0
    film = gather_film_data(
        replace(track, silhouette_px=outline),
        made.kinematics,
        made.segmentation,
        near_side="right",
        facing="right",
    )
    drawn = [overlay_at(film, index, SIZE).dorsal_px for index in (30, 31, 32, 33, 34, 29)]
    middle = [float("nan") if points is None else float(points[0, 0]) for points in drawn]
    assert middle[:4] == pytest.approx([50.0, 60.0, 70.0, 80.0])
    assert np.isnan(middle[4:]).all()


def test_seen_from_the_front_there_is_no_outline_of_the_back() -> None:
    assert overlay_at(gather(make_set(1), facing="camera"), 0, SIZE).dorsal_px is None


def test_points_follow_the_size_of_the_picture() -> None:
    film = gather(make_set(1))
    half = overlay_at(film, 0, (240, 320), with_hud=False)
    np.testing.assert_allclose(2 * half.near_px, overlay_at(film, 0, SIZE).near_px)
    assert half.hud is None


@pytest.mark.parametrize(
    "time_s, counter, phase",
    [
        (0.5, "0", "-"),
        (STAND_S + 1.0, "1", "Lowering"),
        (STAND_S + 2.15, "1", "Bottom"),
        (STAND_S + 2.8, "1", "Lifting"),
        (STAND_S + REPETITION_S + 3.8, "2", "Lockout"),
        (STAND_S + 3 * REPETITION_S + 0.5, "3", "-"),
    ],
)
def test_count_and_phase(time_s: float, counter: str, phase: str) -> None:
    hud = hud_at(gather(make_set(3)), time_s)
    assert (hud.counter, hud.phase) == (counter, phase)


def test_a_partial_repetition_is_called_so() -> None:
    assert hud_at(gather(make_set(3, partial=(2,))), STAND_S + REPETITION_S + 1).total == "partial"


def test_depth_runs_from_standing_to_the_usual_bottom() -> None:
    film = gather(make_set(3))
    assert hud_at(film, 0.5).depth_fraction == pytest.approx(0.0, abs=0.01)
    assert hud_at(film, STAND_S + 2.15).depth_fraction == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("made", [make_set(0), make_set(2, observed=False)], ids=["none", "unseen"])
def test_without_measurements_nothing_is_claimed(made: SyntheticSet) -> None:
    hud = hud_at(gather(made), 1.5)
    assert np.isnan(hud.depth_fraction)


def test_landmarks_and_frames_must_fit() -> None:
    film = gather(make_set(1))
    with pytest.raises(ShapeError, match="near_px"):
        FilmData(
            time_s=film.time_s,
            image_size_px=SIZE,
            near_px=np.zeros((3, len(LANDMARKS), 2), np.float32),
            far_px=film.far_px,
            dorsal_px=None,
            own_back=None,
            angle_deg={},
            depth_fraction=film.depth_fraction,
            repetitions=(),
            corner="top_left",
        )
