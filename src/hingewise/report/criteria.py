"""How a mistake is judged from a film, for its page: what is measured, and from where on."""

from __future__ import annotations

from collections.abc import Iterator

from hingewise.assessment.checks import Check, load_checks
from hingewise.assessment.metrics.metric import Need
from hingewise.assessment.metrics.registry import METRICS, SET_METRICS
from hingewise.report.findings import unit_of, write_measure
from hingewise.report.page import Item, Items, Section

FROM = {
    Need.SIDE_VIEW: "from the side",
    Need.FRONT_VIEW: "from the front or behind",
    Need.SQUARE_FRONT: "from straight before or behind",
}
"""Where the camera must stand; without one of these any place does."""

MOVEMENTS = {"hinge": "hinges", "swing": "swings", "squat": "squats", "thrust": "hip thrusts"}

KNOWN = {
    "literature": "Measured by others",
    "derived": "Derived from what others measured",
    "consensus": "Agreed among coaches",
    "product_default": "Our own setting",
}
"""How a limit is known."""


def criteria_section(fault: str) -> Section | None:
    """What a film tells of a fault, or None where no check does."""
    items = tuple(_items(fault))
    if not items:
        return None
    return Section(title="How a film is judged", blocks=(Items(items=items),))


def _items(fault: str) -> Iterator[Item]:
    for check in load_checks():
        if check.fault == fault:
            limits = (check.limit, *check.severity)
            limit, clear, severe = (_write(check, value) for value in limits)
            said = check.because.format(value="\N{HORIZONTAL ELLIPSIS}", limit=limit)
            text = (
                f"{said[:1].upper()}{said[1:]}. Clear from {clear}, severe from {severe}. "
                f"{check.population[:1].upper()}{check.population[1:]}. {KNOWN[check.basis]}."
            )
            yield Item(head=_head(check), text=text, sources=(check.source,))


def _head(check: Check) -> str:
    """Where to film from, and in which movements it is looked for."""
    needs = (METRICS[check.metric] if check.metric in METRICS else SET_METRICS[check.metric]).needs
    place = next((words for need, words in FROM.items() if need in needs), "from any side")
    over = ", over the set" if check.metric in SET_METRICS else ""
    movements = _listed([MOVEMENTS[family] for family in check.families])
    unnamed = ", where nobody says what was trained" if check.only_unnamed else ""
    label = f"{check.label}: " if check.label else ""
    head = f"{place}{over}, {movements}{unnamed}"
    return f"{label}{head if label else head[:1].upper() + head[1:]}"


def _listed(words: list[str]) -> str:
    """``a, b and c``."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _write(check: Check, value: float) -> str:
    """A limit as the sentence says it: which way is in its words."""
    return write_measure(abs(value) if check.limit < 0 else value, unit_of(check.metric))
