"""Both databases for the tests: SQLite, and a PostgreSQL server of the tests' own on loopback.

Without PostgreSQL's programs its tests are left out and said so, but under
``HINGEWISE_POSTGRESQL=required`` (as CI does): then they fail.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine

BACKENDS = ("sqlite", "postgresql")
OWNER = "postgres"
"""The server refuses to run as root; Debian's packages make this user."""


def _programs() -> Path | None:
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


PROGRAMS = _programs()


@contextmanager
def _server() -> Iterator[str]:
    """Start a server that lives as long as this block; yield its address without a database."""
    assert PROGRAMS is not None, "HINGEWISE_POSTGRESQL=required, but PostgreSQL is not installed"
    as_root = os.geteuid() == 0
    as_owner = ["runuser", "-u", OWNER, "--"] if as_root else []
    folder = Path(tempfile.mkdtemp(prefix="hingewise-postgresql-"))
    data = folder / "data"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(program: str, *arguments: str) -> None:
        command = [*as_owner, str(PROGRAMS / program), "-D", str(data), *arguments]
        done = subprocess.run(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        assert done.returncode == 0, done.stderr.decode()

    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "fsync": "off",  # our programs are killed here, the server never
    }
    told = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    try:
        if as_root:
            shutil.chown(folder, OWNER)
        run("initdb", "-U", "hingewise", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", told, "start")
        yield f"postgresql://hingewise@127.0.0.1:{port}"
        run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A server for the tests of one process."""
    with _server() as address:
        yield address


def _new_database(address: str) -> str:
    name = f"journal_{uuid.uuid4().hex}"
    url = f"{address.replace('postgresql:', 'postgresql+pg8000:')}/postgres"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return f"{address}/{name}"


@pytest.fixture
def postgresql_address(request: pytest.FixtureRequest) -> str:
    """The address of the server; without its programs the test is left out."""
    if PROGRAMS is None and os.environ.get("HINGEWISE_POSTGRESQL") != "required":
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    address: str = request.getfixturevalue("postgresql")
    return address


@pytest.fixture(params=BACKENDS)
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes empty databases, of each kind, and returns their addresses."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / f'{uuid.uuid4().hex}.sqlite'}"
    address: str = request.getfixturevalue("postgresql_address")
    return lambda: _new_database(address)


@pytest.fixture
def database_url(new_database: Callable[[], str]) -> str:
    """The address of an empty database, of each kind."""
    return new_database()
