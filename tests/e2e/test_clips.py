"""Real sets with hand labels (../shared/clips): counts, families, times."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.command import hingewise, made_once

CLIPS = Path(__file__).parents[3] / "shared" / "clips"
MIN_EXACT = 12
MAX_TIME_S = 0.5
MIN_SHARE_OF_LOCKOUTS = 0.95
MIN_SHARE_OF_BOTTOMS = 0.85
"""On the floor a lifter gets ready for a second or two: where in it the bottom is, is a matter of
taste of who labels."""

pytestmark = pytest.mark.skipif(not CLIPS.is_dir(), reason=f"no labelled clips in {CLIPS}")

FAMILIES = {
    "hinge": {"hinge", "swing"},
    "bridge": {"thrust"},
    "squat": {"squat"},
    "none": {"none", "unknown"},
}


def _labels() -> dict[str, dict[str, Any]]:
    path = CLIPS / "labels.json"
    if not path.exists():
        return {}
    clips = json.loads(path.read_text("utf-8"))["clips"]
    return {clip["file"]: clip for clip in clips}


LABELS = _labels()


class Analyses:
    """The analysis of every clip, made when it is asked for."""

    def __init__(self, base: pytest.TempPathFactory) -> None:
        self._base = base

    def folder(self, name: str) -> Path:
        """Where its results lie."""

        def make(part: Path) -> None:
            options = ("--no-film", "--json", "--workers", "1", "--out", "clip")
            run = hingewise("analyze", str(CLIPS / name), *options, cwd=part)
            assert (run.code, run.err) == (0, "")
            (part / "analysis.json").write_text(run.out, "utf-8")

        return made_once(self._base, f"clip_{name}", make)

    def __getitem__(self, name: str) -> dict[str, Any]:
        text = (self.folder(name) / "analysis.json").read_text("utf-8")
        document: dict[str, Any] = json.loads(text)
        return document


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Analyses:
    return Analyses(tmp_path_factory)


def test_counts(found: Analyses) -> None:
    off = {
        name: found[name]["summary"]["n_repetitions"] - label["reps"]
        for name, label in LABELS.items()
    }
    assert len(off) == 13
    assert sum(difference == 0 for difference in off.values()) >= MIN_EXACT, off
    assert max(abs(difference) for difference in off.values()) <= 1, off


def test_nothing_is_counted_in_the_walking_film(found: Analyses) -> None:
    document = found["negative_walk_side_01.mp4"]
    assert document["summary"]["n_repetitions"] == document["summary"]["n_partial"] == 0


@pytest.mark.parametrize("name", LABELS)
def test_family(name: str, found: Analyses) -> None:
    assert found[name]["exercise"]["family"] in FAMILIES[LABELS[name]["pattern"]]


EXERCISES = {
    "barbell deadlift": "conventional_deadlift",
    "barbell Romanian deadlift": "romanian_deadlift",
    "hip thrust (machine/bench)": "barbell_hip_thrust",
    "barbell back squat": "back_squat",
    "double kettlebell swing": "kettlebell_swing",
}
"""What the library calls what is on the labels; other clips are judged by their family alone."""

CLEAN = [name for name, label in LABELS.items() if not label["faults_visible"]]


@pytest.mark.parametrize("name", CLEAN)
def test_good_sets_get_no_severe_fault(name: str, found: Analyses, tmp_path: Path) -> None:
    """Judged by the family that is recognised, and as the exercise that it is."""
    assert _severe(found[name]) == []
    exercise = EXERCISES.get(LABELS[name]["exercise"])
    if exercise is not None:
        folder = found.folder(name) / "clip"
        run = hingewise("assess", str(folder), "--exercise", exercise, "--json", cwd=tmp_path)
        assert run.code == 0, run.err
        assert _severe(run.document) == []


def _severe(document: dict[str, Any]) -> list[tuple[str, int | None]]:
    return [
        (one["check"], one["repetition"])
        for one in document["findings"]
        if one["verdict"] == "present" and one["severity"] == "severe"
    ]


def test_times_of_lockouts(found: Analyses) -> None:
    off = {
        (name, one["number"]): _distance_s(one["top_s"], one["end_s"], LABELS[name]["tops_s"])
        for name, one in _complete_repetitions(found)
    }
    assert _share_within(off) >= MIN_SHARE_OF_LOCKOUTS, off


def test_times_of_bottoms(found: Analyses) -> None:
    off = {
        (name, one["number"]): _distance_s(*_bottom_s(one), LABELS[name]["bottoms_s"])
        for name, one in _complete_repetitions(found)
    }
    assert _share_within(off) >= MIN_SHARE_OF_BOTTOMS, off


def _complete_repetitions(found: Analyses) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in LABELS:
        for one in found[name]["repetitions"]:
            if not one["partial"]:
                yield name, one


def _bottom_s(one: dict[str, Any]) -> tuple[float, float]:
    """Beginning and end of the bottom; where no lowering is seen, its deepest moment."""
    if one["eccentric_s"] is None or one["bottom_hold_s"] is None:
        return one["bottom_s"], one["bottom_s"]
    begin = one["start_s"] + one["eccentric_s"]
    return begin, begin + one["bottom_hold_s"]


def _distance_s(begin_s: float, end_s: float, labels_s: list[float]) -> float:
    """From an interval to the nearest label, which may lie anywhere in a hold."""
    return min(max(begin_s - label, label - end_s, 0.0) for label in labels_s)


def _share_within(off_s: dict[tuple[str, int], float]) -> float:
    return sum(distance <= MAX_TIME_S for distance in off_s.values()) / len(off_s)
