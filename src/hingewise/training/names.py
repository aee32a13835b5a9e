"""The library's exercises by the names that people write."""

from __future__ import annotations

from dataclasses import dataclass

from hingewise.library.collection import Library, plain
from hingewise.library.search import SearchIndex


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
