"""A plan as schema.org has it; loads are no energy."""

from __future__ import annotations

import json
from typing import Any

from hingewise.render.plan_jsonld import format_json_ld
from hingewise.training.changes import SlotState
from hingewise.training.load import Load
from tests.builders_plan import LIBRARY, NAMES, change, kept_plan, paused, plan_now

KEPT = kept_plan()
PROPERTIES = {
    "@context", "@type", "identifier", "name", "dateCreated", "hasPart", "activityDuration",
    "activityFrequency", "additionalVariable", "exerciseType", "intensity", "repetitions",
    "restPeriods",
}  # fmt: skip
"""Of schema.org's ExercisePlan and what is above it; ``workload`` is an Energy and not used."""


def document(*changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(format_json_ld(plan_now(KEPT, changes), NAMES, LIBRARY))
    return found


def plans(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [found, *(each for part in found.get("hasPart", []) for each in plans(part))]


def test_it_knows_no_property_that_schema_org_lacks() -> None:
    for each in plans(document()):
        assert each["@type"] == "ExercisePlan"
        assert set(each) <= PROPERTIES


def test_sessions_and_lines_are_there() -> None:
    found = document()
    assert found["activityFrequency"] == {
        "@type": "QuantitativeValue", "value": 3, "unitText": "sessions a week"
    }  # fmt: skip
    first = found["hasPart"][0]["hasPart"][0]
    planned = KEPT.plan.line("A.primer")
    assert first["name"] == "Cable pull-through"
    assert (first["repetitions"]["minValue"], first["repetitions"]["maxValue"]) == (
        planned.repetitions
    )
    assert first["restPeriods"]["value"] == planned.rest_s
    assert first["intensity"] == f"{planned.rir:g} repetitions in reserve"
    assert "load: found set by set" in first["additionalVariable"]


def test_a_load_is_said_in_words_and_what_rests_is_left_out() -> None:
    exercise = KEPT.plan.line("A.primer").exercise
    pair = Load(kind="mass", value=20.0, unit="lb", count=2)
    own = change(KEPT, 1, SlotState(exercise=exercise, stage="training", load=pair))
    assert "load: 2x20 lb" in document(own)["hasPart"][0]["hasPart"][0]["additionalVariable"]
    assert document(paused(KEPT))["hasPart"][0]["hasPart"][0]["name"] != "Cable pull-through"
