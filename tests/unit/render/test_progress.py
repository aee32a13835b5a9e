"""Progress is shown to a terminal and to nobody else."""

from __future__ import annotations

import sys
from io import StringIO

import pytest

from hingewise.render.progress import frame_progress


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "stream, quiet, visible",
    [(_Terminal(), False, True), (_Terminal(), True, False), (StringIO(), False, False)],
    ids=["terminal", "quiet", "pipe"],
)
def test_progress_goes_to_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stream: StringIO,
    quiet: bool,
    visible: bool,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", stream)
    with frame_progress("Reading", 10, quiet=quiet) as advance:
        advance(4)
        advance(6)
    assert bool(stream.getvalue()) is visible
    assert capsys.readouterr().out == ""
