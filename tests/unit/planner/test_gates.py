"""Gates: the sets, the repetitions left, the faults that must be gone, in sessions in a row."""

from __future__ import annotations

from hingewise.library.progress import Gate
from hingewise.planner.bouts import Bout
from hingewise.planner.gates import Passed, evaluate
from hingewise.training.technique import Technique
from tests.builders_plans import CLEAN, LIBRARY, make_bout, make_technique

GATE = Gate(
    sets=3,
    repetitions=12,
    sessions=2,
    rir=2,
    absent=("squatting_it",),
    text="Three sets of 12 in two sessions.",
    basis="product_default",
    sources=("product",),
)


def bout(
    day: int, *counts: int, rir: float | None = 2.0, told: tuple[Technique, ...] = CLEAN
) -> Bout:
    return make_bout("cable_pull_through", day, counts or (12, 12, 12), rir=rir, techniques=told)


def held(*bouts: Bout) -> Passed:
    return evaluate(GATE, bouts, LIBRARY)


def test_two_clean_sessions_open_it() -> None:
    passed = held(bout(0), bout(3))
    assert passed.met
    assert (passed.sessions, passed.wanted, passed.missing) == (2, 2, "")
    assert passed.evidence == ("cable_pull_through-0", "cable_pull_through-3")


def test_one_is_not_enough() -> None:
    passed = held(bout(0))
    assert not passed.met
    assert passed.missing == "1 more session"


def test_nothing_was_done_yet() -> None:
    assert held().missing == "2 more sessions"


def test_more_than_it_asks_for_is_enough() -> None:
    assert held(bout(0, 20, 20, 20, 20, rir=4.0), bout(3, 12, 13, 8, 12)).met


def test_what_was_too_hard_breaks_the_row() -> None:
    passed = held(bout(0), bout(3, rir=1.0))
    assert not passed.met
    assert passed.missing == "3 sets of 12 with 2 left on 2026-01-08"


def test_an_old_failure_is_forgotten() -> None:
    assert held(bout(0, 5, 5, 5), bout(3), bout(7)).met


def test_a_failure_between_breaks_the_row() -> None:
    assert not held(bout(0), bout(3, 12, 12, 9), bout(7)).met


def test_a_fault_breaks_the_row_and_is_named() -> None:
    passed = held(bout(0), bout(3, told=(make_technique("squatting_it"),)))
    assert not passed.met
    name = LIBRARY.faults["squatting_it"].name.lower()
    assert passed.missing == f"sets without {name} on 2026-01-08"
    assert not passed.asks


def test_a_low_score_is_named() -> None:
    film = make_technique(how="film", absent=("squatting_it",), score=60.0)
    assert "a technique score of 60" in held(bout(0), bout(3, told=(film,))).missing


def test_a_fault_that_it_does_not_ask_for_does_not_matter() -> None:
    assert held(bout(0), bout(3, told=(make_technique("no_squeeze"),))).met


def test_what_nobody_has_seen_opens_nothing_and_is_asked_for() -> None:
    passed = held(bout(0), bout(3, told=()))
    assert not passed.met
    assert passed.asks
    assert passed.unseen == ("squatting_it",)
    assert passed.sessions == 1


def test_it_is_not_asked_for_while_sets_are_missing() -> None:
    """A film would decide nothing yet."""
    assert not held(bout(0, told=())).asks
    assert not held(bout(0, 12, 12, 5), bout(3, told=())).asks


def test_a_lighter_week_neither_counts_nor_breaks_the_row() -> None:
    passed = held(bout(0), bout(3, 12, 12), bout(7))
    assert passed.met
    assert passed.evidence == ("cable_pull_through-0", "cable_pull_through-7")
    assert not held(bout(0), bout(3, 12, 12)).met


def test_who_always_does_fewer_sets_is_told_how_many_it_asks_for() -> None:
    passed = held(bout(0, 12, 12), bout(3, 12, 12), bout(7, 12, 12))
    assert passed.missing == "2 more sessions of 3 sets of 12 with 2 left"


def test_few_sets_that_were_bad_break_the_row() -> None:
    assert not held(bout(0), bout(3, 12, 9), bout(7)).met
    assert not held(bout(0), bout(3, 12, 12, told=(make_technique("squatting_it"),)), bout(7)).met


def test_where_nobody_asks_for_repetitions_left_none_need_be() -> None:
    gate = Gate(**{**{f: getattr(GATE, f) for f in GATE.__slots__}, "rir": None})
    assert evaluate(gate, [bout(0, rir=0.0), bout(3, rir=0.0)], LIBRARY).met
