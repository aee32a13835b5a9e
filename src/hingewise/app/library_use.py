"""What the command line does with the library."""

from __future__ import annotations

from pathlib import Path

from hingewise.errors import InputError, OptionError, OutputError
from hingewise.library.check import check_folder
from hingewise.library.collection import Library
from hingewise.library.compiled import to_json
from hingewise.library.index import INDEX, index_json
from hingewise.library.kinds import PAGE_KINDS
from hingewise.library.load import COMPILED, RECORDS, load_library
from hingewise.library.own import check_own, load_with_own
from hingewise.library.read import Problem
from hingewise.library.search import Hit, SearchIndex
from hingewise.render.files import write_text
from hingewise.render.library_export import FORMATS, export_library
from hingewise.report.library_pages import make_page
from hingewise.report.page import Page, Paragraph

MIN_SHARE_OF_BEST = 0.05
"""A hit that fits less than this share of the best one only hides it."""


def open_library(own: Path | None) -> Library:
    """Return the library, with a folder of one's own records if there is one."""
    return load_library() if own is None else load_with_own(own)


def find_page(library: Library, name: str) -> Page:
    """Return the page of a record by its id or by what people call it; an exercise before others.

    Raises
    ------
    InputError
        If there is none; the message names what comes near.
    """
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    index = SearchIndex(library)
    exact = index.named(name)
    by_id = [(kind, wanted) for kind in PAGE_KINDS if wanted in getattr(library, kind)]
    by_name = [(exact.kind, exact.id)] if exact is not None else []
    found = sorted([*by_id, *by_name], key=lambda at: at[0] != "exercises")
    if found:
        return make_page(library, *found[0])
    near = [hit.id for hit in index.search(name, limit=5)]
    raise InputError(
        f"Expected the name of an exercise, a mistake or another page, got {name!r}.",
        hint=f"Near to it: {', '.join(near)}." if near else "See: hingewise library list",
    )


def search_library(library: Library, text: str, *, limit: int) -> list[Hit]:
    """Return what fits some words, the best first; what fits far worse is left out."""
    hits = SearchIndex(library).search(text, limit=limit)
    return [hit for hit in hits if hit.score >= MIN_SHARE_OF_BEST * hits[0].score]


def facets(library: Library, key: str) -> str:
    """An exercise in a few words: movement, level, equipment."""
    exercise = library.exercises[key]
    things = ", ".join(library.equipment[e].name.lower() for e in exercise.equipment)
    return f"{exercise.pattern}, {exercise.difficulty}, {things or 'no equipment'}"


def describe_hit(library: Library, kind: str, key: str) -> list[str]:
    """What was found, in a few lines; of a mistake, the way out of it."""
    if kind == "exercises":
        return [facets(library, key), library.exercises[key].summary.text]
    if kind == "faults":
        fault = library.faults[key]
        ways = [("Drills", [library.drills[drill].name for drill in fault.drills])]
        if fault.regression:
            ways.append(("Go back to", [library.exercises[fault.regression].name]))
        what = f"Mistake. {fault.what.text}"
        return [what, fault.correction.text, *(f"{k}: {', '.join(v)}" for k, v in ways if v)]
    page = make_page(library, kind, key)
    first = page.sections[0].blocks[0]
    text = first.text if isinstance(first, Paragraph) else ""
    return [f"{kind.removesuffix('s').replace('_', '-').capitalize()}. {text}"]


def export_to(folder: Path, library: Library, form: str) -> int:
    """Write an export into a folder and return the number of files; each is written whole.

    Raises
    ------
    OptionError
        If the form is unknown.
    OutputError
        If a file cannot be written.
    """
    if form not in FORMATS:
        raise OptionError(f"--format: expected one of {', '.join(FORMATS)}, got {form!r}.")
    n_files = 0
    for name, text in export_library(library, form):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{path.parent}: expected a folder that can be written, got: {error.strerror}.",
                hint="Name another folder.",
            ) from error
        write_text(path, text)
        n_files += 1
    return n_files


def check_library_files(own: Path | None) -> tuple[list[Problem], Library]:
    """Check the records of the package, or those of a folder beside them."""
    if own is not None:
        return check_own(own)
    if not RECORDS.is_dir():
        return [], load_library()
    reading = check_folder(RECORDS)
    problems = list(reading.problems)
    for made, expected in ((COMPILED, to_json), (INDEX, index_json)):
        if not problems and made.read_text(encoding="utf-8") != expected(reading.library):
            text = "expected what the records say, found an older state: make library"
            problems.append(Problem(made.name, "", text))
    return problems, reading.library
