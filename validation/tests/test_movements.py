"""Every movement on the body model: within its anchors (BIOMECHANICS 4), on every body, hands where they belong."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hingewise_validation.lifter.arms import HOLDS
from hingewise_validation.lifter.body import Body, Phenotype
from hingewise_validation.lifter.posing import pose_lifter
from hingewise_validation.lifter.reach import grip_m
from hingewise_validation.lifter.skeleton import BonePoses
from hingewise_validation.motion.faults import apply_fault
from hingewise_validation.motion.movement import Movement, list_movements, load_movement
from hingewise_validation.motion.sampling import MovementSamples, sample_movement
from hingewise_validation.motion.variants import with_partials, with_pauses, with_walks
from hingewise_validation.picture.camera import Camera
from hingewise_validation.truth.document import Recorder, make_document
from stick import DEFAULT, SOLE_M, body_skeleton, true_angles

EXAMPLE = Path(__file__).parents[2] / "examples" / "cable_pull_through.truth.json"
EXTREMES = (
    Phenotype(gender=0.0, height=0.1, weight=0.95, muscle=0.2, proportions=0.9),
    Phenotype(gender=0.0, height=0.95, weight=0.2, muscle=0.9, proportions=0.2),
    Phenotype(gender=1.0, height=0.1, weight=0.2, muscle=0.2, proportions=0.2),
    Phenotype(gender=1.0, height=0.95, weight=0.95, muscle=0.9, proportions=0.9),
)
ANCHORS = {
    # movement: (knee at the deepest, trunk-thigh at the deepest, trunk at the deepest)
    "band_pull_through": ((10, 35), (80, 105), (60, 85)),
    "cable_pull_through": ((10, 35), (80, 105), (60, 85)),
    "banded_cable_pull_through": ((10, 35), (80, 105), (60, 85)),
    "single_arm_pull_through": ((10, 35), (80, 105), (60, 85)),
    "romanian_deadlift": ((15, 25), (80, 100), (60, 85)),
    "dumbbell_romanian_deadlift": ((15, 25), (80, 100), (60, 85)),
    "deadlift": ((56, 71), (108, 134), (50, 80)),
    "good_morning": ((4, 12), (66, 85), (45, 85)),
    "dowel_hinge": ((10, 35), (70, 100), (45, 85)),
    "swing": ((20, 45), (75, 110), (55, 85)),
    "swing_squat": ((65, 100), (80, 115), (35, 60)),
    "squat": ((95, 125), (95, 130), (30, 50)),
    "goblet_squat": ((95, 125), (85, 130), (20, 45)),
    "back_squat": ((95, 125), (95, 130), (30, 55)),
}
THRUSTS = ("hip_thrust", "barbell_hip_thrust", "banded_hip_thrust", "single_leg_hip_thrust", "glute_bridge")


def posed(name: str, phenotype: Phenotype = DEFAULT, rate_hz: float = 30) -> tuple[MovementSamples, BonePoses]:
    movement = load_movement(name)
    samples = sample_movement(movement, rate_hz=rate_hz, seed=1)
    return samples, pose_lifter(body_skeleton(phenotype), samples, movement.stance, sole_height_m=SOLE_M)


def in_first_repetition(samples: MovementSamples) -> np.ndarray:
    return (samples.time_s >= samples.repetition_starts_s[0]) & (samples.time_s <= samples.repetition_ends_s[0])


@pytest.mark.parametrize("name", sorted(ANCHORS))
def test_the_bottom_is_within_the_anchors(name: str) -> None:
    samples, poses = posed(name)
    angles = true_angles(poses)
    inside = np.flatnonzero(in_first_repetition(samples))
    deepest = inside[np.argmax(angles.trunk_thigh_flexion_deg[inside])]
    found = (
        angles.knee_flexion_deg[deepest],
        angles.trunk_thigh_flexion_deg[deepest],
        angles.trunk_inclination_deg[deepest],
    )

    for value, (low, high) in zip(found, ANCHORS[name], strict=True):
        assert low <= value <= high, found


@pytest.mark.parametrize("name", sorted(ANCHORS))
def test_the_lockout_is_upright(name: str) -> None:
    samples, poses = posed(name)
    angles = true_angles(poses)
    top = np.argmin(angles.trunk_thigh_flexion_deg[in_first_repetition(samples)])
    assert abs(angles.trunk_thigh_flexion_deg[in_first_repetition(samples)][top]) < 6


@pytest.mark.parametrize("name", THRUSTS)
def test_a_thrust_ends_in_a_line_over_upright_shanks(name: str) -> None:
    samples, poses = posed(name)
    angles = true_angles(poses)
    inside = np.flatnonzero(in_first_repetition(samples))
    top = inside[np.argmin(angles.trunk_thigh_flexion_deg[inside])]

    assert abs(angles.trunk_thigh_flexion_deg[top]) < 5
    assert abs(angles.shank_inclination_deg[top]) < 15
    assert 85 <= angles.knee_flexion_deg[top] <= 115
    assert angles.trunk_thigh_flexion_deg[inside].max() > 50


@pytest.mark.parametrize("phenotype", EXTREMES, ids=lambda p: f"{p.gender:g}-{p.height:g}-{p.weight:g}")
def test_every_movement_can_be_done_by_every_body(phenotype: Phenotype) -> None:
    for name in list_movements():
        samples, poses = posed(name, phenotype, rate_hz=6)
        assert np.all(np.isfinite(poses.heads_m)), name
        assert np.all(np.isfinite(poses.rotations)), name
        planted = "R" if load_movement(name).stance.raised_leg == "far" else "LR"
        if not samples.walks:
            slide_m = max(float(np.ptp(poses.head(f"foot.{side}"), axis=0).max()) for side in planted)
            assert slide_m < 0.005, name


@pytest.mark.parametrize("phenotype", (Phenotype(), *EXTREMES), ids=lambda p: f"{p.gender:g}-{p.height:g}")
def test_a_bar_stays_close_to_the_legs_and_comes_from_the_floor(phenotype: Phenotype) -> None:
    for name in ("romanian_deadlift", "deadlift"):
        _, poses = posed(name, phenotype, rate_hz=10)
        knee_m, ankle_m = poses.head("lowerleg01.R"), poses.head("foot.R")
        share = np.clip((grip_m(poses) - ankle_m)[:, 2] / (knee_m - ankle_m)[:, 2], 0, 1)
        low = share < 1
        before_m = (ankle_m + share[:, None] * (knee_m - ankle_m) - grip_m(poses))[low, 1]
        assert np.all(before_m > 0.0), name
        assert np.all(before_m < 0.2), name
    samples, poses = posed("deadlift", phenotype)
    bottoms = np.searchsorted(samples.time_s, samples.bottoms_s[:-1])
    assert grip_m(poses)[bottoms, 2] == pytest.approx(load_movement("deadlift").stance.reach_m, abs=0.01)


@pytest.mark.parametrize("phenotype", (Phenotype(), *EXTREMES), ids=lambda p: f"{p.gender:g}-{p.height:g}")
@pytest.mark.parametrize("name", ["good_morning", "back_squat", "goblet_squat", "barbell_hip_thrust", "dowel_hinge"])
def test_hands_stay_where_they_hold_something(name: str, phenotype: Phenotype) -> None:
    _, poses = posed(name, phenotype, rate_hz=6)
    for side, hold in zip("LR", HOLDS[load_movement(name).stance.hands], strict=True):
        bone, anchor = ("spine01", "upperarm01") if hold.frame == "chest" else ("root", "upperleg01")
        turned = np.swapaxes(poses.rotation(bone), -1, -2)
        offset_m = (turned @ (poses.head(f"wrist.{side}") - poses.head(f"{anchor}.{side}"))[..., None])[..., 0]
        moves_up = hold.bent_up > 0  # a bar in the crease of the hips goes up when they bend
        assert np.ptp(offset_m, axis=0)[: 2 if moves_up else 3].max() < 0.09


@pytest.mark.parametrize("phenotype", (Phenotype(), *EXTREMES), ids=lambda p: f"{p.gender:g}-{p.height:g}")
def test_hands_of_a_thrust_with_a_bar_are_before_the_hips(phenotype: Phenotype) -> None:
    _, poses = posed("barbell_hip_thrust", phenotype, rate_hz=6)
    turned = np.swapaxes(poses.rotation("root"), -1, -2)
    away_m = (turned @ (grip_m(poses) - poses.head("upperleg01.R"))[..., None])[..., 0]
    assert np.all(away_m[:, 1] < -0.05)
    assert np.all(away_m[:, 2] > -0.05)


def document_of(movement: Movement, seed: int, *, mirrored: bool = False) -> dict[str, Any]:
    body = Body(Phenotype())
    samples = sample_movement(movement, rate_hz=30, seed=seed)
    sole_m = float(body.skeleton.head_m("foot.R")[2] - body.rest_vertices_m[:, 2].min() + 0.011)
    poses = pose_lifter(body.skeleton, samples, movement.stance, sole_height_m=sole_m)
    recorder = Recorder(body.skeleton)
    for frame in body.frames(poses):
        recorder.keep(frame)
    camera = Camera(look_forward_m=movement.look_forward_m, mirrored=mirrored)
    document = make_document(recorder.finish(), samples, movement=movement, body=body, camera=camera, seed=seed)
    return dict(json.loads(json.dumps(document)))


def test_the_example_comes_out_the_same() -> None:
    known, made = json.loads(EXAMPLE.read_text("utf-8")), document_of(load_movement("cable_pull_through"), 7)

    assert made["n_frames"] == known["n_frames"]
    for name, values in known["frames"].items():
        if name.endswith("_deg"):
            assert made["frames"][name] == pytest.approx(values, abs=0.05)
    for name, points in known["frames"]["joints_px"].items():
        assert np.array(made["frames"]["joints_px"][name]) == pytest.approx(np.array(points), abs=0.15)
    for before, after in zip(known["repetitions"], made["repetitions"], strict=True):
        assert {key: after[key] for key in before} == pytest.approx(before, abs=0.001)


def test_the_document_of_a_mirrored_deadlift() -> None:
    document = document_of(load_movement("deadlift"), 1, mirrored=True)
    first, *later = document["repetitions"]

    assert document["view"] == {"near_side": "left", "facing": "left"}
    assert len(later) == 3
    assert first["bottom_s"] is None
    assert first["start_s"] == first["bottom_end_s"] < first["top_s"] < first["end_s"]
    for before, after in zip([first, *later], later, strict=False):
        assert before["end_s"] == after["start_s"] < after["bottom_start_s"] < after["bottom_end_s"] < after["top_s"]
    assert [each["name"] for each in document["rejected"]] == ["bend for the bar"]
    px = document["frames"]["joints_px"]
    assert px["toe"][0][0] < px["heel"][0][0]


def test_walks_around_a_set_change_nothing_of_it() -> None:
    plain = load_movement("romanian_deadlift")
    walked = with_walks(plain)
    before, after = (sample_movement(each, rate_hz=30, seed=4) for each in (plain, walked))
    poses = pose_lifter(body_skeleton(), after, walked.stance, sole_height_m=SOLE_M)
    later_s = after.repetition_starts_s[0] - before.repetition_starts_s[0]
    inside = (after.time_s >= after.repetition_starts_s[0]) & (after.time_s <= after.repetition_ends_s[-1])

    assert walked.travels
    assert after.repetition_ends_s == pytest.approx([time_s + later_s for time_s in before.repetition_ends_s])
    assert np.ptp(poses.head("foot.R")[inside], axis=0).max() < 0.005
    assert poses.head("foot.R")[inside, 1] == pytest.approx(0.0, abs=0.005)
    assert abs(poses.head("root")[0, 1]) > 2
    assert abs(poses.head("root")[-1, 1]) > 2
    assert true_angles(poses).trunk_inclination_deg[inside].max() == pytest.approx(73.0, abs=5)


def test_partial_paused_and_faulty_repetitions_are_in_the_document() -> None:
    movement = with_pauses(with_partials(load_movement("romanian_deadlift"), {3: 0.5}), [2], wait_s=1.5)
    document = document_of(apply_fault(movement, "lumbar_rounding", (0.0, 10.0, 20.0, 30.0)), 1)
    repetitions = document["repetitions"]

    assert [each["partial"] for each in repetitions] == [False, False, True, False]
    bottoms_s = [each["bottom_end_s"] - each["bottom_start_s"] for each in repetitions]
    assert bottoms_s[1] > bottoms_s[0] + 1.2
    assert document["faults"] == [{"id": "lumbar_rounding", "unit": "deg", "strengths": [0.0, 10.0, 20.0, 30.0]}]
    assert len(document["frames"]["knee_separation_fraction"]) == document["n_frames"]
    assert max(document["frames"]["lumbar_flexion_deg"]) == pytest.approx(13 + 30, abs=2)


def test_weight_on_one_foot_is_kept_as_a_share_of_the_feet() -> None:
    document = document_of(apply_fault(load_movement("squat"), "uneven_weight", (9.0, 0.0, 9.0, 0.0)), 1)
    shift = np.array(document["frames"]["weight_shift_fraction"])
    assert abs(shift[0]) < 0.01
    assert 0.1 < np.abs(shift).max() < 0.4


def test_who_only_walks_or_picks_something_up_does_no_repetition() -> None:
    for name, windows in (("walking", 1), ("pick_up", 4)):
        document = document_of(load_movement(name), 1)
        assert document["repetitions"] == []
        assert len(document["rejected"]) == windows
