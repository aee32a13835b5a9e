"""What is said of technique must stay as right as docs/accuracy.md says.

Whoever makes it better, or knowingly worse, writes the figures anew with ``make validate``.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hingewise.assessment.assess import assess
from hingewise.assessment.types import Verdict
from hingewise.library.load import load_library
from hingewise_validation.motion.faults import load_faults
from hingewise_validation.study.confusion import (
    BACK,
    Confusion,
    f1,
    label_of,
    technique_figures,
)
from hingewise_validation.study.perfect import perfect_observation
from hingewise_validation.study.technique import (
    JudgedFilm,
    JudgedRepetition,
    exercise_of,
    fault_of,
    judge_all,
    judge_film,
    measure_named,
)
from hingewise_validation.study.tracks import load_track

ROOT = Path(__file__).parents[2] / "validation"
TOLERANCE = 0.01

PUBLISHED = json.loads((ROOT / "results.json").read_text("utf-8"))["technique"]


@pytest.fixture(scope="module")
def films() -> list[JudgedFilm]:
    return judge_all(ROOT / "tracks", n_workers=1)


@pytest.mark.parametrize("name", PUBLISHED)
def test_no_figure_gets_worse(films: list[JudgedFilm], name: str) -> None:
    found = technique_figures(films)[name]
    worse = found - PUBLISHED[name] if name == "alarmed_share" else PUBLISHED[name] - found
    assert worse <= TOLERANCE


def test_every_fault_of_the_study_has_a_name_in_the_library() -> None:
    assert {fault_of(name) for name in load_faults()} <= set(load_library().faults)


def test_what_is_made_clearly_wrong_is_truly_beyond_its_limit(films: list[JudgedFilm]) -> None:
    """The checks and the study mean the same by a fault.

    What lies in the bottom of a deadlift is that of the repetition after it, and left out here.
    """
    for name in ("squatting", "lumbar_hyperextension", "soft_lockout", "arms_early"):
        made = [
            r.truth[fault_of(name)]
            for film in films
            for r in film.repetitions
            if r.strength.get(name, 0.0) >= 0.95 and fault_of(name) in r.truth
        ]
        assert made
        assert np.mean(np.array(made) > 0) > 0.9, name


def test_a_perfect_film_is_judged_without_doubt() -> None:
    """The truth has no sd: every verdict is on one side, and the clean ones are absent."""
    film = load_track(ROOT / "tracks" / "yaw_001_0.npz.xz")
    measured = measure_named(film)
    exercise = load_library().exercises[exercise_of(film.spec).id]
    found = assess(perfect_observation(film, measured), exercise=exercise)
    said = {f.verdict for f in found.of_repetitions if f.measured.seen}
    assert said == {Verdict.ABSENT}


def test_the_measure_of_rightness() -> None:
    """Two of three clear faults found, one false alarm: F1 is 2 * 2 / (2 * 2 + 1 + 1)."""
    counts = Counter(
        {
            ("clear", Verdict.PRESENT): 2,
            ("clear", Verdict.UNDETERMINED): 1,
            ("none", Verdict.PRESENT): 1,
            ("none", Verdict.ABSENT): 50,
            ("beyond", Verdict.ABSENT): 7,
        }
    )
    part = Confusion(fault="x", counts=counts)
    assert f1([part]) == pytest.approx(4 / 6)
    assert f1([part], of_decided=True) == pytest.approx(4 / 5)


@pytest.mark.parametrize(
    "beyond,label",
    [(0.5, "clear"), (0.2, "beyond"), (-0.2, "within"), (-0.5, "none"), (float("nan"), "unknown")],
)
def test_how_far_beyond_its_limit_a_fault_is_clear(beyond: float, label: str) -> None:
    assert label_of(repetition("shallow", beyond), "shallow") == label


@pytest.mark.parametrize("added_deg,label", [(50.0, "clear"), (30.0, "clear"), (20.0, "beyond")])
def test_a_back_is_clearly_round_by_what_was_added(added_deg: float, label: str) -> None:
    round_back = replace(repetition(BACK, 0.5), rounding_added_deg=added_deg)
    assert label_of(round_back, BACK) == label
    assert label_of(replace(round_back, truth={BACK: -0.5}), BACK) == "none"


def test_a_pull_from_the_floor_rises_from_the_bottom_before() -> None:
    """What was added to the first repetition shows at the start of the second."""
    film = judge_film(load_track(ROOT / "tracks" / "rounding_003.npz.xz"))
    strengths = film.spec.faults[0].strengths
    added = [r.rounding_added_deg for r in film.repetitions]
    assert film.spec.movement == "deadlift"
    assert added == [0.0, *strengths[:-1]]


def repetition(fault: str, beyond: float) -> JudgedRepetition:
    """One whose truth lies so far beyond the limit of a fault."""
    return JudgedRepetition(
        film="x",
        number=1,
        partial=False,
        strength={},
        verdict={},
        truth={fault: beyond},
        measured={},
    )
