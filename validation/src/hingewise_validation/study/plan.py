"""Which films the study is made of: drawn from the ranges of ``data/study.toml``, always the same.

Every block draws from its own stream of random numbers, so that a block that is added or grows changes no other film.
"""

import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import product
from typing import Any, TypeVar

import numpy as np

from hingewise_validation.motion.faults import load_faults
from hingewise_validation.motion.movement import load_movement
from hingewise_validation.study.cast import load_cast
from hingewise_validation.study.spec import FaultUse, FilmSpec

T = TypeVar("T")
LANDSCAPE_PX, PORTRAIT_PX = (640, 480), (480, 640)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of the study.

    ``ranges`` are drawn anew for every film; ``levels`` and ``conditions`` are crossed: every drawn film is made once
    at each of their combinations and is otherwise the same. ``faults`` name what goes wrong; ``strengths`` are shares
    of a fault's range, dealt to the repetitions in random order.
    """

    id: str
    n_draws: int
    lifters: tuple[str, ...]
    movements: tuple[str, ...]
    outfits: tuple[str, ...]
    faults: tuple[tuple[str, ...], ...]
    strengths: tuple[float, ...]
    ranges: Mapping[str, tuple[float, float]]
    levels: Mapping[str, tuple[Any, ...]]
    conditions: Mapping[str, Mapping[str, Any]]
    variants: Mapping[str, Any]


def plan_films() -> tuple[FilmSpec, ...]:
    """Every film of the study, in the order of its blocks."""
    text = (files("hingewise_validation") / "data" / "study.toml").read_text("utf-8")
    document = tomllib.loads(text)
    common = document["common"]["ranges"]
    return tuple(spec for block in document["block"] for spec in _films(_read_block(block, common)))


def _read_block(entry: Mapping[str, Any], common: Mapping[str, Sequence[float]]) -> Block:
    cast = load_cast()
    ranges = {key: (float(low), float(high)) for key, (low, high) in {**common, **entry.get("ranges", {})}.items()}
    outfits = tuple(key for key, outfit in cast.outfits.items() if outfit.fit in entry["fits"])
    faults = tuple(tuple(names) for names in entry.get("faults", [[]]))
    return Block(
        id=entry["id"],
        n_draws=entry["n_draws"],
        lifters=tuple(entry.get("lifters", cast.lifters)),
        movements=tuple(entry["movements"]),
        outfits=outfits,
        faults=faults,
        strengths=tuple(entry.get("strengths", ())),
        ranges=ranges,
        levels={key: tuple(values) for key, values in entry.get("levels", {}).items()},
        conditions=entry.get("conditions", {"": {}}),
        variants=entry.get("variants", {}),
    )


def _films(block: Block) -> Iterator[FilmSpec]:
    stream = np.random.default_rng([2026, zlib.crc32(block.id.encode())])
    lifters = _dealt(block.lifters, block.n_draws, stream)
    movements = _dealt(block.movements, block.n_draws, stream)
    outfits = _dealt(block.outfits, block.n_draws, stream)
    faults = _dealt(block.faults, block.n_draws, stream)
    for number in range(block.n_draws):
        draws = {key: round(float(stream.uniform(*limits)), 3) for key, limits in block.ranges.items()}
        seed = int(stream.integers(1, 1_000_000))
        mirrored = bool(stream.random() < 0.5)
        movement = _fitting(movements[number], faults[number], block.movements, number)
        uses = tuple(_fault_use(name, block.strengths, movement, stream) for name in faults[number])
        for name, values in _crossed(block):
            values = draws | {"mirrored": mirrored} | values
            yield FilmSpec(
                id=f"{block.id}_{number + 1:03d}{name}",
                block=block.id,
                lifter=lifters[number],
                outfit=outfits[number],
                movement=movement,
                seed=seed,
                faults=uses,
                variants=block.variants,
                camera=_camera(values, movement, travels=block.variants.get("walks", False)),
                exposure={k: values[k] for k in ("light", "noise_sd", "lens_blur_px", "warmth", "shutter_fraction")},
                surroundings={
                    "seed": seed,
                    "busyness": values["busyness"],
                    "mirror": values.get("mirror", False),
                    "passer_by": values.get("passer_by", False),
                },
                film={k: values[k] for k in ("rate_hz", "rate_jitter", "crf") if k in values},
            )


def _crossed(block: Block) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every combination of levels and conditions: how it is called in a film's name, and its values."""
    for *levels, condition in product(*block.levels.values(), block.conditions):
        words = [*map(_short, levels), condition]
        name = "".join(f"_{word}" for word in words if word)
        yield name, dict(zip(block.levels, levels, strict=True)) | dict(block.conditions[condition])


def _dealt(items: Sequence[T], count: int, stream: np.random.Generator) -> list[T]:
    """Items in random order, each as often as any other; the order is dealt anew when all have come."""
    order = [int(i) for _ in range(-(-count // len(items))) for i in stream.permutation(len(items))]
    return [items[i] for i in order[:count]]


def _fitting(movement: str, faults: tuple[str, ...], movements: tuple[str, ...], number: int) -> str:
    """The drawn movement, or the next one in the block that every fault can happen in."""
    table = load_faults()
    fitting = [m for m in movements if all(m in table[name].movements for name in faults)]
    if not fitting:
        raise ValueError(f"no movement of the block fits {' and '.join(faults)}")
    return movement if movement in fitting else fitting[number % len(fitting)]


def _fault_use(name: str, shares: tuple[float, ...], movement: str, stream: np.random.Generator) -> FaultUse:
    """Strengths for every repetition, in random order; one for all where the set has the fault as a whole."""
    fault = load_faults()[name]
    low, high = fault.range
    count = load_movement(movement).n_repetitions
    dealt = _dealt(shares, count, stream)
    if fault.of_set:
        dealt = [dealt[0] or max(shares)] * count
    return FaultUse(id=name, strengths=tuple(round(low + share * (high - low), 3) for share in dealt))


def _camera(values: Mapping[str, Any], movement: str, *, travels: bool) -> dict[str, Any]:
    """Camera that sees the whole lifter: ``cover_m`` is what the picture shows at the lifter's place."""
    details = load_movement(movement)
    lying = details.stance.support != "feet"
    width_px, height_px = LANDSCAPE_PX if lying or travels or details.travels else PORTRAIT_PX
    cover_m = values["cover_m"] * (0.72 if lying else 1.0)
    distance_m = values["distance_m"]
    return {
        "yaw_deg": values["yaw_deg"],
        "roll_deg": values["roll_deg"],
        "mirrored": values["mirrored"],
        "distance_m": distance_m,
        "height_m": values["height_m"],
        "look_height_m": round(cover_m * 0.5 - 0.22, 3),
        "look_forward_m": details.look_forward_m,
        "vertical_field_deg": round(float(np.rad2deg(2 * np.arctan(cover_m / 2 / distance_m))), 2),
        "width_px": width_px,
        "height_px": height_px,
    }


def _short(value: object) -> str:
    return str(value).replace(".", "p").replace("-", "m").lower()
