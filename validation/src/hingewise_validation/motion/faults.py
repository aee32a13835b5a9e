"""Faults as data, and movements that have them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any

from hingewise_validation.motion.movement import AppliedFault, Movement, RepetitionChange

ByName = Mapping[str, float]
Table = Mapping[str, ByName]
ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What changes per unit of strength; the words are explained in ``data/faults.toml``."""

    id: str
    title: str
    unit: str
    range: tuple[float, float]
    movements: frozenset[str]
    posture: Table = field(default_factory=dict)
    towards: Table = field(default_factory=dict)
    lag: Table = field(default_factory=dict)
    hump: Table = field(default_factory=dict)
    tremor: Table = field(default_factory=dict)
    duration: ByName = field(default_factory=dict)
    stance: ByName = field(default_factory=dict)
    variability: ByName = field(default_factory=dict)
    depth: float = 0.0
    lockout: float = 0.0
    growing: bool = False

    @property
    def of_set(self) -> bool:
        """Whether it is one for all repetitions: where the feet stand, how the set varies, how it tires."""
        return self.growing or bool(self.stance) or bool(self.variability)


@cache
def load_faults() -> Mapping[str, Fault]:
    """Every fault by its name."""
    text = (files("hingewise_validation") / "data" / "faults.toml").read_text("utf-8")
    document = tomllib.loads(text)
    groups = document["groups"]
    return {name: _parse_fault(name, entry, groups) for name, entry in document["fault"].items()}


def apply_fault(movement: Movement, fault: Fault | str, strengths: tuple[float, ...]) -> Movement:
    """The movement with a fault of the given strength in each repetition; applied again, faults add up."""
    fault = load_faults()[fault] if isinstance(fault, str) else fault
    if movement.id not in fault.movements:
        raise ValueError(f"{fault.id!r} cannot happen in {movement.id!r}, only in {sorted(fault.movements)}")
    if len(strengths) != movement.n_repetitions:
        raise ValueError(f"expected a strength for each of {movement.n_repetitions} repetitions, got {len(strengths)}")
    changes = {
        number: _add_fault(movement, movement.change(number), fault, strength * _grown(fault, number, len(strengths)))
        for number, strength in enumerate(strengths, start=1)
    }
    mean = sum(strengths) / max(len(strengths), 1)
    applied = AppliedFault(id=fault.id, unit=fault.unit, strengths=tuple(strengths))
    return replace(
        movement,
        changes={**movement.changes, **changes},
        stance=replace(movement.stance, **_raised(movement.stance, fault.stance, mean)),
        variability=replace(movement.variability, **_raised(movement.variability, fault.variability, mean)),
        faults=(*movement.faults, applied),
    )


def _grown(fault: Fault, number: int, count: int) -> float:
    return (number - 1) / max(count - 1, 1) if fault.growing else 1.0


def _add_fault(movement: Movement, change: RepetitionChange, fault: Fault, strength: float) -> RepetitionChange:
    roles = {"top": movement.top, "bottom": movement.bottom}
    add = _plus(change.add, {roles[role]: channels for role, channels in fault.posture.items()}, strength)
    for role, values in fault.towards.items():
        base = movement.postures[roles[role]]
        missing = {channel: value - base[channel] for channel, value in values.items()}
        add = _plus(add, {roles[role]: missing}, strength)
    return replace(
        change,
        add=add,
        lag_adds=_plus(change.lag_adds, fault.lag, strength),
        humps=_plus(change.humps, fault.hump, strength),
        tremors=_plus(change.tremors, fault.tremor, strength),
        duration_factors=_stretched(movement, change.duration_factors, fault.duration, strength),
        depth_fraction=change.depth_fraction * (1 + fault.depth * strength),
        lockout_fraction=change.lockout_fraction * (1 + fault.lockout * strength),
    )


def _plus(table: Table, more: Table, strength: float) -> Table:
    """Both tables added up, the second ``strength`` times."""
    if not strength:
        return table
    total = {name: dict(values) for name, values in table.items()}
    for name, values in more.items():
        row = total.setdefault(name, {})
        for channel, per_unit in values.items():
            row[channel] = row.get(channel, 0.0) + strength * per_unit
    return total


def _stretched(movement: Movement, factors: ByName, more: ByName, strength: float) -> ByName:
    stretched = dict(factors)
    for phase in movement.phases:
        per_unit = more.get(phase.name, more.get(ALL, 0.0))
        stretched[phase.name] = stretched.get(phase.name, 1.0) * max(1 + strength * per_unit, 0.0)
    return stretched


def _raised(settings: object, more: ByName, strength: float) -> dict[str, Any]:
    """New values of some fields."""
    return {name: getattr(settings, name) + strength * per_unit for name, per_unit in more.items()}


def _parse_fault(name: str, entry: Mapping[str, Any], groups: Mapping[str, list[str]]) -> Fault:
    values = dict(entry)
    low, high = values.pop("range")
    movements = [movement for group in values.pop("movements") for movement in groups.get(group, [group])]
    if unknown := set(values) - {each.name for each in fields(Fault)}:
        raise ValueError(f"fault {name!r}: unknown words {sorted(unknown)}")
    return Fault(id=name, range=(float(low), float(high)), movements=frozenset(movements), **values)
