"""The crowd is drawn always the same, from its ranges, and somebody else with every number."""

import numpy as np
import pytest
from hingewise.kinematics import leaning
from hingewise.kinematics.leaning import CORRECTED, N_POSTURE
from hingewise.kinematics.lumbar import apply_rule, make_inputs
from hingewise.pose.skeletons import LANDMARKS

from hingewise_validation.crowd import train_leaning
from hingewise_validation.crowd.draw import draw_recipe
from hingewise_validation.crowd.numbers import is_lying, n_standing
from hingewise_validation.crowd.outlines import Outlines
from hingewise_validation.crowd.postures import Postures
from hingewise_validation.crowd.train_lumbar import Schedule, people, train_rule
from hingewise_validation.lifter.body import Body
from hingewise_validation.motion.movement import load_movement
from hingewise_validation.production import Recipe
from hingewise_validation.study.cast import parse_data

N_POINTS = 31


def test_a_number_is_always_the_same_person() -> None:
    assert draw_recipe(7) == draw_recipe(7)
    assert draw_recipe(7) != draw_recipe(8)


@pytest.mark.parametrize("number", [0, 11, 404])
def test_people_postures_and_cameras_keep_to_the_ranges(number: int) -> None:
    ranges = parse_data("crowd.toml")
    recipe = draw_recipe(number)
    movement = recipe.movement
    assert len(movement.postures) == ranges["n_postures"] + 1
    for name, posture in movement.postures.items():
        if name != "standing":
            kinds = [kind["lumbar_flexion_deg"] for kind in ranges["kind"]]
            assert min(low for low, _ in kinds) <= posture["lumbar_flexion_deg"] <= max(high for _, high in kinds)
    assert list(movement.equipment) in [use["equipment"] for use in ranges["use"]]
    low, high = ranges["camera"]["wide_yaw_deg"]
    assert low <= recipe.camera.yaw_deg <= high


def test_first_come_those_who_stand_then_the_strangers_then_those_who_lie() -> None:
    ranges = parse_data("crowd.toml")
    first_lying = ranges["n_films"] + ranges["n_strangers"]
    assert n_standing() == first_lying
    for number in (0, ranges["n_films"] - 1, ranges["n_films"], first_lying - 1):
        assert not is_lying(number)
    for number in (first_lying, first_lying + ranges["n_lying"] - 1):
        assert is_lying(number)


@pytest.fixture(scope="module")
def lying() -> list[Recipe]:
    """The first who lie."""
    return [draw_recipe(n_standing() + place) for place in range(12)]


def test_on_the_floor_and_on_the_bench_people_lie_as_in_the_movements(lying: list[Recipe]) -> None:
    movements = [load_movement(name) for name in parse_data("crowd.toml")["lying"]["movements"]]
    used = {(rest.equipment, rest.stance.support, rest.stance.hands): rest for rest in movements}
    for recipe in lying:
        movement = recipe.movement
        rest = used[movement.equipment, movement.stance.support, movement.stance.hands]
        assert movement.stance.low_trunk_deg == rest.stance.low_trunk_deg
        assert (movement.n_repetitions, movement.phases) == (0, ())
    assert {recipe.movement.stance.support for recipe in lying} == {"bench", "floor"}
    assert len({recipe.movement.equipment for recipe in lying}) > 2


def test_those_who_stand_stand_on_their_feet() -> None:
    assert draw_recipe(0).movement.stance.support == draw_recipe(n_standing() - 1).movement.stance.support == "feet"


def test_who_lies_keeps_to_the_ranges(lying: list[Recipe]) -> None:
    ranges = parse_data("crowd.toml")["lying"]
    for recipe in lying:
        stance, postures = recipe.movement.stance, dict(recipe.movement.postures)
        postures.pop("low")
        assert len(postures) == ranges["n_postures"]
        assert [phase.to for phase in recipe.movement.prelude] == list(postures)
        way_deg = stance.high_trunk_deg - stance.low_trunk_deg
        for posture in postures.values():
            share = (posture["trunk_inclination_deg"] - stance.low_trunk_deg) / way_deg
            assert within(share, ranges["share_of_way"])
            for name, limits in ranges["posture"].items():
                assert within(posture[name], limits), name
        for name in ("abduction_deg", "toe_out_deg", "feet_forward_m"):
            assert within(getattr(stance, name), ranges[name]), name
        if stance.support == "bench":
            assert within(stance.support_height_m, ranges["bench_height_m"])


