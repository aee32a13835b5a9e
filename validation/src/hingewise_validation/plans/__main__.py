"""Ten thousand answer sets: every plan is checked, timed and made twice; writes docs/plans.md."""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from pathlib import Path

from hingewise.library.load import load_library
from hingewise.planner.build import build_plan
from hingewise.training.answers import Answers
from hingewise.training.plan import Plan
from hypothesis import HealthCheck, given, settings

from hingewise_validation.plans.check import problems_of
from hingewise_validation.plans.draw import answer_sets

N_SETS = 10_000
PAGE = Path("docs/plans.md")
LIMIT_S = 0.05
MS = 1000.0


class Tally:
    """What was found so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.times_s: list[float] = []
        self.broken: Counter[str] = Counter()
        self.n_lines = 0
        self.n_explained = 0
        self.n_without = 0
        self.sizes: Counter[int] = Counter()

    def add(self, answers: Answers, plan: Plan, time_s: float, problems: list[str]) -> None:
        """Count one plan."""
        del answers
        self.times_s.append(time_s)
        self.broken.update(problems)
        reasons = [line.because for line in plan.lines]
        reasons += [drill.because for session in plan.sessions for drill in session.warm_up]
        self.n_lines += len(reasons)
        self.n_explained += sum(bool(each) and all(one.rule and one.sources for one in each) for each in reasons)
        self.n_without += not plan.sessions
        self.sizes[len(plan.lines)] += 1


def main() -> None:
    """Check and time them, and write the page."""
    library, tally = load_library(), Tally()
    build_plan(_first(), library)  # what is read once is read

    @settings(
        max_examples=N_SETS,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(answers=answer_sets(library))
    def one(answers: Answers) -> None:
        begun = time.process_time()
        plan = build_plan(answers, library)
        time_s = time.process_time() - begun
        tally.add(answers, plan, time_s, problems_of(plan, answers, library))

    gc.collect()
    gc.disable()  # else the garbage of the checks counts as time of plans
    one()
    PAGE.write_text(_page(tally), encoding="utf-8")
    sys.stdout.write(_page(tally))
    sys.exit(bool(tally.broken) or tally.n_explained < tally.n_lines)


def _first() -> Answers:
    return Answers(goal="learn", experience="none", days=2, minutes=45)


def _page(tally: Tally) -> str:
    times = sorted(tally.times_s)
    n_plans = len(times)
    over = sum(each > LIMIT_S for each in times)
    rows = [
        ("answer sets", f"{n_plans}"),
        ("plans that break a promise", f"{sum(tally.broken.values())}"),
        ("lines and drills", f"{tally.n_lines}"),
        ("of them explained by rule and source", f"{tally.n_explained}"),
        ("answer sets without a plan, and told why", f"{tally.n_without}"),
        ("median time of a plan, of the processor", f"{times[n_plans // 2] * MS:.1f} ms"),
        ("99th percentile", f"{times[int(0.99 * n_plans)] * MS:.1f} ms"),
        ("longest", f"{times[-1] * MS:.1f} ms"),
        (f"longer than {LIMIT_S * MS:.0f} ms", f"{over}"),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    broken = "\n".join(f"- {count} times: {said}" for said, count in tally.broken.most_common(20))
    return (
        "# Plans for any answers\n\n"
        "Written by `make plans`: random answer sets (hypothesis, seeded). Of each plan the time, the\n"
        "sets, the equipment, the conditions, the doses, the loads and the reasons are worked out\n"
        "anew from the library and the answers (`validation/.../plans/check.py`), and it is made twice.\n\n"
        f"| | |\n|---|---|\n{table}\n" + (f"\n{broken}\n" if broken else "")
    )


if __name__ == "__main__":
    main()
