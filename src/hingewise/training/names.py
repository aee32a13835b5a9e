"""The library's exercises by the names that people write."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hingewise.library.collection import Library, plain
from hingewise.library.search import SearchIndex

QUALIFIED = re.compile(r"(?P<base>.*\S)\s*\((?P<kit>[^()]+)\)\s*")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LibraryNames:
    """Names of a library; what ``notation.Names`` asks for."""

    library: Library
    ids: dict[str, str]

    def find(self, text: str) -> str | None:
        """Return the id of the exercise of this name, however it is spelled; None for none."""
        return self.ids.get(plain(text))

    def nearest(self, text: str) -> str:
        """Return the name that comes nearest to a text, "" where none does."""
        hits = SearchIndex(self.library).search(text)
        return next((self.title(hit.id) for hit in hits if hit.kind == "exercises"), "")

    def title(self, exercise: str) -> str:
        """Return what the exercise of this id is called; the id where the library lost it."""
        known = self.library.exercises.get(exercise)
        return exercise if known is None else known.name


def names_of(library: Library) -> LibraryNames:
    """Put the names of a library together."""
    ids = {
        plain(name): exercise.id
        for exercise in library.exercises.values()
        for name in (exercise.id, exercise.name, *exercise.aliases)
    }
    return LibraryNames(library=library, ids=ids)


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
    equipment = names.library.exercises[found].equipment if found else ()
    return found if kit.replace(" ", "_") in equipment else None
