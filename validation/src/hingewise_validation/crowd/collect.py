"""Command: take what is kept from the crowd's tracks (``python -m hingewise_validation.crowd.collect``).

Of those whom the lumbar rule is fitted on only outlines; of the strangers, who are drawn after them, all.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hingewise.app.measure_set import MeasuredSet, measure_set
from hingewise.errors import NoLifterError
from hingewise.kinematics.angles import compute_segment_angle, smooth_positions
from hingewise.kinematics.conventions import SEGMENTS
from hingewise.kinematics.leaning import CORRECTED, describe_posture, standing_posture
from hingewise.kinematics.lumbar import standing_profile
from hingewise.pose.dorsal import back_profile
from hingewise.units import BoolArray, FloatArray, IntArray, SampleArray, wrap_deg

from hingewise_validation.crowd.numbers import is_lying, n_standing
from hingewise_validation.crowd.outlines import OUTLINES, Outlines, save_outlines
from hingewise_validation.crowd.postures import POSTURES, Postures, save_postures
from hingewise_validation.study.cast import parse_data
from hingewise_validation.study.files import write_whole
from hingewise_validation.study.tracks import FilmTrack, load_track
from hingewise_validation.study.validate import STRANGERS

TRACKS = Path("build/crowd")
EVERY = 3
"""Of pictures a tenth of a second apart: nearer ones tell the same."""

SETTLED_S = 0.1


REST_EVERY = 6
"""Of so many pictures the one in which the body moves least: joints are learnt at rest."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Back:
    profile: FloatArray
    hip_deg: FloatArray
    lumbar_deg: FloatArray
    standing: FloatArray
    yaw_deg: float
    fit: str
    equipment: str


def collect(films: Iterable[FilmTrack]) -> tuple[Outlines, Postures]:
    """Outlines and postures of everybody whose facing was recognised; of the former whose back was seen standing."""
    backs, postures = [], []
    for film in films:
        measured = _measure(film)
        if measured is None:
            continue
        back = None if _lies(film) else _collect_back(film, measured)
        backs += [back] if back is not None else []
        postures += [_collect_postures(film, measured)]
    return _to_outlines(backs), _to_postures(postures)


def _measure(film: FilmTrack) -> MeasuredSet | None:
    try:
        measured = measure_set(film.track, exercise=None, stature_m=None, name=film.spec.id)
    except NoLifterError:
        return None  # behind a bar on the back the network sees nobody in some films
    side = "left" if film.spec.camera["mirrored"] else "right"
    return measured if measured.view.facing == measured.view.near_side == side else None


def _lies(film: FilmTrack) -> bool:
    return is_lying(int(film.spec.id.removeprefix("crowd_")))


def _quiet(film: FilmTrack) -> BoolArray:
    """Frames of quiet standing; none of who lies."""
    if _lies(film):
        return np.zeros(film.track.n_frames, dtype=np.bool_)
    quiet_s = parse_data("crowd.toml")["quiet_s"]
    time_s = film.track.time_s
    return np.asarray((time_s >= SETTLED_S) & (time_s <= quiet_s - SETTLED_S / 2), dtype=np.bool_)


def _collect_back(film: FilmTrack, measured: MeasuredSet) -> _Back | None:
    back, quiet = measured.sagittal.back, _quiet(film)
    standing = None if back is None else standing_profile(back, quiet)
    if back is None or standing is None:
        return None
    profile, hip_deg = back_profile(back), measured.movement.hip_bend_deg
    hip_deg = hip_deg - np.nanmedian(hip_deg[quiet])
    lumbar_deg = film.angle_deg["lumbar_flexion"]
    # Standing is kept as well: the rule must say zero there.
    seen = np.isfinite(profile[:, 0]) & np.isfinite(hip_deg) & (film.track.time_s >= SETTLED_S)
    rows = np.flatnonzero(seen)[::EVERY]
    if rows.size == 0:
        return None
    return _Back(
        profile=profile[rows],
        hip_deg=hip_deg[rows],
        lumbar_deg=lumbar_deg[rows] - np.median(lumbar_deg[quiet]),
        standing=standing,
        yaw_deg=measured.view.yaw_deg,
        fit=film.spec.outfit,
        equipment=film.spec.movement,
    )


def _to_outlines(people: list[_Back]) -> Outlines:
    return Outlines(
        person=np.concatenate([np.full(p.hip_deg.size, number) for number, p in enumerate(people)]),
        profile=np.concatenate([p.profile for p in people]),
        hip_deg=np.concatenate([p.hip_deg for p in people]),
        lumbar_deg=np.concatenate([p.lumbar_deg for p in people]),
        standing=np.stack([p.standing for p in people]),
        yaw_deg=np.array([p.yaw_deg for p in people]),
        fit=tuple(p.fit for p in people),
        equipment=tuple(p.equipment for p in people),
    )


