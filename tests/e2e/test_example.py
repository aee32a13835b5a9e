"""The example film against the angles and times of the lifter that was rendered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from tests.e2e.scenes import EXAMPLE

MAX_TIME_S = 0.1
MAX_MEAN_DEG = {
    "knee_flexion_deg": 4.0,
    "trunk_inclination_deg": 4.0,
    "trunk_thigh_flexion_deg": 6.0,
}
JOINT_ANGLES = ("knee_flexion_deg", "trunk_thigh_flexion_deg")
"""Measured from standing; the trunk is measured from the vertical."""


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    path = EXAMPLE.with_suffix(".truth.json")
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


@pytest.fixture(scope="module")
def document(example_results: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((example_results / "analysis.json").read_text("utf-8"))
    return found


def test_five_of_five(document: dict[str, Any]) -> None:
    assert document["summary"]["n_repetitions"] == 5
    assert document["summary"]["n_partial"] == 0
    assert document["rejected"] == []
    assert document["exercise"]["family"] == "hinge"
    assert document["quality"]["warnings"] == []


def test_the_view(document: dict[str, Any], truth: dict[str, Any]) -> None:
    view = document["view"]
    assert (view["near_side"], view["facing"]) == tuple(truth["view"].values())
    assert view["verdict"] == "good"
    assert view["yaw_deg"] == pytest.approx(truth["camera"]["yaw_deg"], abs=10)


@pytest.mark.parametrize("name", ["start_s", "bottom_s", "top_s", "end_s"])
def test_phase_limits(name: str, document: dict[str, Any], truth: dict[str, Any]) -> None:
    pairs = list(zip(document["repetitions"], truth["repetitions"], strict=True))
    if name == "end_s":
        last, _ = pairs.pop()  # the lifter just stands on: no film shows where lockout ends
        assert last["top_s"] < last["end_s"] <= document["video"]["duration_s"]
    for found, true in pairs:
        assert found[name] == pytest.approx(true[name], abs=MAX_TIME_S), found["number"]


@pytest.mark.parametrize("name", MAX_MEAN_DEG)
def test_angles(name: str, example_results: Path, truth: dict[str, Any]) -> None:
    table = pq.read_table(example_results / "kinematics.parquet")
    found = np.array(table[name].to_pylist(), dtype=np.float64)
    true = np.array(truth["frames"][name], dtype=np.float64)
    if name in JOINT_ANGLES:
        quiet = np.array(truth["frames"]["time_s"]) < truth["repetitions"][0]["start_s"] - 0.2
        true -= np.median(true[quiet])
    assert np.isfinite(found).mean() > 0.99
    assert np.nanmean(np.abs(found - true)) <= MAX_MEAN_DEG[name]
