"""Everything that can be wrong with records that can be read, found in one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from hingewise.library.collection import Library
from hingewise.library.exercise import Dose, Posture
from hingewise.library.read import Problem, Reading, read_folder
from hingewise.library.reading_ease import flesch_reading_ease
from hingewise.library.spelling import plain

Flaw = tuple[str, str, str, str]
"""Kind, id, key in the record, and what is wrong there."""

REFERENCES = {
    "exercises": {
        "equipment": "equipment",
        "prerequisites": "exercises",
        "cues": "cues",
        "mistakes": "faults",
        "contraindications": "flags",
        "related": "exercises",
        "camera": "cameras",
        "muscles.muscle": "muscles",
        "variations.exercise": "exercises",
    },
    "faults": {
        "cue": "cues",
        "more_cues": "cues",
        "drills": "drills",
        "regression": "exercises",
        "leads_to": "faults",
    },
    "drills": {"equipment": "equipment", "exercise": "exercises"},
    "ladders": {
        "rungs.exercise": "exercises",
        "rungs.back_to": "exercises",
        "rungs.leave.absent": "faults",
        "branches.exercises": "exercises",
        "branches.back_to": "exercises",
    },
    "warm_ups": {"phases.drills": "drills"},
    "topics": {"exercises": "exercises", "ladders": "ladders"},
    "facts": {"source": "sources"},
}
"""Which key of which kind points at records of which kind; numbers of lists are left out."""

POINTED_AT = ("muscles", "equipment", "cues", "drills", "faults", "flags", "cameras", "sources")
"""Records of these kinds are there to be pointed at."""

NEEDED_PHASES = {"set_up", "concentric", "lockout"}
TEMPO = re.compile(r"(?:\d+|x)(?:-(?:\d+|x)){3}")
MAX_ANGLE_DEG = 180.0
MIN_READING_EASE = 60.0
"""Plain English, understood by people of thirteen to fifteen (Flesch)."""

PROSE = {
    "text",
    "answer",
    "question",
    "say",
    "aim",
    "effort",
    "when",
    "why",
    "taken",
    "dose",
    "ready_when",
}
"""Keys whose values are sentences."""

_STUDIED = ("study", "standard")


def check_folder(folder: Path) -> Reading:
    """Read a folder and check it; all problems are in the reading."""
    reading = read_folder(folder)
    found = [place(reading, flaw) for flaw in check_library(reading.library)]
    return Reading(
        library=reading.library,
        files=reading.files,
        problems=tuple(sorted({*reading.problems, *found})),
    )


def check_library(library: Library) -> Iterator[Flaw]:
    """Yield everything that is wrong with a library."""
    for check in _CHECKS:
        yield from check(library)


def place(reading: Reading, flaw: Flaw) -> Problem:
    """Say in which file, under which key something is wrong."""
    kind, key, where, text = flaw
    return Problem(_file(reading, kind, key), _key(reading, kind, key, where), text)


def _file(reading: Reading, kind: str, key: str) -> str:
    return reading.files.get((kind, key), f"{kind}.toml")


def _key(reading: Reading, kind: str, key: str, where: str) -> str:
    in_own_file = _file(reading, kind, key) != f"{kind}.toml"
    return where if in_own_file else f"{key}.{where}" if where else key


def _walk(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every value inside a record that is no record itself, with its key (``steps.0.text``)."""
    if is_dataclass(value):
        for field in fields(value):
            yield from _walk(getattr(value, field.name), f"{where}.{field.name}".lstrip("."))
    elif isinstance(value, tuple) and value:
        for number, each in enumerate(value):
            yield from _walk(each, f"{where}.{number}")
    else:
        yield where, value


