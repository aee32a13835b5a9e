"""Command lines that cannot be understood, and places where nothing can be written."""

from __future__ import annotations

from tests.e2e.bad_input import ANALYZE, Around, BadInput, Prepare, write_good_film
from tests.e2e.command import small_disk


def _disk(name: str, *, size_kb: int, read_only: bool = False) -> Around:
    return lambda folder: small_disk(folder / name, size_kb=size_kb, read_only=read_only)


def _option(title: str, options: str, *says: str, film: bool = False) -> BadInput:
    """Analyse ``set.mp4`` with these options; only ``film`` makes it."""
    prepare: Prepare = write_good_film if film else lambda _: None
    command = ("analyze", "set.mp4", *options.split())
    return BadInput(title=title, command=command, says=says, prepare=prepare)


def _into(title: str, out: str, *says: str, around: Around | None = None) -> BadInput:
    """Analyse a good film into ``out``."""
    command = (*ANALYZE, "--out", out)
    return BadInput(title=title, command=command, says=says, prepare=write_good_film, around=around)


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
        says=(
            "Expected a command (analyze, assess, compare, library, log, plan, backup, restore, "
            "doctor), got 'set.mp4'",
            "hingewise analyze set.mp4",
        ),
    ),
    _option(
        "an unknown option",
        "--weight 40",
        "No such option: --weight",
        "hingewise analyze --help",
    ),
    BadInput(
        title="a film whose name begins with a dash",
        command=("analyze", "-set.mp4"),
        prepare=lambda folder: write_good_film(folder).rename(folder / "-set.mp4"),
        says=("For a file of that name write ./-set.mp4",),
    ),
    BadInput(
        title="nothing to judge again",
        command=("assess",),
        says=("Expected a folder of results, got none", "hingewise assess set.hingewise"),
    ),
    BadInput(
        title="a film to judge again",
        command=("assess", "set.mp4"),
        prepare=write_good_film,
        says=("set.mp4: expected a stored track", "Films are judged by hingewise analyze"),
    ),
    BadInput(
        title="one set to compare",
        command=("compare", "set.hingewise"),
        says=("Expected two folders of results, before and after",),
    ),
    BadInput(
        title="sets to compare that are not there",
        command=("compare", "monday.hingewise", "friday.hingewise"),
        says=("monday.hingewise: expected a stored track or a folder of results, got nothing",),
    ),
    BadInput(
        title="a document of another kind to compare",
        command=("compare", "a.json", "a.json"),
        prepare=lambda folder: (folder / "a.json").write_text('{"a": 1}', "utf-8"),
        says=("a.json: expected an analysis of version 1.2, but", "Analyse the film again"),
    ),
    _option(
        "an unknown exercise",
        "--exercise curl",
        "expected one of auto, back_squat, ",
        "cable_pull_through",
        ", got 'curl'",
    ),
    _option(
        "a height in unknown units",
        "--height 6shoes",
        "--height: expected a positive number with one of m, cm, in, ft",
        "175cm",
    ),
    _option(
        "a height that nobody has",
        "--height 1.75cm",
        "--height: expected 0.9 to 2.6 m, got '1.75cm' (0.0175 m)",
        "175cm",
    ),
    _option(
        "a body mass in unknown units",
        "--body-mass 12st",
        "--body-mass: expected a positive number with one of kg, lb",
        "75kg",
    ),
    _option(
        "a number of processes that is none",
        "--workers all",
        "--workers: expected a whole number from 0 to 256, got 'all'",
        "--workers 2",
    ),
    _option(
        "a slow-motion factor of nought",
        "--slow-motion 0",
        "--slow-motion: expected a number from 0.1 to 100, got '0'",
        "--slow-motion 4",
    ),
    _option(
        "a frame rate for a film",
        "--rate 60",
        "--rate: expected only with OpenPose files",
        "Leave it out",
        film=True,
    ),
    _option(
        "an unknown estimator",
        "--estimator openpose",
        "--estimator: expected one of blazepose, rtmpose, got 'openpose'",
        "Or leave it out",
    ),
    _option(
        "RTMPose without a folder for its models",
        "--estimator rtmpose",
        "--models: expected the folder with the models of rtmpose, got none",
        "--estimator rtmpose --models DIR",
    ),
    _option(
        "RTMPose with a folder that is not there",
        "--estimator rtmpose --models nowhere",
        "nowhere: expected a folder with one yolox*.onnx",
        "one rtmpose*halpe26*.onnx",
        "found no folder there",
        "hingewise downloads nothing",
    ),
    _option(
        "RTMPose with a folder without its models",
        "--estimator rtmpose --models .",
        "found 0 and 0 of them",
        "from rtmlib's model zoo",
    ),
    _option(
        "models for an estimator that brings its own",
        "--models .",
        "--models: expected only with --estimator rtmpose",
        "Leave it out",
    ),
    _option(
        "the same film twice",
        "set.mp4",
        "results go to different folders",
        "Name each film once",
        film=True,
    ),
)

OUTPUT = (
    _into(
        "results into a file",
        "set.mp4",
        "expected a folder for the results, but set.mp4 is a file",
        "--out",
    ),
    _into(
        "results below a file",
        "set.mp4/results",
        "set.mp4/results: expected a folder for the results, but set.mp4 is a file",
    ),
    _into(
        "a folder name that is too long",
        "x" * 300,
        "expected a folder that can be written, got: File name too long",
        "--out",
    ),
    _into(
        "a folder where nothing can be written",
        "/proc/results",
        "/proc/results: expected a folder that can be written, got: ",
        "--out",
    ),
    BadInput(
        title="results that would replace what is analysed",
        command=("analyze", "annotated.mp4", "--out", "."),
        prepare=lambda folder: write_good_film(folder).rename(folder / "annotated.mp4"),
        says=("which the results would replace", "--out"),
    ),
    _into(
        "a disk that is read-only",
        "disk/results",
        "disk/results: expected a folder that can be written, got: Read-only file system",
        around=_disk("disk", size_kb=64, read_only=True),
    ),
    _into(
        "a disk that is full when the track is written",
        "disk/results",
        "disk/results/pose.parquet",
        "No space left on device",
        "Free some space",
        around=_disk("disk", size_kb=64),
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
