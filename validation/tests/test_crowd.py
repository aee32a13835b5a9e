"""The crowd is drawn always the same, from its ranges, and somebody else with every number."""

import numpy as np
import pytest
from hingewise.kinematics.lumbar import apply_rule, make_inputs

from hingewise_validation.crowd.draw import draw_recipe
from hingewise_validation.crowd.outlines import Outlines
from hingewise_validation.crowd.train import Schedule, people, train_rule
from hingewise_validation.lifter.body import Body
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
