"""The kept tracks must stay what the network saw, to far below its noise."""

from pathlib import Path

import numpy as np
import pytest

from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS
from hingewise.pose.track import EstimatorInfo, PoseTrack, TrackNotes
from hingewise_validation.study.spec import FaultUse, FilmSpec
from hingewise_validation.study.tracks import (
    JOINT_QUANTUM_PX,
    KEPT,
    KEPT_IN_SPACE,
    QUANTUM,
    TRUTH_QUANTUM,
    FilmTrack,
    load_track,
    load_words,
    save_track,
)

N = 40


def make_film() -> FilmTrack:
    rng = np.random.default_rng(3)
    n_keypoints = len(BLAZEPOSE_KEYPOINTS)
    position = rng.uniform(-50.0, 700.0, (N, n_keypoints, 2)).astype(np.float32)
    position[5:9, 11] = np.nan
    outline = rng.uniform(0.0, 600.0, (N, 2, 25, 2)).astype(np.float32)
    outline[1::3] = np.nan
    outline[2::3] = np.nan
    track = PoseTrack(
        time_s=np.cumsum(rng.uniform(0.02, 0.05, N)),
        position_px=position,
        confidence=rng.uniform(0.0, 1.0, (N, n_keypoints)).astype(np.float32),
        keypoints=BLAZEPOSE_KEYPOINTS,
        image_size_px=(480, 640),
        estimator=EstimatorInfo(name="blazepose-full", version="3", model_sha256="ab"),
        world_m=rng.normal(0.0, 0.5, (N, n_keypoints, 3)).astype(np.float32),
        silhouette_px=outline,
        notes=TrackNotes(n_people=2, cut_s=(0.5,), camera_travel=0.01, n_frames_lost=1),
    )
    return FilmTrack(
        spec=FilmSpec(
            id="side_001",
            block="side",
            lifter="ben",
            outfit="normal_blue",
            movement="swing",
            seed=4,
            faults=(FaultUse(id="shallow", strengths=(0.1, 0.2)),),
            camera={"yaw_deg": -12.5},
        ),
        track=track,
        truth={"repetitions": [{"number": 1, "start_s": None}]},
        angle_deg={"trunk_inclination": rng.uniform(-180.0, 180.0, N)},
        joints_px={"hip": rng.uniform(0.0, 600.0, (N, 2))},
        made_by="key",
    )


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tracks") / "side_001.npz.xz"
    save_track(make_film(), path)
    return path


@pytest.mark.parametrize("name", ["position_px", "confidence", "silhouette_px", "time_s"])
def test_series_come_back_within_half_a_step(saved: Path, name: str) -> None:
    film, kept = make_film(), load_track(saved)
    before, after = getattr(film.track, name), getattr(kept.track, name)
    if name == "silhouette_px":
        before = before.copy()
        before[:, 0] = np.nan  # the belly's side of a lifter who faces right
    if name in ("position_px", "confidence"):
        before = before[:, [film.track.keypoints.index(k) for k in KEPT]]

    assert np.array_equal(np.isnan(before), np.isnan(after))
    assert np.nanmax(np.abs(before.astype(np.float64) - after)) <= QUANTUM[name] * 0.51


def test_places_in_space_come_back_for_the_points_that_are_used(saved: Path) -> None:
    film, kept = make_film().track, load_track(saved).track
    assert film.world_m is not None
    assert kept.world_m is not None
    for name in KEPT:
        after = kept.world_m[:, kept.keypoints.index(name)]
        if name not in KEPT_IN_SPACE:
            assert np.isnan(after).all()
            continue
        before = film.world_m[:, film.keypoints.index(name)]
        assert np.abs(before - after).max() <= QUANTUM["world_m"] * 0.51


def test_truth_and_words_come_back(saved: Path) -> None:
    film, kept = make_film(), load_track(saved)

    assert kept.spec == film.spec
    assert kept.truth == film.truth
    assert kept.made_by == "key" == load_words(saved)["made_by"]
    assert kept.track.notes == film.track.notes
    assert kept.track.estimator == film.track.estimator
    error = kept.angle_deg["trunk_inclination"] - film.angle_deg["trunk_inclination"]
    assert np.abs(error).max() <= TRUTH_QUANTUM * 0.51
    assert np.abs(kept.joints_px["hip"] - film.joints_px["hip"]).max() <= JOINT_QUANTUM_PX * 0.51


def test_a_track_that_cannot_be_written_leaves_the_old_one(saved: Path) -> None:
    before = saved.read_bytes()
    film = make_film()
    broken = FilmTrack(
        spec=film.spec,
        track=film.track,
        truth={"not json": object()},
        angle_deg=film.angle_deg,
        joints_px=film.joints_px,
    )

    with pytest.raises(TypeError):
        save_track(broken, saved)

    assert saved.read_bytes() == before
