"""What may stand behind sets and repetitions: loads, efforts, tempos, rests, notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hingewise.training.intensity import checked_rir, rir_from_rpe
from hingewise.training.load import BODY, Load

NUMBER = r"\d+(?:[.,]\d+)?"
WORDS = {
    word.lower(): word
    for word in ("kg", "lb", "bodyweight", "band", "RIR", "RPE", "tempo", "rest", "note")
}
"""What a mistyped word may have been meant to be."""

UNKNOWN = re.compile(rf"(?P<number>{NUMBER})?\s*(?P<word>[^\W\d_][^\s,;]*)?")


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _mass(found: re.Match[str]) -> Load:
    unit = found["unit"].lower()
    return Load(
        kind="mass",
        value=_number(found["value"]),
        unit="kg" if unit.startswith("k") else "lb",
        count=int(found["count"] or 1),
    )


def _rir(found: re.Match[str]) -> float:
    return checked_rir(_number(found["before"] or found["behind"]))


def _rpe(found: re.Match[str]) -> float:
    return rir_from_rpe(_number(found["before"] or found["behind"]))


def _rest_s(found: re.Match[str]) -> int:
    return int(found["value"]) * (60 if (found["unit"] or "s").lower().startswith("m") else 1)


def _body(found: re.Match[str]) -> Load:
    del found
    return BODY


def _band(found: re.Match[str]) -> Load:
    return Load(kind="band", band=found["band"])


def _tempo(found: re.Match[str]) -> str:
    return found["tempo"].lower()


def _note(found: re.Match[str]) -> str:
    return re.sub(r"\\(.)", lambda each: {"n": "\n"}.get(each[1], each[1]), found["note"])


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


READERS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], Any]], ...] = (
    (
        "load",
        _pattern(
            rf"(?:(?P<count>\d+)\s*[x×]\s*)?(?P<value>{NUMBER})\s*"
            r"(?P<unit>kgs?|kilos?|lbs?|pounds?)\b"
        ),
        _mass,
    ),
    ("load", _pattern(r"(?:bw|body\s?-?weight)\b"), _body),
    (
        "load",
        _pattern(r"(?P<band>[^\W\d_][\w -]*?)\s+band\b"),
        _band,
    ),
    ("rir", _pattern(rf"(?:(?P<before>{NUMBER})\s*rir|rir\s*(?P<behind>{NUMBER}))\b"), _rir),
    ("rir", _pattern(rf"(?:(?P<before>{NUMBER})\s*rpe|rpe\s*(?P<behind>{NUMBER}))\b"), _rpe),
    (
        "tempo",
        _pattern(r"(?:tempo\s*)?(?P<tempo>\d+-\d+-(?:\d+|x)-\d+)\b"),
        _tempo,
    ),
    (
        "rest_s",
        _pattern(r"rest\s*(?P<value>\d+)\s*(?P<unit>s|sec|seconds?|m|min|minutes?)?\b"),
        _rest_s,
    ),
    ("note", _pattern(r'"(?P<note>(?:[^"\\]|\\.)+)"'), _note),
)
"""What may stand behind the amount: the field, how it looks, and how it is read."""


def write_load(load: Load) -> str:
    """Return a load as it was entered.

    Examples
    --------
    >>> write_load(Load(kind="mass", value=20.0, count=2))
    '2x20 kg'
    """
    if load.kind == "body":
        return "bodyweight"
    if load.kind == "band":
        return f"{load.band} band"
    several = f"{load.count}x" if load.count > 1 else ""
    return f"{several}{load.value:.10g} {load.unit}"


def write_note(note: str) -> str:
    """Return a note as it stands between quotes."""
    return note.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
