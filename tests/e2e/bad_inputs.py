"""Every bad input that a lifter can come up with, and what must come of it.

The same list is tested (``test_bad_inputs.py``) and printed (``list_bad_inputs.py``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from tests.e2e import scenes
from tests.e2e.command import Run, everything_in, hingewise, small_disk
from tests.films import ByteArray, FilmSpec, cut_off, write_film, write_sound, write_still

Prepare = Callable[[Path], object]
Around = Callable[[Path], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadInput:
    """One bad input: how it is made and what it must bring about.

    ``says`` are pieces of the answer; ``prepare`` fills the folder where the command then runs;
    ``around`` holds while it runs, and needs root.
    """

    title: str
    command: Sequence[str]
    says: Sequence[str]
    code: int = 2
    prepare: Prepare = field(default=lambda _: None)
    around: Around | None = None
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a bad input."""

    run: Run
    text: str
    left: set[str]


def try_input(bad: BadInput, folder: Path) -> Answer:
    """Run the command on a bad input in an empty folder."""
    bad.prepare(folder)
    with ExitStack() as stack:
        if bad.around is not None:
            stack.enter_context(bad.around(folder))
        before = everything_in(folder)
        env = {key: value.format(folder=folder) for key, value in bad.env.items()}
        run = hingewise(*bad.command, cwd=folder, env=env)
        left = everything_in(folder) - before
    told = [line for line in run.said if any(piece in line for piece in bad.says)]
    text = run.err.strip() if bad.code else " ".join(told)
    return Answer(run=run, text=text.replace(f"{folder}{os.sep}", ""), left=left)


def _film(change: Callable[[scenes.Shot], scenes.Shot]) -> Prepare:
    return lambda folder: scenes.write_shot(folder / "set.mp4", change(scenes.example()))


def _far_too_small(folder: Path) -> None:
    shot = scenes.example(size_px=(160, 212))
    small = shot.map(lambda picture, _: scenes.shrunk(picture, 0.42))
    scenes.write_shot(folder / "set.mp4", small)


def _each(change: Callable[[ByteArray], ByteArray]) -> Prepare:
    return _film(lambda shot: shot.map(lambda picture, _: change(picture)))


