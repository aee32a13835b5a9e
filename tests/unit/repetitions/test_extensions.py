"""Hip extensions: what counts as one movement, before anything is known of exercises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.movement import Movement, compute_movement
from hingewise.repetitions.extensions import (
    Extension,
    find_extensions,
    level,
    lockout_level_deg,
    steep_span,
    typical_rom_deg,
)
from tests.builders import STAND, Key, Pose, Script, Trouble, make_lifter
from tests.builders_sets import (
    DEADLIFT_BOTTOM,
    HINGE_BOTTOM,
    deadlift,
    hinge,
    thrust_from_standing,
)


def move(script: Script, noise_px: float = 0.0) -> Movement:
    return compute_movement(make_lifter(script, trouble=Trouble(noise_px=noise_px)))


def extension(bottom_deg: float, top_deg: float) -> Extension:
    return Extension(before=0, bottom=1, top=2, after=3, bottom_deg=bottom_deg, top_deg=top_deg)


def repeat(*keys: Key, n: int = 3) -> Script:
    """A second and a half of standing, then the same movements again and again."""
    return Script(keys=(Key(duration_s=1.5, pose=STAND),) + keys * n)


def test_an_extension_runs_from_the_bottom_to_the_lockout() -> None:
    found = find_extensions(move(hinge(2, tempo_s=(2.0, 0.0, 1.0, 0.0))))
    assert [round(e.bottom / 30, 1) for e in found] == pytest.approx([3.5, 6.5], abs=0.1)
    assert [e.rom_deg for e in found] == pytest.approx([90.0, 90.0], abs=3.0)
    assert found[0].before is not None
    assert found[0].after == found[1].bottom


def test_a_film_that_begins_at_the_bottom_shows_no_movement_before_it() -> None:
    found = find_extensions(move(deadlift(2)))
    assert found[0].before is None
    assert found[1].before is not None
    assert found[1].after is None


@pytest.mark.parametrize("up", [0.1, 0.28, 0.4])
def test_bouncing_at_the_bottom_is_one_extension(up: float) -> None:
    bounce = Key(duration_s=0.35, pose=HINGE_BOTTOM.toward(STAND, up))
    down = Key(duration_s=1.5, pose=HINGE_BOTTOM)
    again = replace(down, duration_s=0.35)
    script = repeat(down, bounce, again, Key(duration_s=1.2, pose=STAND))
    assert len(find_extensions(move(script))) == 3


@pytest.mark.parametrize("noise_px", [0.0, 3.0])
@pytest.mark.parametrize("sag", [0.0, 0.2, 0.3])
def test_stopping_and_sinking_halfway_up_is_one_extension(sag: float, noise_px: float) -> None:
    script = repeat(
        Key(duration_s=1.5, pose=HINGE_BOTTOM),
        Key(duration_s=0.8, pose=HINGE_BOTTOM.toward(STAND, 0.6)),
        Key(duration_s=1.5, pose=HINGE_BOTTOM.toward(STAND, 0.6 - sag)),
        Key(duration_s=0.8, pose=STAND),
        n=4,
    )
    found = find_extensions(move(script, noise_px))
    assert len(found) == 4
    assert [e.rom_deg for e in found] == pytest.approx([90.0] * 4, abs=6.0)


def test_one_and_a_half_repetitions_are_two_extensions() -> None:
    """Halfway up, all the way down again, then up: the half is a movement of its own."""
    script = repeat(
        Key(duration_s=1.5, pose=HINGE_BOTTOM),
        Key(duration_s=0.8, pose=HINGE_BOTTOM.toward(STAND, 0.55)),
        Key(duration_s=0.8, pose=HINGE_BOTTOM),
        Key(duration_s=1.2, pose=STAND),
    )
    assert len(find_extensions(move(script))) == 6


def test_fidgeting_is_none() -> None:
    fidget = Key(duration_s=0.5, pose=STAND.toward(HINGE_BOTTOM, 0.25))
    script = repeat(
        fidget,
        Key(duration_s=0.5, pose=STAND),
        Key(duration_s=2, pose=HINGE_BOTTOM),
        Key(duration_s=1, pose=STAND),
    )
    assert len(find_extensions(move(script))) == 3


def test_small_movements_alone_are_found_only_above_the_smallest_range() -> None:
    small, smaller = (
        repeat(Key(duration_s=1.0, pose=Pose(trunk_deg=deg)), Key(duration_s=1.0, pose=STAND))
        for deg in (32.0, 18.0)
    )
    assert len(find_extensions(move(small))) == 3
    assert find_extensions(move(smaller)) == []


def test_lying_down_is_no_part_of_the_first_thrust() -> None:
    found = find_extensions(move(thrust_from_standing(3)))
    assert found[0].rom_deg == pytest.approx(68.0, abs=5.0)
    assert found[0].before is None
    assert 5.0 < found[0].bottom / 30 < 5.6


def test_the_steep_part_leaves_out_the_holds_around_it() -> None:
    """The deepest and the highest sample may lie anywhere in a hold."""
    movement = move(hinge(1, tempo_s=(2.0, 2.0, 1.0, 3.0)), noise_px=3.0)
    start, end = steep_span(movement, find_extensions(movement)[0])
    assert 5.4 < start / 30 < 6.0
    assert 6.0 < end / 30 < 6.6


@pytest.mark.parametrize(
    "roms,typical",
    [([90.0], 90.0), ([90, 90, 45], 90.0), ([45, 90, 45, 90], 90.0), ([20.0], None)],
)
def test_half_repetitions_do_not_lower_the_typical_range(
    roms: list[float], typical: float | None
) -> None:
    got = typical_rom_deg([extension(rom, 0.0) for rom in roms])
    assert np.isnan(got) if typical is None else got == typical


def test_missed_lockouts_do_not_lower_the_sets_own() -> None:
    assert lockout_level_deg([extension(90, top) for top in (0.0, 40.0, 2.0, 38.0)]) == 1.0
    assert lockout_level_deg([extension(90, 5.0)]) == 5.0
    assert np.isnan(lockout_level_deg([]))


def test_a_level_is_that_of_the_samples_around() -> None:
    series = np.array([1.0, 1.0, 50.0, 1.0, np.nan])
    assert level(series, 2, reach=1) == 1.0
    assert np.isnan(level(series, 4, reach=0))


NAN = float("nan")


@pytest.mark.parametrize(
    "series,index,expected",
    [
        ([NAN, NAN, 7.0, 9.0, 11.0], 2, 9.0),
        ([NAN, 7.0, 30.0, 9.0, NAN], 2, 9.0),
        ([NAN, NAN, NAN, 9.0, 11.0], 2, NAN),
        ([NAN, NAN, 7.0, NAN, NAN], 2, NAN),
        ([NAN, NAN, NAN, NAN, NAN], 2, NAN),
        ([7.0, 9.0, NAN, NAN, NAN], 0, 8.0),
        ([7.0, NAN, NAN, 1.0, 1.0], 0, NAN),
        ([1.0, 1.0, NAN, NAN, 9.0, 11.0], 5, 10.0),
        ([7.0, 9.0, NAN, NAN], 1, NAN),
    ],
)
def test_a_level_that_is_mostly_unseen_is_unknown(
    series: list[float], index: int, expected: float
) -> None:
    """Half of the samples around are not most of them; at the ends there are fewer around."""
    assert level(np.array(series), index, reach=2) == pytest.approx(expected, nan_ok=True)


def test_who_only_stands_extends_nothing() -> None:
    assert find_extensions(move(Script(keys=(Key(duration_s=3.0, pose=STAND),)), 3.0)) == []


def test_deeper_than_the_rest_is_still_one() -> None:
    script = repeat(Key(duration_s=1.5, pose=DEADLIFT_BOTTOM), Key(duration_s=1.2, pose=STAND), n=1)
    script = script.then(
        *repeat(Key(duration_s=1.5, pose=HINGE_BOTTOM), Key(duration_s=1.2, pose=STAND)).keys
    )
    assert len(find_extensions(move(script))) == 4
