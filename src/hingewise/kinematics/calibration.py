"""All that is known of how an estimator's landmarks err."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hingewise.kinematics.joint_centres import Offsets, load_offsets
from hingewise.kinematics.leaning import LeaningRule, load_leaning_rule
from hingewise.kinematics.spread import Spread, load_spreads


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calibration:
    """Where joints lie beside landmarks, how far angles may be off, and what knows both better."""

    offsets: Offsets
    spreads: Mapping[str, Spread]
    leaning: LeaningRule | None = None


def load_calibration(estimator: str) -> Calibration:
    """Return an estimator's calibration; of one that was not measured only general spreads."""
    return Calibration(
        offsets=load_offsets(estimator),
        spreads=load_spreads(estimator),
        leaning=load_leaning_rule(estimator),
    )
