"""The tests' server ends with whoever started it, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

HOLD = """
import sys
from hingewise_validation.postgresql import own_server
with own_server() as address:
    print(address, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place for the server that its own user may enter, as pytest's folders are not."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.mark.usefixtures("postgresql_address")
@pytest.mark.parametrize("how", ["it is killed", "it is done"])
def test_the_server_ends_with_its_parent(folder: Path, how: str) -> None:
    """The keeper has the parent's standard error: that ends when both are gone."""
    path = os.pathsep.join(each for each in sys.path if each)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=os.environ | {"TMPDIR": str(folder), "PYTHONPATH": path},
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
    ) as parent:
        assert parent.stdout
        assert parent.stderr
        port = int(parent.stdout.readline().rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port)) as client:
            if how == "it is killed":
                parent.kill()
            else:
                assert parent.stdin
                parent.stdin.close()
            assert parent.stderr.read() == ""
            with suppress(ConnectionResetError):
                assert client.recv(1) == b""
    assert list(folder.iterdir()) == []
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
