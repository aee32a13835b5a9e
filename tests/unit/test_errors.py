from __future__ import annotations

import pytest

from hingewise import errors
from hingewise.errors import HingewiseError, OptionError, ShapeError


def test_one_line_joins_message_and_hint() -> None:
    error = OptionError("load: expected kg or lb, got 'stone'.", hint="Write 40kg.")
    assert error.one_line() == "load: expected kg or lb, got 'stone'. Write 40kg."
    assert str(error) == "load: expected kg or lb, got 'stone'."


def test_one_line_without_hint_is_the_message() -> None:
    assert HingewiseError("it broke.").one_line() == "it broke."


@pytest.mark.parametrize(
    "name,exit_code",
    [
        ("HingewiseError", 1),
        ("VideoError", 2),
        ("PoseFormatError", 2),
        ("NoLifterError", 2),
        ("OutputError", 2),
        ("OptionError", 2),
        ("LibraryError", 3),
        ("EstimatorUnavailable", 4),
    ],
)
def test_exit_codes(name: str, exit_code: int) -> None:
    assert getattr(errors, name).exit_code == exit_code


def test_wrong_shapes_are_not_an_error_of_the_user() -> None:
    assert issubclass(ShapeError, ValueError)
    assert not issubclass(ShapeError, HingewiseError)
