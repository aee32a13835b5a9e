"""The near side in its own plane: metres, x forward, y up; hidden means missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.errors import ShapeError
from hingewise.pose.dorsal import N_CONTOUR_POINTS, back_profile
from hingewise.pose.sagittal import SagittalTrack, to_sagittal
from hingewise.pose.skeletons import LANDMARKS
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import estimate_view
from hingewise.units import FloatArray
from tests.builders import (
    BODY_M,
    STANDING_BACK,
    STATURE_M,
    THIGH_M,
    Camera,
    Trouble,
    make_lifter,
)
from tests.builders_sets import hinge, quiet


def sagittal(track: PoseTrack) -> SagittalTrack:
    return to_sagittal(track, estimate_view(track), stature_m=STATURE_M)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("px_per_m", [60.0, 250.0])
def test_lengths_are_metres_and_forward_is_positive(mirrored: bool, px_per_m: float) -> None:
    track = sagittal(make_lifter(quiet(), Camera(mirrored=mirrored, px_per_m=px_per_m)))
    hip, knee, toe, heel = (track.landmark(n) for n in ("hip", "knee", "foot_index", "heel"))
    assert np.hypot(*(hip - knee).T) == pytest.approx(THIGH_M, rel=0.005)
    assert (hip - knee)[:, 1] == pytest.approx(THIGH_M, rel=0.005)
    assert (toe - heel)[:, 0] == pytest.approx(0.20, rel=0.01)
    assert track.scale.m_per_px == pytest.approx(1 / px_per_m, rel=0.005)


def dorsal_m(track: SagittalTrack) -> FloatArray:
    assert track.back is not None
    return np.asarray(track.back.outline_px * track.to_m)


def test_both_ways_of_facing_give_the_same_figure() -> None:
    right, left = (sagittal(make_lifter(hinge(2), Camera(mirrored=m))) for m in (False, True))
    shift = np.nanmedian(left.position_m - right.position_m, axis=(0, 1))
    assert left.position_m - shift == pytest.approx(right.position_m, abs=1e-4)
    assert dorsal_m(left) - shift == pytest.approx(dorsal_m(right), abs=1e-4)


def test_only_the_near_side_is_taken() -> None:
    track = make_lifter(quiet(), Camera(yaw_deg=20.0))
    position = track.position_px.copy()
    for name in (f"left_{landmark}" for landmark in LANDMARKS):
        position[:, track.keypoints.index(name)] += 50.0
    moved = PoseTrack(
        **{n: getattr(track, n) for n in track.__slots__ if n != "position_px"},
        position_px=position,
    )
    np.testing.assert_array_equal(sagittal(moved).position_m, sagittal(track).position_m)


@pytest.mark.parametrize("hidden_s,bridged", [(0.2, True), (0.6, False)])
def test_hidden_landmarks_are_bridged_for_a_moment_only(hidden_s: float, bridged: bool) -> None:
    trouble = Trouble(hidden_s={"right_knee": (2.0, 2.0 + hidden_s)})
    track = sagittal(make_lifter(hinge(1), trouble=trouble))
    hidden = (track.time_s >= 2.0) & (track.time_s < 2.0 + hidden_s)
    assert np.isfinite(track.landmark("knee")[hidden]).all() == bridged
    assert np.isfinite(track.landmark("knee")[hidden]).any() == bridged
    assert track.filled[hidden].all() == bridged
    assert not track.filled[~hidden].any()
    assert np.isfinite(track.landmark("hip")).all()


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_outline_is_that_of_the_back(mirrored: bool) -> None:
    track = sagittal(make_lifter(hinge(1), Camera(mirrored=mirrored)))
    assert track.back is not None
    middle = (track.landmark("shoulder") + track.landmark("hip")) / 2
    quiet = track.time_s < 1.0
    assert (dorsal_m(track)[quiet, 12, 0] < middle[quiet, 0] - 0.05).all()
    assert back_profile(track.back)[quiet] == pytest.approx(
        np.tile(STANDING_BACK, (quiet.sum(), 1)), abs=1e-3
    )


def test_no_back_is_seen_from_the_front() -> None:
    assert sagittal(make_lifter(quiet(), Camera(yaw_deg=90.0))).back is None


@pytest.mark.parametrize("landmark", ["knee", "ankle"])
def test_a_landmark_that_is_never_sure_leaves_the_others_their_scale(landmark: str) -> None:
    """A plate before it the whole set through: only what hangs on it is missing."""
    track = sagittal(
        make_lifter(hinge(2), trouble=Trouble(hidden_s={f"right_{landmark}": (0.0, 99.0)}))
    )
    whole = sagittal(make_lifter(hinge(2)))
    assert track.scale.m_per_px == pytest.approx(whole.scale.m_per_px, rel=1e-3)
    assert np.isnan(track.landmark(landmark)).all()
    np.testing.assert_allclose(track.landmark("hip"), whole.landmark("hip"), atol=0.005)


@pytest.mark.parametrize("n_points", [25, N_CONTOUR_POINTS - 1, N_CONTOUR_POINTS + 9])
def test_an_outline_of_other_points_is_no_back(n_points: int) -> None:
    """A file of an earlier version has 25 from shoulder to hip: those say something else."""
    track = make_lifter(hinge(1))
    assert track.silhouette_px is not None
    rows = np.minimum(np.arange(n_points), N_CONTOUR_POINTS - 1)
    assert sagittal(replace(track, silhouette_px=track.silhouette_px[:, :, rows])).back is None


def test_shapes_must_fit() -> None:
    track = sagittal(make_lifter(quiet(1.0)))
    fields = {name: getattr(track, name) for name in track.__slots__}
    with pytest.raises(ShapeError, match="positions"):
        SagittalTrack(**{**fields, "position_m": track.position_m[:, :4]})


def test_the_scale_is_assumed_without_a_stature() -> None:
    track = make_lifter(quiet())
    scale = to_sagittal(track, estimate_view(track), stature_m=None).scale
    assert scale.method == "assumed"
    assert scale.m_per_px * 250.0 * BODY_M == pytest.approx(0.792 * 1.70)
