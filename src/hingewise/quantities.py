"""Conversions between the units that people enter and SI."""

from __future__ import annotations

import re

from hingewise.errors import OptionError

KG_PER_UNIT = {"kg": 1.0, "lb": 0.45359237}
M_PER_UNIT = {"m": 1.0, "cm": 0.01, "in": 0.0254, "ft": 0.3048}

_QUANTITY = re.compile(r"^\s*([0-9]+(?:[.,][0-9]+)?)\s*([a-z]*)\s*$", re.IGNORECASE)


def parse_quantity(text: str, units: dict[str, float], *, name: str, default: str) -> float:
    """Read a number with a unit and return it in SI.

    Raises
    ------
    OptionError
        If the text is not a positive number followed by one of ``units`` (or by nothing).
    """
    match = _QUANTITY.match(text)
    unit = (match.group(2) or default).lower() if match else ""
    value = float(match.group(1).replace(",", ".")) if match else 0.0
    if unit not in units or value <= 0:
        raise OptionError(
            f"{name}: expected a positive number with one of {', '.join(units)}, got {text!r}.",
            hint=f"Write for example --{name} 75{default}.",
        )
    return value * units[unit]
