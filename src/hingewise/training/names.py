"""The library's exercises by the names that people write."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hingewise.library.index import Index, load_index, make_index
from hingewise.library.spelling import plain

if TYPE_CHECKING:
    from hingewise.library.collection import Library

QUALIFIED = re.compile(r"(?P<base>.*\S)\s*\((?P<kit>[^()]+)\)\s*")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LibraryNames:
    """Names of a library; what ``notation.Names`` asks for.

    Attributes
    ----------
    index
        Of the library.
    ids
        Of the exercises, by the spelling of their names.
    library
        Loads all of it: a name that nobody knows is looked for in every sentence.
    """

    index: Index
    ids: dict[str, str]
    library: Callable[[], Library]

    def find(self, text: str) -> str | None:
        """Return the id of the exercise of this name, however it is spelled; None for none."""
        return self.ids.get(plain(text))

    def nearest(self, text: str) -> str:
        """Return the name that comes nearest to a text, "" where none does."""
        from hingewise.library.search import SearchIndex

        hits = SearchIndex(self.library()).search(text)
        return next((self.title(hit.id) for hit in hits if hit.kind == "exercises"), "")

    def title(self, exercise: str) -> str:
        """Return what the exercise of this id is called; the id where the library lost it."""
        known = self.index.exercises.get(exercise)
        return exercise if known is None else known.name


def known_names() -> LibraryNames:
    """Return the names of the library that the package carries, of which only the index is read."""

    def load() -> Library:
        from hingewise.library.load import load_library

        return load_library()

    return _names(load_index(), load)


def names_of(library: Library) -> LibraryNames:
    """Put the names of a library together."""
    return _names(make_index(library), lambda: library)


def _names(index: Index, library: Callable[[], Library]) -> LibraryNames:
    ids = {
        plain(name): key
        for key, exercise in index.exercises.items()
        for name in (key, exercise.name, *exercise.aliases)
    }
    return LibraryNames(index=index, ids=ids, library=library)


def find_exercise(title: str, names: LibraryNames) -> str | None:
    """Return the id of an exercise as other programs call it: "Romanian Deadlift (Barbell)".

    What stands in brackets must be part of its name or of its equipment, else it is another one.
    """
    found = names.find(title)
    qualified = QUALIFIED.fullmatch(title)
    if found is not None or qualified is None:
        return found
    base, kit = qualified["base"], qualified["kit"].strip().lower()
    found = names.find(f"{kit} {base}")
    if found is not None:
        return found
    found = names.find(base)
    equipment = names.index.exercises[found].equipment if found else ()
    return found if kit.replace(" ", "_") in equipment else None
