"""Answers as people write them: words, names and lines in, ``Answers`` out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, get_args

from hingewise.errors import AnswersError, NotationError, TrainingError
from hingewise.library.collection import Library
from hingewise.library.spelling import plain
from hingewise.planner.allow import NEW
from hingewise.planner.tables import Asked, load_questions, load_screen, usual_kit
from hingewise.training.answers import Answers, Experience, Goal, Habit
from hingewise.training.kit import KitItem
from hingewise.training.load import MassUnit
from hingewise.training.notation import Names, parse_performed
from hingewise.training.sets import PerformedSet

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOTHING = ("", "none", "nothing", "no", "-")
"""Words for an empty answer."""

MAX_SHOWN = 80
"""Letters of what was written that a message repeats."""

MAX_LINE = 400
"""Letters of what is said of a line of the journal."""

MOST = 10**9
"""No number of days or minutes has more."""

KEYS = (
    "goal",
    "experience",
    "days",
    "minutes",
    "weekdays",
    "equipment",
    "kit",
    "loads",
    "conditions",
    "cleared",
    "habits",
    "mistakes",
)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What is read so far, and what was wrong."""

    library: Library
    names: Names
    problems: list[str] = field(default_factory=list)


def parse_answers(given: Mapping[str, Any], library: Library, names: Names) -> Answers:
    """Read answers from plain data, as a TOML or JSON file holds it.

    Parameters
    ----------
    given
        By the keys of ``KEYS``; ``goal``, ``experience``, ``days`` and ``minutes`` are needed.
        Equipment may name a place (gym, home, nothing), everything is found by its id or name.
    library, names
        Know what things and exercises are called.

    Raises
    ------
    AnswersError
        If anything cannot be read; all that is wrong stands in it.
    """
    reading = _Reading(library=library, names=names)
    unknown = [key for key in given if key not in KEYS]
    for key in unknown:
        near = get_close_matches(key[:MAX_SHOWN], KEYS, n=1)
        reading.problems.append(
            f"{_shown_text(key)}: expected one of {', '.join(KEYS)}" + _meant(near)
        )
    made: dict[str, Any] = {
        "goal": _choice(given, "goal", get_args(Goal), reading),
        "experience": _choice(given, "experience", get_args(Experience), reading),
        "days": _whole(given, "days", reading),
        "minutes": _whole(given, "minutes", reading),
        "weekdays": _weekdays(given, reading),
        "equipment": _equipment(given, reading),
        "kit": _kit(given, reading),
        "loads": _loads(given, reading),
        "conditions": _found(given, "conditions", _flags(library), reading),
        "cleared": _found(given, "cleared", _flags(library), reading),
        "habits": _found(given, "habits", {plain(each): each for each in get_args(Habit)}, reading),
        "mistakes": _found(given, "mistakes", _called(library.faults), reading),
    }
    if not reading.problems:
        try:
            return Answers(**made)
        except TrainingError as error:
            reading.problems += error.problems or [str(error)]
    raise AnswersError(
        f"expected answers to the eight questions, found {len(reading.problems)} mistakes in them.",
        problems=tuple(reading.problems),
        hint="hingewise plan questions shows what can be answered.",
    )


def _choice(given: Mapping[str, Any], key: str, choices: Sequence[str], reading: _Reading) -> str:
    value = given.get(key)
    if isinstance(value, str) and value.strip().lower() in choices:
        return value.strip().lower()
    got = "nothing" if value is None else _shown(value)
    near = get_close_matches(str(value)[:MAX_SHOWN], choices, n=1)
    reading.problems.append(
        f"{key}: expected one of {', '.join(choices)}, got {got}" + _meant(near)
    )
    return choices[0]


def _whole(given: Mapping[str, Any], key: str, reading: _Reading) -> int:
    value = given.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > MOST:
        got = "nothing" if value is None else _shown(value)
        reading.problems.append(f"{key}: expected a whole number, got {got}")
        return 1
    return value


