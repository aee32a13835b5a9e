"""Sets out of FIT files: exactly where we wrote them, by FIT's own fields where a watch did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from hingewise.errors import JournalFormatError
from hingewise.training.csv_table import MAX_ROWS
from hingewise.training.fit_foreign import Recording, import_recording, offset_of
from hingewise.training.fit_own import APPLICATION, VERSION, OwnSet, own_entries
from hingewise.training.fit_profile import (
    ACTIVITY,
    DEVELOPER_ID,
    MORE,
    SESSION,
    SET,
    exercises_of,
)
from hingewise.training.fit_read import Message, read_messages
from hingewise.training.imported import Imported
from hingewise.training.names import LibraryNames

WANTED = frozenset({ACTIVITY, MORE, SESSION, SET})
BEGIN, APPLICATION_VERSION = 2, 4


def import_fit(content: bytes, names: LibraryNames, *, name: str, today: date) -> Imported:
    """Make entries of a FIT file.

    Parameters
    ----------
    content
        The whole file.
    names
        Knows the exercises.
    name
        Of the file, for errors.
    today
        What is later than tomorrow was not done yet.

    Raises
    ------
    JournalFormatError
        If it is damaged, holds no sets, or a newer hingewise has written it.
    """
    messages = list(read_messages(content, application=APPLICATION, wanted=WANTED, name=name))
    _check_version(messages, name)
    numbered = _number_sets(messages)
    if not numbered:
        raise JournalFormatError(
            f"{name}: expected sets of a strength training, got a FIT file without any.",
            hint="Export the original file of a strength activity.",
        )
    if len(numbered) > MAX_ROWS:
        raise JournalFormatError(f"{name}: expected up to {MAX_ROWS} sets, got {len(numbered)}.")
    ours = [
        OwnSet(where=where, fields=each.fields, own=each.own)
        for where, each in numbered
        if each.own
    ]
    entries, problems = own_entries(ours, today=today)
    exercises = exercises_of(names)
    foreign = [
        import_recording(each, exercises, today=today) for each in _recordings(messages, numbered)
    ]
    found = [*entries, *(entry for each in foreign for entry in each.entries)]
    return Imported(
        entries=tuple(sorted(found, key=lambda entry: entry.on)),
        left_out=_sum(each.left_out for each in foreign),
        problems=(*problems, *(problem for each in foreign for problem in each.problems)),
        unusable=_sum(each.unusable for each in foreign),
    )


def _check_version(messages: Sequence[Message], name: str) -> None:
    for each in messages:
        version = each.fields.get(APPLICATION_VERSION)
        if each.number == DEVELOPER_ID and isinstance(version, int) and version > VERSION:
            raise JournalFormatError(
                f"{name}: expected our own fields of version {VERSION} or older, got {version}.",
                hint="A newer hingewise has made it: install that one.",
            )


def _number_sets(messages: Sequence[Message]) -> list[tuple[str, Message]]:
    """Sets with their place; what of our texts stands behind one is put to it."""
    found: list[tuple[str, Message]] = []
    for each in messages:
        if each.number == SET:
            found.append((f"set {len(found) + 1}", each))
        elif each.number == MORE and found:
            texts = found[-1][1].own
            for number, piece in each.own.items():
                texts[number] = f"{texts.get(number, '')}{piece}"
    return found


def _recordings(
    messages: Sequence[Message], numbered: Sequence[tuple[str, Message]]
) -> list[Recording]:
    """What others wrote, file by file where several stand behind each other."""
    recordings = []
    for part, group in groupby(numbered, key=lambda item: item[1].part):
        mine = [each for each in messages if each.part == part]
        begins = [each.fields.get(BEGIN) for each in mine if each.number == SESSION]
        offsets = [offset_of(each.fields) for each in mine if each.number == ACTIVITY]
        sets = [(where, each.fields) for where, each in group if not each.own]
        recordings.append(
            Recording(
                sets=sets,
                sessions=[each for each in begins if isinstance(each, int)],
                offset_s=offsets[-1] if offsets else 0,
            )
        )
    return recordings


def _sum(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts of all files together, the most first."""
    whole: Counter[str] = Counter()
    for each in counts:
        whole.update(each)
    return dict(whole.most_common())
