"""What changes of a plan, and what stands in its slots, are called."""

from __future__ import annotations

from hingewise.training.changes import SlotState
from hingewise.training.notation import Names
from hingewise.training.words import write_load

KINDS = {
    "load_found": "load found",
    "load_up": "more load",
    "load_down": "less load",
    "rung_up": "next step",
    "rung_back": "a step back",
    "trained": "learnt",
    "groundwork": "groundwork",
    "groundwork_done": "groundwork done",
    "paused": "taken out",
    "resumed": "back again",
    "own": "your choice",
    "updated": "new program",
    "undone": "taken back",
}
"""What the kinds of changes are called."""


def state_words(state: SlotState, names: Names) -> str:
    """Return what stands in a slot, in words."""
    load = f" @ {write_load(state.load)}" if state.load else ""
    learning = ", learning" if state.stage == "learning" else ""
    rests = ", rests" if state.paused else ""
    return f"{names.title(state.exercise)}{load}{learning}{rests}"
