"""What is made from the records is what the repository shows."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from hingewise.library.load import load_library
from hingewise.render.library_export import (
    SCHEMA_PATH,
    export_library,
    markdown_files,
    to_document,
)
from hingewise.render.library_schema import schema_text

DOCS = Path(__file__).parents[2] / "docs" / "library"
LIBRARY = load_library()


def test_the_pages_are_current() -> None:
    """Made again by ``make library``."""
    expected = dict(markdown_files(LIBRARY))
    found = {p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*") if p.is_file()}
    assert found == set(expected)
    stale = [name for name in expected if (DOCS / name).read_text("utf-8") != expected[name]]
    assert stale == []


def test_the_schema_is_current_and_the_export_keeps_it() -> None:
    assert SCHEMA_PATH.read_text("utf-8") == schema_text()
    jsonschema.validate(json.loads(to_document(LIBRARY)), json.loads(schema_text()))


def test_an_export_brings_its_schema() -> None:
    files = dict(export_library(LIBRARY, "json"))
    assert set(files) == {"library.json", SCHEMA_PATH.name}
    jsonschema.validate(json.loads(files["library.json"]), json.loads(files[SCHEMA_PATH.name]))


def test_the_schema_refuses_what_is_wrong() -> None:
    document = json.loads(to_document(LIBRARY))
    document["exercises"]["cable_pull_through"]["pattern"] = "bend"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, json.loads(schema_text()))


def test_every_exercise_is_in_the_shape_of_free_exercise_db() -> None:
    ((name, text),) = export_library(LIBRARY, "free-exercise-db")
    rows = json.loads(text)
    assert (name, len(rows)) == ("exercises.json", len(LIBRARY.exercises))
    row = next(row for row in rows if row["id"] == "Pull_Through")
    assert row["primaryMuscles"] == ["glutes"]
    assert row["equipment"] == "cable"
    assert len(row["instructions"]) == len(LIBRARY.exercises["cable_pull_through"].steps)
    assert all(row["primaryMuscles"] and row["instructions"] for row in rows)


def test_every_exercise_is_a_plan_of_schema_org() -> None:
    files = dict(export_library(LIBRARY, "json-ld"))
    assert set(files) == {f"{key}.jsonld" for key in LIBRARY.exercises}
    plan = json.loads(files["cable_pull_through.jsonld"])
    assert plan["@type"] == "ExercisePlan"
    primer = next(part for part in plan["hasPart"] if part["name"].endswith("primer"))
    assert primer["repetitions"] == "3-5 x 8-15"


def test_every_link_leads_somewhere() -> None:
    files = dict(markdown_files(LIBRARY))
    for name, text in files.items():
        for part in text.split("](")[1:]:
            target = part.split(")", 1)[0]
            path = (Path(name).parent / target).as_posix()
            resolved = Path("/", path).resolve().relative_to("/").as_posix()
            assert resolved in files, (name, target)
