"""Sets in one line, read and written: ``cable pull-through 3x12 @ 40 kg, 2 RIR``.

A line is an exercise, how much of it, and behind that in any order the load, how many repetitions
were left (RIR or RPE), the tempo, the rest and a note. Groups that differ are parted by semicolons:
``hip thrust 12 @ 20 kg; 12 @ 40 kg; 3x8 @ 60 kg, 2 RIR``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Protocol

from hingewise.errors import NotationError, TrainingError
from hingewise.training.load import BODY, Load
from hingewise.training.sets import MAX_SETS, PerformedSet, PlannedSet, check_count
from hingewise.training.words import READERS, UNKNOWN, WORDS, write_load, write_note


class Names(Protocol):
    """Knows the exercises."""

    def find(self, text: str) -> str | None:
        """Return the id of the exercise of this name, however it is spelled; None for none."""

    def nearest(self, text: str) -> str:
        """Return the name that comes nearest to a text, "" where none does."""

    def title(self, exercise: str) -> str:
        """Return what the exercise of this id is called."""


EXAMPLE = "pull-through 3x12 @ 40 kg, 2 RIR"

AMOUNT = re.compile(
    r"(?P<sets>\d+)\s*[x×]\s*(?P<least>\d+)(?:\s*[-–]\s*(?P<most>\d+))?\s*(?P<hold>s|sec)?(?![\w.-])"
    r"|(?P<each>\d+(?:\s*,\s*\d+(?!\s*(?:rir|kg|lbs?)\b))*)\s*(?P<held>s|sec)?(?![\w.-])"
    r"(?!\s*(?:rir|rpe|kgs?|kilos?|lbs?|pounds?)\b)",
    re.IGNORECASE,
)
"""How much: sets times repetitions, from least to most, or the repetitions of every set.

