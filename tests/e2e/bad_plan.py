"""Answers that cannot be followed, plans that are not there, words that a plan does not know."""

from __future__ import annotations

from pathlib import Path

from hingewise.render.document import save_analysis
from tests.builders_plans import following, make_answers, make_plan, quick_url
from tests.e2e.bad_input import BadInput, Prepare
from tests.e2e.bad_journal import PLACE

GOOD = 'goal = "learn"\nexperience = "none"\ndays = 2\nminutes = 45\n'
NEW = ("plan", "new", "--answers", "answers.toml")
JOURNAL = frozenset({"journal.sqlite"})
"""It is made where there was none."""


def _answers(content: str | bytes) -> Prepare:
    data = content if isinstance(content, bytes) else content.encode()
    return lambda folder: (folder / "answers.toml").write_bytes(data)


def _bad(title: str, content: str | bytes, *says: str, lists: tuple[str, ...] = ()) -> BadInput:
    return BadInput(
        title=title,
        command=NEW,
        says=says,
        lists=lists,
        prepare=_answers(content),
        env=PLACE,
    )


def _with_plan(folder: Path) -> None:
    from datetime import datetime

    from hingewise.training.plan import KeptPlan
    from tests.builders_plans import new_id

    now = datetime.now().astimezone()
    plan = make_plan(make_answers(goal="learn"))
    with following(quick_url(folder)) as one:
        one.plans.add(KeptPlan(id=new_id(), made_at=now, started_on=now.date(), plan=plan))


def _with_entry(folder: Path) -> None:
    with following(quick_url(folder)) as one:
        one.do("romanian deadlift 3x8 @ 60 kg", 0)


def _with_film(folder: Path) -> None:
    _with_entry(folder)
    (folder / "set.mp4").write_bytes(b"film")


def _with_results(folder: Path) -> None:
    from tests.builders_report import make_set

    _with_entry(folder)
    (folder / "set.hingewise").mkdir()
    save_analysis(make_set(3).analysis, folder / "set.hingewise" / "analysis.json")


def _asked(title: str, *command: str, says: tuple[str, ...]) -> BadInput:
    return BadInput(title=title, command=command, says=says, prepare=_with_plan, env=PLACE)


