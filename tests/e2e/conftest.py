"""Films and results that several tests look at, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import scenes
from tests.e2e.command import hingewise, made_once


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two repetitions of the example, small: read only."""

    def make(part: Path) -> None:
        scenes.write_shot(part / "set.mp4", scenes.example())
        scenes.write_shot(part / "standing.mp4", scenes.example(end_s=2.0))

    return made_once(tmp_path_factory, "film", make) / "set.mp4"


@pytest.fixture(scope="session")
def short_film(film: Path) -> Path:
    """The lifter standing for two seconds: where any film will do. Read only."""
    return film.with_name("standing.mp4")


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory, film: Path) -> Path:
    """Everything that analysing it writes, and ``stdout.json``: read only."""

    def make(part: Path) -> None:
        run = hingewise(
            "analyze", str(film), "--out", "all", "--json", "--trc", "--mot", "--csv", cwd=part
        )
        assert (run.code, run.err) == (0, "")
        (part / "stdout.json").write_text(run.out, "utf-8")

    return made_once(tmp_path_factory, "results", make)


@pytest.fixture(scope="session")
def example_results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What analysing the example writes, without the film, by two processes: read only."""

    def make(part: Path) -> None:
        options = ("--no-film", "--workers", "2", "--out", "example")
        run = hingewise("analyze", str(scenes.EXAMPLE), *options, cwd=part)
        assert (run.code, run.err) == (0, "")

    return made_once(tmp_path_factory, "example", make) / "example"
