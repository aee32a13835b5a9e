"""How sets looked: what a film's results say, what the lifter says, and of which entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hingewise.app.technique_use import find_entry, of_film, own_answer
from hingewise.errors import InputError, OptionError
from hingewise.planner.bouts import look
from hingewise.render.document import save_analysis
from hingewise.report import document
from hingewise.training.journal import Entry, new_entry
from hingewise.training.notation import parse_performed
from tests.builders_plans import (
    FIRST_DAY,
    LIBRARY,
    NAMES,
    Follower,
    following,
    make_bout,
    moment,
    quick_url,
)
from tests.builders_report import make_set

NOW = moment(0)


def entry(text: str = "cable pull-through 3x12 @ 40 kg") -> Entry:
    return new_entry(parse_performed(text, NAMES), on=FIRST_DAY, now=NOW)


@pytest.fixture
def lifter(tmp_path: Path) -> Iterator[Follower]:
    with following(quick_url(tmp_path)) as one:
        yield one


# Which entry is meant.


def test_the_latest_of_an_exercise_by_any_of_its_names(lifter: Follower) -> None:
    lifter.do("cable pull-through 3x12 @ 40 kg", 0)
    last = lifter.do("pull-through 3x12 @ 45 kg", 3)
    lifter.do("lunge 3x8", 4)
    assert find_entry("Pull-Through", lifter.journal, NAMES) == last


def test_the_first_letters_of_an_id(lifter: Follower) -> None:
    first = lifter.do("cable pull-through 3x12 @ 40 kg", 0)
    lifter.do("cable pull-through 3x12 @ 45 kg", 3)
    assert find_entry(first.id[:12], lifter.journal, NAMES) == first


@pytest.mark.parametrize("text", ["", "zzz", "%", "_"])
def test_words_that_mean_no_entry(lifter: Follower, text: str) -> None:
    lifter.do("cable pull-through 3x12 @ 40 kg", 0)
    with pytest.raises(OptionError, match="expected an exercise that is in the journal"):
        find_entry(text, lifter.journal, NAMES)


def test_an_exercise_that_was_never_done(lifter: Follower) -> None:
    with pytest.raises(OptionError) as caught:
        find_entry("lunge", lifter.journal, NAMES)
    assert caught.value.hint == "See: hingewise log list"


# What the lifter says.


@pytest.mark.parametrize("said", ["clean", "Clean", "good", "ok", "fine", "clean,"])
def test_it_was_clean(said: str) -> None:
    told = own_answer(entry(), said, LIBRARY, now=NOW)
    assert (told.how, told.present, told.absent, told.score) == ("own", (), (), None)


@pytest.mark.parametrize(
    "said",
    [
        "squatting it",
        "squatting_it",
        "Squatting instead of hinging",
        "clean, squatting it",
        "squatting it, squatting_it",
    ],
)
def test_what_went_wrong_by_any_of_its_names(said: str) -> None:
    assert own_answer(entry(), said, LIBRARY, now=NOW).present == ("squatting_it",)


@pytest.mark.parametrize("said", ["", " ", ",", ", ,", "-"])
def test_nothing_is_not_clean(said: str) -> None:
    """Whoever says nothing has not said that all was right."""
    with pytest.raises(OptionError, match="expected clean, or what went wrong"):
        own_answer(entry(), said, LIBRARY, now=NOW)


def test_a_word_for_no_mistake_names_the_nearest() -> None:
    with pytest.raises(OptionError, match="got 'squating it'") as caught:
        own_answer(entry(), "squating it", LIBRARY, now=NOW)
    assert "Did you mean squatting instead of hinging?" in caught.value.hint


def test_a_mistake_of_another_exercise_is_none_of_this_one() -> None:
    assert "arm_lift_swing" not in LIBRARY.exercises["cable_pull_through"].mistakes
    with pytest.raises(OptionError):
        own_answer(entry(), "arm_lift_swing", LIBRARY, now=NOW)


# What a film says.


def finding(fault: str, verdict: str, *, check: str = "a", repetition: int | None = None) -> Any:
    return document.Finding(
        check=check,
        fault=fault,
        title=fault,
        repetition=repetition,
        verdict=verdict,  # type: ignore[arg-type]
        severity="clear" if verdict == "present" else None,
        measure=None,
        limit=0.0,
        source="product",
        evidence_s=(),
        reason="",
    )


def write_results(
    folder: Path, *findings: Any, score: float | None = 80.0, **exercise: Any
) -> Path:
    made = make_set(3).analysis
    changed = made.model_copy(
        update={
            "findings": findings,
            "exercise": made.exercise.model_copy(update=exercise),
            "summary": made.summary.model_copy(update={"technique_score": score}),
        }
    )
    folder.mkdir(parents=True, exist_ok=True)
    save_analysis(changed, folder / "analysis.json")
    return folder


def test_what_the_results_say_of_the_whole_set(tmp_path: Path) -> None:
    folder = write_results(
        tmp_path / "set.hingewise",
        finding("squatting_it", "absent"),
        finding("rounding_back", "present"),
        finding("rounding_back", "absent", check="b"),
        finding("no_squeeze", "undetermined"),
        finding("hyperextension", "absent"),
        finding("hyperextension", "undetermined", check="b"),
        finding("too_heavy", "present", repetition=2),
    )
    told = of_film(entry(), folder, LIBRARY, now=NOW)
    assert told.how == "film"
    assert told.present == ("rounding_back",)
    assert told.absent == ("squatting_it",)
    assert (told.score, told.n_repetitions) == (80.0, 3)
    assert told.sha256 == "0" * 64
    assert told.results == str(folder.resolve())


def test_the_film_itself_or_its_document_will_do(tmp_path: Path) -> None:
    folder = write_results(tmp_path / "set.hingewise", finding("squatting_it", "absent"))
    (tmp_path / "set.mp4").write_bytes(b"film")
    for path in (tmp_path / "set.mp4", folder, folder / "analysis.json"):
        assert of_film(entry(), path, LIBRARY, now=NOW).absent == ("squatting_it",)


def test_what_was_not_judged_stays_unknown(tmp_path: Path) -> None:
    folder = write_results(tmp_path / "set.hingewise", finding("squatting_it", "undetermined"))
    told = of_film(entry(), folder, LIBRARY, now=NOW)
    bout = make_bout("cable_pull_through", 0, techniques=(told,))
    assert look(bout, ("squatting_it",)).looked == "unknown"


@pytest.mark.parametrize(
    "line, exercise",
    [
        ("romanian deadlift 3x8 @ 60 kg", {}),
        ("kettlebell swing 3x15 @ 16 kg", {"how": "recognised"}),
        ("split squat 3x8", {"how": "recognised"}),
        ("split squat 3x8", {}),
    ],
)
def test_a_film_of_another_movement_says_nothing(
    tmp_path: Path, line: str, exercise: dict[str, Any]
) -> None:
    folder = write_results(tmp_path / "set.hingewise", **exercise)
    with pytest.raises(OptionError, match=r"expected a film of .* judged as Cable pull-through"):
        of_film(entry(line), folder, LIBRARY, now=NOW)


def test_a_film_of_which_nobody_said_what_it_is_goes_by_how_it_moves(tmp_path: Path) -> None:
    folder = write_results(tmp_path / "set.hingewise", how="recognised")
    told = of_film(entry("romanian deadlift 3x8 @ 60 kg"), folder, LIBRARY, now=NOW)
    assert told.n_repetitions == 3


def test_a_film_that_was_not_judged_yet(tmp_path: Path) -> None:
    film = tmp_path / "set.mp4"
    film.write_bytes(b"film")
    with pytest.raises(OptionError, match="found none beside it") as caught:
        of_film(entry(), film, LIBRARY, now=NOW)
    assert f"hingewise analyze {film} --exercise cable-pull-through" in caught.value.hint


def test_a_film_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="expected the results of a film, found none"):
        of_film(entry(), tmp_path / "none.mp4", LIBRARY, now=NOW)


def test_results_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "analysis.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="expected an analysis of version"):
        of_film(entry(), tmp_path, LIBRARY, now=NOW)
