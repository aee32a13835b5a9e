"""Data files in, records out; every problem of every file is found in one run.

A kind of records lies in one file with a table for each id (``cues.toml``), or in a folder with a
file for each (``exercises/good_morning.toml``), or in both.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hingewise.library.collection import KINDS, Library

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MAX_SHOWN = 60
"""Characters of a wrong value that a message shows."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, in which file and under which key."""

    file: str
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.text}" if self.key else f"{self.file}: {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The records of a folder, where each came from (by kind and id), and what was wrong."""

    library: Library
    files: Mapping[tuple[str, str], str]
    problems: tuple[Problem, ...]


def read_folder(folder: Path) -> Reading:
    """Read every record of a folder; those with problems are left out."""
    records: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    files: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for kind, path in _data_files(folder, problems):
        name = path.relative_to(folder).as_posix()
        for key, plain in _tables(kind, path, name, problems).items():
            if key in records[kind]:
                first = files[kind, key]
                problems.append(
                    Problem(name, key, f"expected a new id, found one of {first} again")
                )
                continue
            files[kind, key] = name
            record = _validated(kind, key, plain, name, problems)
            if record is not None:
                records[kind][key] = record
    return Reading(library=Library(**records), files=files, problems=tuple(sorted(problems)))


def _data_files(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*.toml")):
        inside = path.relative_to(folder)
        kind = inside.parts[0].removesuffix(".toml")
        if kind in KINDS and len(inside.parts) <= 2:
            yield kind, path
        else:
            kinds = ", ".join(KINDS)
            text = f"expected a file of one of these kinds: {kinds}; or a folder of that name"
            problems.append(Problem(inside.as_posix(), "", text))


def _tables(kind: str, path: Path, name: str, problems: list[Problem]) -> dict[str, Any]:
    """The records of a file by id, not yet checked."""
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        problems.append(Problem(name, "", f"expected TOML, got: {error}"))
        return {}
    if path.parent.name == kind and path.stem != kind:
        return {path.stem: plain}
    return _facts(plain) if kind == "facts" else plain


def _facts(plain: dict[str, Any]) -> dict[str, Any]:
    """Facts are written by source: ``[hart]``, then ``"setup.cable" = "..."``."""
    return {
        f"{source}.{key}": {"source": source, "text": text}
        for source, texts in plain.items()
        for key, text in (texts.items() if isinstance(texts, dict) else [("", texts)])
    }


def _validated(kind: str, key: str, plain: Any, name: str, problems: list[Problem]) -> Any:
    from pydantic import ValidationError

    in_own_file = name != f"{kind}.toml"
    prefix = () if in_own_file else (key,)
    if isinstance(plain, dict) and "id" in plain:
        problems.append(Problem(name, ".".join((*prefix, "id")), "expected no id: it is the name"))
        return None
    record = {"id": key} | plain if isinstance(plain, dict) else plain
    try:
        return _adapter(kind).validate_json(json.dumps(record, default=str), strict=True)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            where = ".".join(str(part) for part in (*prefix, *each["loc"]))
            problems.append(Problem(name, where, _explain(each)))
        return None


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(KINDS[kind])


def _explain(error: Any) -> str:
    """A validator's complaint as what was expected and what came."""
    got = repr(error["input"])
    got = got if len(got) <= MAX_SHOWN else f"{got[: MAX_SHOWN - 3]}..."
    match error["type"]:
        case "missing":
            return "expected this key, found none"
        case "unexpected_keyword_argument" | "extra_forbidden":
            return "expected no such key"
        case "literal_error":
            return f"expected {error['ctx']['expected']}, got {got}"
    message = str(error["msg"])
    return f"{message[:1].lower()}{message[1:]}, got {got}".replace("input should be", "expected")
