"""Command: take what is kept from the crowd's tracks (``python -m hingewise_validation.crowd.collect``)."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hingewise.app.measure_set import measure_set
from hingewise.errors import NoLifterError
from hingewise.kinematics.lumbar import standing_profile
from hingewise.pose.dorsal import back_profile
from hingewise.units import FloatArray

from hingewise_validation.crowd.outlines import OUTLINES, Outlines, save_outlines
from hingewise_validation.study.cast import parse_data
from hingewise_validation.study.tracks import FilmTrack, load_track

TRACKS = Path("build/crowd")
EVERY = 3
"""Of pictures a tenth of a second apart: nearer ones tell the same."""

SETTLED_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Person:
    profile: FloatArray
    hip_deg: FloatArray
    lumbar_deg: FloatArray
    standing: FloatArray
    yaw_deg: float
    fit: str
    equipment: str


def collect_outlines(films: Iterable[FilmTrack]) -> Outlines:
    """Everybody whose facing was recognised and whose back was seen in standing."""
    people = [person for film in films if (person := _collect_person(film)) is not None]
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


def _collect_person(film: FilmTrack) -> _Person | None:
    try:
        measured = measure_set(film.track, exercise=None, stature_m=None, name=film.spec.id)
    except NoLifterError:
        return None  # behind a bar on the back the network sees nobody in some films
    back, side = measured.sagittal.back, "left" if film.spec.camera["mirrored"] else "right"
    quiet_s = parse_data("crowd.toml")["quiet_s"]
    time_s = film.track.time_s
    quiet = (time_s >= SETTLED_S) & (time_s <= quiet_s - SETTLED_S / 2)
    standing = None if back is None else standing_profile(back, quiet)
    if back is None or standing is None or measured.view.facing != side:
        return None
    profile, hip_deg = back_profile(back), measured.movement.hip_bend_deg
    hip_deg = hip_deg - np.nanmedian(hip_deg[quiet])
    lumbar_deg = film.angle_deg["lumbar_flexion"]
    # Standing is kept as well: the rule must say zero there.
    rows = np.flatnonzero(np.isfinite(profile[:, 0]) & np.isfinite(hip_deg) & (time_s >= SETTLED_S))[::EVERY]
    if rows.size == 0:
        return None
    return _Person(
        profile=profile[rows],
        hip_deg=hip_deg[rows],
        lumbar_deg=lumbar_deg[rows] - np.median(lumbar_deg[quiet]),
        standing=standing,
        yaw_deg=measured.view.yaw_deg,
        fit=film.spec.outfit,
        equipment=film.spec.movement,
    )


def main(arguments: list[str] | None = None) -> None:
    """Read every track and write what is kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the tracks")
    parser.add_argument("--out", type=Path, default=OUTLINES, help="file to write")
    options = parser.parse_args(arguments)
    paths = sorted(options.tracks.glob("crowd_*.npz.xz"))
    if not paths:
        raise SystemExit(f"{options.tracks}: expected tracks of the crowd, found none; make them with crowd.make")
    outlines = collect_outlines(load_track(path) for path in paths)
    save_outlines(outlines, options.out)
    sys.stdout.write(f"{options.out}: {outlines.person.size} outlines of {len(outlines.fit)} people\n")


if __name__ == "__main__":
    main()
