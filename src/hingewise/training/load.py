"""A load as its user entered it: the number and the unit are kept, SI stands beside them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from hingewise.errors import TrainingError
from hingewise.quantities import KG_PER_UNIT

MassUnit = Literal["kg", "lb"]
Kind = Literal["mass", "body", "band"]

BAND = re.compile(r"[^\W\d_][\w -]*")
"""What bands are called: by a word, not by a number, which would be a mass."""

MAX_LOAD_KG = 600.0
"""More has hardly ever been lifted from a floor: it is a slip of the finger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is moved besides the body.

    Attributes
    ----------
    kind
        ``mass`` in a unit, the ``body`` alone, or a ``band`` by its name.
    value, unit
        As entered, of a mass; of one of them where there are several. 0 and "kg" of others.
    count
        How many of it: 2 for a pair of dumbbells.
    band
        What the band is called, "" of others.

    Raises
    ------
    TrainingError
        If it cannot be a load.
    """

    kind: Kind
    value: float = 0.0
    unit: MassUnit = "kg"
    count: int = 1
    band: str = ""

    def __post_init__(self) -> None:
        if self.kind == "band" and not BAND.fullmatch(self.band):
            raise TrainingError(f"expected the name of a band, got {self.band!r}.")
        if self.kind != "mass":
            return
        if not (math.isfinite(self.value) and self.value > 0.0 and self.count >= 1):
            raise TrainingError(f"expected a load of more than nothing, got {self.value:g}.")
        if self.mass_kg > MAX_LOAD_KG:
            raise TrainingError(
                f"expected a load of up to {MAX_LOAD_KG:.0f} kg, got {self.mass_kg:.0f} kg."
            )

    @property
    def mass_kg(self) -> float:
        """All of it together; 0 of the body alone and of bands, whose pull is no mass. [kg]"""
        return self.value * self.count * KG_PER_UNIT[self.unit] if self.kind == "mass" else 0.0


BODY = Load(kind="body")
