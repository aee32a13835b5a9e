"""A segment is believed while it is about as long as it usually is."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.kinematics.bones import (
    MAX_LONGER,
    MAX_OBLIQUE_DEG,
    MAX_SHORTER,
    keeps_length,
)
from hingewise.units import BoolArray, FloatArray

N_USUAL = 9
USUAL_M = 0.5


def keeps(
    share: float | FloatArray, segment: str = "shank_inclination", yaw_deg: float = 0.0
) -> BoolArray:
    """Whether frames with these shares of the usual length are believed, after usual ones."""
    length = USUAL_M * np.concatenate([np.ones(N_USUAL), np.atleast_1d(share)])
    lean = np.linspace(0.0, 2.0, length.size)
    lower = np.column_stack([np.full(length.size, 0.3), np.full(length.size, 1.0)])
    upper = lower + length[:, np.newaxis] * np.column_stack([np.sin(lean), np.cos(lean)])
    kept = keeps_length(segment, lower, upper, yaw_deg=yaw_deg)
    assert kept.shape == length.shape
    assert kept[:N_USUAL].all()
    return kept[N_USUAL:]


@pytest.mark.parametrize("segment", sorted(MAX_SHORTER))
def test_the_usual_length_is_kept_whichever_way_it_leans(segment: str) -> None:
    assert keeps(np.ones(5), segment).all()


@pytest.mark.parametrize("segment", sorted(MAX_SHORTER))
def test_too_long_and_too_short_is_hidden(segment: str) -> None:
    limits = np.array([1.0 + MAX_LONGER, 1.0 - MAX_SHORTER[segment]])
    inwards = np.array([-0.01, 0.01])
    assert keeps(limits + inwards, segment).all()
    assert not keeps(limits - inwards, segment).any()


def test_shorter_is_forgiven_more_than_longer() -> None:
    """A trunk that rounds and a thigh that turns out are shorter; nothing makes a bone longer."""
    assert min(MAX_SHORTER.values()) > MAX_LONGER


def test_each_segment_has_its_own_limit() -> None:
    share = (1.0 - max(MAX_SHORTER.values())) + 0.01
    kept = {segment: bool(keeps(share, segment)[0]) for segment in MAX_SHORTER}
    assert kept == {s: limit == max(MAX_SHORTER.values()) for s, limit in MAX_SHORTER.items()}


@pytest.mark.parametrize("yaw_deg", [20.0, 45.0, 60.0])
def test_before_an_oblique_camera_it_may_look_shorter_but_no_longer(yaw_deg: float) -> None:
    """A segment that lies forward is foreshortened by the cosine of the yaw."""
    low = (1.0 - MAX_SHORTER["shank_inclination"]) * np.cos(np.radians(yaw_deg))
    assert keeps(low + 0.01, yaw_deg=yaw_deg).all()
    assert not keeps(low + 0.01).any()
    assert not keeps(low - 0.01, yaw_deg=yaw_deg).any()
    assert not keeps(1.0 + MAX_LONGER + 0.01, yaw_deg=yaw_deg).any()


def test_from_the_front_not_everything_is_believed() -> None:
    low = (1.0 - MAX_SHORTER["shank_inclination"]) * np.cos(np.radians(MAX_OBLIQUE_DEG))
    assert not keeps(low - 0.01, yaw_deg=90.0).any()
    assert keeps(low + 0.01, yaw_deg=90.0).all()


def test_an_unknown_yaw_forgives_nothing() -> None:
    shares = np.linspace(0.3, 1.3, 41)
    np.testing.assert_array_equal(keeps(shares, yaw_deg=float("nan")), keeps(shares))


@pytest.mark.parametrize("end", [0, 1])
def test_an_end_that_is_not_seen_is_not_believed_and_spoils_no_other_frame(end: int) -> None:
    ends = [np.zeros((5, 2)), np.tile([0.0, 0.5], (5, 1))]
    ends[end][3] = np.nan
    kept = keeps_length("thigh_inclination", *ends, yaw_deg=0.0)
    np.testing.assert_array_equal(kept, [True, True, True, False, True])


def test_a_segment_never_seen_is_nowhere_believed() -> None:
    unseen = np.full((4, 2), np.nan)
    kept = keeps_length("trunk_inclination", unseen, np.zeros((4, 2)), yaw_deg=0.0)
    assert kept.dtype == np.bool_
    assert not kept.any()


def test_a_film_may_begin_with_a_wrong_length() -> None:
    length = np.array([0.9, 0.2, *[USUAL_M] * 5, 0.9])
    upper = np.column_stack([np.zeros(8), length])
    kept = keeps_length("shank_inclination", np.zeros((8, 2)), upper, yaw_deg=0.0)
    np.testing.assert_array_equal(kept, [False, False, *[True] * 5, False])


@pytest.mark.parametrize("scale", [0.01, 100.0])
def test_size_does_not_matter(scale: float) -> None:
    rng = np.random.default_rng(1)
    lower, upper = np.zeros((30, 2)), np.column_stack([np.zeros(30), rng.uniform(0.5, 1.5, 30)])
    kept = keeps_length("trunk_inclination", lower, upper, yaw_deg=0.0)
    assert 0 < kept.sum() < kept.size
    np.testing.assert_array_equal(
        keeps_length("trunk_inclination", scale * lower, scale * upper, yaw_deg=0.0), kept
    )
