"""A run as a picture: a lane for each place of the plan, what stood in it, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from hingewise.library.collection import Library
from hingewise.training.changes import Change, SlotState, states_at_first
from hingewise.training.words import write_load

from hingewise_validation.lifters.run import FIRST_DAY, WEEKS, Run

LANE_PX = 44
LEFT_PX = 96
WEEK_PX = 32
TOP_PX = 30
CHARACTER_PX = 6.2
"""About the width of a letter of the labels."""

MARKS = {
    "load_up": ("+", "up"),
    "load_down": ("−", "down"),
    "rung_up": ("▲", "up"),
    "rung_back": ("▼", "down"),
    "trained": ("●", "up"),
    "groundwork": ("▼", "down"),
    "groundwork_done": ("▲", "up"),
    "paused": ("✕", "down"),
    "resumed": ("○", "up"),
}
"""What stands for a change, and whether it is one for the better."""

_STYLE = """
svg { background: #fdfdfc } text { font: 11px system-ui, sans-serif; fill: #222 }
.week { stroke: #ddd } .bar { fill: #dfe7ef } .learning { fill: #f1ead8 } .rests { fill: #f3d9d6 }
.up { fill: #1f7a4d } .down { fill: #b3402e } .dim { fill: #777 }
@media (prefers-color-scheme: dark) {
  svg { background: #16181b } text { fill: #e6e6e6 } .week { stroke: #333 } .bar { fill: #2a3a4a }
  .learning { fill: #453c25 } .rests { fill: #5a2b26 } .up { fill: #67c795 } .down { fill: #f08a78 }
  .dim { fill: #999 }
}
""".strip().replace("\n", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """From when to when something stood in a lane."""

    begin: float
    end: float
    state: SlotState


def draw(run: Run, library: Library) -> str:
    """Draw a run as SVG."""
    slots = list(states_at_first(run.kept.plan))[::-1]
    width = LEFT_PX + WEEKS * WEEK_PX + 12
    height = TOP_PX + len(slots) * LANE_PX + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(run.lifter.name)}: {escape(run.lifter.what)}</title>",
        f"<style>{_STYLE}</style>",
        *_weeks(height),
    ]
    for lane, slot in enumerate(slots):
        mine = [change for change in run.changes if change.slot == slot]
        parts += _lane(slot, TOP_PX + lane * LANE_PX, mine, run, library)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _weeks(height: int) -> list[str]:
    lines = []
    for week in range(0, WEEKS + 1, 2):
        x = LEFT_PX + week * WEEK_PX
        lines.append(f'<path class="week" d="M{x} {TOP_PX - 6}V{height}"/>')
        lines.append(f'<text class="dim" x="{x + 2}" y="14">week {week + 1}</text>')
    return lines[:-2]


def _lane(slot: str, y: int, changes: list[Change], run: Run, library: Library) -> list[str]:
    parts = [f'<text x="4" y="{y + 20}">{escape(slot)}</text>']
    first = states_at_first(run.kept.plan)[slot]
    for stretch in _stretches(first, changes):
        kind = "rests" if stretch.state.paused else stretch.state.stage
        css = {"training": "bar", "learning": "learning", "rests": "rests"}[kind]
        x, wide = LEFT_PX + stretch.begin * WEEK_PX, (stretch.end - stretch.begin) * WEEK_PX
        parts.append(f'<rect class="{css}" x="{x:.1f}" y="{y}" width="{wide:.1f}" height="26" rx="3"/>')
        label = _fitted(_label(stretch.state, library), wide)
        if label:
            parts.append(f'<text x="{x + 4:.1f}" y="{y + 17}">{escape(label)}</text>')
    for change in changes:
        sign, css = MARKS.get(change.kind, ("", ""))
        x = LEFT_PX + _week(change.at) * WEEK_PX
        if sign:
            parts.append(f'<text class="{css}" x="{x:.1f}" y="{y + 38}">{sign}</text>')
    return parts


def _stretches(first: SlotState, changes: list[Change]) -> list[_Stretch]:
    """Stretches in which the same exercise was learnt or trained; loads do not part them."""
    found: list[_Stretch] = []
    begin, state = 0.0, first
    for change in changes:
        after = change.after
        same = (after.exercise, after.stage, after.paused) == (state.exercise, state.stage, state.paused)
        if not same:
            found.append(_Stretch(begin=begin, end=_week(change.at), state=state))
            begin = _week(change.at)
        state = after
    found.append(_Stretch(begin=begin, end=float(WEEKS), state=state))
    return [each for each in found if each.end > each.begin]


def _label(state: SlotState, library: Library) -> str:
    load = f" {write_load(state.load)}" if state.load else ""
    return f"{library.exercises[state.exercise].name}{load}"


def _fitted(label: str, wide: float) -> str:
    room = int((wide - 8) / CHARACTER_PX)
    if room < 4:
        return ""
    return label if len(label) <= room else f"{label[: room - 1]}…"


def _week(at: datetime) -> float:
    begun = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=at.tzinfo)
    return (at - begun) / timedelta(weeks=1)
