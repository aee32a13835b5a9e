"""Who and what can appear in a film, by name, without drawing anybody."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class LifterEntry:
    """A lifter's place in the study: ``split`` "fit" may be used for fitting, "test" only for measuring."""

    id: str
    split: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutfitEntry:
    """An outfit and how it fits: tight, normal or loose."""

    id: str
    fit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody and everything to wear, by id."""

    lifters: Mapping[str, LifterEntry]
    outfits: Mapping[str, OutfitEntry]


@cache
def load_cast() -> Cast:
    """Read names from ``data/bodies.toml`` and ``data/outfits.toml``."""
    return Cast(
        lifters={key: LifterEntry(id=key, split=entry["split"]) for key, entry in _entries("bodies.toml", "lifter")},
        outfits={key: OutfitEntry(id=key, fit=entry["fit"]) for key, entry in _entries("outfits.toml", "outfit")},
    )


@cache
def parse_data(name: str) -> dict[str, Any]:
    """A data file of the package."""
    return tomllib.loads((files("hingewise_validation") / "data" / name).read_text("utf-8"))


def _entries(name: str, table: str) -> list[tuple[str, dict[str, Any]]]:
    return list(parse_data(name)[table].items())
