"""The set in the terminal: a short table and one line of advice."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from hingewise.report.document import Analysis, Repetition
from hingewise.report.naming import (
    DASH,
    as_sentence,
    exercise_name,
    format_clock,
    format_value,
    name_of,
)
from hingewise.report.wording import given_by_user, summarise_set, view_headline

_N_MEASURES = 2


def print_summary(analysis: Analysis, console: Console | None = None) -> None:
    """Print the set as a table and one line of advice; plain text where colour is not wanted."""
    console = console or Console(highlight=False)
    console.print()
    console.print(Text(exercise_name(analysis.exercise.id), style="bold"))
    console.print(Text(summarise_set(analysis)))
    if analysis.repetitions:
        console.print(_table(analysis.repetitions))
    for rejected in analysis.rejected:
        span = f"{format_clock(rejected.start_s)}{DASH}{format_clock(rejected.end_s)}"
        console.print(Text(f"Not counted  {span}  {as_sentence(rejected.reason)}", style="dim"))
    for line in found_lines(analysis):
        console.print(Text(line))
    given = given_by_user(analysis)
    if given:
        console.print(Text(f"Noted  {', '.join(given)}", style="dim"))
    console.print(Text(f"View  {view_headline(analysis.view)}.", style="dim"))
    console.print(Text(f"→ {advice_line(analysis)}", style="bold"))


def found_lines(analysis: Analysis) -> list[str]:
    """Return what was found of the set, each fault with its because, and what was good."""
    present = [f for f in analysis.findings if f.repetition is None and f.verdict == "present"]
    present.sort(key=lambda f: f.fault != analysis.summary.top_fault)
    lines = [f"Found  {finding.title}: {as_sentence(finding.because)}" for finding in present]
    if analysis.summary.good:
        lines.append(f"Good  {' '.join(analysis.summary.good)}")
    if analysis.summary.technique_score is not None:
        sd = max(analysis.summary.technique_score_sd or 0.0, 1.0)
        lines.append(f"Technique  {analysis.summary.technique_score:.0f} of 100, ± {sd:.0f}")
    return lines


def advice_line(analysis: Analysis) -> str:
    """Return what to do next: the cue and the next set, else the camera, else what went wrong."""
    summary = analysis.summary
    if summary.top_cue and summary.next_step:
        return f"{as_sentence(summary.top_cue)} Next set: {summary.next_step}."
    candidates = (
        summary.top_cue,
        *analysis.view.advice,
        analysis.summary.next_step,
        *analysis.quality.warnings,
    )
    good = "The film is good: keep filming so."
    otherwise = (
        good if analysis.repetitions else "Film a whole set, from before its first repetition."
    )
    return next((as_sentence(text) for text in candidates if text), otherwise)


def _table(repetitions: tuple[Repetition, ...]) -> Table:
    measures = _telling_measures(repetitions)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("Rep", justify="right", style="bold")
    table.add_column("Tempo")
    for name in ("Down", "Up"):
        table.add_column(name, justify="right")
    for name in measures:
        table.add_column(name_of(name), justify="right", max_width=16)
    table.add_column("Note", overflow="fold")
    for repetition in repetitions:
        table.add_row(
            str(repetition.number),
            repetition.tempo,
            format_value(repetition.eccentric_s, "s"),
            format_value(repetition.concentric_s, "s"),
            *(_measure_text(repetition, name) for name in measures),
            escape(_note(repetition)),
        )
    return table


def _telling_measures(repetitions: tuple[Repetition, ...]) -> list[str]:
    """The first measures that at least one repetition shows."""
    seen = (name for r in repetitions for name, m in r.measures.items() if m.value is not None)
    return list(dict.fromkeys(seen))[:_N_MEASURES]


def _measure_text(repetition: Repetition, name: str) -> str:
    measure = repetition.measures.get(name)
    return DASH if measure is None else format_value(measure.value, measure.unit, sd=measure.sd)


def _note(repetition: Repetition) -> str:
    if not repetition.partial:
        return ""
    return f"partial: {repetition.partial_reason}" if repetition.partial_reason else "partial"
