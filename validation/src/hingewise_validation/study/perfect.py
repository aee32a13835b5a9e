"""What a perfect film would have shown: the truth of a set in the form that the product judges."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from hingewise.app.assess_set import observe
from hingewise.app.measure_set import MeasuredSet
from hingewise.assessment.metrics.front import OFFSET, OFFSET_STRAIGHT, SLOPE
from hingewise.assessment.observation import Observation
from hingewise.kinematics.frontal import Frontal
from hingewise.kinematics.series import Kinematics
from hingewise.pose.sagittal import SagittalTrack
from hingewise.repetitions.types import Phase, PhaseSpan, Repetition
from hingewise.signal.derivative import differentiate
from hingewise.units import FloatArray

from hingewise_validation.study.compare import true_angles
from hingewise_validation.study.ranges import bottom_s, rom_shares
from hingewise_validation.study.tracks import FilmTrack

TRUE_POINT = {"foot_index": "toe"}
"""The true points that are called otherwise."""

NOT_TRUE = ("neck_extension",)
"""What the kept truth does not hold: where the face points."""

AROUND_S = 0.15
"""Distances from side to side are known at the bottom and the lockout: they are given to so much around."""


def perfect_observation(film: FilmTrack, measured: MeasuredSet) -> Observation:
    """Everything that was measured, replaced by what is true of it."""
    time_s = film.track.time_s
    truth = true_angles(film, measured)
    kinematics = measured.kinematics
    angles = {name: truth.get(name, np.full(time_s.size, np.nan)) for name in kinematics.angle_deg}
    return replace(
        observe(measured),
        kinematics=_true_kinematics(kinematics, angles),
        sagittal=_true_sagittal(film, measured.sagittal),
        frontal=_true_frontal(film),
        segmentation=replace(
            measured.segmentation,
            repetitions=_true_repetitions(film),
            signal="trunk_thigh_flexion",
        ),
        view=replace(measured.view, yaw_deg=0.0 if abs(film.spec.yaw_deg) < 50 else 90.0),
    )


def _true_kinematics(kinematics: Kinematics, angles: Mapping[str, FloatArray]) -> Kinematics:
    time_s = kinematics.time_s
    return replace(
        kinematics,
        angle_deg={name: values.copy() for name, values in angles.items()},
        rate_deg_s={name: differentiate(time_s, values) for name, values in angles.items()},
        sd_deg={name: np.zeros(time_s.size) for name in angles},
    )


def _true_sagittal(film: FilmTrack, sagittal: SagittalTrack) -> SagittalTrack:
    position = np.full(sagittal.position_m.shape, np.nan)
    for column, name in enumerate(sagittal.landmarks):
        points = film.joints_px.get(TRUE_POINT.get(name, name))
        if points is not None:
            position[:, column] = points * sagittal.to_m
    stance = position[:, sagittal.landmarks.index("shoulder")] - position[:, sagittal.landmarks.index("ankle")]
    return replace(sagittal, position_m=position, stance_m=stance)


def _true_frontal(film: FilmTrack) -> Frontal:
    time_s = film.track.time_s
    separation, shift = np.full((2, time_s.size), np.nan)
    to_left = 1.0 if film.truth["view"]["near_side"] == "left" else -1.0
    for true in film.truth["repetitions"]:
        at_bottom_s = bottom_s(true)
        spans_s = {"lockout": (true["top_s"], true["end_s"]), "bottom": (at_bottom_s, at_bottom_s)}
        for moment, (start_s, end_s) in spans_s.items():
            around = (time_s > start_s - AROUND_S) & (time_s < end_s + AROUND_S)
            share = true.get(f"knee_separation_at_{moment}", np.nan)
            # What the product makes of it must be the truth again.
            separation[around] = (share - OFFSET) / SLOPE if moment == "bottom" else share - OFFSET_STRAIGHT
            # Films that were made before knew no movement to the side.
            shift[around] = to_left * true.get(f"weight_shift_at_{moment}", 0.0)
    return Frontal(knee_separation=separation, weight_shift=shift)


def _true_repetitions(film: FilmTrack) -> tuple[Repetition, ...]:
    truths, time_s = film.truth["repetitions"], film.track.time_s
    shares = rom_shares(film)
    return tuple(_true_repetition(true, share, time_s) for true, share in zip(truths, shares, strict=True))


def _true_repetition(true: Mapping[str, Any], depth: float, time_s: FloatArray) -> Repetition:
    bottom_start, bottom_end = true["bottom_start_s"], true["bottom_end_s"]
    begin = bottom_start if bottom_start is not None else bottom_end
    limits = [
        (Phase.ECCENTRIC, true["start_s"] if bottom_start is not None else None, bottom_start),
        (Phase.BOTTOM, bottom_start, bottom_end),
        (Phase.CONCENTRIC, bottom_end, true["top_s"]),
        (Phase.LOCKOUT, true["top_s"], true["end_s"]),
    ]
    return Repetition(
        number=int(true["number"]),
        partial=bool(true["partial"]),
        partial_reason=_partial_reason(true),
        start_s=float(true["start_s"] if true["start_s"] is not None else begin),
        bottom_s=float(true["bottom_s"] if true["bottom_s"] is not None else begin),
        top_s=float(true["top_s"]),
        end_s=float(true["end_s"]),
        depth_fraction=float(depth),
        phases=tuple(_span(kind, a, b, time_s) for kind, a, b in limits if a is not None and b is not None and b > a),
    )


def _partial_reason(true: Mapping[str, Any]) -> str:
    """What was done so: a film that shows less is no matter of truth."""
    if not true["partial"]:
        return ""
    return "shallow" if true["depth_fraction"] < true["lockout_fraction"] else "no lockout"


def _span(kind: Phase, start_s: float, end_s: float, time_s: FloatArray) -> PhaseSpan:
    start, end = (int(i) for i in np.searchsorted(time_s, [start_s, end_s]))
    return PhaseSpan(kind=kind, start=start, end=max(end, start + 1), start_s=start_s, end_s=end_s)