@cache
def _encoded_example() -> bytes:
    """The example as a small film, encoded once."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return scenes.write_shot(Path(folder) / "set.mp4", scenes.example()).read_bytes()


def _good(folder: Path) -> Path:
    path = folder / "set.mp4"
    path.write_bytes(_encoded_example())
    return path


def _cut_mkv(folder: Path) -> None:
    whole = scenes.write_shot(folder / "whole.mkv", scenes.example())
    cut_off(whole, folder / "set.mkv", share=0.7)
    whole.unlink()


def _cut_mp4(folder: Path) -> None:
    whole = _good(folder)
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


def prepare_one_broken(folder: Path) -> None:
    _good(folder)
    (folder / "notes.mp4").write_text("3 x 8 @ 40 kg\n" * 20)


def _nobody_openpose(folder: Path) -> None:
    for number in range(2):
        path = folder / "poses" / f"set_{number:012d}_keypoints.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text('{"people": []}')


def _disk(name: str, *, size_kb: int, read_only: bool = False) -> Around:
    return lambda folder: small_disk(folder / name, size_kb=size_kb, read_only=read_only)


_ANALYZE = ("analyze", "set.mp4", "--no-film", "--workers", "1")
_INTO = (*_ANALYZE, "--out")

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
)

NO_LIFTER = (
    BadInput(
        title="nobody in the film",
        command=_ANALYZE,
        prepare=_film(lambda shot: shot.between(0, 3).map(lambda p, _: scenes.empty_room(p))),
        says=("found nobody: looked from the first picture (0.00 s) to the last (number 45",),
    ),
    BadInput(
        title="the lifter far too small",
        command=_ANALYZE,
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
        command=_ANALYZE,
        prepare=_each(lambda picture: scenes.shrunk(picture, 0.4)),
        code=0,
        says=("The lifter is small in the picture", "Move the camera nearer"),
    ),
    BadInput(
        title="the feet cut off",
        command=_ANALYZE,
        prepare=_each(lambda picture: scenes.without_feet(picture, 0.75)),
        code=0,
        says=("Keep the whole body in the picture, feet included",),
    ),
    BadInput(
        title="the lifter leaves half-way",
        command=_ANALYZE,
        prepare=_film(_leaves),
        code=0,
        says=("The lifter was last seen at 8.", "only that part was measured"),
    ),
    BadInput(
        title="two people",
        command=_ANALYZE,
        prepare=_film(_two_people),
        code=0,
        says=("2 people are in the picture; the one who moves like a lifter was followed",),
    ),
    BadInput(
        title="a cut to another shot",
        command=_ANALYZE,
        prepare=_film(_camera_cut),
        code=0,
        says=("only the lifter's longest shot was measured",),
    ),
    BadInput(
        title="a camera that moves",
        command=_ANALYZE,
        prepare=_film(_camera_moves),
        code=0,
        says=("the camera moved while you trained",),
    ),
)

OPTIONS = (
    BadInput(
        title="no film named",
        command=("analyze",),
        says=("Expected at least one film, got none", "hingewise analyze set.mp4"),
    ),
    BadInput(
        title="a film instead of a command",
        command=("set.mp4",),
        prepare=_good,
        says=("Expected a command (analyze, doctor), got 'set.mp4'", "hingewise analyze set.mp4"),
    ),
    BadInput(
        title="an unknown option",
        command=("analyze", "set.mp4", "--weight", "40"),
        says=("No such option: --weight", "hingewise analyze --help"),
    ),
    BadInput(
        title="a film whose name begins with a dash",
        command=("analyze", "-set.mp4"),
        prepare=lambda folder: _good(folder).rename(folder / "-set.mp4"),
        says=("For a file of that name write ./-set.mp4",),
    ),
    BadInput(
        title="an unknown exercise",
        command=("analyze", "set.mp4", "--exercise", "curl"),
        says=("expected one of auto, pull_through, ", "deadlift", "squat, got 'curl'"),
    ),
    BadInput(
        title="a height in unknown units",
        command=("analyze", "set.mp4", "--height", "6shoes"),
        says=("--height: expected a positive number with one of m, cm, in, ft", "175cm"),
    ),
    BadInput(
        title="a height that nobody has",
        command=("analyze", "set.mp4", "--height", "1.75cm"),
        says=("--height: expected 0.9 to 2.6 m, got '1.75cm' (0.0175 m)", "175cm"),
    ),
    BadInput(
        title="a body mass in unknown units",
        command=("analyze", "set.mp4", "--body-mass", "12st"),
        says=("--body-mass: expected a positive number with one of kg, lb", "75kg"),
    ),
    BadInput(
        title="a number of processes that is none",
        command=("analyze", "set.mp4", "--workers", "all"),
        says=("--workers: expected a whole number from 0 to 256, got 'all'", "--workers 2"),
    ),
    BadInput(
        title="a slow-motion factor of nought",
        command=("analyze", "set.mp4", "--slow-motion", "0"),
        says=("--slow-motion: expected a number from 0.1 to 100, got '0'", "--slow-motion 4"),
    ),
    BadInput(
        title="a frame rate for a film",
        command=("analyze", "set.mp4", "--rate", "60"),
        prepare=_good,
        says=("--rate: expected only with OpenPose files", "Leave it out"),
    ),
    BadInput(
        title="the same film twice",
        command=("analyze", "set.mp4", "set.mp4"),
        prepare=_good,
        says=("results go to different folders", "Name each film once"),
    ),
)

OUTPUT = (
    BadInput(
        title="results into a file",
        command=(*_INTO, "set.mp4"),
        prepare=_good,
        says=("expected a folder for the results, but set.mp4 is a file", "--out"),
    ),
    BadInput(
        title="results below a file",
        command=(*_INTO, "set.mp4/results"),
        prepare=_good,
        says=("set.mp4/results: expected a folder for the results, but set.mp4 is a file",),
    ),
    BadInput(
        title="a folder name that is too long",
        command=(*_INTO, "x" * 300),
        prepare=_good,
        says=("expected a folder that can be written, got: File name too long", "--out"),
    ),
    BadInput(
        title="a folder where nothing can be written",
        command=(*_INTO, "/proc/results"),
        prepare=_good,
        says=("/proc/results: expected a folder that can be written, got: ", "--out"),
    ),
    BadInput(
        title="results that would replace what is analysed",
        command=("analyze", "annotated.mp4", "--out", "."),
        prepare=lambda folder: _good(folder).rename(folder / "annotated.mp4"),
        says=("which the results would replace", "--out"),
    ),
    BadInput(
        title="a disk that is read-only",
        command=(*_INTO, "disk/results"),
        prepare=_good,
        around=_disk("disk", size_kb=64, read_only=True),
        says=("disk/results: expected a folder that can be written, got: Read-only file system",),
    ),
    BadInput(
        title="a disk that is full when the track is written",
        command=(*_INTO, "disk/results"),
        prepare=_good,
        around=_disk("disk", size_kb=64),
        says=("disk/results/pose.parquet", "No space left on device", "Free some space"),
    ),
    BadInput(
        title="a disk that is full when the film is drawn",
        command=("analyze", "set.mp4", "--workers", "1", "--out", "disk/results"),
        prepare=_good,
        around=_disk("disk", size_kb=460),
        says=("disk/results/annotated.mp4", "No space left on device", "Free some space"),
    ),
    BadInput(
        title="a folder for temporary files that is full",
        command=_ANALYZE,
        prepare=_good,
        around=_disk("tmp", size_kb=16),
        env={"TMPDIR": "{folder}/tmp"},
        says=("tmp: expected room for temporary files", "No space left", "TMPDIR"),
    ),
)

GROUPS = {
    "Not a film": NO_FILM,
    "A film without a lifter": NO_LIFTER,
    "A film that is analysed as far as it goes": SAID_SO,
    "The command line": OPTIONS,
    "Where the results go": OUTPUT,
}
EVERY_BAD_INPUT = tuple(bad for group in GROUPS.values() for bad in group)
