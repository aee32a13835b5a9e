"""The way of somebody who begins: eight questions, a plan, a session, and what comes of it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hingewise.app.plan_use import Desk, make
from hingewise.store.database import parse_url
from hingewise.training.answers import Answers
from tests.builders_plans import LIBRARY, NAMES, following, make_answers
from tests.e2e.command import Run, hingewise

Place = dict[str, str]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return {"HINGEWISE_DATABASE_URL": f"sqlite:///{tmp_path / 'journal.sqlite'}"}


def run(*arguments: str, cwd: Path, place: Place, typed: str | None = None) -> Run:
    done = hingewise(*arguments, cwd=cwd, env=place, typed=typed)
    assert (done.code, done.err) == (0, ""), done.err
    return done


def plain(text: str) -> str:
    """What was said, wherever its lines were broken."""
    return " ".join(text.split())


def lines_to_log(said: str) -> list[str]:
    """What ``plan next`` says is to be written down when it is done."""
    return [line.split('"')[1] for line in said.splitlines() if "hingewise log add" in line]


def made_days_ago(n_days: int, place: Place, answers: Answers) -> None:
    """Make a plan some days ago: the command line knows only today."""
    assert parse_url(place["HINGEWISE_DATABASE_URL"])
    now = datetime.now().astimezone() - timedelta(days=n_days)
    with following(place["HINGEWISE_DATABASE_URL"]) as one:
        desk = Desk(journal=one.journal, plans=one.plans, library=LIBRARY, names=NAMES, now=now)
        make(answers, desk, weeks=12, start=now.date())


def test_from_the_questions_to_the_second_session(tmp_path: Path, place: Place) -> None:
    form = run("plan", "questions", cwd=tmp_path, place=place).out
    filled = form.replace('experience = "none"', 'experience = "hinge"')
    (tmp_path / "answers.toml").write_text(filled, encoding="utf-8")
    made = run("plan", "new", "--answers", "answers.toml", cwd=tmp_path, place=place).out
    assert "What your answers do" in made
    assert "Kept. Today's session: hingewise plan next" in made

    first = run("plan", "next", cwd=tmp_path, place=place).out
    assert "Session 1: A" in first
    assert "The first time. To Banded cable pull-through: Three sets of 12" in plain(first)
    for line in lines_to_log(first):
        run("log", "add", line.replace("...", "20"), cwd=tmp_path, place=place)
    said = run("log", "technique", "pull-through", "clean", cwd=tmp_path, place=place).out
    assert said == "Cable pull-through: you say: clean.\n"

    second = run("plan", "next", cwd=tmp_path, place=place).out
    assert "Today's session is done. The one after it:" in second
    assert "Session 2: B" in second
    assert "load found: Cable pull-through → Cable pull-through @ 20 kg" in plain(second)
    again = run("plan", "next", "--json", cwd=tmp_path, place=place).document
    assert again["changes"] == []
    assert (again["number"], again["finished"]) == (2, True)


def test_the_day_after_says_what_changed_and_why_not(tmp_path: Path, place: Place) -> None:
    made_days_ago(3, place, make_answers(goal="learn"))
    yesterday = ("--on", "yesterday", "--technique", "clean")
    line = "cable pull-through 3x12 @ 40 kg, 3 RIR"
    run("log", "add", line, *yesterday, cwd=tmp_path, place=place)
    line = "kettlebell deadlift 4x12 @ 16 kg, 2 RIR"
    run("log", "add", line, "--on", "yesterday", cwd=tmp_path, place=place)
    said = plain(run("plan", "next", cwd=tmp_path, place=place).out)
    assert "Session 2: B" in said
    assert "load found: Cable pull-through → Cable pull-through @ 40 kg" in said
    assert "40 kg is what you found: it stays until all sets reach the top." in said
    assert "Dumbbell Romanian deadlift: 3x10-15" in said
    history = run("plan", "history", "--json", cwd=tmp_path, place=place)
    changes: list[dict[str, Any]] = json.loads(history.out)
    assert {each["kind"] for each in changes} == {"load_found"}
    assert all(each["evidence"] and each["because"]["sources"] for each in changes)


def test_pain_takes_it_out_and_it_comes_back(tmp_path: Path, place: Place) -> None:
    made_days_ago(3, place, make_answers(goal="learn"))
    run("plan", "set", "primer", "45", "kg", cwd=tmp_path, place=place)
    line = "pull-through 3x8 @ 45 kg, 3 RIR"
    run("log", "add", line, "--pain", "6", cwd=tmp_path, place=place)
    said = plain(run("plan", "next", cwd=tmp_path, place=place).out)
    assert "taken out: Cable pull-through @ 45 kg → Cable pull-through @ 45 kg, rests." in said
    assert "see a health professional" in said
    assert "Cable pull-through rests" in said
    back = run("plan", "resume", "primer", cwd=tmp_path, place=place).out
    assert "back again: Cable pull-through @ 45 kg, rests → Cable pull-through @ 40 kg." in back
    assert "one step lower" in back


def test_changes_of_ones_own_are_explained_and_undone(tmp_path: Path, place: Place) -> None:
    made_days_ago(0, place, make_answers(goal="learn"))
    said = run("plan", "set", "legs", "goblet squat", cwd=tmp_path, place=place).out
    assert "your choice: Split squat, learning → Goblet squat. You have chosen" in said
    run("plan", "set", "primer", "45 kg", cwd=tmp_path, place=place)
    why = plain(run("plan", "explain", "primer", cwd=tmp_path, place=place).out)
    assert "A.primer: Cable pull-through 5x8-15 @ 45 kg" in why
    assert "hingewise plan history" in why
    assert "[" in why

    undone = run("plan", "undo", cwd=tmp_path, place=place).out
    assert "taken back: Cable pull-through @ 45 kg → Cable pull-through." in undone
    history = plain(run("plan", "history", cwd=tmp_path, place=place).out)
    assert "3 changes" in history
    assert "your choice (taken back): Cable pull-through → Cable pull-through @ 45 kg" in history
    legs = history.split("Goblet squat. You have chosen Goblet squat. [")[1][:6]
    run("plan", "undo", legs, cwd=tmp_path, place=place)
    plan = run("plan", "show", "--json", cwd=tmp_path, place=place).document
    exercises = [line["exercise"] for session in plan["sessions"] for line in session["lines"]]
    assert "split_squat" in exercises
    assert "goblet_squat" not in exercises


NO_TO_ALL = "\n" * 11
TYPED = f"1\nnone\n2\n45\ngym\n\n{NO_TO_ALL}1\n\n"
"""Learn, new to training, two days, 45 minutes, a gym, no loads, nothing hurts, sits a lot."""


def test_eight_questions_in_the_terminal(tmp_path: Path, place: Place) -> None:
    typed = TYPED.replace("gym", "gimnasio\ngym")
    said = run("plan", "new", cwd=tmp_path, place=place, typed=typed).out
    assert "equipment: expected something that is known here, got 'gimnasio'" in said
    assert "8 of 8. What went wrong before?" in said
    assert "→ Light sets that teach" in said
    assert "→ The front of the hip is stretched in every warm-up" in said
    assert "Kept." in said
    plan = run("plan", "show", "--json", cwd=tmp_path, place=place).document
    assert plan["answers"]["experience"] == "none"
    assert plan["answers"]["habits"] == ["sitting"]


def test_the_questions_are_not_among_the_json(tmp_path: Path, place: Place) -> None:
    done = hingewise("plan", "new", "--json", "--dry-run", cwd=tmp_path, env=place, typed=TYPED)
    assert done.code == 0
    assert done.document["answers"]["goal"] == "learn"
    assert "1 of 8. What is it for?" in done.err
    assert hingewise("plan", "next", cwd=tmp_path, env=place).code == 2


def test_who_has_pain_now_gets_advice_and_no_plan(tmp_path: Path, place: Place) -> None:
    hurts = "1\nnone\n2\n45\ngym\n\n" + "\n\n\ny\nn\n" + "\n" * 7 + "\n\n"
    said = plain(run("plan", "new", cwd=tmp_path, place=place, typed=hurts).out)
    assert "No plan yet: pain during the exercise." in said
    assert "Kept." not in said
    assert hingewise("plan", "next", cwd=tmp_path, env=place).code == 2


def test_the_end_of_the_input_is_no_answer(tmp_path: Path, place: Place) -> None:
    done = hingewise("plan", "new", cwd=tmp_path, env=place, typed="1\nnone\n2\n")
    assert done.code == 2
    said = done.err.splitlines()[-1]
    assert said.startswith(
        "hingewise: Minutes: expected an answer, got the end of what was written"
    )
    assert hingewise("plan", "next", cwd=tmp_path, env=place).code == 2


def test_a_plan_that_begins_later_says_so(tmp_path: Path, place: Place) -> None:
    (tmp_path / "a.json").write_text(
        json.dumps({"goal": "learn", "experience": "none", "days": 2, "minutes": 45})
    )
    new = ("plan", "new", "--answers", "a.json", "--start", "tomorrow")
    run(*new, cwd=tmp_path, place=place)
    said = run("plan", "next", cwd=tmp_path, place=place).out
    assert said.startswith("The plan begins on ")
    assert "Session 1: A" in said
