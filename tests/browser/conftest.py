"""What the tests in a browser share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.browser import Open, load_page


@pytest.fixture
def open_page(tmp_path: Path) -> Open:
    """Loads a page from disk."""
    return lambda path: load_page(path, tmp_path / "profile")
