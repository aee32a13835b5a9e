"""Equipment on the real body in postures made by hand; nothing is rendered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import pyvista as pv

from hingewise_validation.lifter.body import Body, Phenotype, SkinnedFrame
from hingewise_validation.lifter.rotations import FloatArray, align, rotation_x, unit
from hingewise_validation.lifter.skeleton import compute_poses
from hingewise_validation.picture.equipment import Anchors, make_equipment
from hingewise_validation.picture.equipment.make import MAKERS

STANDING, HINGED, BRIDGING = "standing", "hinged", "bridging"
TRUNK_DEG = {STANDING: 0.0, HINGED: 60.0, BRIDGING: -50.0}
THIGH_DEG = {STANDING: 0.0, HINGED: -15.0, BRIDGING: -130.0}
HIP_HEIGHT_M = {STANDING: 0.93, HINGED: 0.90, BRIDGING: 0.25}
BUILDS = (0.5, 0.95)
FURNITURE = {"bench", "mat", "none", "rack", "rack_near"}


@cache
def body(weight: float) -> Body:
    return Body(Phenotype(weight=weight))


@cache
def frame(posture: str, weight: float = 0.5) -> SkinnedFrame:
    """Trunk and thighs inclined, shanks upright, arms hanging."""
    person = body(weight)
    skeleton = person.skeleton
    trunk = rotation_x(TRUNK_DEG[posture])
    driven = {"root": trunk}
    for side in ("L", "R"):
        hanging = unit(skeleton.head_m(f"lowerarm01.{side}") - skeleton.head_m(f"upperarm01.{side}"))
        driven[f"upperarm01.{side}"] = align(hanging, np.array([0.0, -0.1, -1.0]) / np.hypot(0.1, 1.0))
        driven[f"upperleg01.{side}"] = rotation_x(THIGH_DEG[posture])
        driven[f"lowerleg01.{side}"] = np.eye(3)
    poses = compute_poses(skeleton, {bone: turn[None] for bone, turn in driven.items()}, 1)
    return next(person.frames(poses.translated(np.array([[0.0, 0.0, HIP_HEIGHT_M[posture]]]))))


@cache
def anchors(posture: str, weight: float = 0.5) -> Anchors:
    return Anchors.from_frame(body(weight), frame(posture, weight))


@pytest.fixture
def plotter() -> Iterator[pv.Plotter]:
    window = pv.Plotter(off_screen=True)
    yield window
    window.close()


def points_m(actors: Sequence[pv.Actor]) -> FloatArray:
    """Where the vertices of the actors are."""
    placed = []
    for actor in actors:
        actor.mapper.Update()
        matrix = np.asarray(actor.user_matrix)
        placed.append(np.asarray(actor.mapper.dataset.points) @ matrix[:3, :3].T + matrix[:3, 3])
    return np.concatenate(placed).astype(np.float64)


def moved_m(name: str, plotter: pv.Plotter, posture: str, weight: float = 0.5) -> FloatArray:
    """Vertices of a piece's moving parts, made in another posture and moved to this one."""
    first = STANDING if posture != STANDING else HINGED
    piece = make_equipment((name,), plotter, anchors(first, weight))
    piece.update(anchors(posture, weight))
    return points_m(piece.moving_actors)


def to_axis_m(points: FloatArray, axis_m: FloatArray) -> FloatArray:
    """Distance from an axis along x."""
    return np.asarray(np.linalg.norm((points - axis_m)[:, 1:], axis=-1))


@pytest.mark.parametrize("name", sorted(set(MAKERS) - FURNITURE))
def test_what_is_held_moves_and_what_stands_does_not(name: str, plotter: pv.Plotter) -> None:
    piece = make_equipment((name,), plotter, anchors(STANDING))
    moving = points_m(piece.moving_actors)
    standing = points_m(piece.static_actors) if piece.static_actors else np.empty((0, 3))

    piece.update(anchors(HINGED))

    assert np.abs(points_m(piece.moving_actors) - moving).max() > 0.05
    if piece.static_actors:
        assert points_m(piece.static_actors) == pytest.approx(standing)


@pytest.mark.parametrize("name", sorted(FURNITURE))
def test_furniture_stands_on_the_floor_and_has_nothing_that_moves(name: str, plotter: pv.Plotter) -> None:
    piece = make_equipment((name,), plotter, anchors(BRIDGING))

    assert not piece.moving_actors
    if name != "none":
        assert points_m(piece.static_actors)[:, 2].min() == pytest.approx(0.0, abs=1e-6)


def test_a_group_has_the_actors_of_all_its_pieces(plotter: pv.Plotter) -> None:
    group = make_equipment(("barbell_hips", "bench", "mini_band"), plotter, anchors(BRIDGING))

    assert (len(group.moving_actors), len(group.static_actors)) == (2, 1)


