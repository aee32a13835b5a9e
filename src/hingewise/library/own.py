"""A clinic's or coach's own records beside ours, checked like them, all or nothing."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from hingewise.errors import LibraryError
from hingewise.library.check import check_library, place
from hingewise.library.collection import Library
from hingewise.library.load import load_library
from hingewise.library.read import Problem, Reading, read_folder


def load_with_own(folder: Path) -> Library:
    """Return the library with the records of a folder added; a record of the same id replaces ours.

    Raises
    ------
    LibraryError
        If anything is wrong with the folder; every problem is listed, and nothing is loaded.
    """
    problems, merged = check_own(folder)
    if problems:
        raise LibraryError(
            f"{folder}: expected records without mistakes, found {len(problems)}:",
            problems=tuple(str(problem) for problem in problems),
            hint="Mend them; nothing of the folder was used.",
        )
    return merged


def check_own(folder: Path) -> tuple[list[Problem], Library]:
    """Return what is wrong with a folder of one's own records, and the library with them in it.

    Raises
    ------
    LibraryError
        If there is no such folder.
    """
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing"
        raise LibraryError(
            f"{folder}: expected a folder with records, found {found}.",
            hint="Name a folder that holds for example exercises/my_exercise.toml.",
        )
    reading = read_folder(folder)
    merged = merge(load_library(), reading.library)
    return sorted([*reading.problems, *own_problems(reading, merged)]), merged


def merge(library: Library, own: Library) -> Library:
    """Return a library with other records added, of which those with a known id take its place."""
    return Library(
        **{f.name: {**getattr(library, f.name), **getattr(own, f.name)} for f in fields(Library)}
    )


def own_problems(reading: Reading, merged: Library) -> list[Problem]:
    """What is wrong with a folder's own records once they stand beside ours."""
    return [
        place(reading, flaw)
        for flaw in check_library(merged)
        if (flaw[0], flaw[1]) in reading.files
    ]
