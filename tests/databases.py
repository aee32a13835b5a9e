"""Both databases for the tests: SQLite, and a PostgreSQL server of the tests' own on loopback.

Without PostgreSQL's programs its tests are left out and said so, but under
``HINGEWISE_POSTGRESQL=required`` (as CI does): then they fail.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from hingewise_validation.postgresql import find_programs, own_server

BACKENDS = ("sqlite", "postgresql")
PROGRAMS = find_programs()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A server for the tests of one process."""
    assert PROGRAMS, "HINGEWISE_POSTGRESQL=required, but PostgreSQL is not installed"
    with own_server() as address:
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
