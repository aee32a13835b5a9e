"""What the library must hold: every fact of the sources, and every exercise in full."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hingewise.library.check import check_folder
from hingewise.library.compiled import to_json
from hingewise.library.exercise import Exercise
from hingewise.library.index import INDEX, index_json
from hingewise.library.load import COMPILED, RECORDS, load_library

LIBRARY = load_library()
READING = check_folder(RECORDS)
SOURCES = Path(__file__).parents[3] / "shared" / "sources"

NAMED = [
    "band_pull_through",
    "cable_pull_through",
    "banded_cable_pull_through",
    "single_arm_pull_through",
    "tempo_pull_through",
    "dowel_romanian_deadlift",
    "romanian_deadlift",
    "dumbbell_romanian_deadlift",
    "stiff_legged_deadlift",
    "explosive_stiff_legged_deadlift",
    "good_morning",
    "kettlebell_swing",
    "kettlebell_deadlift",
    "conventional_deadlift",
    "sumo_deadlift",
    "trap_bar_deadlift",
    "bodyweight_hip_thrust",
    "dumbbell_hip_thrust",
    "barbell_hip_thrust",
    "single_leg_hip_thrust",
    "banded_hip_thrust",
    "posterior_pelvic_tilt_hip_thrust",
    "glute_bridge",
    "goblet_squat",
    "back_squat",
    "split_squat",
    "lunge",
    "sled_push",
]


def test_the_records_have_no_problem() -> None:
    assert [str(problem) for problem in READING.problems] == []


def test_what_is_shipped_is_what_the_records_say() -> None:
    assert COMPILED.read_text("utf-8") == to_json(READING.library)
    assert INDEX.read_text("utf-8") == index_json(READING.library)


@pytest.mark.skipif(not SOURCES.is_dir(), reason="needs the source documents beside the repository")
def test_every_fact_of_the_sources_is_here() -> None:
    text = (SOURCES / "facts.yaml").read_text("utf-8").split("\nfacts:", 1)[1]
    asked = set(re.findall(r"^  ([a-z]+\.[a-z0-9_.]+):", text, re.MULTILINE))
    assert len(asked) == 139
    assert set(LIBRARY.facts) == asked


def test_every_mistake_of_the_sources_is_a_fault_with_its_way_out() -> None:
    named = {f for f in LIBRARY.facts if ".mistake." in f or ".problem" in f}
    told = {
        source
        for fault in LIBRARY.faults.values()
        for line in (fault.what, fault.why, fault.shows, fault.correction)
        for source in line.sources
    }
    assert len(named) >= 15
    assert named - told == set()
    for fault in LIBRARY.faults.values():
        assert fault.correction.text
        assert fault.cue in LIBRARY.cues
        assert fault.drills


def test_every_exercise_that_was_asked_for_is_here() -> None:
    assert set(NAMED) <= set(LIBRARY.exercises)
    assert len(LIBRARY.exercises) >= 30


@pytest.mark.parametrize("key", LIBRARY.exercises)
def test_every_exercise_is_told_in_full(key: str) -> None:
    exercise = LIBRARY.exercises[key]
    least = {
        "aliases": 1,
        "muscles": 3,
        "benefits": 3,
        "steps": 6,
        "cues": 4,
        "mistakes": 4,
        "variations": 2,
        "doses": 2,
        "carry_over": 1,
        "safety": 3,
        "contraindications": 2,
        "faq": 4,
        "related": 2,
        "camera": 1,
    }
    found = {name: len(getattr(exercise, name)) for name in least}
    assert {name: n for name, n in found.items() if n < least[name]} == {}


def test_no_sentence_stands_in_two_exercises() -> None:
    """Depth is not made by copying: but for safety, each page speaks for itself."""
    seen: dict[str, str] = {}
    for key, exercise in LIBRARY.exercises.items():
        for text in _own_texts(exercise):
            assert seen.setdefault(text, key) == key, text


def _own_texts(exercise: Exercise) -> list[str]:
    lines = [exercise.summary, *exercise.benefits, *exercise.carry_over]
    return [line.text for line in lines] + [answer.answer for answer in exercise.faq]


def test_the_three_ladders_climb_in_the_order_of_the_sources() -> None:
    rungs = {key: [r.exercise for r in ladder.rungs] for key, ladder in LIBRARY.ladders.items()}
    assert rungs == {
        "pull_through": ["band_pull_through", "cable_pull_through", "banded_cable_pull_through"],
        "learning_the_hinge": ["cable_pull_through", "kettlebell_swing", "conventional_deadlift"],
        "hip_thrust": [
            "bodyweight_hip_thrust",
            "dumbbell_hip_thrust",
            "barbell_hip_thrust",
            "single_leg_hip_thrust",
            "banded_hip_thrust",
        ],
    }
    assert LIBRARY.ladders["pull_through"].rungs[2].back_to == "cable_pull_through"
    assert LIBRARY.ladders["learning_the_hinge"].branches


def test_the_warm_up_has_six_phases_in_five_to_ten_minutes() -> None:
    warm_up = LIBRARY.warm_ups["six_phases"]
    assert len(warm_up.phases) == 6
    assert warm_up.duration_s == (300, 600)
    least, most = (sum(phase.duration_s[end] for phase in warm_up.phases) for end in (0, 1))
    assert warm_up.duration_s[0] <= least <= most <= warm_up.duration_s[1]
