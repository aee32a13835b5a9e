"""``hingewise analyze``: films or stored tracks in, reports out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hingewise.cli.stop import is_asked_to_stop
from hingewise.errors import HingewiseError, OptionError

if TYPE_CHECKING:
    from hingewise.app.request import OnStage, Outcome, Request
    from hingewise.capture.estimator import Progress

MIN_STATURE_M, MAX_STATURE_M = 0.9, 2.6
MIN_MASS_KG, MAX_MASS_KG = 20.0, 400.0
MAX_WORKERS = 256
MIN_SLOWDOWN, MAX_SLOWDOWN = 0.1, 100.0


def _parse_workers(text: str) -> int:
    return int(_number(text, "--workers", 0, MAX_WORKERS, whole=True, example="2"))


def _parse_slow_motion(text: str) -> float:
    return _number(text, "--slow-motion", MIN_SLOWDOWN, MAX_SLOWDOWN, example="4")


def _parse_rate(text: str) -> float:
    return _number(text, "--rate", 1, 10_000, example="30")


def _number(
    text: str, name: str, low: float, high: float, *, example: str, whole: bool = False
) -> float:
    """Read a number from ``low`` to ``high``."""
    try:
        value = float(str(text).replace(",", "."))
    except ValueError:
        value = math.nan
    if not low <= value <= high or (whole and not value.is_integer()):
        kind = "a whole number" if whole else "a number"
        raise OptionError(
            f"{name}: expected {kind} from {low:g} to {high:g}, got {text!r}.",
            hint=f"Write for example {name} {example}.",
        )
    return value


Videos = Annotated[
    list[Path],
    typer.Argument(
        metavar="VIDEO",
        show_default=False,
        help="Films; or stored tracks: pose.parquet, .trc, a folder of OpenPose files.",
    ),
]
Exercise = Annotated[
    str,
    typer.Option(
        metavar="ID",
        help="What was trained, by any name that hingewise library list knows: pull-through, rdl, "
        "swing, hip thrust; auto recognises the kind of movement.",
    ),
]
Load = Annotated[
    str,
    typer.Option(metavar="TEXT", show_default=False, help='Noted in the report: "cable 40 kg".'),
]
BodyMass = Annotated[
    str, typer.Option(metavar="MASS", show_default=False, help="Your body mass: 75kg or 165lb.")
]
Height = Annotated[
    str,
    typer.Option(
        metavar="LENGTH",
        show_default=False,
        help="Your height, for lengths in metres: 175cm, 69in.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        show_default=False,
        help="Folder for the results; of several films: the folder for their folders. "
        "[default: VIDEO without its ending + .hingewise]",
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print analysis.json and nothing else; of several, a list.")
]
NoFilm = Annotated[bool, typer.Option("--no-film", help="Do not draw annotated.mp4: faster.")]
Workers = Annotated[
    int,
    typer.Option(metavar="N", parser=_parse_workers, help="Processes; 0 takes one per processor."),
]
SlowMotion = Annotated[
    float,
    typer.Option(
        metavar="FACTOR",
        parser=_parse_slow_motion,
        help="How many times slower than real the film plays: 4 for 120 pictures a second shown "
        "at 30.",
    ),
]
Rate = Annotated[
    float | None,
    typer.Option(
        metavar="HZ",
        parser=_parse_rate,
        show_default=False,
        help="Pictures per second of OpenPose files, which carry no times.",
    ),
]
Estimator = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="What finds the body in a film: blazepose, or rtmpose (an extra; it sees no back).",
    ),
]
Models = Annotated[
    Path | None,
    typer.Option(metavar="DIR", show_default=False, help="Folder with the models of rtmpose."),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


def analyze(
    videos: Videos,
    exercise: Exercise = "auto",
    load: Load = "",
    body_mass: BodyMass = "",
    height: Height = "",
    slow_motion: SlowMotion = 1.0,
    rate: Rate = None,
    out: Out = None,
    as_json: AsJson = False,
    no_film: NoFilm = False,
    trc: Annotated[bool, typer.Option("--trc", help="Also write pose.trc.")] = False,
    mot: Annotated[
        bool, typer.Option("--mot", help="Also write kinematics.mot (OpenSim).")
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Also write kinematics.csv.")] = False,
    estimator: Estimator = "blazepose",
    models: Models = None,
    workers: Workers = 0,
    debug: Debug = False,
) -> None:
    """Watch a filmed set: count it, measure it, and write a report.

    Film from the side, the whole body in the picture, and stand still for two seconds first.
    """
    from hingewise.app.estimators import find_estimator
    from hingewise.app.request import Exports, Request
    from hingewise.library.families import find_exercise

    chosen = None if exercise.strip().lower() == "auto" else find_exercise(exercise)
    pose = find_estimator(estimator, models)
    stature_m, mass_kg = _parse_stature(height), _parse_mass(body_mass)
    given: dict[str, float | int | str] = {"load": load} if load else {}
    given |= {"height": height, "stature_m": stature_m} if stature_m else {}
    given |= {"body_mass": body_mass, "body_mass_kg": mass_kg} if mass_kg else {}
    folders = _out_folders(videos, out)
    requests = [
        Request(
            source=video,
            out=folder,
            exercise=chosen,
            stature_m=stature_m,
            slow_motion=slow_motion,
            estimator=pose,
            n_workers=workers,
            rate_hz=rate,
            exports=Exports(film=not no_film, trc=trc, mot=mot, csv=csv),
            parameters=given,
        )
        for video, folder in zip(videos, folders, strict=True)
    ]
    _run(requests, as_json=as_json, debug=debug)


def _parse_stature(text: str) -> float | None:
    from hingewise.quantities import M_PER_UNIT

    limits = (MIN_STATURE_M, MAX_STATURE_M)
    return _quantity(text, M_PER_UNIT, "height", "cm", limits, "175cm or 69in")


def _parse_mass(text: str) -> float | None:
    from hingewise.quantities import KG_PER_UNIT

    limits = (MIN_MASS_KG, MAX_MASS_KG)
    return _quantity(text, KG_PER_UNIT, "body-mass", "kg", limits, "75kg or 165lb")


def _quantity(
    text: str,
    units: dict[str, float],
    name: str,
    default: str,
    limits: tuple[float, float],
    example: str,
) -> float | None:
    """Read a length or mass in SI; None when it was not given."""
    from hingewise.quantities import parse_quantity

    if not text:
        return None
    hint = f"Write it with its unit: {example}."
    try:
        value = parse_quantity(text, units, name=name, default=default)
    except OptionError as error:
        raise OptionError(f"--{error}", hint=hint) from error
    low, high = limits
    if not low <= value <= high:
        unit = next(unit for unit, factor in units.items() if factor == 1.0)
        raise OptionError(
            f"--{name}: expected {low:g} to {high:g} {unit}, got {text!r} ({value:g} {unit}).",
            hint=hint,
        )
    return value


def _out_folders(videos: list[Path], out: Path | None) -> list[Path]:
    """Where the results of each film go; no two may share a folder."""
    if out is not None and len(videos) == 1:
        return [out]
    folders: dict[Path, Path] = {}
    chosen = []
    for video in videos:
        folder = _out_folder(video, video.parent if out is None else out, folders)
        other = folders.setdefault(folder.absolute(), video)
        if other is not video:
            raise OptionError(
                f"{video}: expected films whose results go to different folders, but {folder} is "
                f"also that of {other}.",
                hint="Name each film once, or analyse them one by one with --out.",
            )
        chosen.append(folder)
    return chosen


def _out_folder(video: Path, parent: Path, taken: dict[Path, Path]) -> Path:
    """Named after the film; with its ending too where set.mov would take the place of set.mp4."""
    from hingewise.app.staging import holds_results_of_another

    name = video.absolute()
    folder = parent / f"{name.stem}.hingewise"
    other = taken.get(folder.absolute())
    if (other and other.name != name.name) or holds_results_of_another(folder, name):
        return parent / f"{name.name}.hingewise"
    return folder


def _run(requests: list[Request], *, as_json: bool, debug: bool) -> None:
    """Analyse one film after the other; one that fails does not stop the next."""
    from hingewise.app.analyse import analyse

    outcomes: list[Outcome] = []
    worst: HingewiseError | None = None
    for request in requests:
        try:
            with _stages(quiet=as_json) as on_stage:
                outcome = analyse(request, on_stage=on_stage)
        except HingewiseError as error:
            if len(requests) == 1 or debug:
                raise
            typer.echo(f"hingewise: {error.one_line()}", err=True)
            worst = error if worst is None or error.exit_code > worst.exit_code else worst
            continue
        outcomes.append(outcome)
        if not as_json:
            if len(requests) > 1:
                typer.echo(f"\n{request.source}")
            _show(outcome)
    if as_json:
        _print_json(outcomes, several=len(requests) > 1)
    if worst is not None:
        raise typer.Exit(worst.exit_code)


def _show(outcome: Outcome) -> None:
    from rich.console import Console
    from rich.text import Text

    from hingewise.render.terminal import advice_line, print_summary
    from hingewise.report.naming import as_sentence

    console = Console(highlight=False)
    print_summary(outcome.analysis, console)
    said = advice_line(outcome.analysis)
    for text in (*outcome.analysis.view.advice, *outcome.analysis.quality.warnings):
        if as_sentence(text) != said:
            console.print(Text(f"Note  {text}"))
    typer.echo(f"Report  {outcome.folder / 'report.html'}")


def _print_json(outcomes: list[Outcome], *, several: bool) -> None:
    from hingewise.render.document import analysis_json

    texts = [analysis_json(outcome.analysis) for outcome in outcomes]
    typer.echo("[" + ",\n".join(texts) + "]" if several else texts[0])


@contextmanager
def _stages(*, quiet: bool) -> Iterator[OnStage]:
    """A progress bar for each long stage, on stderr."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def on_stage(title: str, n_frames: int) -> Callable[[Progress], None]:
            # Loaded here, when the workers are busy: they need not wait for it.
            from hingewise.render.progress import frame_progress

            _stop_if_asked()
            stack.close()
            advance = stack.enter_context(frame_progress(title, n_frames, quiet=quiet))
            done = 0

            def tell(progress: Progress) -> None:
                nonlocal done
                _stop_if_asked()
                advance(progress.n_done - done)
                done = progress.n_done

            return tell

        yield on_stage


def _stop_if_asked() -> None:
    """Heed a wish to stop that was swallowed where it came."""
    if is_asked_to_stop():
        raise KeyboardInterrupt
