"""A plan in words, line by line, and what is different between two of them."""

from __future__ import annotations

from collections.abc import Sequence

from hingewise.training.notation import Names, format_planned
from hingewise.training.plan import Plan


def written(plan: Plan, names: Names) -> tuple[str, ...]:
    """Write every line of a plan: ``A.primer: Cable pull-through 3x8-15 @ 40 kg, 3 RIR, ...``."""
    return tuple(f"{line.id}: {format_planned(line.planned(), names)}" for line in plan.lines)


def differences(before: Sequence[str], after: Sequence[str], *, but: str = "") -> tuple[str, ...]:
    """Return what else is different between two plans, besides one slot, in words."""
    old, new = _by_id(before), _by_id(after)
    said = []
    for line_id in dict.fromkeys((*old, *new)):
        was, now = old.get(line_id), new.get(line_id)
        is_told = bool(but) and line_id.split(".", 1)[1] == but and was and now
        if was == now or is_told:
            continue
        if was is None:
            said.append(f"{line_id} comes in: {now}")
        elif now is None:
            said.append(f"{line_id} gives way: {was}")
        else:
            said.append(f"{line_id}: {was} becomes {now}")
    return tuple(said)


def _by_id(lines: Sequence[str]) -> dict[str, str]:
    pairs = (line.split(": ", 1) for line in lines)
    return {each[0]: each[1] for each in pairs}
