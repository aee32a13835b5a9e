"""``analysis.json``: the analysis as text, rounded to what was measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hingewise.render.files import write_text
from hingewise.report.document import Analysis

_DECIMALS_BY_SUFFIX = {"_s": 3, "_deg": 2, "_deg_s": 1, "_hz": 3, "_fraction": 4}
_DECIMALS_BY_UNIT = {"s": 3, "deg": 2, "deg_s": 1, "deg/s": 1, "m": 4, "m_s": 3, "m/s": 3}
_DECIMALS = 4


def analysis_json(analysis: Analysis) -> str:
    """Return the document as JSON text: keys in the order of the schema, numbers rounded."""
    plain = _round_numbers(analysis.model_dump(mode="json"))
    return json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def save_analysis(analysis: Analysis, path: Path) -> None:
    """Write ``analysis.json``, whole or not at all.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    write_text(path, analysis_json(analysis))


def load_analysis(path: Path) -> Analysis:
    """Read a document back."""
    return Analysis.model_validate_json(path.read_text(encoding="utf-8"))


def _round_numbers(value: Any, decimals: int = _DECIMALS) -> Any:
    """Round every number by the unit that its key, or the ``unit`` beside it, names."""
    if isinstance(value, float):
        return round(value, decimals) + 0.0
    if isinstance(value, list):
        return [_round_numbers(item, decimals) for item in value]
    if not isinstance(value, dict):
        return value
    if "unit" in value:
        decimals = _DECIMALS_BY_UNIT.get(value["unit"], _DECIMALS)
        return {key: _round_numbers(item, decimals) for key, item in value.items()}
    return {key: _round_numbers(item, _decimals_of(key)) for key, item in value.items()}


def _decimals_of(key: str) -> int:
    fitting = [suffix for suffix in _DECIMALS_BY_SUFFIX if key.endswith(suffix)]
    return _DECIMALS_BY_SUFFIX[max(fitting, key=len)] if fitting else _DECIMALS
