"""People find what they mean, whatever they call it and however they type."""

from __future__ import annotations

import pytest

from hingewise.library.load import load_library
from hingewise.library.search import SearchIndex, stems

INDEX = SearchIndex(load_library())

MEANT = [
    ("pull-through", "exercises", "cable_pull_through"),
    ("Pull Throughs", "exercises", "cable_pull_through"),
    ("RDL", "exercises", "romanian_deadlift"),
    ("swing", "exercises", "kettlebell_swing"),
    ("booty band", "equipment", "mini_band"),
    ("my back rounds", "faults", "rounding_back"),
    ("leaning back", "faults", "hyperextension"),
    ("hip thrust", "exercises", "barbell_hip_thrust"),
    ("glutes", "muscles", "gluteus_maximus"),
    ("what is a hip hinge", "topics", "hip_hinge"),
    ("kettelbell swng", "exercises", "kettlebell_swing"),
    ("pul thrugh", "exercises", "cable_pull_through"),
    ("god mornng", "exercises", "good_morning"),
    ("squatting", "faults", "squatting_it"),
    ("hip trust", "exercises", "barbell_hip_thrust"),
    ("romanain deadlift", "exercises", "romanian_deadlift"),
    ("KNEES CAVE IN", "faults", "knees_cave"),
]


@pytest.mark.parametrize("text,kind,key", MEANT, ids=[text for text, _, _ in MEANT])
def test_the_first_hit_is_what_was_meant(text: str, kind: str, key: str) -> None:
    first = INDEX.search(text)[0]
    assert (first.kind, first.id) == (kind, key)


@pytest.mark.parametrize("text", ["", "   ", "the and of", "!?", "xqzw vvkj"])
def test_nothing_is_found_for_nothing(text: str) -> None:
    assert INDEX.search(text) == []


def test_every_name_and_every_word_finds_its_record() -> None:
    library = load_library()
    for key, exercise in library.exercises.items():
        for name in (exercise.name, *exercise.aliases):
            assert key in [hit.id for hit in INDEX.search(name, limit=3)], name
    for key, fault in library.faults.items():
        for word in (fault.name, *fault.words):
            assert key in [hit.id for hit in INDEX.search(word, limit=4)], word


def test_only_as_many_as_asked_for_the_best_first() -> None:
    hits = INDEX.search("deadlift", limit=3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_endings_and_little_words_do_not_matter() -> None:
    assert stems("My back is rounding") == stems("back rounds") == ["back", "round"]
    assert stems("squatted") == stems("squatting") == stems("squats")
