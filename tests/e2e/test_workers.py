"""However many processes work on a film, the result is the same bit for bit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.command import hingewise
from tests.e2e.scenes import EXAMPLE, FAST, example, write_shot


@pytest.fixture(scope="module")
def single_keyframe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film where every process decodes from the start, over B-frames."""
    path = tmp_path_factory.mktemp("gop") / "set.mp4"
    options = FAST | {"x264-params": "keyint=9999:min-keyint=9999:scenecut=0:bframes=3"}
    return write_shot(path, example(), options=options)


def test_the_example(example_results: Path, tmp_path: Path) -> None:
    assert_same_results(_analyse(EXAMPLE, tmp_path / "one", "1"), example_results)


def test_a_film_with_a_single_keyframe(single_keyframe: Path, tmp_path: Path) -> None:
    one = _analyse(single_keyframe, tmp_path / "one", "1")
    assert_same_results(one, _analyse(single_keyframe, tmp_path / "two", "2"))


def assert_same_results(one: Path, other: Path) -> None:
    for name in ("pose.parquet", "kinematics.parquet", "analysis.json"):
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def _analyse(film: Path, folder: Path, n_workers: str) -> Path:
    options = ("--no-film", "--workers", n_workers, "--out", folder.name)
    run = hingewise("analyze", str(film), *options, cwd=folder.parent)
    assert (run.code, run.err) == (0, "")
    return folder
