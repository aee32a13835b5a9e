"""What every record is made of: sentences that know where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hingewise.library.strict import STRICT

SourceKind = Literal["article", "study", "standard", "consensus", "product"]
Basis = Literal["literature", "consensus", "derived", "product_default"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One or a few sentences, and the ids of the facts or sources that they carry."""

    __pydantic_config__ = STRICT

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question that people ask, and what we say."""

    __pydantic_config__ = STRICT

    question: str
    answer: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts come from; ``consensus`` and ``product`` are the honest names of having none."""

    __pydantic_config__ = STRICT

    id: str
    kind: SourceKind
    title: str
    author: str = ""
    year: int | None = None
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact that a source states, in our own words."""

    __pydantic_config__ = STRICT

    id: str
    source: str
    text: str
