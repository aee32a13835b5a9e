"""The known bias of a network's segment angles, as data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def load_bias_deg(estimator: str) -> dict[str, float]:
    """Return measured minus true angle by segment, empty for an estimator without a table. [deg]"""
    text = resources.files("hingewise.kinematics").joinpath("data/bias.toml").read_text("utf-8")
    table = tomllib.loads(text).get(estimator, {})
    return {
        key.removesuffix("_deg"): float(value)
        for key, value in table.items()
        if key.endswith("_inclination_deg")
    }
