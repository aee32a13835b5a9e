"""A plan as a schema.org ExercisePlan: sessions are its parts, and exercises are theirs."""

from __future__ import annotations

import json
from typing import Any

from hingewise.library.collection import Library
from hingewise.report.plan_sheets import PlanNow
from hingewise.training.notation import Names
from hingewise.training.plan import Line, Session
from hingewise.training.words import write_load

CONTEXT = "https://schema.org"


def format_json_ld(now: PlanNow, names: Names, library: Library) -> str:
    """Return a plan as JSON-LD, the same bytes for the same plan.

    Loads stand in words under ``additionalVariable``: schema.org's ``workload`` is an energy.
    """
    plan = now.plan
    document = {
        "@context": CONTEXT,
        "@type": "ExercisePlan",
        "identifier": now.kept.id,
        "name": "Hip-hinge plan",
        "dateCreated": now.kept.made_at.isoformat(),
        "activityDuration": _quantity(len(plan.weeks), unit="WEE"),
        "activityFrequency": _quantity(len(plan.weekdays), text="sessions a week"),
        "hasPart": [_session(each, now, names, library) for each in plan.sessions],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _session(session: Session, now: PlanNow, names: Names, library: Library) -> dict[str, Any]:
    drills = [
        f"{library.drills[each.drill].name}: {each.dose} ({each.phase})" for each in session.warm_up
    ]
    return {
        "@type": "ExercisePlan",
        "name": f"Session {session.id}",
        "activityDuration": _quantity(round(session.minutes), unit="MIN"),
        "additionalVariable": [f"warm-up: {each}" for each in drills],
        "hasPart": [_line(line, names, library) for line in session.lines if not now.rests(line)],
    }


def _line(line: Line, names: Names, library: Library) -> dict[str, Any]:
    least, most = line.repetitions
    ramp = line.ramp
    variables = (
        f"sets: {line.sets}, in a lighter week {line.lighter_sets}",
        f"load: {write_load(line.load)}"
        if line.load
        else "load: found set by set"
        if line.loaded
        else "",
        f"tempo: {line.tempo}" if line.tempo else "",
        f"lighter sets before: {ramp.sets} of {ramp.repetitions}" if ramp else "",
        "each side" if line.one_sided else "",
    )
    found: dict[str, Any] = {
        "@type": "ExercisePlan",
        "name": names.title(line.exercise),
        "exerciseType": library.exercises[line.exercise].category,
        "repetitions": _quantity(least) if least == most else _span(least, most),
        "restPeriods": _quantity(line.rest_s, unit="SEC"),
        "additionalVariable": [each for each in variables if each],
    }
    if line.rir is not None:
        found["intensity"] = f"{line.rir:g} repetitions in reserve"
    return found


def _quantity(value: int, *, unit: str = "", text: str = "") -> dict[str, Any]:
    """A number with its unit, as a code of UN/CEFACT or in words."""
    found: dict[str, Any] = {"@type": "QuantitativeValue", "value": value}
    return found | ({"unitCode": unit} if unit else {}) | ({"unitText": text} if text else {})


def _span(least: int, most: int) -> dict[str, Any]:
    return {"@type": "QuantitativeValue", "minValue": least, "maxValue": most}