def _words(given: Mapping[str, Any], key: str, reading: _Reading) -> list[str]:
    """A list of words; one word alone is a list of it, and a word for nothing is none."""
    value = given.get(key, [])
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not all(isinstance(each, str) for each in words):
        reading.problems.append(f"{key}: expected a list of words, got {_shown(value)}")
        return []
    return [each.strip() for each in words if each.strip().lower() not in NOTHING]


def _found(
    given: Mapping[str, Any], key: str, known: Mapping[str, str], reading: _Reading
) -> tuple[str, ...]:
    """Ids of what words name, each once."""
    found: dict[str, None] = {}
    for word in _words(given, key, reading):
        each = known.get(plain(word))
        if each is None:
            near = get_close_matches(plain(word)[:MAX_SHOWN], known, n=1, cutoff=0.5)
            hint = _meant([known[near[0]]] if near else [])
            reading.problems.append(
                f"{key}: expected something that is known here, got {_shown(word)}{hint}"
            )
        else:
            found[each] = None
    return tuple(found)


def _called(records: Mapping[str, Any]) -> dict[str, str]:
    """Ids by what records are called: their id, their name, and what people say."""
    known: dict[str, str] = {}
    for name, record in records.items():
        for word in (*getattr(record, "words", ()), record.name, name):
            known[plain(word)] = name
    return known


def _flags(library: Library) -> dict[str, str]:
    return {word: flag for word, flag in _called(library.flags).items() if flag != NEW}


def _weekdays(given: Mapping[str, Any], reading: _Reading) -> tuple[int, ...]:
    numbers = []
    for word in _words(given, "weekdays", reading):
        found = [n for n, name in enumerate(DAY_NAMES) if name.startswith(word.lower())]
        if len(word) < 2 or len(found) != 1:
            reading.problems.append(f"weekdays: expected days such as monday, got {_shown(word)}")
        numbers += found[:1]
    return tuple(sorted(numbers))


def _equipment(given: Mapping[str, Any], reading: _Reading) -> tuple[str, ...]:
    """Things that are there: a place stands for what is usually in it."""
    places = next(asked.places for asked in load_questions() if asked.id == "equipment")
    found: dict[str, None] = {}
    for word in _words(given, "equipment", reading):
        if word.lower() in places:
            found |= dict.fromkeys(places[word.lower()])
        else:
            known = _called(reading.library.equipment)
            found |= dict.fromkeys(_found({"equipment": [word]}, "equipment", known, reading))
    return tuple(found)


def _kit(given: Mapping[str, Any], reading: _Reading) -> tuple[KitItem, ...]:
    tables = given.get("kit", {})
    if not isinstance(tables, Mapping):
        reading.problems.append(f"kit: expected a table for each thing, got {_shown(tables)}")
        return ()
    items = []
    for word, table in tables.items():
        found = _called(reading.library.equipment).get(plain(word))
        if found is None or found not in usual_kit("kg"):
            things = ", ".join(usual_kit("kg"))
            reading.problems.append(f"kit.{_shown_text(word)}: expected one of {things}")
        elif not isinstance(table, Mapping):
            reading.problems.append(
                f"kit.{_shown_text(word)}: expected a table, got {_shown(table)}"
            )
        else:
            items += _kit_item(found, table, reading)
    return tuple(items)


def _kit_item(equipment: str, table: Mapping[str, Any], reading: _Reading) -> list[KitItem]:
    """A thing as its owner knows it; what is not said is as usual."""
    unit: MassUnit = "lb" if table.get("unit") == "lb" else "kg"
    usual = usual_kit(unit)[equipment]
    readers: dict[str, Callable[[Any], Any]] = (
        {"bands": _band_names}
        if usual.bands
        else {"unit": str, "least": _number, "most": _number, "step": _number, "values": _numbers}
    )
    wrong = [key for key in table if key not in readers]
    if wrong or table.get("unit", "kg") not in ("kg", "lb"):
        units = "" if usual.bands else " (unit kg or lb)"
        said = (
            f"expected {', '.join(readers)}{units}, got {_shown_text(', '.join(map(str, table)))}"
        )
        reading.problems.append(f"kit.{equipment}: {said}")
        return []
    try:
        made = {key: readers[key](value) for key, value in table.items()}
        whole = {key: getattr(usual, key) for key in readers} | {"unit": unit} | made
        if not usual.bands and "values" not in made and made.keys() & {"least", "most", "step"}:
            whole["values"] = ()
            whole["least"] = whole["least"] or whole["step"]
        return [KitItem(equipment=equipment, **whole)]
    except (TypeError, ValueError, OverflowError) as error:
        reading.problems.append(f"kit.{equipment}: {error}")
    except TrainingError as error:
        reading.problems.append(f"kit.{equipment}: {error}")
    return []


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"expected a number, got {_shown(value)}")
    return float(value)


