"""Writers that are killed, one after the other, and what was found of each."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from hingewise.errors import HingewiseError
from sqlalchemy.exc import SQLAlchemyError

from hingewise_validation.kills.checks import (
    Before,
    find_wrong_copies,
    find_wrong_records,
    find_wrong_tables,
    read_records,
    version_of,
)
from hingewise_validation.kills.places import Place
from hingewise_validation.kills.points import NOWHERE, Outcome, Point, run_writer
from hingewise_validation.kills.scenes import OLDER
from hingewise_validation.kills.writes import Write

TRIES = 8
"""So many times as many points are drawn at most: some writers are done before they are killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much is tried.

    Attributes
    ----------
    by_clock, at_steps, at_calls
        Writers of each way of writing that are killed by the clock, at a statement or commit, and at a call to the
        system.
    commands
        Times each command is killed.
    all_commands
        Whether it is all of them, or those that write most at once.
    measured
        Undisturbed runs before, by which the points are drawn.
    days
        Of training in files that are brought in, of three entries each; the older journal has five for each.
    """

    by_clock: int = 14
    at_steps: int = 10
    at_calls: int = 12
    commands: int = 5
    all_commands: bool = True
    measured: int = 3
    days: int = 200


SMALL = Amount(by_clock=1, at_steps=2, at_calls=2, commands=1, all_commands=False, measured=1, days=40)
"""For every day's tests."""


@dataclass(slots=True, kw_only=True)
class Found:
    """What was found of one way of writing on one database.

    Attributes
    ----------
    place, name, how
        The database, what was done, and how: a writer through the store, or the command line.
    n_killed
        Programs that were killed before their end.
    n_acknowledged
        Records that these, and those that were done before, had acknowledged.
    n_whole, n_gone
        Of what was in flight: how often it was there whole, how often not at all.
    duration_s
        Of the whole, undisturbed: the points are drawn from it.
    problems
        Everything that must not be.
    """

    place: str
    name: str
    how: str
    n_killed: int = 0
    n_acknowledged: int = 0
    n_whole: int = 0
    n_gone: int = 0
    duration_s: float = 0.0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A journal that is copied for every writer, and what is in it."""

    url: str
    before: Before


def try_write(place: Place, write: Write, scene: Scene, amount: Amount, dice: random.Random) -> Found:
    """Kill writers by the clock, at statements and commits, and at calls to the system.

    Parameters
    ----------
    place
        Where the database is.
    write
        What they do.
    scene
        Where they begin.
    amount
        How many are killed.
    dice
        Draws the points.
    """
    found = Found(place=place.name, name=write.name, how="store")
    measured = [_kill_once(place, write, scene, found, NOWHERE) for _ in range(amount.measured)]
    found.duration_s = statistics.median(each.duration_s for each in measured)
    n_steps = min(each.n_steps for each in measured)
    if found.problems:
        return found  # it fails undisturbed: there is nothing to disturb
    for _ in range(TRIES * amount.by_clock):
        if found.n_killed < amount.by_clock:
            _kill_once(place, write, scene, found, Point(after_s=dice.uniform(0.0, found.duration_s)))
    for step in _spread(n_steps, amount.at_steps, dice):
        _kill_once(place, write, scene, found, Point(at_step=step))
    n_calls = _kill_once(place, write, scene, found, Point(at_call=0)).n_calls
    for call in _spread(n_calls, amount.at_calls, dice):
        _kill_once(place, write, scene, found, Point(at_call=call))
    return found


def _spread(n_steps: int, n_points: int, dice: random.Random) -> Iterator[int]:
    """Steps from 1 to their number, each as often as any other."""
    order = list(range(1, n_steps + 1))
    for n in range(n_points):
        if n % n_steps == 0:
            dice.shuffle(order)
        yield order[n % n_steps]


def _kill_once(place: Place, write: Write, scene: Scene, found: Found, point: Point) -> Outcome:
    """Let one writer begin, kill it, look at what it has left, and let another one do the same to its end."""
    url = place.copy(scene.url)
    outcome = run_writer(partial(write.work, url), write.known, point)
    if outcome.failed:
        found.problems.append(f"a writer gave up: {outcome.failed}")
    url, problems = place.settle(url)
    problems += look_safely(lambda: _look(url, scene, outcome, found))
    again = run_writer(partial(write.work, url), write.known)
    if again.failed:
        problems.append(f"the second run failed: {again.failed}")
    url, left = place.settle(url)
    problems += [*left, *look_safely(lambda: _look_again(url, scene, outcome, again))]
    found.problems += [f"{point if outcome.killed else 'not killed'}: {each}" for each in problems]
    found.n_killed += outcome.killed
    place.drop(url)
    return outcome


def look_safely(look: Callable[[], list[str]]) -> list[str]:
    """Return what is wrong with a journal, also where it cannot be looked at."""
    try:
        return look()
    except (HingewiseError, SQLAlchemyError) as error:
        return [f"it cannot be read: {' '.join(str(error).split())}"]


def _look(url: str, scene: Scene, outcome: Outcome, found: Found) -> list[str]:
    before = scene.before
    problems = list(find_wrong_tables(url, before))
    problems += find_wrong_copies(url, before, finished=False)
    is_changed = version_of(url) != before.version
    records = read_records(url)
    problems += find_wrong_records(records, before.records, outcome.acknowledged, outcome.in_flight)
    found.n_acknowledged += len(outcome.acknowledged)
    if outcome.in_flight or (before.version == OLDER and outcome.killed):
        is_there = is_changed or any(key in records for key in outcome.in_flight if key not in before.records)
        found.n_whole += is_there
        found.n_gone += not is_there
    return problems


def _look_again(url: str, scene: Scene, outcome: Outcome, again: Outcome) -> list[str]:
    """After a second run everything is there, that of the first one, too."""
    before = scene.before
    problems = list(find_wrong_tables(url, before))
    problems += find_wrong_copies(url, before, finished=True)
    acknowledged = outcome.acknowledged | again.acknowledged
    problems += find_wrong_records(read_records(url), before.records, acknowledged, outcome.in_flight)
    return [f"after a second run: {each}" for each in problems]
