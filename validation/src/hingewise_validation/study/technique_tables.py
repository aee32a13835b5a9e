"""Tables of what was said of technique, for docs/accuracy.md."""

from collections.abc import Mapping, Sequence

import numpy as np
from hingewise.assessment.technique import checks_by_id
from hingewise.assessment.types import Verdict
from hingewise.library.load import load_library

from hingewise_validation.bench_document import format_table
from hingewise_validation.study.confusion import (
    Confusion,
    confuse,
    confuse_sets,
    f1,
    is_test,
    is_usual,
    measure_technique_bars,
    truth_of,
)
from hingewise_validation.study.technique import JudgedFilm

_EXPLANATION = (
    "Every repetition is judged twice by the same checks: from the film, and from what is true of it. A fault is "
    "*clear* where the truth lies beyond its limit by a third of the way from the limit to severe, *borderline* "
    "where it is nearer to the limit on either side, and else not there. A back is clearly round that was bent 30 "
    "degrees further than is usual in the movement. Where the head points is not kept: there, two "
    "thirds of the fault's range are clear. Test bodies, tight to normal clothes, within 15 degrees of the side "
    "(or of straight before, for what only that shows), the exercise named. Experts who look at such films agree on "
    "64 to 100 % of such items (BIOMECHANICS 3)."
)

WHOLE = {
    "getting_worse": "Range, speed and lockout get worse",
    "rounding_more": "The back rounds more and more",
    "uneven": "Uneven repetitions",
}
SAID = (Verdict.PRESENT, Verdict.UNDETERMINED, Verdict.ABSENT)
DISTANCE_BINS = (-np.inf, -3.0, -2.0, -1.0, 1.0, 2.0, 3.0, np.inf)


def technique_section(films: Sequence[JudgedFilm]) -> str:
    """All tables; the bodies are those that nothing was fitted on."""
    test = [film for film in films if is_test(film)]
    usual = [film for film in test if is_usual(film)]
    yaw = [film for film in test if film.spec.block == "yaw"]
    parts = [
        "## Technique",
        _EXPLANATION,
        format_table(
            ["what", "bar", "found", ""],
            [
                [bar.what, bar.bar, bar.found, "" if bar.reached else "**not reached**"]
                for bar in measure_technique_bars(films)
            ],
        ),
        "### By fault",
        _confusion_table(confuse(usual), {fault.id: fault.name for fault in load_library().faults.values()}),
        "### Over the whole set",
        "What no single repetition shows, by sets; they do not count in the bars.",
        _confusion_table(confuse_sets(usual), WHOLE),
        "### By the camera's yaw",
        "Clean sets from nine places: of all that was judged, what was not told and what was wrongly said to be there.",
        _yaw_table(yaw),
        "### Calibration",
        "Where the measure lies, in its own sd from the limit, and how often the truth lies beyond the limit there.",
        _calibration_table(usual),
    ]
    return "\n\n".join(parts)


def _confusion_table(table: Mapping[str, Confusion], names: Mapping[str, str]) -> str:
    said = ("said", "not told", "denied")
    head = ["fault", *(f"{truth}: {word}" for truth in ("clear", "borderline", "none") for word in said), "F1"]
    rows = []
    for fault, part in table.items():
        clear = [str(part.n("clear", verdict)) for verdict in SAID]
        border = [str(part.n("beyond", verdict) + part.n("within", verdict)) for verdict in SAID]
        none = [str(part.n("none", verdict)) for verdict in SAID]
        score = f"{f1([part]):.2f}" if part.n("clear") else ""
        rows.append([names[fault], *clear, *border, *none, score])
    return format_table(head, rows)


def _yaw_table(films: Sequence[JudgedFilm]) -> str:
    rows = []
    for yaw_deg in sorted({film.spec.yaw_deg for film in films}):
        said = [v for f in films if f.spec.yaw_deg == yaw_deg for r in f.repetitions for v in r.verdict.values()]
        shares = [f"{100 * sum(v is verdict for v in said) / max(len(said), 1):.1f} %" for verdict in SAID]
        rows.append([f"{yaw_deg:+.0f}", str(len(said)), shares[1], shares[0]])
    return format_table(["yaw", "judged", "not told", "said to be there"], rows)


def _calibration_table(films: Sequence[JudgedFilm]) -> str:
    """How sure a verdict may be of itself."""
    checks = checks_by_id()
    distance, beyond = [], []
    for film in films:
        for repetition in film.repetitions:
            for name, (value, sd) in repetition.measured.items():
                check = checks[name]
                truth = truth_of(repetition, check.fault)
                alone = sum(checks[other].fault == check.fault for other in repetition.measured) == 1
                if alone and np.isfinite(value) and sd > 0 and np.isfinite(truth):
                    distance.append(check.sign * (value - check.limit) / sd)
                    beyond.append(truth >= 0)
    place = np.digitize(distance, DISTANCE_BINS) - 1
    true = np.array(beyond)
    rows = []
    for number, (low, high) in enumerate(zip(DISTANCE_BINS[:-1], DISTANCE_BINS[1:], strict=True)):
        inside = true[place == number]
        span = (
            f"below {high:+.0f}"
            if np.isinf(low)
            else f"above {low:+.0f}"
            if np.isinf(high)
            else f"{low:+.0f} to {high:+.0f}"
        )
        share = f"{100 * inside.mean():.1f} %" if inside.size else ""
        rows.append([span, str(inside.size), share])
    return format_table(["from the limit, in sd", "repetitions", "truly beyond"], rows)
