"""The same set filmed, turned, timed or stored otherwise gives the same numbers.

Two repetitions of the example, at 15 pictures a second, are enough.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hingewise.units import FloatArray
from tests.e2e import scenes
from tests.e2e.command import analysis, made_once
from tests.e2e.scenes import Shot, example, write_shot
from tests.films import (
    QUIET_HEVC_OPTIONS,
    TURN_90,
    TURN_180,
    TURN_270,
    ByteArray,
    set_display_matrix,
)

MAX_ANGLE_DEG = 1.5
MAX_SINGLE_ANGLE_DEG = 2.5
"""A single reading carries the noise of its moment."""
MAX_TIME_S = 0.1
TIMES = ("start_s", "bottom_s", "top_s", "end_s")
ANGLES = ("trunk_thigh_flexion", "trunk_inclination", "knee_flexion")

HALF, WHOLE, DOUBLE = (240, 320), (480, 640), (960, 1280)
HEVC_OPTIONS = {"preset": "ultrafast", "crf": "20"} | QUIET_HEVC_OPTIONS
_VP9 = {"deadline": "realtime", "cpu-used": "8", "crf": "24", "b": "0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another film of the same set."""

    make: Callable[[Path], Path]
    options: tuple[str, ...] = ()
    facing: str = "right"
    ending: str = ".mp4"


def _example(size_px: tuple[int, int] = WHOLE) -> Shot:
    return example(every=2, size_px=size_px)


def _changed(change: Callable[[ByteArray], ByteArray]) -> Callable[[Path], Path]:
    return lambda path: write_shot(path, _example().map(lambda picture, _: change(picture)))


def _turned(quarters: int, matrix: tuple[float, float, float, float]) -> Callable[[Path], Path]:
    """The pixels turned one way, and metadata that turns them back."""

    def make(path: Path) -> Path:
        _changed(lambda picture: np.rot90(picture, quarters))(path)
        return set_display_matrix(path, matrix)

    return make


REFERENCE = "as it is"
TILT_DEG = 5.0
TILTED = "camera tilted by 5 degrees"
COPIES = {
    REFERENCE: Copy(make=lambda path: write_shot(path, _example())),
    "mirrored": Copy(make=_changed(lambda picture: picture[:, ::-1]), facing="left"),
    "turned by 90 degrees": Copy(make=_turned(1, TURN_90)),
    "turned by 180 degrees": Copy(make=_turned(2, TURN_180)),
    "turned by 270 degrees": Copy(make=_turned(3, TURN_270)),
    "four times slower": Copy(
        make=lambda path: write_shot(path, _example(), stretch=4.0), options=("--slow-motion", "4")
    ),
    "variable rate": Copy(
        make=lambda path: write_shot(
            path, scenes.drop_randomly(example(every=1, size_px=WHOLE), share=0.3)
        )
    ),
    "30 pictures a second": Copy(
        make=lambda path: write_shot(path, example(every=1, size_px=WHOLE))
    ),
    "VP9": Copy(
        make=lambda path: write_shot(path, _example(), codec="libvpx-vp9", options=_VP9),
        ending=".webm",
    ),
    "HEVC": Copy(
        make=lambda path: write_shot(path, _example(), codec="libx265", options=HEVC_OPTIONS)
    ),
    "half the size": Copy(make=lambda path: write_shot(path, _example(HALF))),
    "double size": Copy(make=lambda path: write_shot(path, _example(DOUBLE))),
    TILTED: Copy(make=_changed(lambda p: scenes.rolled(p, TILT_DEG))),
}


def _document(base: pytest.TempPathFactory, name: str) -> dict[str, Any]:
    """What comes of a copy, analysed once for all tests."""
    copy = COPIES[name]

    def make(part: Path) -> None:
        found = analysis(copy.make(part / f"set{copy.ending}"), *copy.options)
        (part / "analysis.json").write_text(json.dumps(found), "utf-8")

    folder = made_once(base, f"copy_{name.replace(' ', '_')}", make)
    document: dict[str, Any] = json.loads((folder / "analysis.json").read_text("utf-8"))
    return document


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _document(tmp_path_factory, REFERENCE)


@pytest.mark.parametrize("name", [name for name in COPIES if name != REFERENCE])
def test_count_and_times(
    name: str, reference: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    document = _document(tmp_path_factory, name)
    assert document["summary"]["n_repetitions"] == reference["summary"]["n_repetitions"] == 2
    assert document["exercise"]["family"] == reference["exercise"]["family"] == "hinge"
    assert document["view"]["facing"] == COPIES[name].facing
    assert _time_difference_s(document, reference) <= MAX_TIME_S


@pytest.mark.parametrize("name", [name for name in COPIES if name != REFERENCE])
def test_angles(
    name: str, reference: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    document = _document(tmp_path_factory, name)
    for angle in ANGLES:
        off = _angle_differences_deg(document, reference, angle)
        assert np.abs(off.mean(axis=0)).max() <= MAX_ANGLE_DEG, (angle, off)
        assert np.abs(off).max() <= MAX_SINGLE_ANGLE_DEG, (angle, off)


def test_a_tilted_camera_is_told_and_corrected(
    reference: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Without a correction the trunk would lean 5 degrees less; the lifter's standing tells."""
    tilted = _document(tmp_path_factory, TILTED)
    assert tilted["view"]["roll_deg"] == pytest.approx(-TILT_DEG, abs=1.0)
    assert any("level" in advice for advice in tilted["view"]["advice"])
    assert not any("level" in advice for advice in reference["view"]["advice"])
    corrected = (d["provenance"]["parameters"]["vertical_tilt_deg"] for d in (tilted, reference))
    for found, true in zip(corrected, (-TILT_DEG, 0.0), strict=True):
        assert found == pytest.approx(true, abs=MAX_ANGLE_DEG)


def _time_difference_s(document: dict[str, Any], reference: dict[str, Any]) -> float:
    """Largest difference of the limits of all repetitions."""
    pairs = zip(document["repetitions"], reference["repetitions"], strict=True)
    return max(float(abs(one[name] - other[name])) for one, other in pairs for name in TIMES)


def _angle_differences_deg(
    document: dict[str, Any], reference: dict[str, Any], angle: str
) -> FloatArray:
    """Differences of an angle, shape (repetitions, bottom and lockout)."""
    names = (f"{angle}_at_bottom", f"{angle}_at_lockout")
    one, other = (
        np.array([[r["measures"][name]["value"] for name in names] for r in d["repetitions"]])
        for d in (document, reference)
    )
    return np.asarray(one - other, np.float64)
