"""Which films may be used to fit the product, and how fitted tables are written."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hingewise_validation.study.cast import load_cast, parse_data
from hingewise_validation.study.files import write_whole
from hingewise_validation.study.spec import FilmSpec

PRODUCT_DATA = Path("src/hingewise/kinematics/data")


def may_fit(spec: FilmSpec) -> bool:
    """Whether the film shows a body for fitting in a movement that is not held out."""
    return load_cast().lifters[spec.lifter].split == "fit" and spec.movement not in parse_data("study.toml")["held_out"]


def next_version(path: Path, table: str) -> int:
    """One more than the version of a table that is there."""
    if not path.exists():
        return 1
    return int(tomllib.loads(path.read_text("utf-8")).get(table, {}).get("version", 0)) + 1


Tables = Mapping[str, Mapping[str, object] | Sequence[Mapping[str, object]]]


def write_tables(path: Path, comment: str, tables: Tables) -> None:
    """Write a data file of the product, whole or not at all; numbers with few digits, long lists in rows."""
    write_whole(path, format_tables(comment, tables).encode())


def format_tables(comment: str, tables: Tables) -> str:
    """TOML of tables under a comment; several of one name are an array of tables."""
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    for name, entry in tables.items():
        single = isinstance(entry, Mapping)
        for table in [entry] if isinstance(entry, Mapping) else entry:
            head = f"[{name}]" if single else f"[[{name}]]"
            lines += ["", head, *(f"{key} = {_value(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(round(value, 5))
    rows = _rows(np.asarray(value, dtype=np.float64))
    return rows[0] if len(rows) == 1 else "[\n" + "".join(f"    {row},\n" for row in rows) + "]"


def _rows(values: NDArray[np.float64]) -> list[str]:
    if values.ndim > 1:
        return [row for part in values for row in ["[" + ", ".join(map(_number, part)) + "]"]]
    return ["[" + ", ".join(map(_number, values)) + "]"]


def _number(value: float) -> str:
    return repr(round(float(value), 5))


def equal_weights(sizes: Sequence[int]) -> NDArray[np.float64]:
    """A weight for every sample that lets every film count the same, however long it is; 1 on average."""
    weights = np.concatenate([np.full(size, 1.0 / max(size, 1)) for size in sizes])
    return np.asarray(weights / weights.mean())