A number with a unit of its own is none.
"""


BEHIND_NAME = re.compile(r"[@,\d]")
"""What stands behind the name of an exercise where nobody says how much of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Sets that were alike but for their repetitions, as they are written."""

    counts: tuple[tuple[int, int], ...]
    hold: bool
    load: Load | None = None
    rir: float | None = None
    tempo: str = ""
    rest_s: int | None = None
    note: str = ""


def parse_performed(text: str, names: Names) -> tuple[PerformedSet, ...]:
    """Read what was done.

    Parameters
    ----------
    text
        One line.
    names
        Knows the exercises.

    Raises
    ------
    NotationError
        If the line cannot be read; it points at the word that is wrong.
    """
    exercise, groups = _read(text, names)
    performed = []
    load = BODY
    for at, group in groups:
        load = group.load or load  # "8 @ 60 kg; 6" was done with 60 kg all the way
        for least, most in group.counts:
            if least != most:
                raise NotationError(
                    f"expected how many were done, got {least} to {most}.",
                    text=text,
                    at=at,
                    hint=f"Write them set by set: {least}, {most}.",
                )
            if group.rest_s is not None:
                raise NotationError(
                    "expected what was done, got a rest, which only a plan has.",
                    text=text,
                    at=text.lower().index("rest", at),
                    hint="Leave it out.",
                )
            performed.append(
                PerformedSet(
                    exercise=exercise,
                    repetitions=least,
                    hold=group.hold,
                    load=load,
                    rir=group.rir,
                    tempo=group.tempo,
                    note=group.note,
                )
            )
    return tuple(performed)


def parse_planned(text: str, names: Names) -> tuple[PlannedSet, ...]:
    """Read what is planned; the arguments and errors are those of ``parse_performed``."""
    exercise, groups = _read(text, names)
    planned = []
    for at, group in groups:
        if group.note:
            raise NotationError(
                "expected what is planned, got a note, which only what was done has.",
                text=text,
                at=at,
                hint="Leave it out.",
            )
        planned += [
            PlannedSet(
                exercise=exercise,
                repetitions=counts,
                hold=group.hold,
                load=group.load,
                rir=group.rir,
                tempo=group.tempo,
                rest_s=group.rest_s,
            )
            for counts in group.counts
        ]
    return tuple(planned)


def format_performed(sets: Sequence[PerformedSet], names: Names) -> str:
    """Write sets of one exercise in one line, which ``parse_performed`` reads back."""
    groups = [
        _Group(
            counts=((each.repetitions, each.repetitions),),
            hold=each.hold,
            load=each.load,
            rir=each.rir,
            tempo=each.tempo,
            note=each.note,
        )
        for each in sets
    ]
    return _write([each.exercise for each in sets], groups, names)


def format_planned(sets: Sequence[PlannedSet], names: Names) -> str:
    """Write sets of one exercise in one line, which ``parse_planned`` reads back."""
    groups = [
        _Group(
            counts=(each.repetitions,),
            hold=each.hold,
            load=each.load,
            rir=each.rir,
            tempo=each.tempo,
            rest_s=each.rest_s,
        )
        for each in sets
    ]
    return _write([each.exercise for each in sets], groups, names)


def _read(text: str, names: Names) -> tuple[str, list[tuple[int, _Group]]]:
    """The exercise, and where each group begins."""
    pieces = list(_split(text))
    start, first = pieces[0]
    amounts = list(AMOUNT.finditer(first))
    named = (each for each in amounts if names.find(_name(first, each)))
    amount = next(named, amounts[0] if amounts else None)
    name = _name(first, amount)
    if amount is None and names.find(name) is None:
        name = _name(BEHIND_NAME.split(first)[0], None)
    exercise = names.find(name) if name else None
    if exercise is None:
        near = names.nearest(name) if name else ""
        raise NotationError(
            f"expected an exercise first, got {name!r}." if name else "expected an exercise first.",
            text=text,
            at=start + len(first) - len(first.lstrip()),
            hint=f"Did you mean {near}?" if near else f"Write for example: {EXAMPLE}.",
        )
    if amount is None:
        got = first[first.index(name) + len(name) :].strip()
        raise NotationError(
            f"expected sets and repetitions behind {name!r}, got {got or 'nothing'}.",
            text=text,
            at=start + len(first.rstrip()) - len(got),
            hint=f"Write for example: {EXAMPLE}.",
        )
    groups = [(start + amount.start(), _read_group(text, start, first, amount.start()))]
    groups += [(start, _read_group(text, start, piece, 0)) for start, piece in pieces[1:]]
    return exercise, groups


def _name(piece: str, amount: re.Match[str] | None) -> str:
    """What stands before an amount; some names hold numbers."""
    return (piece[: amount.start()] if amount else piece).strip(" ,:@")


def _split(text: str) -> Iterator[tuple[int, str]]:
    """Pieces between semicolons that stand in no note, and where they begin."""
    start, quoted, escaped = 0, False, False
    for at, letter in enumerate(text):
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == '"':
            quoted = not quoted
        elif letter == ";" and not quoted:
            yield start, text[start:at]
            start = at + 1
    yield start, text[start:]


def _read_group(text: str, start: int, piece: str, at: int) -> _Group:
    """One group: how much, and what stands behind it."""
    amount = AMOUNT.match(piece, at + len(piece[at:]) - len(piece[at:].lstrip()))
    if amount is None:
        raise NotationError(
            f"expected sets and repetitions, got {piece.strip()!r}.",
            text=text,
            at=start + at,
            hint="Write for example: 3x12, or 12, 10, 8.",
        )
    hold = bool(amount["hold"] or amount["held"])
    try:
        counts = _counts(amount, hold=hold)
    except TrainingError as error:
        where = start + amount.start()
        raise NotationError(str(error), text=text, at=where, hint="A slip?") from error
    said: dict[str, Any] = {}
    place = _skip(piece, amount.end())
    while place < len(piece):
        place = _skip(piece, _read_word(text, start, piece, place, said))
    return _Group(counts=counts, hold=hold, **said)


def _skip(piece: str, place: int) -> int:
    """The next place at which a word stands."""
    return len(piece) - len(piece[place:].lstrip(" \t,@"))


def _counts(amount: re.Match[str], *, hold: bool) -> tuple[tuple[int, int], ...]:
    if amount["sets"]:
        least, n_sets = int(amount["least"]), int(amount["sets"])
        each = ((least, int(amount["most"] or least)),) * min(n_sets, MAX_SETS + 1)
    else:
        each = tuple((int(n), int(n)) for n in re.findall(r"\d+", amount["each"]))
    if not 1 <= len(each) <= MAX_SETS:
        raise TrainingError(f"expected 1 to {MAX_SETS} sets, got {amount['sets'] or len(each)}.")
    for least, most in each:
        check_count(least, hold=hold)
        check_count(most, hold=hold)
        if least > most:
            raise TrainingError(f"expected repetitions from least to most, got {least} to {most}.")
    return each


def _read_word(text: str, start: int, piece: str, place: int, said: dict[str, Any]) -> int:
    """Add what stands at a place to what was said so far; return where it ends."""
    for field, pattern, read in READERS:
        found = pattern.match(piece, place)
        if found is None:
            continue
        if field in said:
            raise _wrong(text, start + place, found[0], "is said twice", "Leave one out.")
        try:
            said[field] = read(found)
        except TrainingError as error:
            raise NotationError(
                str(error), text=text, at=start + place, hint=f"Write for example: {EXAMPLE}."
            ) from error
        return found.end()
    raise _unknown(text, start, piece, place)


def _unknown(text: str, start: int, piece: str, place: int) -> NotationError:
    """What to say of a word that is none."""
    found = UNKNOWN.match(piece, place)
    number, word = (found["number"] or "", found["word"] or "") if found else ("", "")
    said = f"{number} {word}".strip() or piece[place]
    if number and not word:
        hint = f"Write {number} kg, {number} lb, {number} RIR or RPE {number}."
        return _wrong(text, start + place, said, "has no unit", hint)
    known = [
        each for each in WORDS if not (number and each == "rpe")
    ]  # RPE stands before its number
    from difflib import get_close_matches  # only slips need it

    near = get_close_matches(word.lower(), known, n=1, cutoff=0.5)
    meant = f"{number} {WORDS[near[0]]}".strip() if near else ""
    hint = f"Did you mean {meant}?" if near else f"Write for example: {EXAMPLE}."
    return _wrong(text, start + place, said, "is not known here", hint)


def _wrong(text: str, at: int, said: str, what: str, hint: str) -> NotationError:
    return NotationError(
        "expected a load (40 kg), repetitions left (2 RIR), a tempo (3-0-1-1), a rest (rest 90 s) "
        f'or a note ("easy"), but {said!r} {what}.',
        text=text,
        at=at,
        hint=hint,
    )


def _write(exercises: Sequence[str], groups: Sequence[_Group], names: Names) -> str:
    if len(set(exercises)) != 1:
        raise ValueError(f"expected sets of one exercise, got those of {sorted(set(exercises))}")
    parts = []
    for _, alike in groupby(groups, key=lambda group: replace(group, counts=())):
        same = list(alike)
        parts.append(_write_group(same[0], [group.counts[0] for group in same]))
    return f"{names.title(exercises[0])} {'; '.join(parts)}"


def _write_group(group: _Group, counts: list[tuple[int, int]]) -> str:
    """Sets that are alike but for their repetitions."""
    unit = " s" if group.hold else ""
    if len(set(counts)) == 1:
        least, most = counts[0]
        amount = f"{len(counts)}x{least}{f'-{most}' if most != least else ''}{unit}"
    elif all(least == most for least, most in counts):
        amount = ", ".join(str(least) for least, _ in counts) + unit
    else:
        return "; ".join(_write_group(group, [each]) for each in counts)
    extras = [
        f"{group.rir:g} RIR" if group.rir is not None else "",
        group.tempo,
        f"rest {group.rest_s} s" if group.rest_s is not None else "",
        f'"{write_note(group.note)}"' if group.note else "",
    ]
    load = f" @ {write_load(group.load)}" if group.load is not None else ""
    return ", ".join([amount + load, *filter(None, extras)])
