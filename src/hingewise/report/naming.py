"""Plain names: what each number, phase and exercise is called, and how numbers are written."""

from __future__ import annotations

from collections.abc import Iterable

DASH = "–"

FAST_REPETITION_S = 2.0

Tempo = tuple[float | None, ...]
"""Lengths of eccentric, bottom, concentric and lockout; None where not seen. [s]"""

_ANGLE_NAMES = {
    "trunk_thigh_flexion": "Hip fold",
    "trunk_inclination": "Trunk lean",
    "knee_flexion": "Knee bend",
    "lumbar_flexion": "Back rounding",
    "thigh_inclination": "Thigh lean",
    "shank_inclination": "Shin lean",
    "ankle_dorsiflexion": "Ankle bend",
    "elbow_flexion": "Elbow bend",
    "head_inclination": "Head lean",
}

_ANGLE_EXPLANATIONS = {
    "trunk_thigh_flexion": "shoulder–hip–knee, 0° when straight",
    "trunk_inclination": "shoulder–hip line from vertical, forward is positive",
    "knee_flexion": "hip–knee–ankle, 0° when straight",
    "lumbar_flexion": "estimated from the outline of the back, 0° as in standing",
    "thigh_inclination": "hip–knee line from vertical",
    "shank_inclination": "knee–ankle line from vertical",
    "ankle_dorsiflexion": "shin against foot, 0° as in standing",
    "elbow_flexion": "shoulder–elbow–wrist, 0° when straight",
    "head_inclination": "ear–shoulder line from vertical",
}

_MOMENT_NAMES = {
    "at_bottom": "at the bottom",
    "bottom": "at the bottom",
    "at_top": "at lockout",
    "top": "at lockout",
    "at_lockout": "at lockout",
    "lockout": "at lockout",
    "at_start": "at the start",
    "start": "at the start",
    "rom": "range",
    "range": "range",
    "max": "highest",
    "min": "lowest",
    "peak": "highest",
    "mean": "average",
    "change": "change",
    "rate_max": "top speed",
    "rate_peak": "top speed",
    "peak_rate": "top speed",
}

_PHASE_NAMES = {
    "eccentric": "Lowering",
    "bottom": "Bottom",
    "concentric": "Lifting",
    "lockout": "Lockout",
    "float": "Float",
}

_FAMILY_NAMES = {
    "hinge": "Hip hinge",
    "thrust": "Hip thrust",
    "none": "No exercise recognised",
}

_UNIT_SIGNS = {"deg": "°", "deg_s": "°/s", "deg/s": "°/s", "fraction": "", "s": " s"}


def explain_angle(name: str) -> str:
    """Return between what an angle is measured, or nothing for an unknown one."""
    return _ANGLE_EXPLANATIONS.get(name, "")


def phase_name(kind: str) -> str:
    """Return the name of a phase in plain words: ``eccentric`` is ``Lowering``."""
    return _PHASE_NAMES.get(kind, sentence_case(kind))


def name_of(measure: str) -> str:
    """Return what a measure is called in plain words.

    Examples
    --------
    >>> name_of("knee_flexion_at_bottom")
    'Knee bend at the bottom'
    >>> name_of("trunk_inclination_rom")
    'Trunk lean, range'
    >>> name_of("bar_path_drift")
    'Bar path drift'
    """
    for angle, name in _ANGLE_NAMES.items():
        if measure == angle:
            return name
        if measure.startswith(f"{angle}_"):
            rest = measure.removeprefix(f"{angle}_")
            moment = _MOMENT_NAMES.get(rest, rest.replace("_", " "))
            joint = " " if moment.startswith("at ") else ", "
            return f"{name}{joint}{moment}"
    return sentence_case(measure)


def exercise_name(exercise_id: str) -> str:
    """Return the readable name of an exercise or family: ``cable_pull_through``, ``hinge``."""
    if exercise_id in _FAMILY_NAMES:
        return _FAMILY_NAMES[exercise_id]
    from hingewise.library.load import load_library  # slow, too

    known = load_library().exercises.get(exercise_id)
    if known is not None:
        return known.name
    words = exercise_id.replace("_", " ").replace("-", " ").replace("pull through", "pull-through")
    return sentence_case(words)


def sentence_case(identifier: str) -> str:
    """Underscores to spaces, the first letter large."""
    words = identifier.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def as_sentence(text: str) -> str:
    """Return a reason as a full sentence; identifiers become words."""
    words = text if " " in text else text.replace("_", " ")
    words = sentence_case(words) if "_" not in words else words.strip()
    return words if not words or words[-1] in ".!?" else f"{words}."


def format_value(value: float | None, unit: str, *, sd: float | None = None) -> str:
    """Write a number with its unit and standard deviation; a dash where nothing was observed.

    Examples
    --------
    >>> format_value(84.26, "deg", sd=2.9)
    '84° ± 3'
    >>> format_value(None, "deg")
    '–'
    >>> format_value(1.42, "s")
    '1.4 s'
    """
    if value is None:
        return DASH
    number = f"{_rounded(value, unit)}{_UNIT_SIGNS.get(unit, f' {unit}')}"
    return number if sd is None else f"{number} ± {_rounded(sd, unit)}"


def _rounded(value: float, unit: str) -> str:
    if unit in ("deg", "deg_s", "deg/s"):
        return f"{round(value) + 0}".replace("-", "−")
    decimals = 2 if unit == "fraction" else 1
    return f"{round(value, decimals) + 0:.{decimals}f}".replace("-", "−")


def typical_tempo_s(tempos_s: Iterable[Tempo]) -> Tempo:
    """Return the median of each phase over the repetitions that show it."""
    from statistics import median  # slow to load, and this module is loaded for its words

    seen = ([part for part in parts if part is not None] for parts in zip(*tempos_s, strict=True))
    return tuple(median(parts) if parts else None for parts in seen)


def is_fast(typical_s: Tempo) -> bool:
    """Whether repetitions are so short that whole seconds say little of their tempo."""
    return sum(part for part in typical_s if part is not None) < FAST_REPETITION_S


def format_tempo(tempo_s: Tempo, *, fast: bool) -> str:
    """Write a tempo in the notation of the field; in tenths of a second where it is fast.

    Examples
    --------
    >>> format_tempo((2.9, 0.2, 1.1, None), fast=False)
    '3-0-1-x'
    >>> format_tempo((0.54, 0.04, 0.4, 0.66), fast=True)
    '0.5-0-0.4-0.7'
    """
    decimals = 1 if fast else 0
    texts = ("x" if part is None else f"{part:.{decimals}f}" for part in tempo_s)
    return "-".join("0" if text == "0.0" else text for text in texts)


def format_clock(time_s: float) -> str:
    """Time in a film: ``0:07.4``."""
    tenths = round(time_s * 10)
    return f"{tenths // 600}:{tenths % 600 // 10:02d}.{tenths % 10}"


def plural(n: int, singular: str, several: str | None = None) -> str:
    """``1 repetition``, ``3 repetitions``, ``no repetition``."""
    if n == 0:
        return f"no {singular}"
    return f"{n} {singular if n == 1 else several or singular + 's'}"
