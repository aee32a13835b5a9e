"""What was done on a day, and how it looked: films win, the lifter's word fills their gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hingewise.planner.bouts import Look, done_well, gather, in_words, look, serious
from hingewise.training.journal import Entry, new_entry
from hingewise.training.sets import PerformedSet
from tests.builders_plans import FIRST_DAY, LIBRARY, kg, make_bout, make_technique, moment

NAMED = ("squatting_it", "rounding_back")


def entry(exercise: str, day: int, *counts: int, pain: int | None = None, hour: int = 18) -> Entry:
    sets = [PerformedSet(exercise=exercise, repetitions=n, load=kg(20.0)) for n in counts]
    on = FIRST_DAY + timedelta(days=day)
    return new_entry(sets, on=on, now=moment(day, hour), pain=pain)


def test_two_entries_of_an_exercise_on_a_day_are_one_bout() -> None:
    early, late = entry("lunge", 0, 8, 8, pain=1, hour=8), entry("lunge", 0, 6, hour=19)
    told = make_technique("rounding_back", entry=early.id)
    (bout,) = gather([late, early], [told])
    assert [each.repetitions for each in bout.sets] == [8, 8, 6]
    assert bout.entries == (early.id, late.id)
    assert bout.entered_at == late.entered_at
    assert bout.pain == 1
    assert bout.techniques == (told,)


def test_the_worst_pain_of_a_day_counts() -> None:
    (bout,) = gather([entry("lunge", 0, 8, pain=4), entry("lunge", 0, 8, pain=0, hour=19)], [])
    assert bout.pain == 4


def test_unsaid_pain_is_not_none() -> None:
    (bout,) = gather([entry("lunge", 0, 8)], [])
    assert bout.pain is None


def test_bouts_come_by_their_days_whenever_they_were_written_down() -> None:
    late = replace(entry("lunge", 1, 8), entered_at=moment(9))
    found = gather([entry("lunge", 3, 8), late, entry("split_squat", 1, 8)], [])
    assert [(bout.on - FIRST_DAY).days for bout in found] == [1, 1, 3]


def test_what_is_held_is_no_repetition() -> None:
    hold = PerformedSet(exercise="glute_bridge", repetitions=45, load=kg(20.0), hold=True)
    bout = replace(make_bout("glute_bridge", 0, [12]), sets=(hold,))
    assert bout.repetitions == (0,)
    assert not done_well(bout, 1, 12, None)


@pytest.mark.parametrize(
    "counts, left, asked, wanted",
    [
        ((12, 12, 12), 2.0, (3, 12, 2.0), True),
        ((12, 12, 11), 2.0, (3, 12, 2.0), False),
        ((12, 12, 11), 2.0, (2, 12, 2.0), True),
        ((12, 12, 12), 1.0, (3, 12, 2.0), False),
        ((12, 12, 12), None, (3, 12, 2.0), True),
        ((12, 12, 12), 0.0, (3, 12, None), True),
    ],
)
def test_enough_sets_with_enough_left(
    counts: tuple[int, ...],
    left: float | None,
    asked: tuple[int, int, float | None],
    wanted: bool,
) -> None:
    assert done_well(make_bout("lunge", 0, counts, rir=left), *asked) is wanted


def seen(*told: object) -> Look:
    bout = make_bout("cable_pull_through", 0, techniques=tuple(told))
    return look(bout, NAMED)


def test_nobody_has_seen_it() -> None:
    assert seen() == Look(looked="unknown", unseen=NAMED)


def test_the_lifter_says_that_it_was_clean() -> None:
    assert seen(make_technique()).looked == "clean"


def test_the_lifter_says_what_went_wrong() -> None:
    found = seen(make_technique("rounding_back", "no_squeeze"))
    assert found == Look(looked="faulty", faults=("rounding_back",))


def test_the_last_word_of_the_lifter_counts() -> None:
    first, last = make_technique("rounding_back"), make_technique(at=moment(1))
    assert seen(first, last).looked == "clean"


def test_a_film_that_saw_everything() -> None:
    assert seen(make_technique(how="film", absent=NAMED, score=90.0)).looked == "clean"


def test_a_film_that_saw_half_leaves_the_other_half_open() -> None:
    found = seen(make_technique(how="film", absent=("squatting_it",), score=90.0))
    assert found == Look(looked="unknown", unseen=("rounding_back",))


def test_the_lifters_word_fills_what_the_film_left_open() -> None:
    film = make_technique(how="film", absent=("squatting_it",), score=90.0)
    assert seen(film, make_technique()).looked == "clean"


def test_a_film_wins_over_the_lifters_word_both_ways() -> None:
    shows = make_technique("squatting_it", how="film", absent=("rounding_back",))
    assert seen(shows, make_technique()).faults == ("squatting_it",)
    shows_none = make_technique(how="film", absent=NAMED)
    assert seen(shows_none, make_technique("rounding_back")).looked == "clean"


@pytest.mark.parametrize("score, looked", [(69.9, "faulty"), (70.0, "clean")])
def test_a_low_score_is_as_bad_as_a_fault(score: float, looked: str) -> None:
    found = seen(make_technique(how="film", absent=NAMED, score=score), make_technique())
    assert found.looked == looked
    assert found.low_score == (69.9 if looked == "faulty" else None)


def test_what_was_wrong_in_words() -> None:
    found = Look(looked="faulty", faults=("rounding_back",), low_score=55.4)
    name = LIBRARY.faults["rounding_back"].name
    assert in_words(found, LIBRARY) == f"{name}, Technique score 55"


def test_faults_that_hold_a_load_back_can_be_seen_from_the_side() -> None:
    for each in LIBRARY.exercises.values():
        named = serious(each, LIBRARY)
        assert named, f"{each.id}: nothing would ever hold its load back"
        assert not {"knees_cave", "uneven_weight"} & set(named)
        assert all(LIBRARY.faults[fault].measure for fault in named)
        assert all(LIBRARY.faults[fault].risk != "low" for fault in named)