def test_unknown_names_are_told_what_is_expected(plotter: pv.Plotter) -> None:
    with pytest.raises(ValueError, match=r"expected equipment out of \['band', .*, got \['barbel'\]"):
        make_equipment(("bench", "barbel"), plotter, anchors(BRIDGING))


@pytest.mark.parametrize(("name", "radius_m"), [("barbell", 0.225), ("barbell_small", 0.16)])
def test_the_bar_passes_through_both_grips(name: str, radius_m: float, plotter: pv.Plotter) -> None:
    hands = anchors(HINGED)
    bar = moved_m(name, plotter, HINGED)

    for hand in (hands.left, hands.right):
        assert to_axis_m(bar, hand.grip_m).max() == pytest.approx(radius_m, abs=1e-3)
    assert np.ptp(bar[:, 0]) == pytest.approx(2.20, abs=1e-3)


@pytest.mark.parametrize("weight", BUILDS)
@pytest.mark.parametrize(("name", "posture"), [("barbell_back", STANDING), ("barbell_back", HINGED)])
def test_the_bar_lies_on_the_upper_back(name: str, posture: str, weight: float, plotter: pv.Plotter) -> None:
    axis_m = moved_m(name, plotter, posture, weight).mean(axis=0)
    person = frame(posture, weight)
    near = person.vertices_m[np.abs(person.vertices_m[:, 0]) < 0.12]

    assert 0.014 < to_axis_m(near, axis_m).min() < 0.035
    behind_shoulder = (axis_m - anchors(posture, weight).left_shoulder_m) @ anchors(posture, weight).chest
    assert behind_shoulder[1] > 0.04
    assert 0.0 < behind_shoulder[2] < 0.10


@pytest.mark.parametrize("weight", BUILDS)
@pytest.mark.parametrize("posture", [STANDING, HINGED, BRIDGING])
@pytest.mark.parametrize(("name", "radius_m"), [("barbell_hips", 0.045), ("dumbbell_hips", 0.059)])
def test_a_weight_on_the_hips_touches_them(
    name: str, radius_m: float, posture: str, weight: float, plotter: pv.Plotter
) -> None:
    axis_m = moved_m(name, plotter, posture, weight).mean(axis=0)
    person, hung = frame(posture, weight), anchors(posture, weight)
    arms = body(weight).bone_weight(("upperarm", "lowerarm", "wrist", "finger", "metacarpal")) > 0.3
    skin = person.vertices_m[~arms & (np.abs(person.vertices_m[:, 0]) < 0.2)]

    assert to_axis_m(skin, axis_m).min() == pytest.approx(radius_m + 0.006, abs=0.008)
    assert (axis_m - hung.hip_m) @ hung.pelvis[:, 1] < -0.05


def test_a_stouter_lifter_carries_the_bar_farther_from_the_hip_joint(plotter: pv.Plotter) -> None:
    reach_m = [
        float(np.linalg.norm((moved_m("barbell_hips", plotter, STANDING, weight).mean(axis=0) - hip_m)[1:]))
        for weight, hip_m in ((weight, anchors(STANDING, weight).hip_m) for weight in BUILDS)
    ]

    assert reach_m[1] > reach_m[0] + 0.001


@pytest.mark.parametrize("posture", [STANDING, HINGED, BRIDGING])
def test_the_mini_band_lies_round_both_thighs_above_the_knees(posture: str, plotter: pv.Plotter) -> None:
    band, hung = moved_m("mini_band", plotter, posture), anchors(posture)

    for leg, outer in ((hung.left_leg, 1.0), (hung.right_leg, -1.0)):
        mine = band[outer * band[:, 0] > outer * leg.girth_centre_m[0]] - leg.girth_centre_m
        aside = mine - (mine @ leg.thigh)[:, None] * leg.thigh
        assert np.linalg.norm(aside, axis=-1) == pytest.approx(leg.girth_radius_m + 0.006, abs=1e-3)
        above_knee_m = (leg.knee_m - mine - leg.girth_centre_m) @ leg.thigh
        assert (above_knee_m.min(), above_knee_m.max()) == pytest.approx((0.06, 0.11), abs=0.005)
        assert 0.04 < leg.girth_radius_m < 0.09


@pytest.mark.parametrize("weight", BUILDS)
def test_the_bench_touches_the_upper_back_of_the_first_frame(weight: float, plotter: pv.Plotter) -> None:
    first = anchors(BRIDGING, weight)
    bench = points_m(make_equipment(("bench",), plotter, first).static_actors)

    assert bench[:, 2].max() == pytest.approx(first.back.contact_m[2], abs=0.015)
    assert bench[:, 1].min() == pytest.approx(first.back.contact_m[1], abs=1e-6)
    skin = frame(BRIDGING, weight).vertices_m
    assert np.linalg.norm(skin - first.back.contact_m, axis=-1).min() < 0.15
    assert np.linalg.norm((skin - first.back.contact_m)[:, 1:], axis=-1).min() < 0.02


