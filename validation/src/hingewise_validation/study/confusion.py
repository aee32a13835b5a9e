"""Counts of what was said of faults beside what is true, and the bars that they must reach."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from hingewise.assessment.types import Verdict

from hingewise_validation.study.bars import Bar
from hingewise_validation.study.cast import load_cast
from hingewise_validation.study.technique import CLEAR_SHARE, JudgedFilm, JudgedRepetition, fault_of

CLEAR_BEYOND = 1.0 / 3.0
"""A fault is clear where the truth lies this far beyond its limit, in spans from the limit to severe: about where the
product calls it clear. Nearer to the limit, on both sides, is borderline."""

CLEAR_ROUNDING_DEG = 30.0
"""A back rounds clearly that is bent so much further than is usual in the movement."""

MAX_YAW_DEG, FRONT_DEG = 15.0, 90.0
"""A usual camera stands so near to the side, or to straight before the lifter."""

BACK = "rounding_back"
FRONT = ("knees_cave", "uneven_weight", "lost_coordination")
BY_COMMAND = ("head_thrown_back",)
"""What the kept truth does not tell is as true as it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """One fault: repetitions by truth (clear, borderline, none) and by what was said."""

    fault: str
    counts: Counter[tuple[str, Verdict]] = field(default_factory=Counter)

    def n(self, truth: str, verdict: Verdict | None = None) -> int:
        """How many repetitions."""
        return sum(c for (t, v), c in self.counts.items() if t == truth and verdict in (None, v))

    @property
    def false_alarms(self) -> int:
        """Said to be there where the truth lies within the limit."""
        return self.n("none", Verdict.PRESENT) + self.n("within", Verdict.PRESENT)


def truth_of(repetition: JudgedRepetition, fault: str) -> float:
    """How far the truth lies beyond the limit of a fault; NaN where that is unknown."""
    if fault not in BY_COMMAND:
        return repetition.truth.get(fault, float("nan"))
    made = max((s for name, s in repetition.strength.items() if fault_of(name) == fault), default=0.0)
    return 1.0 if made >= CLEAR_SHARE else -1.0 if made == 0.0 else 0.0


def label_of(repetition: JudgedRepetition, fault: str) -> str:
    """clear, beyond or within (both borderline), none, or unknown."""
    beyond = truth_of(repetition, fault)
    if fault == BACK and beyond >= 0:
        return "clear" if repetition.rounding_added_deg >= CLEAR_ROUNDING_DEG else "beyond"
    return _label(beyond)


def _label(beyond: float) -> str:
    if not np.isfinite(beyond):
        return "unknown"
    if abs(beyond) < CLEAR_BEYOND:
        return "beyond" if beyond >= 0 else "within"
    return "clear" if beyond > 0 else "none"


def is_test(film: JudgedFilm) -> bool:
    """Whether nothing was fitted on its body."""
    return film.split == "test"


def is_usual(film: JudgedFilm) -> bool:
    """Tight to normal clothes, from within 15 degrees of the side, or of the front for what only that shows."""
    close = load_cast().outfits[film.spec.outfit].fit != "loose"
    off_deg = min(abs(film.spec.yaw_deg), abs(abs(film.spec.yaw_deg) - FRONT_DEG))
    return close and off_deg <= MAX_YAW_DEG


def is_from_the_side(film: JudgedFilm) -> bool:
    """Whether angles are judged: before another camera few alarms can be false."""
    return abs(film.spec.yaw_deg) <= MAX_YAW_DEG


def confuse(films: Iterable[JudgedFilm]) -> dict[str, Confusion]:
    """The confusion of every fault, by its name in the library."""
    table: dict[str, Confusion] = {}
    for film in films:
        for repetition in film.repetitions:
            for fault, verdict in repetition.verdict.items():
                label = label_of(repetition, fault)
                table.setdefault(fault, Confusion(fault=fault)).counts[label, verdict] += 1
    return dict(sorted(table.items()))


def confuse_sets(films: Iterable[JudgedFilm]) -> dict[str, Confusion]:
    """The confusion of every check that only the whole set shows, by its id."""
    table: dict[str, Confusion] = {}
    for film in films:
        for check, verdict in film.whole_verdict.items():
            label = _label(film.whole_truth.get(check, float("nan")))
            table.setdefault(check, Confusion(fault=check)).counts[label, verdict] += 1
    return dict(sorted(table.items()))


def f1(parts: Sequence[Confusion], *, of_decided: bool = False) -> float:
    """F1 over clear faults and everything within the limits; what is not told counts as missed, or not at all."""
    hit = sum(c.n("clear", Verdict.PRESENT) for c in parts)
    missed = sum(c.n("clear", Verdict.ABSENT) for c in parts)
    untold = 0 if of_decided else sum(c.n("clear", Verdict.UNDETERMINED) for c in parts)
    alarms = sum(c.false_alarms for c in parts)
    return 2 * hit / max(1, 2 * hit + missed + untold + alarms)