def _numbers(values: Any) -> tuple[float, ...]:
    if not isinstance(values, list | tuple):
        raise TypeError(f"expected a list of numbers, got {_shown(values)}")
    return tuple(map(_number, values))


def _band_names(names: Any) -> tuple[str, ...]:
    if not isinstance(names, list | tuple) or not all(isinstance(each, str) for each in names):
        raise TypeError(f"expected a list of names of bands, got {_shown(names)}")
    if not names:
        raise ValueError("expected the names of bands from the lightest on, got none")
    return tuple(each.strip().removesuffix(" band") for each in names)


def _loads(given: Mapping[str, Any], reading: _Reading) -> tuple[PerformedSet, ...]:
    sets: list[PerformedSet] = []
    for line in _words(given, "loads", reading):
        try:
            sets += parse_performed(line, reading.names)
        except NotationError as error:
            reading.problems.append(
                f"loads: {_shown(line)}: {_shown_text(error.one_line(), MAX_LINE)}"
            )
    return tuple(dict.fromkeys(sets))


def _shown(value: Any) -> str:
    """A value as it was written, but no more of it than somebody reads."""
    if isinstance(value, int) and abs(value) > MOST:
        return "a number of that many digits"
    return _shown_text(repr(value))


def _shown_text(text: str, most: int = MAX_SHOWN) -> str:
    return text if len(text) <= most else f"{text[:most]}..."


def _meant(near: Iterable[str]) -> str:
    first = next(iter(near), "")
    return f"; did you mean {first}?" if first else ""


def write_template(library: Library) -> str:
    """Write the eight questions as a TOML file to fill in, each with its choices."""
    parts = [
        "# Eight questions. Fill in what is behind each =, then: hingewise plan new --answers FILE"
    ]
    for asked in load_questions():
        parts += ["", f"# {asked.asks}", *_choices(asked, library), *_blank(asked)]
    return "\n".join(parts) + "\n"


def _choices(asked: Asked, library: Library) -> list[str]:
    lines = [f"#   {each.id}: {each.says}. {each.effect}" for each in asked.choices]
    if asked.effect:
        lines.append(f"#   {asked.effect}")
    if asked.id == "conditions":
        lines += [f"#   {each.flag}: {each.asks}" for each in load_screen()]
    if asked.id == "mistakes":
        lines += [f"#   {each.id}: {each.name}" for each in library.faults.values() if each.measure]
    if asked.id == "equipment":
        lines.append(f"#   places: {', '.join(asked.places)}; or each thing by its name:")
        lines.append(f"#   {', '.join(library.equipment)}")
    return lines


_KIT = (
    "# Loads are taken as usual. Where yours are others, say so, each thing for itself:",
    "# [kit.cable_machine]  # at the end of the file, as TOML wants it",
    "# least = 2.5",
    "# most = 90",
    "# step = 2.5",
    "# [kit.kettlebell]",
    "# values = [8, 12, 16, 24]",
    '# unit = "kg"  # or "lb"',
    "# [kit.resistance_band]",
    '# bands = ["red", "black", "purple"]  # from the lightest',
)


def _blank(asked: Asked) -> list[str]:
    if asked.id == "time":
        return ["days = 2", "minutes = 45", '# weekdays = ["monday", "thursday"]']
    if asked.id == "equipment":
        return ['equipment = ["gym"]', *_KIT]
    if asked.id == "conditions":
        return [
            "conditions = []",
            "# what of these a health professional has allowed:",
            "cleared = []",
        ]
    if asked.many:
        return [f"{asked.key} = []"]
    return [f'{asked.key} = "{asked.choices[0].id}"']
