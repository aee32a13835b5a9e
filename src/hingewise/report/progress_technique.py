"""How the sets looked, and the steps of the plan: two panels of the report of how training goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean

from hingewise.report.change_words import KINDS, state_words
from hingewise.report.naming import plural
from hingewise.report.progress_report import Item, Panel, Series, format_amount
from hingewise.training.changes import Change, Kind, undone
from hingewise.training.history import monday_of
from hingewise.training.notation import Names
from hingewise.training.technique import Technique

UP: tuple[Kind, ...] = ("rung_up", "trained", "groundwork_done")
BACK: tuple[Kind, ...] = ("rung_back", "groundwork", "paused")
MAX_ITEMS = 20
"""So many films and steps are listed, the latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How the sets of one exercise looked on a day."""

    on: date
    exercise: str
    technique: Technique


def make_technique_panel(
    looked: Sequence[Looked],
    names: Names,
    faults: Mapping[str, str],
    weeks: Sequence[date],
) -> Panel:
    """Return the panel of technique.

    Parameters
    ----------
    looked
        The oldest first; not empty.
    names
        Of the exercises.
    faults
        What mistakes are called, by id.
    weeks
        The Mondays of the report.
    """
    films = [each for each in looked if each.technique.how == "film"]
    scores = [each for each in films if each.technique.score is not None]
    wrong = [each for each in looked if each.technique.present]
    series = [_counts("entries that were judged", looked, weeks)]
    series.append(_counts("entries with a mistake", wrong, weeks))
    if scores:
        series.insert(0, _scores(scores, weeks))
    return Panel(
        id="technique",
        title="Technique",
        says=(_trend(scores), _most_common(wrong, faults)),
        weeks=tuple(weeks),
        series=tuple(series),
        items=tuple(_item(each, names, faults) for each in looked[::-1][:MAX_ITEMS]),
        notes=("Scores are of films, as hingewise analyze judged them; your own word has none.",),
    )


def make_gates_panel(
    changes: Sequence[Change], names: Names, since: date, weeks: Sequence[date]
) -> Panel | None:
    """Return the panel of the plan's steps since a day, None where there was none."""
    back = undone(changes)
    steps = [
        each
        for each in changes
        if each.kind in (*UP, *BACK) and each.id not in back and _day(each) >= since
    ]
    if not steps:
        return None
    up = [each for each in steps if each.kind in UP]
    down = [each for each in steps if each.kind in BACK]
    gates = sum(each.kind == "rung_up" for each in steps)
    says = (
        f"{plural(gates, 'time')} on to another exercise, {plural(len(down), 'step')} back, "
        f"in {plural(len(changes), 'change')} of the plan. All of them: hingewise plan history"
    )
    return Panel(
        id="plan",
        title="Steps of the plan",
        says=(says,),
        weeks=tuple(weeks),
        series=(_steps("steps up", up, weeks), _steps("steps back", down, weeks)),
        items=tuple(
            Item(
                on=_day(each),
                text=f"{KINDS[each.kind]}: {state_words(each.before, names)} → "
                f"{state_words(each.after, names)}",
            )
            for each in steps[::-1][:MAX_ITEMS]
        ),
    )


def _day(change: Change) -> date:
    return change.at.astimezone().date()


def _trend(scores: Sequence[Looked]) -> str:
    """The latest score against the ones before it, where films tell it."""
    if not scores:
        return "No film has a score yet."
    last = scores[-1].technique.score or 0.0
    if len(scores) == 1:
        return f"The only film with a score: {last:.0f} of 100."
    before = mean(each.technique.score or 0.0 for each in scores[:-1])
    n_before = plural(len(scores) - 1, "film")
    return f"The latest film: {last:.0f} of 100; the {n_before} before it: {before:.0f}."


def _most_common(wrong: Sequence[Looked], faults: Mapping[str, str]) -> str:
    counts: dict[str, int] = {}
    for each in wrong:
        for fault in each.technique.present:
            counts[fault] = counts.get(fault, 0) + 1
    if not counts:
        return "No mistake was seen or said."
    fault = max(counts, key=lambda each: counts[each])
    name = faults.get(fault, fault).lower()
    return f"The most common mistake: {name}, {plural(counts[fault], 'time')}."


def _item(looked: Looked, names: Names, faults: Mapping[str, str]) -> Item:
    told = looked.technique
    found = ", ".join(faults.get(each, each).lower() for each in told.present) or "nothing wrong"
    score = f", {told.score:.0f} of 100" if told.score is not None else ""
    how = "film" if told.how == "film" else "your word"
    return Item(on=looked.on, text=f"{names.title(looked.exercise)} ({how}{score}): {found}")


def _scores(scores: Sequence[Looked], weeks: Sequence[date]) -> Series:
    values = []
    for week in weeks:
        mine = [e.technique.score for e in scores if monday_of(e.on) == week]
        known = [score for score in mine if score is not None]
        values.append(round(mean(known), 1) if known else None)
    known = [value for value in values if value is not None]
    says = f"{plural(len(known), 'week')} with films"
    if known:
        says += f", {format_amount(min(known))} to {format_amount(max(known))} of 100"
    return Series(
        name="technique score of films", unit="", values=tuple(values), kind="line", says=f"{says}."
    )


def _counts(name: str, looked: Sequence[Looked], weeks: Sequence[date]) -> Series:
    return _bars(name, [monday_of(each.on) for each in looked], weeks)


def _steps(name: str, steps: Sequence[Change], weeks: Sequence[date]) -> Series:
    return _bars(name, [monday_of(_day(each)) for each in steps], weeks)


def _bars(name: str, mondays: Sequence[date], weeks: Sequence[date]) -> Series:
    values = tuple(float(mondays.count(week)) for week in weeks)
    return Series(
        name=name, unit="", values=values, kind="bars", says=f"{sum(values):.0f} {name} in all."
    )
