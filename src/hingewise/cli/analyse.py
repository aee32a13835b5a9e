"""``hingewise analyze``: films or stored tracks in, reports out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hingewise.errors import HingewiseError, OptionError

if TYPE_CHECKING:
    from hingewise.app.analyse import OnStage, Outcome, Request
    from hingewise.capture.estimator import Progress

Videos = Annotated[
    list[Path],
    typer.Argument(
        metavar="VIDEO...", help="Films, or stored tracks (.parquet, .trc, OpenPose folder)."
    ),
]
Exercise = Annotated[
    str, typer.Option(help="What was trained: an id such as pull_through, or auto to recognise it.")
]
Load = Annotated[str, typer.Option(help='The load, noted in the report: "cable 40 kg".')]
BodyMass = Annotated[str, typer.Option(help="Your body mass: 75kg or 165lb.")]
Height = Annotated[str, typer.Option(help="Your height, for lengths in metres: 175cm or 69in.")]
Out = Annotated[
    Path | None, typer.Option(help="Folder for the results (default: VIDEO.hingewise/).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print analysis.json and nothing else.")]
NoFilm = Annotated[bool, typer.Option("--no-film", help="Do not draw annotated.mp4.")]
Workers = Annotated[int, typer.Option(min=0, help="Processes; 0 takes one per processor.")]
SlowMotion = Annotated[
    float,
    typer.Option(min=0.1, max=100.0, help="Film seconds per real second, for slowed-down films."),
]
Rate = Annotated[float | None, typer.Option(help="Frames per second of an OpenPose folder.")]


def analyze(
    videos: Videos,
    exercise: Exercise = "auto",
    load: Load = "",
    body_mass: BodyMass = "",
    height: Height = "",
    out: Out = None,
    as_json: AsJson = False,
    no_film: NoFilm = False,
    trc: Annotated[bool, typer.Option("--trc", help="Also write pose.trc.")] = False,
    mot: Annotated[
        bool, typer.Option("--mot", help="Also write kinematics.mot (OpenSim).")
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Also write kinematics.csv.")] = False,
    workers: Workers = 0,
    slow_motion: SlowMotion = 1.0,
    rate: Rate = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Watch a filmed set: count it, measure it, and write a report."""
    from hingewise.app.analyse import Request
    from hingewise.app.outputs import Exports
    from hingewise.library.families import find_exercise
    from hingewise.units import KG_PER_UNIT, M_PER_UNIT, parse_quantity

    chosen = None if exercise.strip().lower() == "auto" else find_exercise(exercise)
    stature_m = parse_quantity(height, M_PER_UNIT, name="height", default="cm") if height else None
    mass_kg = (
        parse_quantity(body_mass, KG_PER_UNIT, name="body-mass", default="kg")
        if body_mass
        else None
    )
    _check_body(stature_m, mass_kg)
    given: dict[str, float | int | str] = {"load": load} if load else {}
    given |= {"height": height, "stature_m": stature_m} if stature_m else {}
    given |= {"body_mass": body_mass, "body_mass_kg": mass_kg} if mass_kg else {}
    requests = [
        Request(
            source=video,
            out=_out_folder(video, out, several=len(videos) > 1),
            exercise=chosen,
            stature_m=stature_m,
            slow_motion=slow_motion,
            n_workers=workers,
            rate_hz=rate,
            exports=Exports(film=not no_film, trc=trc, mot=mot, csv=csv),
            parameters=given,
        )
        for video in videos
    ]
    _run(requests, as_json=as_json, debug=debug)


MIN_STATURE_M, MAX_STATURE_M = 0.9, 2.6
MIN_MASS_KG, MAX_MASS_KG = 20.0, 400.0


def _check_body(stature_m: float | None, mass_kg: float | None) -> None:
    if stature_m is not None and not MIN_STATURE_M <= stature_m <= MAX_STATURE_M:
        raise OptionError(
            f"--height: expected {MIN_STATURE_M:g} to {MAX_STATURE_M:g} m, got {stature_m:g} m.",
            hint="Write it with its unit: 175cm or 69in.",
        )
    if mass_kg is not None and not MIN_MASS_KG <= mass_kg <= MAX_MASS_KG:
        raise OptionError(
            f"--body-mass: expected {MIN_MASS_KG:g} to {MAX_MASS_KG:g} kg, got {mass_kg:g} kg.",
            hint="Write it with its unit: 75kg or 165lb.",
        )


def _out_folder(video: Path, out: Path | None, *, several: bool) -> Path:
    name = f"{video.stem}.hingewise"
    if out is None:
        return video.parent / name
    return out / name if several else out


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
            if len(requests) == 1 or debug or error.exit_code == 130:
                raise
            typer.echo(f"hingewise: {error.one_line()}", err=True)
            worst = error if worst is None or error.exit_code > worst.exit_code else worst
            continue
        outcomes.append(outcome)
        if not as_json:
            _show(outcome)
    if as_json:
        _print_json(outcomes, several=len(requests) > 1)
    if worst is not None:
        raise typer.Exit(worst.exit_code)


def _show(outcome: Outcome) -> None:
    from hingewise.render.terminal import print_summary

    print_summary(outcome.analysis)
    typer.echo(f"Report  {outcome.folder / 'report.html'}")


def _print_json(outcomes: list[Outcome], *, several: bool) -> None:
    from hingewise.render.document import analysis_json

    texts = [analysis_json(outcome.analysis) for outcome in outcomes]
    typer.echo("[" + ",\n".join(texts) + "]" if several else texts[0])


@contextmanager
def _stages(*, quiet: bool) -> Iterator[OnStage]:
    """A progress bar for each long stage, on stderr."""
    from contextlib import ExitStack

    from hingewise.render.terminal import frame_progress

    with ExitStack() as stack:

        def on_stage(title: str, n_frames: int) -> Callable[[Progress], None]:
            stack.close()
            advance = stack.enter_context(frame_progress(title, n_frames, quiet=quiet))
            done = 0

            def tell(progress: Progress) -> None:
                nonlocal done
                advance(progress.n_done - done)
                done = progress.n_done

            return tell

        yield on_stage
