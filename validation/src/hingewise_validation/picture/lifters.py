"""Who lifts: shapes of bodies, skin and hair, by name."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from hingewise_validation.lifter.body import Phenotype

Colour = tuple[float, float, float]
HairStyle = Literal["bald", "short", "bun", "ponytail", "long"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifter:
    """A person; ``split`` "fit" may be used for fitting, "test" only for measuring. Colours are RGB, 0-1."""

    id: str
    split: Literal["fit", "test"]
    phenotype: Phenotype
    skin: Colour
    hair: Colour
    hair_style: HairStyle
    beard: bool = False


@cache
def load_bodies() -> Mapping[str, Lifter]:
    """The lifters of ``data/bodies.toml`` by name."""
    text = (files("hingewise_validation") / "data" / "bodies.toml").read_text("utf-8")
    return {
        name: Lifter(
            id=name,
            split=entry["split"],
            phenotype=Phenotype(**entry["phenotype"]),
            skin=tuple(entry["skin"]),
            hair=tuple(entry["hair"]),
            hair_style=entry["hair_style"],
            beard=entry.get("beard", False),
        )
        for name, entry in tomllib.loads(text)["lifter"].items()
    }
