"""The library in the forms that other programs and people read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hingewise.library.collection import Library
from hingewise.library.compiled import to_plain
from hingewise.library.exercise import Dose, Exercise
from hingewise.library.kinds import PAGE_KINDS
from hingewise.render.body_map_svg import draw_body_map
from hingewise.render.figure_svg import draw_figure
from hingewise.render.page_markdown import format_page
from hingewise.report.exercise_page import format_range
from hingewise.report.library_pages import make_page
from hingewise.report.page_parts import explain_sources
from hingewise.report.posture_figure import pose_figure

FORMATS = ("json", "markdown", "json-ld", "free-exercise-db")
SCHEMA_VERSION = "1"
SCHEMA_PATH = Path(__file__).with_name("library.schema.json")
"""Shipped, and written beside an export; `library_schema` makes it."""

_TITLES = {
    "exercises": "Exercises",
    "faults": "Mistakes",
    "drills": "Drills",
    "ladders": "Ladders",
    "warm_ups": "Warm-ups",
    "topics": "Topics",
    "muscles": "Muscles",
    "equipment": "Equipment",
    "flags": "Reasons for care",
}
_FREE_LEVELS = {"beginner": "beginner", "intermediate": "intermediate", "advanced": "expert"}
_FREE_MUSCLES = {
    "gluteus_maximus": "glutes",
    "gluteus_medius": "abductors",
    "hamstrings": "hamstrings",
    "adductor_magnus": "adductors",
    "quadriceps": "quadriceps",
    "erector_spinae": "lower back",
    "core": "abdominals",
    "latissimus_dorsi": "lats",
    "upper_back": "middle back",
    "forearms": "forearms",
    "calves": "calves",
}
_FREE_EQUIPMENT = {
    "cable_machine": "cable",
    "resistance_band": "bands",
    "barbell": "barbell",
    "dumbbell": "dumbbell",
    "kettlebell": "kettlebells",
}


def export_library(library: Library, form: str) -> Iterator[tuple[str, str]]:
    """Yield the files of an export as names and texts; ``form`` is one of `FORMATS`."""
    match form:
        case "json":
            yield "library.json", to_document(library)
            yield SCHEMA_PATH.name, SCHEMA_PATH.read_text(encoding="utf-8")
        case "markdown":
            yield from markdown_files(library)
        case "json-ld":
            for key, exercise in library.exercises.items():
                yield f"{key}.jsonld", _json(exercise_plan(library, exercise))
        case "free-exercise-db":
            rows = [free_exercise(exercise) for exercise in library.exercises.values()]
            yield "exercises.json", _json(rows)


def to_document(library: Library) -> str:
    """Return every record as one JSON document."""
    return _json({"schema_version": SCHEMA_VERSION, **to_plain(library)})


def markdown_files(library: Library) -> Iterator[tuple[str, str]]:
    """Yield an index, a page for each record and a figure for each exercise."""
    explain = explain_sources(library)
    yield "README.md", _index(library)
    for kind in PAGE_KINDS:
        for key in getattr(library, kind):
            page = make_page(library, kind, key)
            yield f"{kind}/{key}.md", format_page(page, link=_address, explain=explain)
    for key, exercise in library.exercises.items():
        yield f"figures/{key}.svg", draw_figure(pose_figure(exercise.figure), exercise.name)
        roles = {use.muscle: use.role for use in exercise.muscles}
        yield f"figures/{key}_muscles.svg", draw_body_map(roles, f"Muscles: {exercise.name}")


def exercise_plan(library: Library, exercise: Exercise) -> dict[str, Any]:
    """Return an exercise as a schema.org ExercisePlan, with a plan for each of its roles."""
    return {
        "@context": "https://schema.org",
        "@type": "ExercisePlan",
        "name": exercise.name,
        "alternateName": list(exercise.aliases),
        "description": exercise.summary.text,
        "exerciseType": exercise.category,
        "associatedAnatomy": [
            {"@type": "Muscle", "name": library.muscles[use.muscle].name}
            for use in exercise.muscles
        ],
        "hasPart": [_plan_part(exercise, dose) for dose in exercise.doses],
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }


def _plan_part(exercise: Exercise, dose: Dose) -> dict[str, Any]:
    return {
        "@type": "ExercisePlan",
        "name": f"{exercise.name}, {dose.role.replace('_', '-')}",
        "repetitions": f"{format_range(dose.sets)} x {format_range(dose.repetitions)}",
        "restPeriods": f"{format_range(dose.rest_s)} s",
        "intensity": dose.effort,
        "activityFrequency": dose.when,
        "additionalVariable": f"tempo {dose.tempo}" if dose.tempo else "",
    }


def free_exercise(exercise: Exercise) -> dict[str, Any]:
    """Return an exercise in the shape of free-exercise-db, which knows fewer things."""

    def muscles(*roles: str) -> list[str]:
        names = [_FREE_MUSCLES.get(u.muscle, "") for u in exercise.muscles if u.role in roles]
        return list(dict.fromkeys(name for name in names if name))

    equipment = [_FREE_EQUIPMENT[key] for key in exercise.equipment if key in _FREE_EQUIPMENT]
    push = exercise.pattern in ("squat", "lunge", "push", "thrust")
    return {
        "id": exercise.other_ids.free_exercise_db or exercise.id,
        "name": exercise.name,
        "force": "push" if push else "pull",
        "level": _FREE_LEVELS[exercise.difficulty],
        "mechanic": "compound",
        "equipment": equipment[0] if equipment else "other" if exercise.equipment else "body only",
        "primaryMuscles": muscles("target"),
        "secondaryMuscles": muscles("secondary", "stabiliser"),
        "instructions": [step.text for step in exercise.steps],
        "category": "plyometrics" if exercise.category == "power" else "strength",
        "images": [],
    }


def _index(library: Library) -> str:
    lines = ["# The exercise library", "", "Made by `make library` from the records."]
    for kind in PAGE_KINDS:
        lines += ["", f"## {_TITLES[kind]}", ""]
        for key, record in getattr(library, kind).items():
            name = getattr(record, "name", "") or record.title
            lines.append(f"- [{name}]({kind}/{key}.md)")
    return "\n".join(lines) + "\n"


def _address(at: tuple[str, str]) -> str:
    """Where a page or a drawing lies, seen from a page."""
    kind, key = at
    return f"../{kind}/{key}.{'svg' if kind == 'figures' else 'md'}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
