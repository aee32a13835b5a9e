"""What is counted, what is partial and what is rejected, and for which reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.movement import compute_movement
from hingewise.pose.skeletons import BLAZEPOSE_MIRRORED
from hingewise.repetitions.segmenter import AFTER_SET, BEFORE_SET, Count, count_repetitions
from hingewise.repetitions.types import Family
from tests.builders import (
    NO_TROUBLE,
    SIDE_VIEW,
    STAND,
    Camera,
    Key,
    Motion,
    Pose,
    Script,
    Trouble,
    make_lifter,
)
from tests.builders_sets import (
    DEADLIFT_BOTTOM,
    GOOD_MORNING_BOTTOM,
    HINGE_BOTTOM,
    SQUAT_BOTTOM,
    SetPlan,
    cable_visit,
    deadlift,
    fetch_load,
    good_morning,
    hinge,
    make_set,
    put_down_keys,
    quiet,
    squat,
    step_keys,
    swing,
    thrust,
    thrust_from_standing,
    walk,
)

NOISY = Trouble(noise_px=3.0, seed=4)


def count(
    motion: Script | Motion,
    camera: Camera = SIDE_VIEW,
    trouble: Trouble = NO_TROUBLE,
    given: Family | None = None,
) -> Count:
    return count_repetitions(compute_movement(make_lifter(motion, camera, trouble)), given=given)


def complete(result: Count) -> int:
    return sum(1 for counted in result.counted if not counted.partial_reason)


def partial(result: Count) -> list[str]:
    return [counted.partial_reason for counted in result.counted if counted.partial_reason]


def cut(script: Script, start_s: float, end_s: float) -> Motion:
    """A film of a part, its first frame at zero."""
    motion = script.at(np.arange(start_s, end_s, 1 / 30))
    return replace(motion, time_s=motion.time_s - motion.time_s[0])


SETS = {
    "one hinge": (hinge(1), 1),
    "hinges": (hinge(5), 5),
    "thirty hinges": (hinge(30, tempo_s=(1.0, 0.1, 0.8, 0.4)), 30),
    "5-2-5-1": (hinge(3, tempo_s=(5.0, 2.0, 5.0, 1.0)), 3),
    "touch and go": (hinge(6, tempo_s=(1.0, 0.0, 0.8, 0.0)), 6),
    "good mornings": (good_morning(3), 3),
    "deadlifts from the floor": (deadlift(3), 3),
    "deadlifts from standing": (deadlift(3, from_floor=False), 3),
    "squats": (squat(4), 4),
    "swings": (swing(8), 8),
    "60 swings a minute": (swing(20, cycle_s=1.0), 20),
    "30 swings a minute": (swing(5, cycle_s=2.0), 5),
    "thrusts": (thrust(4), 4),
    "two thrusts with lying down and getting up": (thrust_from_standing(2), 2),
    "thrusts with lying down and getting up": (thrust_from_standing(5), 5),
    "a visit to the cable": (cable_visit(3), 3),
    "a long visit to the cable": (cable_visit(8), 8),
    "first deeper": (hinge(depths=(1.15, 0.9, 0.85, 0.85, 0.8)), 5),
    "uneven": (hinge(depths=(0.8, 1.0, 0.75, 0.95, 1.1)), 5),
    "idle in the middle": (make_set(SetPlan(n=2), before=make_set(SetPlan(n=2, after_s=10.0))), 4),
    "leaning back": (hinge(4, top=Pose(trunk_deg=-12, thigh_deg=4)), 4),
}


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("trouble", [NO_TROUBLE, NOISY], ids=["exact", "noisy"])
def test_complete_repetitions(name: str, trouble: Trouble) -> None:
    script, n = SETS[name]
    result = count(script, trouble=trouble)
    assert (complete(result), partial(result)) == (n, [])


@pytest.mark.parametrize("name", ["hinges", "squats", "swings", "a visit to the cable"])
@pytest.mark.parametrize("yaw_deg", [30.0, 60.0, 90.0, -45.0])
def test_counts_hold_from_any_side(name: str, yaw_deg: float) -> None:
    script, n = SETS[name]
    assert complete(count(script, Camera(yaw_deg=yaw_deg), NOISY)) == n


@pytest.mark.parametrize("speed_m_s", [0.3, 0.6, 1.0, 1.4, 2.0, 3.0])
@pytest.mark.parametrize("heading_deg", [0.0, 90.0, 180.0, 270.0, 40.0])
def test_walkers_do_nothing(speed_m_s: float, heading_deg: float) -> None:
    script = walk(speed_m_s, heading_deg=heading_deg)
    result = count(script, replace(SIDE_VIEW, distance_m=5.0), NOISY)
    assert result.counted == ()
    assert result.recognition.family is Family.NONE


def test_standing_does_nothing() -> None:
    assert count(quiet(), trouble=NOISY).counted == ()


def test_small_bows_are_no_set() -> None:
    result = count(hinge(depths=(0.4, 0.4, 0.4)))
    assert result.counted == ()
    assert result.recognition.family is Family.NONE
    assert {r.reason for r in result.rejected} == {"the hips move only 36 degrees"}


@pytest.mark.parametrize("share,n,total", [(0.55, 1, 0), (0.55, 2, 2), (0.8, 1, 1)])
def test_what_is_done_once_must_be_larger(share: float, n: int, total: int) -> None:
    """One bow of 50 degrees may be anything, two are a set; one of 72 degrees is a repetition."""
    assert complete(count(hinge(depths=(share,) * n))) == total


@pytest.mark.parametrize("trouble", [NO_TROUBLE, NOISY], ids=["exact", "noisy"])
def test_the_load_is_fetched_and_put_away_outside_the_set(trouble: Trouble) -> None:
    """Bending for the handle, turning, stepping out and back are told, not counted."""
    rejected = count(cable_visit(3), trouble=trouble).rejected
    assert [r.reason for r in rejected] == [BEFORE_SET, AFTER_SET]
    assert 3.5 < rejected[0].start_s < rejected[0].end_s < 6.0
    assert rejected[1].start_s > 28.0


@pytest.mark.parametrize("trouble", [NO_TROUBLE, NOISY], ids=["exact", "noisy"])
@pytest.mark.parametrize("yaw_deg", [0, 35, 70])
@pytest.mark.parametrize(
    "bottom, n",
    [(HINGE_BOTTOM, 2), (HINGE_BOTTOM, 6), (GOOD_MORNING_BOTTOM, 3), (SQUAT_BOTTOM, 3)],
)
def test_fetching_the_load_without_a_step_is_no_repetition(
    bottom: Pose, n: int, yaw_deg: float, trouble: Trouble
) -> None:
    script = make_set(SetPlan(n=n, bottom=bottom), before=fetch_load())
    script = script.then(*put_down_keys(script.last))
    result = count(script, replace(SIDE_VIEW, yaw_deg=yaw_deg), trouble)
    assert (complete(result), partial(result)) == (n, [])
    assert [r.reason for r in result.rejected] == [BEFORE_SET, AFTER_SET]


def test_a_set_from_the_floor_keeps_its_first_and_last_repetition() -> None:
    """Its knees bend as in the others, a little more in the first."""
    first = replace(DEADLIFT_BOTTOM, trunk_deg=56, thigh_deg=-56, shank_deg=14)
    script = make_set(SetPlan(n=1, bottom=first))
    script = make_set(SetPlan(n=3, bottom=DEADLIFT_BOTTOM), before=script)
    assert complete(count(script)) == 4


def test_picking_up_and_stepping_out_before_a_squat() -> None:
    script = fetch_load().then(*step_keys(STAND, -0.7))
    result = count(make_set(SetPlan(n=3, bottom=SQUAT_BOTTOM), before=script), trouble=NOISY)
    assert complete(result) == 3
    assert result.recognition.family is Family.SQUAT
    assert [r.reason for r in result.rejected] == [BEFORE_SET]


def test_stepping_while_straightening_up_is_no_repetition() -> None:
    bent = replace(HINGE_BOTTOM, place_m=0.9)
    script = hinge(3).then(Key(duration_s=1.5, pose=bent), Key(duration_s=1.5, pose=STAND))
    result = count(script.then(Key(duration_s=1.0, pose=STAND)))
    assert complete(result) == 3
    assert [r.reason for r in result.rejected] == ["stepping while straightening up"]


def test_walking_off_at_once_leaves_the_last_repetition_whole() -> None:
    """The highest sample of the last lockout may lie in the steps after it."""
    script = hinge(3, tempo_s=(2.0, 0.3, 1.1, 0.1), after_s=0.0)
    off = replace(STAND, place_m=1.5)
    for seed in range(4):
        film = script.then(Key(duration_s=1.5, pose=off, steady=True))
        assert complete(count(film, trouble=Trouble(noise_px=3.0, seed=seed))) == 3


@pytest.mark.parametrize("trouble", [NO_TROUBLE, NOISY], ids=["exact", "noisy"])
def test_the_load_of_a_swing_is_lifted_and_set_down(trouble: Trouble) -> None:
    result = count(swing(6), trouble=trouble)
    assert [r.reason for r in result.rejected] == [
        "the load does not swing: picking it up or setting it down"
    ] * 2


@pytest.mark.parametrize(
    "depths,heights,reasons",
    [
        ((1.0, 1.0, 0.5, 1.0), (), ["shallow"]),
        ((0.5, 1.0, 0.5, 1.0, 1.0), (), ["shallow", "shallow"]),
        ((1.0, 0.5, 1.0, 0.5), (), ["shallow", "shallow"]),
        ((), (1.0, 1.0, 0.5, 1.0), ["no lockout"]),
        ((), (1.0, 0.6, 1.0, 0.6, 1.0), ["no lockout", "no lockout"]),
    ],
)
def test_half_repetitions_are_partial(
    depths: tuple[float, ...], heights: tuple[float, ...], reasons: list[str]
) -> None:
    result = count(hinge(depths=depths, heights=heights), trouble=NOISY)
    assert partial(result) == reasons
    assert complete(result) == len(depths or heights) - len(reasons)


def test_less_than_a_third_is_a_movement_of_the_body() -> None:
    result = count(hinge(depths=(1.0, 1.0, 0.3, 1.0)))
    assert (complete(result), partial(result)) == (3, [])


def test_depth_is_told_against_the_sets_own() -> None:
    fractions = [c.rom_fraction for c in count(hinge(depths=(1.0, 0.8, 1.0, 0.5))).counted]
    assert fractions == pytest.approx([1.0, 0.8, 1.0, 0.5], abs=0.04)


@pytest.mark.parametrize(
    "start_s,end_s,n,reasons",
    [
        (3.6, 18.0, 4, []),  # begins at the bottom
        (2.5, 18.0, 4, []),  # begins on the way down
        (4.3, 18.0, 3, ["the film begins after the bottom"]),
        (0.0, 17.6, 4, []),  # ends in the last lockout
        (0.0, 17.0, 3, ["the film ends before the lockout"]),
        (0.0, 16.2, 3, []),  # ends at the bottom
        (0.0, 15.2, 3, []),  # ends on the way down
    ],
)
def test_films_that_begin_or_end_in_a_repetition(
    start_s: float, end_s: float, n: int, reasons: list[str]
) -> None:
    for trouble in (NO_TROUBLE, NOISY):
        result = count(cut(hinge(4), start_s, end_s), trouble=trouble)
        assert (complete(result), partial(result)) == (n, reasons)


def test_a_film_that_begins_on_the_way_down_shows_no_start() -> None:
    result = count(cut(hinge(3), 2.5, 14.0))
    assert [c.extension.before is None for c in result.counted] == [True, False, False]


def test_the_stay_ends_where_the_lifter_turns_or_walks() -> None:
    script = cable_visit(2)
    track = make_lifter(script)
    counted = count(script).counted
    since_s, until_s = track.time_s[counted[0].since], track.time_s[counted[-1].until]
    assert 6.0 < since_s < 8.9  # turns from 5.3 s to 6.8 s, then steps out
    assert 19.8 < until_s < 20.6  # turns back from 19.8 s


@pytest.mark.parametrize("given", [Family.SQUAT, Family.HINGE])
def test_a_named_exercise_is_believed(given: Family) -> None:
    result = count(hinge(3), given=given)
    assert (result.recognition.family, result.recognition.how) == (given, "given")
    assert complete(result) == 3
    nothing = count(quiet(), given=given)
    assert nothing.recognition.family is given


def test_gaps_do_not_split_repetitions() -> None:
    gaps = Trouble(gaps_s=((2.0, 2.3), (3.2, 4.0), (8.9, 10.2)))
    assert complete(count(hinge(4), trouble=gaps)) == 4


def test_hidden_from_one_bottom_to_the_next_is_no_long_repetition() -> None:
    """Nobody saw the second come up; the third is counted from where it is seen sinking."""
    script = hinge(4)
    clear = count(script).counted
    time_s = make_lifter(script).time_s
    hidden = tuple(float(time_s[clear[i].extension.bottom]) for i in (1, 2))
    found = count(script, trouble=Trouble(gaps_s=((hidden[0] + 0.05, hidden[1] - 1.4),)))
    tops_s = [time_s[c.extension.top] for c in found.counted if not c.partial_reason]
    assert tops_s == pytest.approx([time_s[clear[i].extension.top] for i in (0, 2, 3)], abs=0.2)
    assert found.counted[1].extension.before is None


def test_hidden_on_the_way_up_is_one_repetition_as_before() -> None:
    """From the bottom to half-way up, longer than such a movement takes: once straightened up."""
    script = hinge(3, tempo_s=(2.0, 0.3, 3.0, 0.8))
    time_s = make_lifter(script).time_s
    bottom_s = float(time_s[count(script).counted[1].extension.bottom])
    gaps = Trouble(gaps_s=((bottom_s + 0.2, bottom_s + 1.6),))
    assert complete(count(script, trouble=gaps)) == 3


def test_without_depth_a_side_view_is_counted_too() -> None:
    for script, n in (SETS["hinges"], SETS["swings"], SETS["squats"], SETS["thrusts"]):
        movement = compute_movement(make_lifter(script, trouble=NOISY, depth=False))
        assert complete(count_repetitions(movement, given=None)) == n


def test_a_film_without_a_set_speaks_of_none() -> None:
    """No reason may mention a set where nothing was counted."""
    step = replace(STAND, place_m=0.6)
    bow = STAND.toward(HINGE_BOTTOM, 0.38)
    keys = [Key(duration_s=0.8, pose=replace(bow, place_m=p.place_m)) for p in (STAND, step)]
    script = Script(keys=(keys[0], Key(duration_s=0.8, pose=STAND), Key(duration_s=1, pose=step)))
    script = script.then(keys[1], Key(duration_s=0.8, pose=step), Key(duration_s=0.5, pose=step))
    result = count(script)
    assert result.counted == ()
    assert {r.reason.split(":")[0] for r in result.rejected} <= {
        "moving about, not in a set",
        "the hips move only 34 degrees",
        "the hips move only 33 degrees",
    }
    assert result.rejected


def turn(script: Script, heading_deg: float, rest_s: float = 1.0) -> Script:
    """Turn on the spot and stay so for a while."""
    there = replace(script.last, heading_deg=heading_deg)
    return script.then(Key(duration_s=1.2, pose=there), Key(duration_s=rest_s, pose=there))


@pytest.mark.parametrize("trouble", [NO_TROUBLE, NOISY], ids=["exact", "noisy"])
def test_who_steps_aside_between_repetitions_goes_on_with_the_set(trouble: Trouble) -> None:
    script = hinge(2)
    for _ in range(2):
        script = make_set(SetPlan(n=2), before=script.then(*step_keys(script.last, 0.6)))
    assert complete(count(script, trouble=trouble)) == 6


def test_a_whole_turn_between_repetitions_parts_no_set() -> None:
    script = turn(turn(hinge(3), 180.0), 360.0)
    assert complete(count(make_set(SetPlan(n=3), before=script))) == 6


def test_one_wrong_moment_parts_no_set() -> None:
    """The network takes left for right while the lifter comes up once."""
    track = make_lifter(hinge(6), trouble=NOISY)
    assert track.world_m is not None
    wrong = (track.time_s > 12.0) & (track.time_s < 14.0)
    world = track.world_m.copy()
    world[wrong] = world[wrong][:, list(BLAZEPOSE_MIRRORED)]
    result = count_repetitions(compute_movement(replace(track, world_m=world)), given=None)
    assert complete(result) >= 5


def test_a_load_that_is_fetched_twice() -> None:
    script = fetch_load().then(*put_down_keys(STAND))
    assert complete(count(make_set(SetPlan(n=4), before=script))) == 4


def test_a_film_that_ends_half_way_up_says_so() -> None:
    deep = make_set(SetPlan(n=2, bottom=replace(HINGE_BOTTOM, trunk_deg=85)))
    result = count(cut(deep, 0.0, 8.53))
    assert (complete(result), partial(result)) == (1, ["the film ends before the lockout"])
    assert result.rejected == ()


def test_what_the_user_names_may_be_done_once_and_small() -> None:
    small = SetPlan(n=1, depths=(0.55,))
    assert complete(count(make_set(small))) == 0
    assert complete(count(make_set(small), given=Family.HINGE)) == 1


def test_a_name_that_does_not_fit_is_doubted() -> None:
    assert count(squat(4), given=Family.HINGE).recognition.looks_like is Family.SQUAT
    assert count(squat(4), given=Family.SQUAT).recognition.looks_like is None
    assert count(hinge(3)).recognition.looks_like is None
