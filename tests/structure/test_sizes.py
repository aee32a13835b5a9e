"""Small modules, small functions, few parameters."""

from __future__ import annotations

import ast

from tests.structure.sources import FunctionNode, functions, label, python_files

MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 50
MAX_PARAMETERS = 6
MAX_EXCEPTIONS = 5

EXCEPTIONS = {
    "src/hingewise/cli/analyse.py::analyze": "one parameter for each option is Typer's way",
    "src/hingewise/cli/library.py::list_records": "one parameter for each option is Typer's way",
    "src/hingewise/cli/log.py::add": "one parameter for each option is Typer's way",
}
"""``file::function`` -> why it may have more parameters or lines than the rest."""


def test_modules_are_short() -> None:
    lengths = {label(path): len(path.read_text().splitlines()) for path in python_files()}
    assert {name: n for name, n in lengths.items() if n > MAX_MODULE_LINES} == {}


def test_functions_are_short() -> None:
    assert {n: lines for n, lines in _function_lines().items() if n not in EXCEPTIONS} == {}


def test_functions_take_few_parameters() -> None:
    assert {n: count for n, count in _parameter_counts().items() if n not in EXCEPTIONS} == {}


def test_exceptions_are_few_and_still_needed() -> None:
    assert len(EXCEPTIONS) <= MAX_EXCEPTIONS
    assert set(EXCEPTIONS) - set(_function_lines()) - set(_parameter_counts()) == set()
    assert all(EXCEPTIONS.values())


def _function_lines() -> dict[str, int]:
    """Functions that are too long, with their lines of code."""
    found = {}
    for path in python_files():
        lines = path.read_text().splitlines()
        for name, node in functions(path):
            n_lines = _code_lines(node, lines)
            if n_lines > MAX_FUNCTION_LINES:
                found[name] = n_lines
    return found


def _code_lines(node: FunctionNode, lines: list[str]) -> int:
    """Lines of a function without docstring, comments and blank lines."""
    docstring: set[int] = set()
    if ast.get_docstring(node) is not None:
        docstring = set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    span = range(node.lineno, (node.end_lineno or node.lineno) + 1)
    text = (lines[number - 1].strip() for number in span if number not in docstring)
    return sum(1 for line in text if line and not line.startswith("#"))


def _parameter_counts() -> dict[str, int]:
    """Functions with too many parameters, self and cls not counted."""
    found = {}
    for path in python_files():
        for name, node in functions(path):
            every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            count = sum(1 for argument in every if argument.arg not in ("self", "cls"))
            if count > MAX_PARAMETERS:
                found[name] = count
    return found
