"""What steps of a plan write: all of one step at once, and a change that is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from hingewise.app.plan_change import undo
from hingewise.app.plan_use import Desk, whats_next
from hingewise.library.load import load_library
from hingewise.store.plans import Plans
from hingewise.training.changes import Change
from hingewise.training.names import names_of
from hingewise_validation.kills.scenes import Evidence, gather_evidence, make_followed, opened

LIBRARY = load_library()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted(Plans):
    """Plans that count how often something was written."""

    n_changes: list[int] = field(default_factory=list)

    def change(self, changes: Sequence[Change], *, known: int) -> None:
        self.n_changes.append(len(changes))
        Plans.change(self, changes, known=known)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return gather_evidence(tmp_path_factory.mktemp("evidence"))


@pytest.fixture
def desk_on(tmp_path: Path, evidence: Evidence) -> Iterator[Callable[[int], Desk]]:
    """Makes the desk of a day: so many after the last training."""
    url = f"sqlite:///{tmp_path / 'journal.sqlite'}"
    make_followed(url, evidence)
    names = names_of(LIBRARY)
    with opened(url) as (journal, plans):
        yield lambda days: Desk(
            journal=journal,
            plans=Counted(engine=plans.engine),
            library=LIBRARY,
            names=names,
            now=evidence.now + timedelta(days=days),
        )


def n_changes(desk: Desk) -> list[int]:
    assert isinstance(desk.plans, Counted)
    return desk.plans.n_changes


def test_all_that_is_decided_is_written_at_once(desk_on: Callable[[int], Desk]) -> None:
    desk = desk_on(0)
    coming = whats_next(desk)
    assert len(coming.fresh) > 1
    assert n_changes(desk) == [len(coming.fresh)]


def test_what_a_newer_program_reads_otherwise_is_written_with_it(
    desk_on: Callable[[int], Desk],
) -> None:
    """Not before it: a program that ends between them would leave half of a step."""
    (first, *rest) = _decided(desk_on(0))
    assert rest
    desk = desk_on(0)
    said = (f"{first.lines[0]} otherwise", *first.lines[1:])
    desk.plans.change([replace(first, lines=said)], known=0)
    late = desk_on(1)
    whats_next(late)
    kinds = [each.kind for each in late.plans.changes()]
    assert kinds[1] == "updated"
    assert n_changes(late) == [len(kinds) - 1]


def _decided(desk: Desk) -> list[Change]:
    """What is due; nothing of it is kept."""
    made: list[Change] = []

    class Kept(Counted):
        def change(self, changes: Sequence[Change], *, known: int) -> None:
            del known
            made.extend(changes)

    whats_next(replace(desk, plans=Kept(engine=desk.plans.engine)))
    return made


def test_a_change_is_taken_back(desk_on: Callable[[int], Desk]) -> None:
    whats_next(desk_on(0))
    last = desk_on(0).plans.changes()[-1]
    made = undo(desk_on(1), "")
    assert (made.kind, made.undoes, made.slot) == ("undone", last.id, last.slot)
    assert made.after == last.before
    assert desk_on(1).plans.changes()[-1] == made
