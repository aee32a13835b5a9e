"""Programs that are killed at any moment: what ``make kills`` tries, at fewer points."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.databases import BACKENDS
from tests.e2e.command import environment


@pytest.mark.parametrize("backend", BACKENDS)
def test_nothing_is_lost_or_half_there_after_a_kill(
    backend: str, request: pytest.FixtureRequest
) -> None:
    """First and later entries, imports, restores, plans, techniques, and older journals."""
    is_server = backend == "postgresql"
    database = request.getfixturevalue("postgresql_address") if is_server else backend
    paths = environment({"PYTHONPATH": ":".join(filter(None, sys.path))})
    command = ["-m", "hingewise_validation.kills.run", "--small", "--database", database]
    done = subprocess.run(
        [sys.executable, *command], env=paths, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(" killed") == 11, done.stdout
