"""The tree at the top of errors.py is the tree of its classes."""

from __future__ import annotations

import inspect
import re

from hingewise import errors


def test_the_drawn_tree_is_the_tree_of_classes() -> None:
    assert _drawn_parents() == _real_parents()


def test_the_drawn_exit_codes_are_the_real_ones() -> None:
    drawn = {
        line.split()[0]: int(match.group(1))
        for line in _tree_lines()
        if (match := re.search(r"exit (\d+)$", line))
    }
    assert drawn
    assert drawn == {name: getattr(errors, name).exit_code for name in drawn}


def test_error_codes_are_unique() -> None:
    codes = [c.code for c in _classes() if issubclass(c, errors.HingewiseError)]
    assert len(codes) == len(set(codes))


def _classes() -> list[type]:
    found = (value for value in vars(errors).values() if inspect.isclass(value))
    return [value for value in found if value.__module__ == errors.__name__]


def _real_parents() -> dict[str, str]:
    return {value.__name__: value.__bases__[0].__name__ for value in _classes()}


def _tree_lines() -> list[str]:
    text = inspect.getdoc(errors) or ""
    block = text.split("::\n", 1)[1]
    lines = [line for line in block.splitlines() if line.startswith("    ")]
    return [line[4:] for line in lines]


def _drawn_parents() -> dict[str, str]:
    """Class -> parent, from the indentation; several names on one line are siblings."""
    parents: dict[str, str] = {}
    above = ["Exception"]
    for line in _tree_lines():
        depth = (len(line) - len(line.lstrip())) // 2
        names = re.split(r" {3,}", line.strip())[0].split("  ")
        for entry in names:
            name, _, base = entry.rstrip(")").partition("(")
            parents[name] = base or above[depth]
        above[depth + 1 :] = [names[0]]
    return parents