def test_the_camera_of_who_lies_is_turned_and_closer(lying: list[Recipe]) -> None:
    """In landscape, of the height of picture for a standing lifter a share, from the same place."""
    ranges = parse_data("crowd.toml")
    share = ranges["lying"]["cover_share"]
    for recipe in lying:
        camera = recipe.camera
        assert camera.width_px > camera.height_px
        assert within(camera.look_forward_m, ranges["lying"]["look_forward_m"])
        assert within(camera.distance_m, ranges["camera"]["distance_m"])
        assert within(camera.yaw_deg, ranges["camera"]["wide_yaw_deg"])
        cover_m = 2 * camera.distance_m * np.tan(np.deg2rad(camera.vertical_field_deg) / 2)
        assert within(cover_m / share, ranges["camera"]["cover_m"])


def within(value: float, limits: list[float]) -> bool:
    low, high = limits
    return low - 1e-9 <= value <= high + 1e-9


def test_the_crowd_is_lean_and_heavy() -> None:
    masses = []
    for number in range(12):
        body = Body(draw_recipe(number).phenotype)
        masses.append(body.mass_kg / body.stature_m**2)
    assert min(masses) < 22.0
    assert max(masses) > 28.0


def made_up(n_people: int, n_rows: int) -> Outlines:
    """Backs whose flexion is fifty times how far one place stands out more than in standing, and some noise."""
    rng = np.random.default_rng(5)
    standing = 0.2 + 0.02 * rng.normal(size=(n_people, N_POINTS))
    person = np.repeat(np.arange(n_people), n_rows)
    bump = np.exp(-(((np.arange(N_POINTS) - 18) / 5.0) ** 2))
    size = rng.uniform(-0.3, 0.8, person.size)
    return Outlines(
        person=person,
        profile=standing[person] + size[:, None] * bump,
        hip_deg=rng.uniform(0, 100, person.size),
        lumbar_deg=50.0 * size + rng.normal(0.0, 2.0, person.size),
        standing=standing,
        yaw_deg=np.zeros(n_people),
        fit=("tight",) * n_people,
        equipment=("",) * n_people,
    )


def test_training_finds_what_can_be_found_and_how_sure_it_is() -> None:
    outlines = made_up(40, 60)
    rule = train_rule(outlines, Schedule(n_epochs=30))
    standing = outlines.standing[outlines.person]
    said = apply_rule(rule, make_inputs(rule, outlines.profile, standing, outlines.hip_deg))
    error = said.flexion_deg - outlines.lumbar_deg
    assert np.abs(error).mean() < 3.0
    assert 0.6 < np.median(said.sd_deg) / error.std() < 1.7
    assert said.loose.max() < 0.0  # nobody wears a loose shirt


def test_some_people_are_numbered_anew() -> None:
    outlines = made_up(5, 3)
    some = people(outlines, [1, 4])
    assert some.person.tolist() == [0, 0, 0, 1, 1, 1]
    assert (some.standing == outlines.standing[[1, 4]]).all()
    assert (some.profile == outlines.profile[[3, 4, 5, 12, 13, 14]]).all()


QUICK = train_leaning.Schedule(hidden=(24,), n_epochs=25, n_sd_epochs=5, batch=256, rate=1e-2)
NOISE_DEG = (1.0, 2.0, 3.0)
"""Of the made-up trunks, thighs and shanks."""


