"""Sentences: the set in one line, what the view allows, what could not be measured.

Wording only: every limit and every verdict is decided before it arrives here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from hingewise.assessment.assess import MIN_FRONT_YAW_DEG, MIN_SQUARE_YAW_DEG
from hingewise.report.document import Analysis, Repetition, View
from hingewise.report.measures import split_measure
from hingewise.report.naming import (
    as_sentence,
    format_tempo,
    format_value,
    is_fast,
    name_of,
    plural,
    typical_tempo_s,
)

_VIEW_HEADLINES = {
    "good": "Side view: angles can be trusted",
    "usable": "Slightly oblique view: angles are less certain",
    "counts_only": "Not a side view: repetitions are counted, form is not judged",
    "front": "From the front or behind: repetitions are counted; of form only knees and tempo",
    "square": "From the front or behind: repetitions are counted; of form knees, weight and tempo",
}

_VIEW_NAMES = {
    "good": ("Side view", "angles can be trusted"),
    "usable": ("Oblique", "angles are less certain"),
    "counts_only": ("Not from the side", "counted, form not judged"),
    "front": ("Front or back", "knees and tempo judged"),
    "square": ("Front or back", "knees, weight and tempo judged"),
}
"""What the camera's place is called, and what it allows, in few words."""

_FILM_FROM_THE_SIDE = (
    "Put the camera at hip height, a few steps away, at a right angle to the direction you face."
)

_NEEDS_STANDING = "Measured against standing upright, which this film does not show."
_COVERED_BACK = (
    "The outline of the back does not tell it surely: loose clothes, plates, the arms or an "
    "oblique view hide its shape."
)
_NEEDS_SIDE_VIEW = "The camera did not see the lifter from the side."

_MAX_LISTED = 3

_ALIKE_SD = 2.0
"""Two values closer than this many standard deviations are called alike."""

_WHOLE_BODY = (
    "Keep the whole body in the picture, feet included, from the first repetition to the last."
)


def typical_tempo(repetitions: Iterable[Repetition]) -> str:
    """Return the median tempo of the complete repetitions: ``2-0-1-1``; ``x`` is not seen."""
    complete = [repetition for repetition in repetitions if not repetition.partial]
    if not complete:
        return ""
    typical = typical_tempo_s(
        (
            r.eccentric_s,
            r.bottom_hold_s,
            r.concentric_s,
            r.lockout_s if r.lockout_s is not None else r.float_s,
        )
        for r in complete
    )
    return format_tempo(typical, fast=is_fast(typical))


def _median_s(durations_s: Iterable[float | None]) -> float | None:
    seen = [duration for duration in durations_s if duration is not None]
    return median(seen) if seen else None


def summarise_set(analysis: Analysis) -> str:
    """Return the set in one line: how many repetitions, how fast, how surely.

    Examples of the result: ``5 repetitions, tempo 2-0-1-1, lowering 1.9 s, lifting 1.1 s.``
    """
    if not analysis.repetitions:
        return _summarise_nothing(analysis)
    summary = analysis.summary
    parts = [plural(summary.n_repetitions, "repetition")]
    if summary.n_partial:
        parts.append(f"{summary.n_partial} partial")
    tempo = typical_tempo(analysis.repetitions)
    if tempo:
        parts.append(f"tempo {tempo}")
    complete = [r for r in analysis.repetitions if not r.partial]
    for name, durations in (
        ("lowering", [r.eccentric_s for r in complete]),
        ("lifting", [r.concentric_s for r in complete]),
    ):
        typical = _median_s(durations)
        if typical is not None:
            parts.append(f"{name} {typical:.1f} s")
    line = ", ".join(parts)
    return f"{line[:1].upper()}{line[1:]}."


def describe_consistency(analysis: Analysis) -> str:
    """Return whether the repetitions were alike in depth, as far as the film can tell that."""
    complete = [r for r in analysis.repetitions if not r.partial]
    depth = {
        r.number: measure
        for r in complete
        for name, measure in list(r.measures.items())[:1]
        if measure.value is not None and measure.sd is not None
    }
    if len(depth) < 2 or analysis.view.verdict == "counts_only":
        return ""
    values = {number: measure.value or 0.0 for number, measure in depth.items()}
    deepest, shallowest = max(values, key=values.__getitem__), min(values, key=values.__getitem__)
    doubt = max(measure.sd or 0.0 for measure in depth.values())
    if values[deepest] - values[shallowest] <= _ALIKE_SD * doubt:
        return "All went equally deep, as far as this film can tell."
    unit = depth[deepest].unit
    low, high = (format_value(values[n], unit) for n in (shallowest, deepest))
    return (
        f"Repetition {deepest} went deepest ({high}), repetition {shallowest} least deep ({low})."
    )


def _summarise_nothing(analysis: Analysis) -> str:
    n = len(analysis.rejected)
    if n == 0:
        return "No repetition was found in this film."
    return f"No repetition was found; {plural(n, 'movement')} did not count as one."


