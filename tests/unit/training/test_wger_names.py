"""Whatever list of its exercises wger gives, it says what they are called, English first."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hingewise.errors import JournalFormatError
from hingewise.training.wger_names import read_exercise_names

GERMAN = {"id": 9, "name": "Kreuzheben", "language": 1, "aliases": []}
ENGLISH = {"id": 8, "name": "Deadlift", "language": 2, "aliases": [{"id": 1, "alias": "Pull"}]}


@pytest.mark.parametrize(
    "document, names",
    [
        (
            {"count": 1, "results": [{"id": 345, "translations": [GERMAN, ENGLISH]}]},
            ("Deadlift", "Pull", "Kreuzheben"),
        ),
        ([{"id": 345, "exercises": [ENGLISH]}], ("Deadlift", "Pull")),
        (
            {"results": [{**GERMAN, "exercise": 345}, {**ENGLISH, "exercise": 345}]},
            ("Deadlift", "Pull", "Kreuzheben"),
        ),
        ([{**ENGLISH, "exercise_base": 345}], ("Deadlift", "Pull")),
        ({"id": 345, "translations": [ENGLISH]}, ("Deadlift", "Pull")),
        ([{"id": 345, "name": "Deadlift"}, None, {"id": [], "name": "x"}], ("Deadlift",)),
        ({"345": "Deadlift"}, ("Deadlift",)),
    ],
)
def test_every_list_of_exercises(document: Any, names: tuple[str, ...]) -> None:
    assert read_exercise_names(json.dumps(document).encode(), name="n.json")["345"] == names


@pytest.mark.parametrize("content", [b"{}", b"[]", b"7", b'{"results": 7}', b'[{"id": 1}]'])
def test_a_list_without_names_is_refused(content: bytes) -> None:
    with pytest.raises(JournalFormatError, match="expected names of exercises, got none"):
        read_exercise_names(content, name="n.json")
