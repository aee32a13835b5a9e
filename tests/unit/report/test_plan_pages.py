"""A plan as pages: everything that is to be done and why, and nothing that is not so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any, get_args

import pytest

from hingewise.app.plan_change import set_load, undo
from hingewise.app.plan_use import follow
from hingewise.library.load import load_library
from hingewise.planner.decide import cases, decide
from hingewise.report.change_words import KINDS
from hingewise.report.page import Item, Items, Page, Paragraph
from hingewise.report.plan_pages import (
    Coming,
    amount,
    change_item,
    effects_page,
    explain_page,
    history_page,
    next_page,
    plan_page,
)
from hingewise.training.changes import Kind, states_at_first
from hingewise.training.notation import parse_performed, parse_planned
from hingewise.training.plan import Plan
from tests.builders_plans import (
    FIRST_DAY,
    HOME,
    LIBRARY,
    NAMES,
    Follower,
    band,
    following,
    kg,
    learning,
    make_answers,
    make_change,
    make_plan,
    moment,
    quick_url,
    trained,
)

PULL = trained("cable_pull_through", kg(40.0))


@pytest.fixture
def lifter(tmp_path: Path) -> Iterator[Follower]:
    with following(quick_url(tmp_path)) as one:
        one.begin(make_answers(goal="learn"))
        yield one


def items(page: Page, title: str = "") -> list[Item]:
    return [
        item
        for section in page.sections
        if title in section.title
        for block in section.blocks
        if isinstance(block, Items)
        for item in block.items
    ]


def words(page: Page, title: str = "") -> str:
    return "\n".join(f"{item.head} {item.text}" for item in items(page, title))


def coming(plan: Plan, number: int = 0, **changed: Any) -> Coming:
    week, session = plan.at(number)
    found = cases(plan, (), (), LIBRARY, today=FIRST_DAY)
    made = Coming(
        answers=plan.answers,
        number=number + 1,
        week=week,
        session=session,
        decisions={case.slot.id: decide(case) for case in found},
        states=states_at_first(plan),
        fresh=(),
        done=frozenset(),
    )
    return replace(made, **changed)


def session_page(plan: Plan, number: int = 0, **changed: Any) -> Page:
    return next_page(coming(plan, number, **changed), NAMES, load_library())


def test_a_plan_has_its_sessions_its_weeks_and_what_is_to_be_known() -> None:
    plan = make_plan(make_answers(goal="learn", equipment=HOME))
    page = plan_page(plan, NAMES, LIBRARY)
    titles = [section.title for section in page.sections]
    assert titles[0] == "Warm-up of every session", "where it is the same in both"
    assert titles[1].startswith("Session A, ")
    assert titles[3:] == ["Weeks", "To know", "Left out"]
    assert page.subtitle == "12 weeks; Monday, Thursday"
    said = words(page)
    assert all(line.id in said and NAMES.title(line.exercise) in said for line in plan.lines)
    assert all(note.text in said for note in (*plan.notes, *plan.left_out))
    assert all(item.sources for item in items(page))


def test_a_plan_that_stops_says_what_to_do() -> None:
    page = plan_page(make_plan(make_answers(conditions=("pain_now",))), NAMES, LIBRARY)
    assert page.title == "No plan yet"
    assert LIBRARY.flags["pain_now"].advice.text in words(page)


def test_the_session_that_comes_next() -> None:
    plan = make_plan()
    page = session_page(plan)
    assert page.title == "Session 1: A"
    assert page.subtitle == f"Week 1, about {plan.session('A').minutes:.0f} minutes"
    assert [item.head for item in items(page, "Exercises")] == [
        NAMES.title(line.exercise) for line in plan.session("A").lines
    ]
    assert "The first time." in words(page, "Exercises")
    assert not items(page, "What changes")


@pytest.mark.parametrize("number", [0, 6])
def test_what_to_write_down_are_the_sets_of_this_week(number: int) -> None:
    """In the lighter week there are fewer."""
    plan = make_plan(make_answers(), primer=PULL)
    said = items(session_page(plan, number), "Write it down")[0].text
    n_sets = 5 if number == 0 else 3
    assert plan.at(number)[0].kind == ("build" if number == 0 else "lighter")
    assert said == f'hingewise log add "Cable pull-through {n_sets}x8 @ 40 kg, 3 RIR"'


@pytest.mark.parametrize(
    "equipment, goal", [("gym", "muscle"), ("gym", "power"), ("home", "learn"), ("gym", "health")]
)
def test_what_to_write_down_can_be_read(equipment: str, goal: str) -> None:
    from tests.builders_plans import PLACES

    plan = make_plan(make_answers(goal=goal, equipment=PLACES[equipment]))
    for number in (0, 1):
        for item in items(session_page(plan, number), "Write it down"):
            line = item.text.removeprefix('hingewise log add "').removesuffix('"')
            parse_performed(line.replace("...", "20"), NAMES)


def test_a_pair_is_asked_for_as_a_pair() -> None:
    said = words(session_page(make_plan()), "Write it down")
    assert "Split squat 3x6 @ 2x... kg" in said
    assert "Romanian deadlift 3x6 @ ... kg" in said
    assert "Body-weight hip thrust 3x8, 4 RIR" in said


def test_a_band_is_asked_for_by_its_name() -> None:
    plan = make_plan(make_answers(equipment=HOME, experience="none"))
    assert "Band pull-through 3x10 @ extra light band" in words(session_page(plan), "Write it down")
    heavy = make_plan(
        make_answers(equipment=HOME), primer=trained("band_pull_through", band("Red"))
    )
    assert "@ Red band" in words(session_page(heavy), "Write it down")


def test_what_is_done_is_marked_and_need_not_be_written_down() -> None:
    page = session_page(make_plan(), done=frozenset({"cable_pull_through"}))
    first = items(page, "Exercises")[0]
    assert (first.head, first.text) == ("Cable pull-through", "done today.")
    assert "Cable pull-through" not in words(page, "Write it down")


def test_what_rests_says_how_it_comes_back() -> None:
    plan = make_plan()
    states = {**states_at_first(plan), "primer": replace(PULL, paused=True)}
    page = session_page(plan, states=states)
    assert items(page, "Exercises")[0].head == "Cable pull-through rests"
    assert "Cable pull-through" not in words(page, "Write it down")


def test_what_was_changed_comes_first() -> None:
    change = make_change("primer", "load_up", PULL, replace(PULL, load=kg(45.0)))
    page = session_page(make_plan(), fresh=(change,))
    assert page.sections[0].title == "What changes"
    assert "40 kg → Cable pull-through @ 45 kg. For a test." in words(page, "What changes")


def test_where_all_is_done_nothing_is_to_be_written_down() -> None:
    plan = make_plan()
    done = frozenset(line.exercise for line in plan.lines)
    assert "Write it down" not in [s.title for s in session_page(plan, done=done).sections]


def test_a_lighter_week_says_so() -> None:
    page = session_page(make_plan(), 6)
    assert page.subtitle == "Week 4, a lighter week"
    assert "then 3x8-15" in items(page, "Exercises")[0].text


@pytest.mark.parametrize("kind", ["build", "lighter"])
def test_an_amount_in_words_is_what_is_planned(kind: Any) -> None:
    for line in make_plan(make_answers(goal="strength", experience="deadlift")).lines:
        text = amount(line, kind, NAMES)
        if line.ramp:
            assert text.startswith(
                f"{line.ramp.sets} lighter sets of {line.ramp.repetitions}, then"
            )
        bare = text.split("then ")[-1].split("; go up")[0].removesuffix(", each side")
        planned = parse_planned(f"{NAMES.title(line.exercise)} {bare}", NAMES)
        assert planned == line.planned(kind)
        assert ("each side" in text) == line.one_sided
        assert ("go up to the load" in text) == (line.loaded and line.load is None)


def test_why_of_one_line_of_one_place_and_of_all() -> None:
    plan = make_plan()
    one = explain_page(plan, "A.primer", NAMES, LIBRARY)
    assert [section.title.split(":")[0] for section in one.sections] == ["A.primer"]
    place = explain_page(plan, "primer", NAMES, LIBRARY)
    assert len(place.sections) == 2
    whole = explain_page(plan, "", NAMES, LIBRARY)
    drills = sum(len(session.warm_up) for session in plan.sessions)
    assert len(whole.sections) == len(plan.lines) + drills + len(plan.notes)
    assert all(item.head and item.text and item.sources for item in items(whole))
    assert "You answered “Build glutes and hamstrings” to: What is it for?" in words(one)
    others = [b for s in one.sections for b in s.blocks if isinstance(b, Paragraph)]
    assert "Band pull-through" in others[0].text


def test_nothing_was_changed_yet() -> None:
    page = history_page((), NAMES)
    assert page.subtitle == "no change"
    (block,) = page.sections[0].blocks
    assert block == Paragraph(text="Nothing was changed yet.")


def test_all_that_was_changed_taken_back_or_not(lifter: Follower) -> None:
    change = set_load(lifter.desk(0), "primer", kg(45))
    undo(lifter.desk(1), "")
    page = history_page(follow(lifter.desk(1)).changes, NAMES)
    first, second = items(page)
    assert first.head == "Mon 5 Jan 2026, your choice (taken back)"
    assert "Cable pull-through → Cable pull-through @ 45 kg. You have set" in first.text
    assert first.text.endswith(f"[{change.id[:6]}]")
    assert second.head == "Tue 6 Jan 2026, taken back"
    assert "@ 45 kg → Cable pull-through. You have taken the change back" in second.text


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_of_change_has_a_name(kind: Kind) -> None:
    assert KINDS[kind]
    undoes = "0" * 32 if kind == "undone" else ""
    item = change_item(make_change("primer", kind, PULL, PULL, undoes=undoes), NAMES)
    assert KINDS[kind] in item.head


def test_what_came_with_a_change_is_said_with_it() -> None:
    change = make_change(
        "legs",
        "trained",
        learning("split_squat"),
        trained("split_squat"),
        also=("B.hinge gives way: x", "A.back: y becomes z"),
    )
    text = change_item(change, NAMES).text
    assert "Split squat, learning → Split squat." in text
    assert "With it: B.hinge gives way: x; A.back: y becomes z." in text


def test_a_change_has_the_day_on_which_it_was_where_the_lifter_was() -> None:
    """Late in the evening in the west it is tomorrow already in London."""
    west = timezone(timedelta(hours=-8))
    at = moment(0, 20).replace(tzinfo=west)
    change = make_change("primer", "own", PULL, PULL, at=at)
    assert change_item(change, NAMES).head.startswith("Mon 5 Jan 2026")


def test_what_the_answers_do() -> None:
    page = effects_page([("What for?", "To learn", "Light sets.")])
    (item,) = items(page)
    assert (item.head, item.text) == ("To learn", "Light sets.")
