"""What loads somebody's things can make: a plan asks for no other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from hingewise.errors import TrainingError
from hingewise.quantities import KG_PER_UNIT
from hingewise.training.load import MAX_LOAD_KG, Load, MassUnit

MAX_VALUES = 200
_TINY = 1e-6
"""Of a step: what is nearer than this was meant to be the same load."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitItem:
    """One thing and the loads that it makes.

    Attributes
    ----------
    equipment
        Its id in the library.
    unit
        Of the loads.
    least, most, step
        From, to, and by how much at a time; a barbell begins with the empty bar. Not of bands.
    values
        The loads themselves where they are not evenly spaced (kettlebells), in rising order;
        these win over ``least``, ``most`` and ``step``.
    bands
        Names of bands from the lightest to the heaviest.

    Raises
    ------
    TrainingError
        If no load can be made of it.
    """

    equipment: str
    unit: MassUnit = "kg"
    least: float = 0.0
    most: float = 0.0
    step: float = 0.0
    values: tuple[float, ...] = ()
    bands: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.bands:
            for name in self.bands:
                Load(kind="band", band=name)
            if len({name.casefold() for name in self.bands}) < len(self.bands):
                raise TrainingError(f"expected bands of different names, got {list(self.bands)}.")
            return
        if self.values:
            if list(self.values) != sorted(set(self.values)) or len(self.values) > MAX_VALUES:
                raise TrainingError(
                    f"expected up to {MAX_VALUES} loads of {self.equipment} in rising order, "
                    f"got {list(self.values)[:MAX_VALUES]}."
                )
        elif not (0.0 < self.step <= self.most and 0.0 < self.least <= self.most):
            raise TrainingError(
                f"expected loads of {self.equipment} from least to most by a step of more than "
                f"nothing, got {self.least:g} to {self.most:g} by {self.step:g}."
            )
        for value in self.values or (self.least, self.most):
            self.load(value)
        if not self.values and (self.most - self.least) / self.step > MAX_VALUES:
            raise TrainingError(
                f"expected up to {MAX_VALUES} steps of {self.equipment}, got more: "
                f"{self.least:g} to {self.most:g} by {self.step:g}."
            )

    def load(self, value: float, count: int = 1) -> Load:
        """Return a load of this thing, as its owner would enter it."""
        return Load(kind="mass", value=value, unit=self.unit, count=count)

    def loads(self, count: int = 1) -> tuple[Load, ...]:
        """Return all loads that it makes, from the lightest; ``count`` of it at a time."""
        return _loads(self, count)

    def place(self, load: Load) -> float:
        """Where a load stands among those of this thing, for comparing; NaN if it is no such."""
        if load.kind == "band":
            names = [name.casefold() for name in self.bands]
            said = load.band.casefold()
            return float(names.index(said)) if said in names else float("nan")
        return load.mass_kg if load.kind == "mass" and not self.bands else float("nan")

    def up(self, load: Load) -> Load | None:
        """Return the next heavier load that it makes, None at the end."""
        here = self.place(load)
        return next(
            (each for each in self.loads(load.count) if self.place(each) > here + _TINY), None
        )

    def down(self, load: Load) -> Load | None:
        """Return the next lighter load that it makes, None at the end."""
        here = self.place(load)
        below = (each for each in self.loads(load.count)[::-1] if self.place(each) < here - _TINY)
        return next(below, None)

    def at_most(self, mass_kg: float, count: int = 1) -> Load | None:
        """Return the heaviest load of up to a mass, None where even the lightest is more."""
        if self.bands:
            return None
        below = [each for each in self.loads(count) if each.mass_kg <= mass_kg + _TINY]
        return below[-1] if below else None


@lru_cache(maxsize=64)
def _loads(item: KitItem, count: int) -> tuple[Load, ...]:
    """All loads of a thing: asked for so often that they are made once."""
    if item.bands:
        return tuple(Load(kind="band", band=name) for name in item.bands)
    n_steps = 0 if item.values else int((item.most - item.least) / item.step + _TINY)
    values = item.values or [round(item.least + n * item.step, 3) for n in range(n_steps + 1)]
    most = MAX_LOAD_KG / KG_PER_UNIT[item.unit] / count
    return tuple(item.load(value, count) for value in values if value <= most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Implement:
    """How a load hangs on an exercise: on which thing of the kit, and how many of it."""

    equipment: str
    count: int = 1


IMPLEMENTS = {
    "cable": Implement(equipment="cable_machine"),
    "band": Implement(equipment="resistance_band"),
    "band_on_neck": Implement(equipment="resistance_band"),
    "barbell": Implement(equipment="barbell"),
    "barbell_on_back": Implement(equipment="barbell"),
    "barbell_on_hips": Implement(equipment="barbell"),
    "trap_bar": Implement(equipment="trap_bar"),
    "kettlebell": Implement(equipment="kettlebell"),
    "goblet": Implement(equipment="kettlebell"),
    "dumbbells": Implement(equipment="dumbbell", count=2),
    "dumbbell_on_hips": Implement(equipment="dumbbell"),
    "sled": Implement(equipment="sled"),
}
"""By what the library's drawing of an exercise hangs its load on; others have no load."""