def advise_view(
    verdict: str,
    *,
    yaw_deg: float | None = None,
    feet_cut_off: bool = False,
    tilt_deg: float | None = None,
    camera_moves: bool = False,
) -> tuple[str, ...]:
    """Return what to do about the camera next time; empty when nothing needs to change.

    ``tilt_deg`` is how far the camera seems tilted, None where that is not worth a word.
    """
    advice: list[str] = []
    if verdict == "usable":
        turn = "" if yaw_deg is None else f" The camera stood about {abs(round(yaw_deg))}° off it."
        advice.append(f"Film exactly from the side.{turn} {_FILM_FROM_THE_SIDE}")
    elif verdict == "counts_only":
        advice.append(f"Film from the side to have your form measured. {_FILM_FROM_THE_SIDE}")
    if feet_cut_off:
        advice.append(_WHOLE_BODY)
    if tilt_deg is not None:
        advice.append(_level_the_camera(tilt_deg, corrected=verdict != "counts_only"))
    if camera_moves:
        advice.append("Lean the phone on something: the camera moved while you trained.")
    return tuple(advice)


def _level_the_camera(tilt_deg: float, *, corrected: bool) -> str:
    tilt = f"Hold the camera level: the picture seems tilted by about {abs(round(tilt_deg))}°."
    return f"{tilt} Angles from the vertical are corrected for most of it." if corrected else tilt


def describe_absences(absences_s: Sequence[tuple[float, float]]) -> str:
    """Return when the lifter was out of sight, the longest absences if there are many."""
    longest = sorted(absences_s, key=lambda span: span[0] - span[1])[:_MAX_LISTED]
    spans = ", ".join(f"{start_s:.1f} to {end_s:.1f} s" for start_s, end_s in sorted(longest))
    n_more = len(absences_s) - len(longest)
    more = f", and {n_more} more times" if n_more > 1 else ", and once more" if n_more else ""
    return (
        f"The lifter was out of sight from {spans}{more}: a repetition done meanwhile is missing, "
        "or counts as partial."
    )


def given_by_user(analysis: Analysis) -> tuple[str, ...]:
    """What the user noted of the set, as it was written: load, body height, body mass."""
    given = analysis.provenance.parameters
    return tuple(str(given[name]) for name in ("load", "height", "body_mass") if given.get(name))


def view_headline(view: View) -> str:
    """Return what the view allows, as a headline."""
    return _VIEW_HEADLINES[_kind_of_view(view)]


def name_view(view: View) -> tuple[str, str]:
    """Return what the camera's place is called and what it allows."""
    return _VIEW_NAMES[_kind_of_view(view)]


def _kind_of_view(view: View) -> str:
    yaw_deg = 0.0 if view.yaw_deg is None else abs(view.yaw_deg)
    if yaw_deg < MIN_FRONT_YAW_DEG:
        return view.verdict
    return "square" if yaw_deg >= MIN_SQUARE_YAW_DEG else "front"


def describe_view(view: View) -> str:
    """Return where the camera stood, in one sentence."""
    if view.yaw_deg is None:
        return "Where the camera stood could not be told."
    off = abs(round(view.yaw_deg))
    sd = "" if view.yaw_sd_deg is None else f" ± {round(view.yaw_sd_deg)}°"
    seen = {"left": "your left side", "right": "your right side"}.get(view.near_side, "one side")
    return f"The camera stood about {off}°{sd} off a true side view and saw {seen}."


def explain_no_angles(view: View) -> str:
    """Return why a film shows no angle at all."""
    if view.verdict == "counts_only":
        return f"No angle was measured: {_NEEDS_SIDE_VIEW[0].lower()}{_NEEDS_SIDE_VIEW[1:]}"
    return "No angle was measured: the joints were never seen clearly enough."


def why_no_back(back_zero: str) -> str:
    """Return why the back is not told in a view from the side."""
    return _COVERED_BACK if back_zero else _NEEDS_STANDING


def unmeasured(analysis: Analysis, *, unseen: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return what could not be measured, as pairs of what and why; each reason once.

    Parameters
    ----------
    analysis
        The document.
    unseen
        Plain names of the angles that the film never shows.
    """
    by_reason: dict[str, dict[str, None]] = {}
    for finding in analysis.findings:
        if finding.verdict == "undetermined" and finding.repetition is None:
            what = finding.title
            by_reason.setdefault(as_sentence(finding.reason), {})[what] = None
    never = (
        _NEEDS_SIDE_VIEW if analysis.view.verdict == "counts_only" else "Never seen in this film."
    )
    no_back = why_no_back(analysis.quality.back_zero)
    no_back = never if analysis.view.verdict == "counts_only" else no_back
    for name in unseen:
        reason = no_back if name == name_of("lumbar_flexion") else never
        by_reason.setdefault(reason, {})[name] = None
    for name, numbers in _missing_measures(analysis).items():
        everywhere = len(numbers) == len(analysis.repetitions)
        what = name_of(split_measure(name)[0] if everywhere else name)
        reason = never if everywhere else f"Not seen in {_number_list(numbers)}."
        if everywhere and name.startswith("lumbar_flexion"):
            reason = no_back
        by_reason.setdefault(reason, {})[what] = None
    return tuple((", ".join(names), reason) for reason, names in by_reason.items())


def _missing_measures(analysis: Analysis) -> dict[str, list[int]]:
    missing: dict[str, list[int]] = {}
    for repetition in analysis.repetitions:
        for name, measure in repetition.measures.items():
            if measure.value is None:
                missing.setdefault(name, []).append(repetition.number)
    return missing


def _number_list(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"repetition {numbers[0]}"
    head = ", ".join(str(number) for number in numbers[:-1])
    return f"repetitions {head} and {numbers[-1]}"
