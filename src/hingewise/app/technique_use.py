"""How sets looked: a film's results or the lifter's own answer, attached to an entry."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from hingewise.errors import OptionError
from hingewise.library.collection import Library
from hingewise.library.spelling import plain
from hingewise.store.journal import Journal
from hingewise.training.journal import Entry
from hingewise.training.names import LibraryNames
from hingewise.training.technique import Technique

if TYPE_CHECKING:
    from hingewise.report.document import Analysis

CLEAN = ("clean", "good", "ok", "fine")
RESULTS = "analysis.json"


def find_entry(text: str, journal: Journal, names: LibraryNames) -> Entry:
    """Return the entry that is meant: by the first letters of its id, or the latest of an exercise.

    Raises
    ------
    OptionError
        If there is none.
    """
    exercise = names.find(text)
    found = journal.latest(exercise) if exercise else journal.by_id(text)
    if found is None:
        near = names.nearest(text) if exercise is None else ""
        raise OptionError(
            f"expected an exercise that is in the journal, or the id of an entry, got {text!r}.",
            hint=f"Did you mean {near}?" if near else "See: hingewise log list",
        )
    return found


def own_answer(entry: Entry, text: str, library: Library, *, now: datetime) -> Technique:
    """Return what the lifter says: ``clean``, or the names of what went wrong with commas between.

    Raises
    ------
    OptionError
        If a word is the name of no mistake of this exercise.
    """
    exercise = library.exercises.get(entry.exercise)
    mistakes = exercise.mistakes if exercise else tuple(library.faults)
    known = {
        plain(word): fault
        for fault in mistakes
        for word in (*library.faults[fault].words, library.faults[fault].name, fault)
    }
    present: dict[str, None] = {}
    for word in (each.strip() for each in text.split(",")):
        if word.lower() in CLEAN or not word:
            continue
        fault = known.get(plain(word))
        if fault is None:
            near = get_close_matches(plain(word), known, n=1, cutoff=0.4)
            meant = library.faults[known[near[0]]].name if near else ""
            raise OptionError(
                f"expected clean, or what went wrong, got {word!r}.",
                hint=f"Did you mean {meant.lower()}?"
                if meant
                else f"Known: {', '.join(mistakes)}.",
            )
        present[fault] = None
    if not any(letter.isalnum() for letter in text):
        raise OptionError(
            f"expected clean, or what went wrong, got {text!r}.",
            hint=f"Known: {', '.join(mistakes)}.",
        )
    return Technique(
        id=uuid.uuid4().hex,
        entry=entry.id,
        told_at=now.astimezone(UTC),
        how="own",
        present=tuple(present),
    )


def of_film(entry: Entry, path: Path, library: Library, *, now: datetime) -> Technique:
    """Return what the results of a film say of an entry.

    Parameters
    ----------
    entry
        What the film shows.
    path
        A folder of results, or the film whose results lie beside it.
    library
        Knows which exercises are measured alike.
    now
        When it is attached.

    Raises
    ------
    OptionError
        If there are no results, or they are of another movement.
    InputError
        If they cannot be read.
    """
    from hingewise.app.stored_sets import read_analysis

    document = _document(path, entry)
    analysis = read_analysis(document)
    _check_movement(entry, analysis, path, library)
    present, absent = _verdicts(analysis)
    return Technique(
        id=uuid.uuid4().hex,
        entry=entry.id,
        told_at=now.astimezone(UTC),
        how="film",
        present=present,
        absent=absent,
        score=analysis.summary.technique_score,
        n_repetitions=analysis.summary.n_repetitions,
        film=analysis.video.path,
        sha256=analysis.video.sha256,
        results=str(document.parent.resolve()),
    )


def _document(path: Path, entry: Entry) -> Path:
    folder = path.parent if path.name == RESULTS else path
    beside = path.with_name(f"{path.stem}.hingewise")
    for each in (folder, beside):
        if (each / RESULTS).is_file():
            return each / RESULTS
    name = entry.exercise.replace("_", "-")
    raise OptionError(
        f"{path}: expected the results of a film, found none"
        + (" beside it." if path.is_file() else "."),
        hint=f"First: hingewise analyze {path} --exercise {name}",
    )


def _check_movement(entry: Entry, analysis: Analysis, path: Path, library: Library) -> None:
    """A film of another movement says nothing of these sets."""
    exercise = library.exercises.get(entry.exercise)
    family = exercise.family if exercise else "none"
    if analysis.exercise.how == "given":
        is_it = analysis.exercise.id == entry.exercise
    else:  # nobody said what it is: what moves alike is judged alike
        is_it = family == analysis.exercise.family != "none"
    if not is_it:
        seen = library.exercises.get(analysis.exercise.id)
        title = seen.name if seen else analysis.exercise.id
        wanted = exercise.name if exercise else entry.exercise
        raise OptionError(
            f"{path}: expected a film of {wanted}, got one that was judged as {title}.",
            hint="Judge it anew: hingewise analyze FILM --exercise "
            + entry.exercise.replace("_", "-"),
        )


def _verdicts(analysis: Analysis) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Faults that the set shows, and those of which every check says that it does not."""
    by_fault: dict[str, list[str]] = {}
    for finding in analysis.findings:
        if finding.repetition is None:
            by_fault.setdefault(finding.fault, []).append(finding.verdict)
    present = tuple(fault for fault, said in by_fault.items() if "present" in said)
    absent = tuple(fault for fault, said in by_fault.items() if set(said) == {"absent"})
    return present, absent
