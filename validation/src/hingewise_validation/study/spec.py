"""One film of the study, in words and numbers: what is drawn is decided by nothing else."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

RENDERER_VERSION = 2
"""Rises when the same words give other pictures or another truth: then every film is made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultUse:
    """A fault and how strong it is in each repetition, in the fault's own unit."""

    id: str
    strengths: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmSpec:
    """A film: who does what in which clothes, before which camera, in which room and light.

    ``variants`` changes the set: ``walks`` in and out, ``tired`` towards its end, ``partials`` (fraction of the way by
    number of the repetition) of ``partial_of`` depth or lockout, ``pauses`` in repetitions after ``pause_share`` of the
    way down. ``camera``, ``exposure``, ``surroundings`` and ``film`` hold the fields of the types of the same name in
    ``picture``; what is left out has its default.
    """

    id: str
    block: str
    lifter: str
    outfit: str
    movement: str
    seed: int
    faults: tuple[FaultUse, ...] = ()
    variants: Mapping[str, Any] = field(default_factory=dict)
    camera: Mapping[str, Any] = field(default_factory=dict)
    exposure: Mapping[str, float] = field(default_factory=dict)
    surroundings: Mapping[str, Any] = field(default_factory=dict)
    film: Mapping[str, Any] = field(default_factory=dict)

    @property
    def yaw_deg(self) -> float:
        """Where the camera stands: 0 true side view, positive towards the front."""
        return float(self.camera.get("yaw_deg", 0.0))


def spec_to_document(spec: FilmSpec) -> dict[str, Any]:
    """Plain values, as they lie in files."""
    return asdict(spec)


def spec_from_document(document: Mapping[str, Any]) -> FilmSpec:
    """Read back what ``spec_to_document`` wrote."""
    fields = dict(document)
    faults = tuple(FaultUse(id=f["id"], strengths=tuple(f["strengths"])) for f in fields.pop("faults"))
    return FilmSpec(**fields, faults=faults)


def content_key(spec: FilmSpec, entries: Sequence[Mapping[str, Any]]) -> str:
    """Hash of all that decides the film; ``entries`` is what its names point to."""
    words = spec_to_document(spec) | {"id": "", "block": ""}
    text = json.dumps([RENDERER_VERSION, words, entries], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
