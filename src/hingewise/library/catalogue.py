"""Things that records point at: muscles, equipment, reasons for care, places of the camera."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hingewise.library.statements import Line
from hingewise.library.strict import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Muscle:
    """A muscle or a group; ``side`` of the body on which the map shows it."""

    __pydantic_config__ = STRICT

    id: str
    name: str
    words: tuple[str, ...]
    side: Literal["front", "back", "both"]
    does: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """A thing to train with; ``home`` whether people have it at home."""

    __pydantic_config__ = STRICT

    id: str
    name: str
    words: tuple[str, ...]
    home: bool
    use: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A reason for care, and what to do about it before training."""

    __pydantic_config__ = STRICT

    id: str
    name: str
    advice: Line
    stop: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraPlace:
    """Where to put the camera."""

    __pydantic_config__ = STRICT

    id: str
    view: Literal["side", "front"]
    text: str
    sources: tuple[str, ...]
