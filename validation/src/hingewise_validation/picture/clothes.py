"""What somebody wears, and how their hair is cut."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from hingewise_validation.picture.lifters import Colour, HairStyle, Lifter

Fit = Literal["tight", "normal", "loose"]
Sleeves = Literal["none", "short", "long"]
Trousers = Literal["shorts", "knee", "long"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """Colours (RGB, 0-1) and cut of the clothes.

    ``fit``: tight ones follow the skin; normal ones are a centimetre away; a loose shirt hangs freely and hides the
    back. Skin and hair are the lifter's: see ``wear``.
    """

    fit: Fit = "normal"
    sleeves: Sleeves = "short"
    trousers: Trousers = "shorts"
    shirt: Colour = (0.13, 0.36, 0.62)
    shorts: Colour = (0.13, 0.13, 0.16)
    socks: Colour = (0.88, 0.88, 0.86)
    shoes: Colour = (0.72, 0.16, 0.14)
    soles: Colour = (0.92, 0.92, 0.90)
    skin: Colour = (0.80, 0.59, 0.47)
    hair: Colour = (0.16, 0.11, 0.08)
    hair_style: HairStyle = "short"
    beard: bool = False


@cache
def load_outfits() -> Mapping[str, Outfit]:
    """The outfits of ``data/outfits.toml`` by name."""
    text = (files("hingewise_validation") / "data" / "outfits.toml").read_text("utf-8")
    return {name: _read_outfit(entry) for name, entry in tomllib.loads(text)["outfit"].items()}


def wear(outfit: Outfit, lifter: Lifter) -> Outfit:
    """The ``outfit`` on the ``lifter``, with their skin and hair."""
    return replace(outfit, skin=lifter.skin, hair=lifter.hair, hair_style=lifter.hair_style, beard=lifter.beard)


def _read_outfit(entry: Mapping[str, Any]) -> Outfit:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Outfit(**fields)