def made_up_postures(n_people: int, n_rows: int, *, tilt_sd_deg: float = 0.0) -> Postures:
    """Landmarks that lack ten degrees for each unit of a column of their own, and some noise.

    Their camera is tilted, as the third column of their standing shows. The first tenth lies; some shanks are hidden.
    """
    rng = np.random.default_rng(6)
    person = np.repeat(np.arange(n_people), n_rows)
    posture, standing = (rng.normal(size=(n, N_POSTURE)) for n in (person.size, n_people))
    tilt_deg = tilt_sd_deg * standing[:, 2]
    lacking_deg = 10.0 * posture[:, :3] + rng.normal(0.0, NOISE_DEG, (person.size, 3))
    lacking_deg[rng.random(person.size) < 0.2, 2] = np.nan
    standing_lacking_deg = 10.0 * standing[:, :3] + rng.normal(0.0, NOISE_DEG, (n_people, 3))
    lies = np.arange(n_people) < n_people // 10
    for values in (standing, standing_lacking_deg):
        values[lies] = np.nan
    return Postures(
        person=person,
        posture=posture,
        confidence=np.ones((person.size, len(LANDMARKS))),
        lacking_deg=lacking_deg,
        standing=standing,
        standing_confidence=np.ones((n_people, len(LANDMARKS))),
        standing_lacking_deg=standing_lacking_deg,
        oblique_deg=rng.uniform(-30.0, 30.0, n_people),
        tilt_deg=np.where(lies, 0.0, tilt_deg),
    )


def told(rule: leaning.LeaningRule, postures: Postures, *, stood: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Corrections and standard deviations, shown everybody's standing or nobody's."""
    who = postures.person
    standing = postures.standing[who] if stood else np.full(N_POSTURE, np.nan)
    inputs = leaning.make_inputs(rule, postures.posture, postures.confidence, standing, postures.oblique_deg[who])
    return leaning.apply_rule(rule, inputs)


def test_training_finds_what_landmarks_lack_and_how_sure_it_is() -> None:
    """Of people whom it was not shown: all but the noise, and the noise's size."""
    postures = made_up_postures(60, 60)
    known, others = (train_leaning.people(postures, np.arange(start, 60, 2)) for start in (0, 1))
    rule = train_leaning.train_leaning(known, QUICK)
    assert (rule.sd_factor == 1.0).all()
    correction, sd = told(rule, others)
    error = correction - others.lacking_deg
    for column, noise_deg in enumerate(NOISE_DEG):
        spread = np.nanstd(error[:, column])
        assert spread < 1.6 * noise_deg, CORRECTED[column]
        assert 0.6 < np.median(sd[:, column]) / spread < 1.7, CORRECTED[column]


def test_joints_are_as_sure_as_their_segments_in_posture_and_standing_let_them_be() -> None:
    """Without standing only the posture's own noise is in them."""
    postures = made_up_postures(40, 60)
    rule = train_leaning.train_leaning(postures, QUICK)
    trunk, thigh, shank = NOISE_DEG
    for joint, noise_deg in ((3, np.hypot(trunk, thigh)), (4, np.hypot(thigh, shank))):
        for stood, share in ((True, np.sqrt(2.0)), (False, 1.0)):
            sd = told(rule, postures, stood=stood)[1][postures.person >= 4, joint]
            assert 0.7 < np.median(sd) / (share * noise_deg) < 1.5


def test_who_is_seen_to_stand_is_measured_from_the_vertical() -> None:
    """There the product takes the camera's tilt away, so the correction must not; elsewhere it stays."""
    postures = made_up_postures(60, 40, tilt_sd_deg=6.0)
    rule = train_leaning.train_leaning(postures, QUICK)
    stands = postures.person >= 6
    tilt_deg = postures.tilt_deg[postures.person][stands]
    shown, alone = (told(rule, postures, stood=stood)[0][stands] for stood in (True, False))
    more = shown - alone
    for column in range(3):
        slope = np.polyfit(tilt_deg, more[:, column], 1)[0]
        assert slope == pytest.approx(1.0, abs=0.2), CORRECTED[column]
    before = postures.lacking_deg[stands]
    assert np.abs(np.nanmean(alone - before, axis=0)).max() < 1.0


def test_some_people_with_postures_are_numbered_anew() -> None:
    postures = made_up_postures(5, 3)
    some = train_leaning.people(postures, np.array([1, 4]))
    rows = [3, 4, 5, 12, 13, 14]
    assert some.person.tolist() == [0, 0, 0, 1, 1, 1]
    for name in ("posture", "confidence", "lacking_deg"):
        np.testing.assert_array_equal(getattr(some, name), getattr(postures, name)[rows])
    for name in ("standing", "standing_confidence", "standing_lacking_deg", "oblique_deg", "tilt_deg"):
        np.testing.assert_array_equal(getattr(some, name), getattr(postures, name)[[1, 4]])
