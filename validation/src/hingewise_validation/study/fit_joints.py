"""Command: fit the offsets of ``hingewise.kinematics.joint_centres``.

``python -m hingewise_validation.study.fit_joints``: robust least squares over landmarks and joint centres of the
fitting bodies. Landmarks far from their joint, behind plates for the most part, count little.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hingewise.kinematics.joint_centres import Offsets, to_joint_centres
from hingewise.units import FloatArray

from hingewise_validation.study.compare import FilmResult
from hingewise_validation.study.fitting import PRODUCT_DATA, equal_weights, may_fit, next_version, write_tables
from hingewise_validation.study.missing import TRACKS
from hingewise_validation.study.statistics import is_side_view
from hingewise_validation.study.validate import compare_all

ESTIMATOR = "blazepose-full"
PARTS: Mapping[str, tuple[str, ...]] = {
    "shoulder": ("trunk", "upper_arm", "forearm"),
    "hip": ("trunk", "thigh"),
    "knee": ("thigh", "shank"),
    "ankle": ("shank", "foot"),
}
"""The segments that meet at a joint, or move the landmark there."""

EVERY = 3
FAR_SHARE = 0.12
NEAR_SHARE = 0.01
"""Errors of this share of the body's length are usual; larger ones count in proportion less, those beyond ``FAR_SHARE``
not at all."""

N_PASSES = 12
RIDGE = 1e-5
TABLE = PRODUCT_DATA / "joint_centres.toml"

COMMENT = """Where the joints lie beside a network's landmarks: by joint and segment, along the segment (towards its
upper end) and across it (backwards when standing), as fractions of the length of trunk, thigh and shank together.
Made by `python -m hingewise_validation.study.fit_joints` from the rendered films of the fitting bodies."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """One film: landmarks and true joint centres by name, each (N, 2), forward and up, in body lengths."""

    landmarks: Mapping[str, FloatArray]
    joints: Mapping[str, FloatArray]


def collect_points(result: FilmResult) -> Points:
    """Landmarks and joints in some frames of a film's repetitions."""
    track = result.measured.sagittal
    rows = np.flatnonzero(result.inside)[::EVERY]
    body_m = track.scale.body_m
    landmarks = {name: track.landmark(name)[rows] / body_m for name in track.landmarks}
    joints = {name: result.joints_px[name][rows] * track.to_m / body_m for name in PARTS}
    return Points(landmarks=landmarks, joints=joints)


def fit_offsets(films: Sequence[Points]) -> dict[str, dict[str, tuple[float, float]]]:
    """Offsets of every joint."""
    return {joint: _fit_joint(joint, films) for joint in PARTS}


def _fit_joint(joint: str, films: Sequence[Points]) -> dict[str, tuple[float, float]]:
    names = [(segment, place) for segment in PARTS[joint] for place in (0, 1)]
    designs, targets = [], []
    for film in films:
        columns = [_moved(film, joint, segment, place) for segment, place in names]
        design, target = np.stack(columns, axis=-1), film.joints[joint] - film.landmarks[joint]
        usable = np.isfinite(design).all(axis=(1, 2)) & (np.hypot(*target.T) < FAR_SHARE)
        designs.append(design[usable].reshape(-1, len(names)))
        targets.append(target[usable].reshape(-1))
    design, target = np.concatenate(designs), np.concatenate(targets)
    film_weight = equal_weights([part.size for part in targets])
    solved = np.zeros(len(names))
    for _ in range(N_PASSES):
        weight = film_weight * NEAR_SHARE / np.maximum(np.abs(target - design @ solved), NEAR_SHARE)
        normal = (design * weight[:, None]).T @ design / weight.sum() + RIDGE * np.eye(len(names))
        solved = np.linalg.solve(normal, (design * weight[:, None]).T @ target / weight.sum())
    pairs = solved.reshape(-1, 2)
    return {segment: (float(a), float(b)) for segment, (a, b) in zip(PARTS[joint], pairs, strict=True)}


def _moved(film: Points, joint: str, segment: str, place: int) -> FloatArray:
    """By how much a whole body length along (0) or across (1) a segment moves the joint."""
    one = (1.0, 0.0) if place == 0 else (0.0, 1.0)
    moved = to_joint_centres(film.landmarks, {joint: {segment: one}}, body_m=1.0)
    return np.asarray(moved[joint] - film.landmarks[joint])


def main(arguments: list[str] | None = None) -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the tracks")
    results = [r for r in compare_all(parser.parse_args(arguments).tracks) if may_fit(r.spec)]
    usable = [r for r in results if is_side_view(r) and r.view_is_right and r.n_true]
    films = [collect_points(r) for r in usable]
    offsets: Offsets = fit_offsets(films)
    head = {
        "version": next_version(TABLE, ESTIMATOR),
        "basis": "derived",
        "source": "validation-study",
        "population": f"{len({r.spec.lifter for r in usable})} rendered bodies, {len(films)} films",
    }
    tables = {ESTIMATOR: head} | {f"{ESTIMATOR}.{joint}": dict(parts) for joint, parts in offsets.items()}
    write_tables(TABLE, COMMENT, tables)
    sys.stdout.write(f"{TABLE}: version {head['version']} from {head['population']}\n")


if __name__ == "__main__":
    main()