def alarmed(films: Iterable[JudgedFilm]) -> tuple[int, int]:
    """Clean repetitions, within every limit that applies to them, and those of them with any fault said to be there."""
    n = n_alarmed = 0
    for film in films:
        for repetition in film.repetitions:
            beyond = [truth_of(repetition, fault) for fault in repetition.verdict]
            if repetition.partial or any(b >= 0 for b in beyond):
                continue
            n += 1
            n_alarmed += Verdict.PRESENT in repetition.verdict.values()
    return n, n_alarmed


def measure_technique_bars(films: Sequence[JudgedFilm]) -> list[Bar]:
    """Every bar on the test bodies."""
    usual = [film for film in films if is_test(film) and is_usual(film)]
    table = confuse(usual)
    groups: tuple[tuple[str, float, Callable[[str], bool]], ...] = (
        ("geometric faults", 0.95, lambda fault: fault != BACK and fault not in FRONT),
        ("back rounding", 0.90, lambda fault: fault == BACK),
        ("faults seen from the front", 0.85, lambda fault: fault in FRONT),
    )
    bars = []
    for what, bar, belongs in groups:
        parts = [c for fault, c in table.items() if belongs(fault)]
        found, decided = f1(parts), f1(parts, of_decided=True)
        bars.append(
            Bar(
                what=f"{what}: F1 at clear strength, what is not told counted as missed",
                bar=f">= {bar:.2f}",
                found=f"{found:.3f} ({decided:.3f} of what is told)",
                reached=found >= bar,
            )
        )
    n, n_alarmed = alarmed(film for film in usual if is_from_the_side(film))
    share = n_alarmed / max(n, 1)
    return [
        *bars,
        Bar(
            what="clean repetitions, from the side, with any false alarm",
            bar="<= 2 %",
            found=f"{100 * share:.1f}% ({n_alarmed} of {n})",
            reached=share <= 0.02,
        ),
        _borderline_bar(list(table.values())),
        *_places_bars([film for film in films if film.spec.block == "places"]),
    ]


def technique_figures(films: Sequence[JudgedFilm]) -> dict[str, float]:
    """What tests hold the product to, of the test bodies."""
    usual = [film for film in films if is_test(film) and is_usual(film)]
    table = confuse(usual)
    rest = [c for fault, c in table.items() if fault != BACK and fault not in FRONT]
    n, n_alarmed = alarmed(film for film in usual if is_from_the_side(film))
    return {
        "geometric_f1": round(f1(rest), 4),
        "geometric_f1_of_told": round(f1(rest, of_decided=True), 4),
        "back_f1": round(f1([table[BACK]]), 4),
        "front_f1": round(f1([table[fault] for fault in FRONT if fault in table]), 4),
        "alarmed_share": round(n_alarmed / max(n, 1), 4),
    }


def _borderline_bar(parts: Sequence[Confusion]) -> Bar:
    wrong = sum(c.n("beyond", Verdict.ABSENT) + c.n("within", Verdict.PRESENT) for c in parts)
    untold = sum(c.n(side, Verdict.UNDETERMINED) for c in parts for side in ("beyond", "within"))
    n = sum(c.n(side) for c in parts for side in ("beyond", "within"))
    return Bar(
        what="borderline strength: rather not told than wrong",
        bar="wrong < not told",
        found=f"{untold} not told, {wrong} wrong, of {n}",
        reached=wrong < untold,
    )


def _places_bars(films: Sequence[JudgedFilm]) -> list[Bar]:
    """The same sets from two yaws and two heights: the same verdicts, and the score."""
    sets: dict[str, list[JudgedFilm]] = {}
    for film in films:
        sets.setdefault("_".join(film.spec.id.split("_")[:2]), []).append(film)
    contrary, spread = [], []
    for name, same in sets.items():
        for fault in same[0].of_set:
            said = {film.of_set.get(fault) for film in same}
            if {Verdict.PRESENT, Verdict.ABSENT} <= said:
                contrary.append(f"{name}: {fault}")
        scores = [film.score for film in same if np.isfinite(film.score)]
        spread.append(max(scores) - min(scores) if scores else float("nan"))
    return [
        Bar(
            what="the same set from two yaws and two heights: no verdict of the set contrary",
            bar="0",
            found=f"{len(contrary)} of {sum(len(same[0].of_set) for same in sets.values())} ({', '.join(contrary)})",
            reached=not contrary,
        ),
        Bar(
            what="the same set from two yaws and two heights: score",
            bar="within 5 points",
            found=", ".join(f"{value:.1f}" for value in spread),
            reached=bool(np.nanmax(spread) <= 5.0),
        ),
    ]