PLAN = (
    _bad(
        "answers that are no TOML", "goal = learn\n", "answers.toml: expected TOML or JSON, got: "
    ),
    _bad(
        "answers that are a film", b"\x00\x00\x00\x18ftypmp42\xff\xfe" * 99, "expected TOML or JSON"
    ),
    _bad("ten megabytes of answers", b"x" * 10_000_000, "answers of up to 1000000 bytes, got more"),
    _bad("brackets without end", "a = " + "[" * 90_000, "expected TOML or JSON, got: "),
    BadInput(
        title="answers that are a folder",
        command=NEW,
        says=("answers.toml: expected answers, got: Is a directory", "hingewise plan questions"),
        prepare=lambda folder: (folder / "answers.toml").mkdir(),
        env=PLACE,
    ),
    _bad(
        "a question that nobody asked",
        GOOD + "age = 40\n",
        "answers.toml: age: expected one of goal, experience, days, minutes",
        "hingewise plan questions shows what can be answered",
    ),
    _bad("nine days a week", GOOD.replace("2", "9"), "days: expected 1 to 6 a week, got 9"),
    _bad("five minutes", GOOD.replace("45", "5"), "minutes: expected 15 to 120, got 5"),
    _bad(
        "a thing that nobody knows",
        GOOD + 'equipment = ["kettlebel"]\n',
        "equipment: expected something that is known here, got 'kettlebel'; "
        "did you mean kettlebell?",
    ),
    _bad(
        "allowed, but not there",
        GOOD + 'cleared = ["knee_pain"]\n',
        "cleared: expected only conditions that are there, got ['knee_pain']",
    ),
    _bad(
        "three days of two",
        GOOD + 'weekdays = ["monday", "wednesday", "friday"]\n',
        "weekdays: expected as many as days (2), got 3",
    ),
    _bad(
        "a lift that nobody can read",
        GOOD + 'loads = ["RDL @ 60 kg"]\n',
        "loads: 'RDL @ 60 kg': expected sets and repetitions behind 'RDL'",
    ),
    _bad(
        "a barbell without a step",
        GOOD + "[kit.barbell]\nstep = 0\n",
        "kit.barbell: expected loads of barbell from least to most by a step of more than nothing",
    ),
    _bad(
        "several mistakes at once",
        GOOD.replace("2", "9").replace("45", "5"),
        "answers.toml: expected answers to the eight questions, found 2 mistakes in them",
        lists=("days: expected 1 to 6 a week, got 9", "minutes: expected 15 to 120, got 5"),
    ),
    BadInput(
        title="a plan that begins in the past",
        command=("plan", "new", "--start", "2020-01-01"),
        says=("expected a day from ", "got 2020-01-01", "A plan begins today or later"),
        env=PLACE,
    ),
    BadInput(
        title="a plan of no weeks",
        command=(*NEW, "--weeks", "0"),
        says=("Invalid value for '--weeks'", "Try: hingewise plan --help"),
        prepare=_answers(GOOD),
        env=PLACE,
    ),
    BadInput(
        title="a session without a plan",
        command=("plan", "next"),
        says=("expected a plan, found none", "Make one: hingewise plan new"),
        env=PLACE,
        leaves=JOURNAL,
    ),
    _asked(
        "a place that the plan does not have",
        "plan",
        "set",
        "chest",
        "45 kg",
        says=("expected a place of the plan (primer, step, thrust, legs, hinge), got 'chest'",),
    ),
    _asked(
        "a load without its unit in the plan",
        "plan",
        "set",
        "primer",
        "45",
        says=("expected a load such as 45 kg, or an exercise, got '45'", "with its unit"),
    ),
    _asked(
        "a load that the exercise does not take",
        "plan",
        "set",
        "thrust",
        "60 kg",
        says=("thrust: expected a load as Body-weight hip thrust takes it (none), got 60 kg",),
    ),
    _asked(
        "an exercise whose things are missing",
        "plan",
        "set",
        "legs",
        "sled push",
        says=(
            "Sled push is not planned. It needs what you do not have: sled",
            "hingewise plan new",
        ),
    ),
    _asked(
        "an exercise that nobody knows in the plan",
        "plan",
        "set",
        "legs",
        "goblet squatt",
        says=("expected a load such as 45 kg, or an exercise", "Did you mean Goblet squat?"),
    ),
    _asked(
        "nothing to undo",
        "plan",
        "undo",
        says=("expected a change that can be taken back, found none", "hingewise plan history"),
    ),
    _asked(
        "a change that was never made",
        "plan",
        "undo",
        "abc123",
        says=("expected the id of one change, got 'abc123'", "hingewise plan history"),
    ),
    _asked(
        "back from pain that nobody had",
        "plan",
        "resume",
        "primer",
        says=("primer: expected an exercise that rests, but it does not",),
    ),
    _asked(
        "a line that the plan does not have",
        "plan",
        "explain",
        "Z.primer",
        says=("expected a line of the plan (A.primer, ", "got 'Z.primer'", "hingewise plan show"),
    ),
    _asked(
        "a place without what to put there",
        "plan",
        "set",
        "primer",
        says=("Expected LOAD|EXERCISE after: hingewise plan set primer", "plan set primer 45 kg"),
    ),
    BadInput(
        title="a film that was not judged yet",
        command=("log", "film", "rdl", "set.mp4"),
        says=(
            "set.mp4: expected the results of a film, found none beside it",
            "First: hingewise analyze set.mp4 --exercise romanian-deadlift",
        ),
        prepare=_with_film,
        env=PLACE,
    ),
    BadInput(
        title="a film of another exercise",
        command=("log", "film", "rdl", "set.hingewise"),
        says=(
            "expected a film of Romanian deadlift, got one that was judged as Cable pull-through",
            "--exercise romanian-deadlift",
        ),
        prepare=_with_results,
        env=PLACE,
    ),
    BadInput(
        title="a mistake that is none",
        command=("log", "technique", "rdl", "squating it"),
        says=("expected clean, or what went wrong, got 'squating it'", "Did you mean squatting"),
        prepare=_with_entry,
        env=PLACE,
    ),
    BadInput(
        title="a technique of which nothing is said",
        command=("log", "technique", "rdl", ","),
        says=("expected clean, or what went wrong, got ','", "Known: "),
        prepare=_with_entry,
        env=PLACE,
    ),
)