def _collect_postures(film: FilmTrack, measured: MeasuredSet) -> Postures:
    """One person's postures at rest."""
    sagittal, vertical, quiet = measured.sagittal, measured.kinematics.vertical, _quiet(film)
    position = smooth_positions(sagittal, measured.kinematics.cutoff_hz)
    point = {name: position[:, i] for i, name in enumerate(sagittal.landmarks)}
    posture = describe_posture(point, body_m=sagittal.scale.body_m)
    true_deg = np.stack([film.angle_deg[name] for name in CORRECTED], axis=1)
    lacking_deg = wrap_deg(true_deg - _landmarks_deg(point))
    rows = _at_rest(film)
    return Postures(
        person=np.zeros(rows.size, dtype=np.int64),
        posture=posture[rows],
        confidence=sagittal.confidence[rows].astype(np.float64),
        lacking_deg=lacking_deg[rows],
        standing=standing_posture(posture[quiet])[np.newaxis],
        standing_confidence=_middle(sagittal.confidence[quiet]),
        standing_lacking_deg=_middle(lacking_deg[quiet]),
        oblique_deg=np.array([measured.view.oblique_deg]),
        tilt_deg=np.array([vertical.tilt_deg if vertical.found else 0.0]),
    )


def _middle(values: FloatArray | SampleArray) -> FloatArray:
    """Median over the frames (N, K), NaN without any. Shape (1, K)."""
    middle = np.median(values, axis=0) if len(values) else np.full(values.shape[1], np.nan)
    return np.asarray(middle, dtype=np.float64)[np.newaxis]


def _landmarks_deg(point: dict[str, FloatArray]) -> FloatArray:
    """Inclinations between the landmarks themselves. Shape (T, 3). [deg]"""
    ends = {segment.name: (segment.lower, segment.upper) for segment in SEGMENTS}
    return np.stack([compute_segment_angle(*(point[end] for end in ends[name])) for name in CORRECTED], axis=1)


def _at_rest(film: FilmTrack) -> IntArray:
    """Of every few frames the one in which hips and knees turn least."""
    hip, knee = (film.angle_deg[name] for name in ("trunk_thigh_flexion", "knee_flexion"))
    rate = np.abs(np.gradient(hip, film.track.time_s)) + np.abs(np.gradient(knee, film.track.time_s))
    starts = range(0, film.track.n_frames - REST_EVERY + 1, REST_EVERY)
    return np.array([start + int(np.argmin(rate[start : start + REST_EVERY])) for start in starts])


def _to_postures(people: list[Postures]) -> Postures:
    return Postures(
        person=np.concatenate([np.full(p.person.size, number) for number, p in enumerate(people)]),
        **{
            name: np.concatenate([getattr(p, name) for p in people])
            for name in Postures.__dataclass_fields__
            if name != "person"
        },
    )


def number_of(track: Path) -> int:
    """Number of the person whose track this is."""
    return int(track.name.removeprefix("crowd_").partition(".")[0])


def main(arguments: list[str] | None = None) -> None:
    """Read every track and write what is kept of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the tracks")
    parser.add_argument("--outlines", type=Path, default=OUTLINES, help="file to write")
    parser.add_argument("--postures", type=Path, default=POSTURES, help="file to write")
    parser.add_argument("--strangers", type=Path, default=STRANGERS, help="folder of the strangers' tracks")
    options = parser.parse_args(arguments)
    paths = sorted(options.tracks.glob("crowd_*.npz.xz"))
    if not paths:
        raise SystemExit(f"{options.tracks}: expected tracks of the crowd, found none; make them with crowd.make")
    strangers = {path for path in paths if parse_data("crowd.toml")["n_films"] <= number_of(path) < n_standing()}
    outlines, postures = collect(load_track(path) for path in paths if path not in strangers)
    save_outlines(outlines, options.outlines)
    save_postures(postures, options.postures)
    options.strangers.mkdir(parents=True, exist_ok=True)
    for path in strangers:
        write_whole(options.strangers / path.name, path.read_bytes())
    sys.stdout.write(
        f"{options.outlines}: {outlines.person.size} outlines of {len(outlines.fit)} people\n"
        f"{options.postures}: {postures.person.size} postures of {postures.oblique_deg.size} people\n"
    )


if __name__ == "__main__":
    main()
