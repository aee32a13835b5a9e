"""The numbers of a repetition come from its own bottom and lockout."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.repetitions.types import Phase
from hingewise.report.measures import measure_repetition
from tests.builders_report import DEEPEST_DEG, SD_DEG, make_set


def test_angles_are_read_at_the_bottom_and_at_lockout() -> None:
    made = make_set(2)
    measures = measure_repetition(made.kinematics, made.segmentation.repetitions[1])
    for angle, deepest in DEEPEST_DEG.items():
        assert measures[f"{angle}_at_bottom"].value == pytest.approx(deepest, abs=0.1)
        assert measures[f"{angle}_at_lockout"].value == pytest.approx(0.0, abs=0.1)
        assert measures[f"{angle}_at_bottom"].sd == SD_DEG[angle]


def test_the_sd_is_that_of_the_moment() -> None:
    """At the bottom that of its frame, at lockout the usual one of the whole of it."""
    made = make_set(2)
    repetition = made.segmentation.repetitions[0]
    depth = made.kinematics.angle_deg["trunk_inclination"]
    by_posture = {n: sd + depth / 10 for n, sd in made.kinematics.sd_deg.items()}
    measures = measure_repetition(replace(made.kinematics, sd_deg=by_posture), repetition)
    deepest = DEEPEST_DEG["trunk_inclination"]
    for angle in DEEPEST_DEG:
        at_bottom, at_lockout = (measures[f"{angle}_at_{m}"].sd for m in ("bottom", "lockout"))
        assert at_bottom == pytest.approx(SD_DEG[angle] + deepest / 10, abs=0.05)
        assert at_lockout == pytest.approx(SD_DEG[angle], abs=0.05)


def test_a_lockout_that_is_seen_in_part_has_the_sd_of_that_part() -> None:
    """The rule for the back says nothing of frames in which it is not sure."""
    made = make_set(1)
    repetition = made.segmentation.repetitions[0]
    lockout = repetition.phase(Phase.LOCKOUT)
    assert lockout is not None
    angle, sd = (
        {name: series.copy() for name, series in table.items()}
        for table in (made.kinematics.angle_deg, made.kinematics.sd_deg)
    )
    middle = (lockout.start + lockout.end) // 2
    for table in (angle, sd):
        table["lumbar_flexion"][lockout.start : middle] = np.nan
    seen = replace(made.kinematics, angle_deg=angle, sd_deg=sd)
    measure = measure_repetition(seen, repetition)["lumbar_flexion_at_lockout"]
    assert measure.value == pytest.approx(0.0, abs=0.1)
    assert measure.sd == pytest.approx(SD_DEG["lumbar_flexion"])


def test_a_partial_repetition_has_no_lockout() -> None:
    made = make_set(2, partial=(1,))
    measures = measure_repetition(made.kinematics, made.segmentation.repetitions[0])
    assert all(name.endswith("_at_bottom") for name in measures)


def test_what_was_not_observed_has_neither_value_nor_sd() -> None:
    made = make_set(1, observed=False)
    measures = measure_repetition(made.kinematics, made.segmentation.repetitions[0])
    assert {(m.value, m.sd) for m in measures.values()} == {(None, None)}


def test_the_lockout_is_read_from_the_whole_of_it_not_from_its_first_moment() -> None:
    made = make_set(2)
    repetition = made.segmentation.repetitions[0]
    time_s = made.kinematics.time_s
    rising = np.abs(time_s - repetition.top_s) < 0.1
    raised = {k: np.where(rising, v + 20.0, v) for k, v in made.kinematics.angle_deg.items()}
    measures = measure_repetition(replace(made.kinematics, angle_deg=raised), repetition)
    assert measures["trunk_thigh_flexion_at_lockout"].value == pytest.approx(0.0, abs=0.5)
