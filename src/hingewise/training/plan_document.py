"""A plan as one document: its answers, every line with its reasons, and all that was changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from hingewise.errors import JournalFormatError, TrainingError
from hingewise.training.changes import Change, SlotState, states_now
from hingewise.training.json_reading import Form, explain
from hingewise.training.plan import KeptPlan, Plan

FORM = Form(
    format="hingewise-plan",
    version=(1, 0),
    what="a plan",
    made_by="hingewise plan export plan.json",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """A whole plan.

    Attributes
    ----------
    kept
        As it was made, with the answers.
    changes
        In their order.
    states
        What stands in each slot after them.
    now
        The plan as it stands after them.
    """

    kept: KeptPlan
    changes: tuple[Change, ...]
    states: Mapping[str, SlotState]
    now: Plan

    def __post_init__(self) -> None:
        strangers = [each.id for each in self.changes if each.plan != self.kept.id]
        if strangers:
            raise TrainingError(f"expected changes of this plan, got {strangers[0]} of another.")
        if dict(self.states) != dict(states_now(self.kept.plan, self.changes)):
            raise TrainingError("expected states as the changes made them, got others.")


_DOCUMENT = TypeAdapter(PlanDocument)


def write_plan(document: PlanDocument) -> str:
    """Write a plan as JSON, the same for the same plan; ``read_plan`` reads it back exactly."""
    body = json.loads(_DOCUMENT.dump_json(document))
    return json.dumps({**FORM.head(), **body}, ensure_ascii=False, indent=2) + "\n"


def read_plan(text: str | bytes, *, name: str) -> PlanDocument:
    """Read a plan from JSON.

    Parameters
    ----------
    text
        The document.
    name
        Of its file, for errors.

    Raises
    ------
    JournalFormatError
        If it is none or of a newer version, or something in it is wrong; all that is stands in it.
    """
    body, _ = FORM.open(text, name)
    try:
        return _DOCUMENT.validate_json(json.dumps(body), strict=True)
    except ValidationError as error:
        problems = tuple(explain(error))
    except TrainingError as error:
        problems = (str(error),)
    raise JournalFormatError(
        f"{name}: expected a plan without mistakes, found {len(problems)}.",
        problems=problems,
        hint="Export it again: hingewise plan export plan.json",
    )