def _records(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every record inside a record, with its key."""
    if is_dataclass(value):
        yield where, value
        for field in fields(value):
            yield from _records(getattr(value, field.name), f"{where}.{field.name}".lstrip("."))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _records(each, f"{where}.{number}")


def _without_numbers(where: str) -> str:
    return ".".join(part for part in where.split(".") if not part.isdecimal())


def _pointers(library: Library) -> Iterator[tuple[str, str, str, str, str]]:
    """Every id that stands in a record: kind, id, key, the kind pointed at, the id pointed at."""
    for kind, key, record in library.records():
        table = REFERENCES.get(kind, {})
        for where, value in _walk(record):
            target = table.get(_without_numbers(where))
            if target and isinstance(value, str) and value:
                yield kind, key, where, target, value


def _citations(library: Library) -> Iterator[tuple[str, str, str, str]]:
    for kind, key, record in library.records():
        for where, value in _walk(record):
            if ".sources." in f".{where}" and isinstance(value, str):
                yield kind, key, where, value


def _dangling(library: Library) -> Iterator[Flaw]:
    for kind, key, where, target, value in _pointers(library):
        if value not in getattr(library, target):
            yield kind, key, where, f"expected the id of one of the {target}, got {value!r}"


def _unknown_sources(library: Library) -> Iterator[Flaw]:
    for kind, key, where, value in _citations(library):
        if value not in library.facts and value not in library.sources:
            yield kind, key, where, f"expected the id of a fact or a source, got {value!r}"


def _without_source(library: Library) -> Iterator[Flaw]:
    for kind, key, record in library.records():
        for where, each in _records(record):
            if getattr(each, "sources", None) == ():
                at = f"{where}.sources".lstrip(".")
                yield kind, key, at, "expected at least one source, found none"


def _uncited_facts(library: Library) -> Iterator[Flaw]:
    cited = {value for _, _, _, value in _citations(library)}
    for fact in library.facts:
        if fact not in cited:
            yield "facts", fact, "", "expected some record to carry this fact, found none"


def _orphans(library: Library) -> Iterator[Flaw]:
    used = {(target, value) for _, _, _, target, value in _pointers(library)}
    used |= {("sources", value) for _, _, _, value in _citations(library)}
    for kind in POINTED_AT:
        for key in getattr(library, kind):
            if (kind, key) not in used:
                yield kind, key, "", "expected some record to point at this one, found none"


def _doses(library: Library) -> Iterator[Flaw]:
    for kind, key, record in library.records():
        for where, each in _records(record):
            if isinstance(each, Dose):
                for name, text in _dose_problems(each):
                    yield kind, key, f"{where}.{name}", text


def _dose_problems(dose: Dose) -> Iterator[tuple[str, str]]:
    for name in ("sets", "repetitions", "rest_s", "hold_s"):
        span = getattr(dose, name)
        least = 0 if name == "rest_s" else 1
        if span is not None and not least <= span[0] <= span[1]:
            yield name, f"expected two numbers from {least} on, the smaller first, got {list(span)}"
    if dose.tempo and not TEMPO.fullmatch(dose.tempo):
        yield "tempo", f"expected four parts as in 3-0-1-1 or 2-0-x-1, got {dose.tempo!r}"


def _bases(library: Library) -> Iterator[Flaw]:
    """What is said to stand in the literature must name a study."""
    for kind, key, record in library.records():
        for where, each in _records(record):
            if getattr(each, "basis", "") != "literature":
                continue
            kinds = {library.sources[s].kind for s in each.sources if s in library.sources}
            if not kinds & set(_STUDIED):
                at = f"{where}.basis".lstrip(".")
                yield kind, key, at, "expected a study or a standard among the sources, found none"


def _postures(library: Library) -> Iterator[Flaw]:
    for kind, key, record in library.records():
        for where, each in _records(record):
            if not isinstance(each, Posture):
                continue
            for field in fields(each):
                value = getattr(each, field.name)
                if value is not None and not abs(value) <= MAX_ANGLE_DEG:
                    text = f"expected an angle from -180 to 180 degrees, got {value:g}"
                    yield kind, key, f"{where}.{field.name}", text


def _names(library: Library) -> Iterator[Flaw]:
    """No name may mean two exercises."""
    taken: dict[str, str] = {}
    for key, exercise in library.exercises.items():
        for where, name in [("name", exercise.name)] + [
            (f"aliases.{n}", alias) for n, alias in enumerate(exercise.aliases)
        ]:
            other = taken.setdefault(plain(name), key)
            if other != key:
                yield "exercises", key, where, f"expected a name of its own, but {other} has it too"


def _steps(library: Library) -> Iterator[Flaw]:
    for key, exercise in library.exercises.items():
        missing = sorted(NEEDED_PHASES - {step.phase for step in exercise.steps})
        if missing:
            yield "exercises", key, "steps", f"expected steps for {', '.join(missing)}, found none"
        if not any(use.role == "target" for use in exercise.muscles):
            yield "exercises", key, "muscles", "expected a target muscle, found none"


def _faults(library: Library) -> Iterator[Flaw]:
    for key, fault in library.faults.items():
        if not fault.drills:
            yield "faults", key, "drills", "expected a drill that mends it, found none"


def _gates(library: Library) -> Iterator[Flaw]:
    """A gate asks only for faults that its exercise is judged by."""
    for key, ladder in library.ladders.items():
        for number, rung in enumerate(ladder.rungs):
            exercise = library.exercises.get(rung.exercise)
            if rung.leave is None or exercise is None:
                continue
            for place, fault in enumerate(rung.leave.absent):
                if fault in library.faults and fault not in exercise.mistakes:
                    text = f"expected a mistake of {rung.exercise}, got {fault!r}"
                    yield "ladders", key, f"rungs.{number}.leave.absent.{place}", text


def _circles(library: Library) -> Iterator[Flaw]:
    """Nobody can begin where each of two exercises asks for the other first."""
    for key in library.exercises:
        before: set[str] = set()
        waiting = [key]
        while waiting:
            exercise = library.exercises.get(waiting.pop())
            new = set(exercise.prerequisites if exercise else ()) - before
            before |= new
            waiting += new
        if key in before:
            yield "exercises", key, "prerequisites", "expected no circle, but it leads back here"


def _hard_texts(library: Library) -> Iterator[Flaw]:
    for kind, key, record in library.records():
        if kind in ("facts", "sources"):
            continue
        texts = [
            v for w, v in _walk(record) if isinstance(v, str) and " " in v.strip() and _is_prose(w)
        ]
        ease = flesch_reading_ease(" ".join(texts))
        if ease < MIN_READING_EASE:
            text = f"expected a reading ease of at least {MIN_READING_EASE:g}, got {ease:.0f}"
            yield kind, key, "", f"{text}: shorter words and sentences"


def _is_prose(where: str) -> bool:
    return _without_numbers(where).rpartition(".")[2] in PROSE


_CHECKS: tuple[Callable[[Library], Iterator[Flaw]], ...] = (
    _dangling,
    _unknown_sources,
    _without_source,
    _uncited_facts,
    _orphans,
    _doses,
    _bases,
    _postures,
    _names,
    _steps,
    _faults,
    _gates,
    _circles,
    _hard_texts,
)