def test_no_bench_under_a_standing_lifter(plotter: pv.Plotter) -> None:
    with pytest.raises(ValueError, match="expected the upper back 0.25-0.65 m above the floor"):
        make_equipment(("bench",), plotter, anchors(STANDING))


def test_the_band_becomes_thinner_when_stretched(plotter: pv.Plotter) -> None:
    piece = make_equipment(("band",), plotter, anchors(STANDING))
    held = piece.moving_actors[2:]
    thick_m = np.ptp(points_m(held)[:, 2])

    far = anchors(HINGED)
    piece.update(far)

    length_m = np.linalg.norm(far.grip_m - np.array([0.0, 0.885, 0.30]))
    assert np.ptp(points_m(held)[:, 2]) == pytest.approx(0.026 * (length_m / 0.95) ** -0.5, rel=0.05)
    assert np.ptp(points_m(held)[:, 2]) != pytest.approx(thick_m, rel=1e-3)


@pytest.mark.parametrize("posture", [STANDING, HINGED])
def test_the_dowel_touches_the_sacrum_and_no_part_of_the_back_is_behind_it(posture: str, plotter: pv.Plotter) -> None:
    stick, back = moved_m("dowel", plotter, posture), anchors(posture).back
    middle_m = stick.mean(axis=0)
    along = unit(back.head_m - back.sacrum_m)
    along = np.linalg.svd(stick - middle_m)[2][0] * np.sign(np.linalg.svd(stick - middle_m)[2][0] @ along)
    outward = np.cross(along, np.array([1.0, 0.0, 0.0]))

    assert (middle_m - back.sacrum_m) @ outward == pytest.approx(0.022, abs=1e-3)
    gaps_m = (middle_m - back.midline_m) @ outward
    assert gaps_m.min() == pytest.approx(0.022, abs=1e-3)
    assert ((stick - back.head_m) @ along).max() > 0.15


def test_the_kettlebell_hangs_in_line_with_the_forearms(plotter: pv.Plotter) -> None:
    bell, hung = moved_m("kettlebell", plotter, HINGED), anchors(HINGED)
    relative = bell - hung.grip_m

    assert (relative @ hung.forearm).max() == pytest.approx(0.232, abs=2e-3)
    assert np.ptp(bell[:, 0]) == pytest.approx(0.20, abs=2e-3)


def test_a_goblet_stays_out_of_the_chest(plotter: pv.Plotter) -> None:
    hung = anchors(STANDING)
    bell = moved_m("kettlebell_chest", plotter, STANDING)

    assert bell[:, 2].max() > hung.grip_m[2] > bell[:, 2].min()
    assert -0.051 <= bell[:, 1].mean() - hung.grip_m[1] <= 1e-3


def test_a_dumbbell_in_each_hand_across_in_front_of_the_thighs(plotter: pv.Plotter) -> None:
    piece = make_equipment(("dumbbells",), plotter, anchors(STANDING))
    piece.update(anchors(HINGED))

    for actor, hand in zip(piece.moving_actors, (anchors(HINGED).left, anchors(HINGED).right), strict=True):
        one = points_m([actor]) - hand.grip_m
        assert one.mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-3)
        assert np.ptp(one[:, 0]) == pytest.approx(0.30, abs=0.01)


def test_dumbbells_beside_the_thighs_lie_along_the_knuckles(plotter: pv.Plotter) -> None:
    held = anchors(STANDING)
    apart = [
        replace(hand, grip_m=hand.grip_m + np.array([sign * 0.25, 0.0, 0.0]))
        for hand, sign in ((held.left, 1.0), (held.right, -1.0))
    ]
    piece = make_equipment(("dumbbells",), plotter, replace(held, left=apart[0], right=apart[1]))

    for actor, hand in zip(piece.moving_actors, apart, strict=True):
        assert np.ptp(points_m([actor]) @ hand.knuckles) == pytest.approx(0.302, abs=2e-3)


@pytest.mark.parametrize("name", ["cable", "cable_handle"])
def test_the_cable_leads_from_the_pulley_to_the_hand(name: str, plotter: pv.Plotter) -> None:
    rope = moved_m(name, plotter, HINGED)
    hung = anchors(HINGED)

    for end_m in (np.array([0.0, 0.81, 0.28]), hung.right.grip_m):
        assert np.linalg.norm(rope - end_m, axis=-1).min() < 0.08


def test_only_the_near_rack_has_an_upright_before_the_camera(plotter: pv.Plotter) -> None:
    far, near = (
        points_m(make_equipment((name,), plotter, anchors(STANDING)).static_actors) for name in ("rack", "rack_near")
    )

    assert far[:, 0].min() > 0.3
    tall = near[(near[:, 0] < 0) & (near[:, 2] > 1.0)]
    assert (tall[:, 0].max(), tall[:, 1].min()) == pytest.approx((-0.62, 0.30), abs=0.002)
    assert near[:, 2].max() == pytest.approx(2.20)
