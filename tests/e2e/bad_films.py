"""Films that are none, show no lifter, or show too little of one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.e2e import scenes
from tests.e2e.bad_input import ANALYZE, BadInput, Prepare, write_good_film
from tests.e2e.scenes import ONE_REPETITION_S, TWO_REPETITIONS_S
from tests.films import ByteArray, FilmSpec, cut_off, write_film, write_sound, write_still


def _film(change: Callable[[scenes.Shot], scenes.Shot], end_s: float = ONE_REPETITION_S) -> Prepare:
    return lambda folder: scenes.write_shot(folder / "set.mp4", change(scenes.example(end_s=end_s)))


def _far_too_small(folder: Path) -> None:
    shot = scenes.example(size_px=(160, 212), end_s=3.0)
    small = shot.map(lambda picture, _: scenes.shrunk(picture, 0.42))
    scenes.write_shot(folder / "set.mp4", small)


def _each(change: Callable[[ByteArray], ByteArray]) -> Prepare:
    return _film(lambda shot: shot.map(lambda picture, _: change(picture)))


def _cut_mkv(folder: Path) -> None:
    whole = scenes.write_shot(folder / "whole.mkv", scenes.example())
    cut_off(whole, folder / "set.mkv", share=0.7)
    whole.unlink()


def _cut_mp4(folder: Path) -> None:
    whole = write_good_film(folder)
    whole.rename(folder / "whole.mp4")
    cut_off(folder / "whole.mp4", whole, share=0.6)
    (folder / "whole.mp4").unlink()


def _two_people(shot: scenes.Shot) -> scenes.Shot:
    onlooker = shot.pictures[0][:, ::-1]
    return shot.map(lambda picture, _: scenes.beside(picture, onlooker))


def _camera_cut(shot: scenes.Shot) -> scenes.Shot:
    other = shot.between(0, 4).map(lambda picture, _: scenes.other_room(picture))
    return shot.then(other)


def _leaves(shot: scenes.Shot) -> scenes.Shot:
    return shot.map(lambda picture, t: scenes.lifter_moved(picture, max(0.0, (t - 0.62) * 6)))


def _camera_moves(shot: scenes.Shot) -> scenes.Shot:
    return shot.map(lambda picture, t: scenes.panned(picture, 0.35 * float(np.sin(14 * t))))


def _results(folder: Path) -> None:
    (folder / "set.hingewise").mkdir()
    for name in ("pose.parquet", "analysis.json"):
        (folder / "set.hingewise" / name).touch()


def _nobody_openpose(folder: Path) -> None:
    for number in range(2):
        path = folder / "poses" / f"set_{number:012d}_keypoints.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text('{"people": []}')


NO_FILM = (
    BadInput(
        title="a file that is not there",
        command=("analyze", "missing.mp4"),
        says=("missing.mp4: expected a film file, found nothing there", "Check the path"),
    ),
    BadInput(
        title="a folder",
        command=("analyze", "holiday"),
        prepare=lambda folder: (folder / "holiday").mkdir(),
        says=("expected a film file, got a folder", "Name the film itself"),
    ),
    BadInput(
        title="an empty file",
        command=("analyze", "set.mp4"),
        prepare=lambda folder: (folder / "set.mp4").touch(),
        says=("got an empty file (0 bytes)", "Copy it from the phone again"),
    ),
    BadInput(
        title="a text file called .mp4",
        command=("analyze", "notes.mp4"),
        prepare=lambda folder: (folder / "notes.mp4").write_text("3 x 8 @ 40 kg\n" * 20),
        says=("expected a film (MP4, MOV", "cannot be opened", "Check that it plays"),
    ),
    BadInput(
        title="a device or pipe",
        command=("analyze", "pipe.mp4"),
        prepare=lambda folder: os.mkfifo(folder / "pipe.mp4"),
        says=("got a device or pipe", "Save it first"),
    ),
    BadInput(
        title="sound only",
        command=("analyze", "set.m4a"),
        prepare=lambda folder: write_sound(folder / "set.m4a"),
        says=("got a file with only sound", "Export it with its video"),
    ),
    BadInput(
        title="a still picture",
        command=("analyze", "set.jpg"),
        prepare=lambda folder: write_still(folder / "set.jpg"),
        says=("expected a film of several pictures, found 1", "film the whole set"),
    ),
    BadInput(
        title="a film of one picture",
        command=("analyze", "set.mp4"),
        prepare=lambda folder: write_film(folder / "set.mp4", FilmSpec(n_frames=1)),
        says=("expected a film of several pictures, found 1",),
    ),
    BadInput(
        title="a film of no picture",
        command=("analyze", "set.mp4"),
        prepare=lambda folder: scenes.write_nothing(folder / "set.mp4"),
        says=("expected a film, got a file with no pictures",),
    ),
    BadInput(
        title="an MP4 cut off before its index (most phones write it last)",
        command=("analyze", "set.mp4"),
        prepare=_cut_mp4,
        says=("Its index is missing, as when a recording or a copy was cut off: copy it again",),
    ),
    BadInput(
        title="a text file called .parquet",
        command=("analyze", "pose.parquet"),
        prepare=lambda folder: (folder / "pose.parquet").write_text("3 x 8 @ 40 kg\n"),
        says=("expected a pose.parquet of ours", "got a file that begins with"),
    ),
    BadInput(
        title="OpenPose files that show nobody",
        command=("analyze", "poses"),
        prepare=_nobody_openpose,
        says=("nobody is seen in any of its 2 frames",),
    ),
    BadInput(
        title="a folder of our own results",
        command=("analyze", "set.hingewise"),
        prepare=_results,
        says=("got a folder of results", "Name the track in it: set.hingewise/pose.parquet"),
    ),
)

NO_LIFTER = (
    BadInput(
        title="nobody in the film",
        command=ANALYZE,
        prepare=_film(lambda shot: shot.between(0, 3).map(lambda p, _: scenes.empty_room(p))),
        says=("found nobody: looked from the first picture (0.00 s) to the last (number 45",),
    ),
    BadInput(
        title="the lifter far too small",
        command=ANALYZE,
        prepare=_far_too_small,
        says=("expected a lifter at least 55 pixels tall from shoulder to ankle", "nearer"),
    ),
)

SAID_SO = (
    BadInput(
        title="a film whose end is missing",
        command=("analyze", "set.mkv", "--no-film", "--workers", "1"),
        prepare=_cut_mkv,
        code=0,
        says=(
            "pictures (",
            "could not be read: the file is damaged or cut off",
        ),
    ),
    BadInput(
        title="the lifter small",
        command=ANALYZE,
        prepare=_each(lambda picture: scenes.shrunk(picture, 0.4)),
        code=0,
        says=("The lifter is small in the picture", "Move the camera nearer"),
    ),
    BadInput(
        title="the feet cut off",
        command=ANALYZE,
        prepare=_each(lambda picture: scenes.without_feet(picture, 0.75)),
        code=0,
        says=("Keep the whole body in the picture, feet included",),
    ),
    BadInput(
        title="the lifter leaves half-way",
        command=ANALYZE,
        prepare=_film(_leaves, TWO_REPETITIONS_S),
        code=0,
        says=("The lifter was last seen at 8.", "only that part was measured"),
    ),
    BadInput(
        title="two people",
        command=ANALYZE,
        prepare=_film(_two_people),
        code=0,
        says=("2 people are in the picture; the one who moves like a lifter was followed",),
    ),
    BadInput(
        title="a cut to another shot",
        command=ANALYZE,
        prepare=_film(_camera_cut, TWO_REPETITIONS_S),
        code=0,
        says=("only the lifter's longest shot was measured",),
    ),
    BadInput(
        title="a camera that moves",
        command=ANALYZE,
        prepare=_film(_camera_moves),
        code=0,
        says=("the camera moved while you trained",),
    ),
)
