"""The document that an analysis produces: ``analysis.json``, version by version.

Every field is described in the JSON Schema that is made from these models and shipped with the
package (``analysis.schema.json``).
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION: Literal["1.2"] = "1.2"

Verdict = Literal["present", "absent", "undetermined"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Video(_Model):
    """The film that was analysed."""

    path: str
    sha256: str
    duration_s: float
    n_frames: int
    nominal_rate_hz: float
    variable_rate: bool
    rotation_deg: int
    size_px: tuple[int, int]
    codec: str = ""
    lost_fraction: float = Field(
        default=0.0, description="Share of the promised pictures that could not be read."
    )
    slow_motion_factor: float = Field(
        default=1.0, description="Film seconds per real second that was applied."
    )


class Exercise(_Model):
    """What was trained."""

    id: str
    family: str
    how: Literal["given", "recognised"]
    confidence: float = Field(ge=0, le=1)


class View(_Model):
    """How the camera saw the lifter."""

    near_side: Literal["left", "right", "unknown"]
    facing: Literal["left", "right", "camera", "away", "unknown"]
    yaw_deg: float | None = Field(description="0 is a true side view, 90 a front or rear view.")
    yaw_sd_deg: float | None
    roll_deg: float | None
    verdict: Literal["good", "usable", "counts_only"]
    advice: tuple[str, ...]


class Quality(_Model):
    """How far the film can be trusted."""

    coverage_fraction: float = Field(
        ge=0, le=1, description="Share of frames with the lifter in view."
    )
    standing_zero: bool = Field(description="Whether quiet standing was found to measure from.")
    back_zero: Literal["standing", "lockouts", ""] = Field(
        description="What the bend of the back is measured from: quiet standing, else the lockouts."
    )
    jitter_deg: float | None = Field(description="Frame-to-frame noise of the trunk-thigh angle.")
    n_people: int
    n_cuts: int
    camera_travel_fraction: float
    absences_s: tuple[tuple[float, float], ...] = Field(
        default=(), description="From when to when the lifter was out of sight in between."
    )
    warnings: tuple[str, ...]


class MeasureValue(_Model):
    """A measured number with its standard deviation; value null means not observed."""

    value: float | None
    unit: str
    sd: float | None


class Repetition(_Model):
    """One repetition; a time that the film does not show is null."""

    number: int
    partial: bool
    partial_reason: str = ""
    start_s: float
    bottom_s: float
    top_s: float
    end_s: float
    eccentric_s: float | None
    bottom_hold_s: float | None
    concentric_s: float | None
    lockout_s: float | None
    float_s: float | None = None
    tempo: str
    measures: dict[str, MeasureValue]


class Rejected(_Model):
    """A movement that was not counted."""

    start_s: float
    end_s: float
    reason: str


class Finding(_Model):
    """One check, judged."""

    check: str
    fault: str
    title: str = Field(description="What the fault is called.")
    repetition: int | None = Field(description="Null: a finding of the whole set.")
    verdict: Verdict
    severity: Literal["mild", "clear", "severe"] | None
    measure: MeasureValue | None
    limit: float
    source: str
    evidence_s: tuple[float, ...] = Field(description="From when to when the film shows it.")
    reason: str = Field(description="Why nothing can be said, where that is so.")
    because: str = Field(default="", description="What was measured against which limit.")
    n_present: int = Field(default=0, description="Repetitions that show it; of the set only.")
    n_judged: int = 0


class Summary(_Model):
    """The set in a few words."""

    n_repetitions: int
    n_partial: int
    technique_score: float | None = Field(description="0-100; null where too little was measured.")
    technique_score_sd: float | None = None
    verdict: Verdict
    top_fault: str = ""
    top_cue: str
    correction: str = ""
    drill: str = ""
    next_step: str
    good: tuple[str, ...] = ()


class Provenance(_Model):
    """What made this document."""

    estimator: str
    estimator_version: str
    model_sha256: str
    parameters: dict[str, float | int | str]


class Analysis(_Model):
    """Everything that was measured on one film."""

    schema_version: Literal["1.2"] = SCHEMA_VERSION
    hingewise_version: str
    video: Video
    exercise: Exercise
    view: View
    quality: Quality
    repetitions: tuple[Repetition, ...]
    rejected: tuple[Rejected, ...]
    findings: tuple[Finding, ...]
    summary: Summary
    provenance: Provenance


def analysis_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of ``analysis.json``."""
    schema = Analysis.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:hingewise:analysis:{SCHEMA_VERSION}",
        **schema,
    }
