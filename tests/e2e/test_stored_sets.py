"""Sets that were analysed before are judged again and laid side by side, and nothing is written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.e2e.command import everything_in, hingewise


def test_a_stored_set_is_judged_as_it_was(example_results: Path) -> None:
    """The same rules on the same track say the same, without the film."""
    before = everything_in(example_results)
    run = hingewise("assess", str(example_results), "--json", cwd=example_results.parent)
    assert (run.code, run.err) == (0, "")
    first = json.loads((example_results / "analysis.json").read_text("utf-8"))
    said = [
        [(f["check"], f["repetition"], f["verdict"]) for f in document["findings"]]
        for document in (run.document, first)
    ]
    assert said[0] == said[1]
    for again, once in zip(run.document["findings"], first["findings"], strict=True):
        if once["measure"]:  # a stored track is rounded
            assert again["measure"]["value"] == pytest.approx(once["measure"]["value"], abs=0.2)
    assert run.document["summary"]["top_cue"] == first["summary"]["top_cue"]
    assert everything_in(example_results) == before


def test_its_track_and_its_document_stand_for_the_folder(example_results: Path) -> None:
    runs = [
        hingewise("assess", str(example_results / name), "--json", cwd=example_results.parent)
        for name in ("", "pose.parquet", "analysis.json")
    ]
    assert [run.code for run in runs] == [0, 0, 0]
    assert runs[0].out == runs[1].out == runs[2].out


def test_the_exercise_of_the_analysis_is_kept_unless_another_is_named(
    example_results: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    shutil.copy(example_results / "pose.parquet", folder)
    document = json.loads((example_results / "analysis.json").read_text("utf-8"))
    document["exercise"] |= {"id": "cable_pull_through", "how": "given"}
    (folder / "analysis.json").write_text(json.dumps(document), "utf-8")

    kept = hingewise("assess", "set", "--json", cwd=tmp_path).document["exercise"]
    named = hingewise("assess", "set", "--json", "--exercise", "rdl", cwd=tmp_path)

    assert (kept["id"], kept["how"]) == ("cable_pull_through", "given")
    assert named.document["exercise"]["id"] == "romanian_deadlift"


def test_a_set_is_like_itself(example_results: Path) -> None:
    paths = (str(example_results), str(example_results / "pose.parquet"))
    run = hingewise("compare", *paths, "--json", cwd=example_results.parent)
    compared = json.loads(run.out)
    assert run.code == 0
    assert compared
    assert {each["change"] for each in compared} <= {"same", "fine", "unknown"}
    assert all(each["before"] == each["after"] for each in compared)


def test_what_changed_is_said_in_a_line(example_results: Path, tmp_path: Path) -> None:
    """A set whose knees bend twice as much got worse in that, and the other way round better."""
    document = json.loads((example_results / "analysis.json").read_text("utf-8"))
    for finding in document["findings"]:
        if finding["check"] == "squatted_unnamed" and finding["measure"]:
            finding["measure"]["value"] = 0.95
    (tmp_path / "squatted.json").write_text(json.dumps(document), "utf-8")
    paths = ("squatted.json", str(example_results))

    better = hingewise("compare", *paths, cwd=tmp_path)
    worse = hingewise("compare", *reversed(paths), cwd=tmp_path)

    assert "better" in better.said[0]
    assert "worse" not in better.said[0]
    assert "worse" in worse.said[0]
    assert "better" not in worse.said[0]
