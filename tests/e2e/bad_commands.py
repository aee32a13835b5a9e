"""Command lines that cannot be understood, and places where nothing can be written."""

from __future__ import annotations

from tests.e2e.bad_input import ANALYZE, Around, BadInput, write_good_film
from tests.e2e.command import small_disk


def _disk(name: str, *, size_kb: int, read_only: bool = False) -> Around:
    return lambda folder: small_disk(folder / name, size_kb=size_kb, read_only=read_only)


_INTO = (*ANALYZE, "--out")

OPTIONS = (
    BadInput(
        title="no film named",
        command=("analyze",),
        says=("Expected at least one film, got none", "hingewise analyze set.mp4"),
    ),
    BadInput(
        title="a film instead of a command",
        command=("set.mp4",),
        prepare=write_good_film,
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
        prepare=lambda folder: write_good_film(folder).rename(folder / "-set.mp4"),
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
        prepare=write_good_film,
        says=("--rate: expected only with OpenPose files", "Leave it out"),
    ),
    BadInput(
        title="the same film twice",
        command=("analyze", "set.mp4", "set.mp4"),
        prepare=write_good_film,
        says=("results go to different folders", "Name each film once"),
    ),
)

OUTPUT = (
    BadInput(
        title="results into a file",
        command=(*_INTO, "set.mp4"),
        prepare=write_good_film,
        says=("expected a folder for the results, but set.mp4 is a file", "--out"),
    ),
    BadInput(
        title="results below a file",
        command=(*_INTO, "set.mp4/results"),
        prepare=write_good_film,
        says=("set.mp4/results: expected a folder for the results, but set.mp4 is a file",),
    ),
    BadInput(
        title="a folder name that is too long",
        command=(*_INTO, "x" * 300),
        prepare=write_good_film,
        says=("expected a folder that can be written, got: File name too long", "--out"),
    ),
    BadInput(
        title="a folder where nothing can be written",
        command=(*_INTO, "/proc/results"),
        prepare=write_good_film,
        says=("/proc/results: expected a folder that can be written, got: ", "--out"),
    ),
    BadInput(
        title="results that would replace what is analysed",
        command=("analyze", "annotated.mp4", "--out", "."),
        prepare=lambda folder: write_good_film(folder).rename(folder / "annotated.mp4"),
        says=("which the results would replace", "--out"),
    ),
    BadInput(
        title="a disk that is read-only",
        command=(*_INTO, "disk/results"),
        prepare=write_good_film,
        around=_disk("disk", size_kb=64, read_only=True),
        says=("disk/results: expected a folder that can be written, got: Read-only file system",),
    ),
    BadInput(
        title="a disk that is full when the track is written",
        command=(*_INTO, "disk/results"),
        prepare=write_good_film,
        around=_disk("disk", size_kb=64),
        says=("disk/results/pose.parquet", "No space left on device", "Free some space"),
    ),
    BadInput(
        title="a disk that is full when the film is drawn",
        command=("analyze", "set.mp4", "--workers", "1", "--out", "disk/results"),
        prepare=write_good_film,
        around=_disk("disk", size_kb=460),
        says=("disk/results/annotated.mp4", "No space left on device", "Free some space"),
    ),
    BadInput(
        title="a folder for temporary files that is full",
        command=ANALYZE,
        prepare=write_good_film,
        around=_disk("tmp", size_kb=16),
        env={"TMPDIR": "{folder}/tmp"},
        says=("tmp: expected room for temporary files", "No space left", "TMPDIR"),
    ),
)
