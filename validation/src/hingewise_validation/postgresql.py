"""A PostgreSQL server of one's own on loopback, which ends with whoever started it, however that ends.

Run as a program it is the keeper: it makes the server, prints its port, waits until its standard input ends, and takes
the server and its folder away. The system closes that pipe when the parent is gone, even if it was killed. The keeper
is run as a file, and imports nothing but Python's own.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OWNER = "postgres"
"""The server refuses to run as root; Debian's packages make this user."""


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, None where it is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def own_server() -> Iterator[str]:
    """Start a server that lives as long as this block or this process; yield its address without a database.

    Raises
    ------
    RuntimeError
        If it cannot be started; why stands on standard error.
    """
    command = [sys.executable, "-P", __file__]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # what ends our group must leave it the time to clean up
    ) as keeper:
        port = keeper.stdout.readline().strip() if keeper.stdout else ""
        if not port:
            raise RuntimeError("expected a PostgreSQL server, got none: is PostgreSQL installed?")
        yield f"postgresql://hingewise@127.0.0.1:{port}"


def _keep() -> None:
    """Be the keeper."""
    programs = find_programs()
    if programs is None:
        sys.exit("expected PostgreSQL's initdb and pg_ctl, found none: apt-get install postgresql")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(tempfile.mkdtemp(prefix="hingewise-postgresql-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER)
        port = _start(programs, folder)
        with suppress(BrokenPipeError):  # the parent is gone already
            sys.stdout.write(f"{port}\n")
            sys.stdout.flush()
        sys.stdin.read()
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            _run(programs, folder, "pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _start(programs: Path, folder: Path) -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "fsync": "off",  # its clients are killed, the server never
    }
    told = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    _run(programs, folder, "initdb", "-U", "hingewise", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
    _run(programs, folder, "pg_ctl", "-w", "-l", str(folder / "log"), "-o", told, "start")
    return port


def _run(programs: Path, folder: Path, program: str, *arguments: str) -> None:
    as_owner = ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []
    command = [*as_owner, str(programs / program), "-D", str(folder / "data"), *arguments]
    nothing = subprocess.DEVNULL
    done = subprocess.run(command, cwd=folder, stdin=nothing, stdout=nothing, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        sys.exit(f"{program}: {done.stderr.decode(errors='replace').strip()}")


if __name__ == "__main__":
    _keep()
