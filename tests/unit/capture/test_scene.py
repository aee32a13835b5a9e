"""Cuts and a moving camera are found within chunks and between them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from hingewise.capture.picture import Picture
from hingewise.capture.scene import SceneJoin, SceneWatch

SIZE_PX = (640, 480)
CHUNK = 48


def room(seed: int) -> np.ndarray:
    """A textured picture that is larger than the camera's."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(40, 215, (30, 50)).astype(np.uint8)
    return coarse.repeat(40, axis=0).repeat(40, axis=1)


def pictures(places_px: list[tuple[int, int]], seeds: list[int]) -> Iterator[tuple[int, Picture]]:
    """What a camera sees that stands at these places in these rooms."""
    width, height = SIZE_PX
    grey = np.full((height // 2, width // 2), 128, np.uint8)
    for index, ((x, y), seed) in enumerate(zip(places_px, seeds, strict=True)):
        luma = np.ascontiguousarray(room(seed)[y : y + height, x : x + width])
        yield (
            index,
            Picture(
                luma=luma,
                chroma_u=grey,
                chroma_v=grey,
                stored_from_upright=np.eye(2, 3),
                upright_size_px=SIZE_PX,
            ),
        )


def join(places_px: list[tuple[int, int]], seeds: list[int]) -> SceneJoin:
    """Watch in chunks, as workers do."""
    seen = list(pictures(places_px, seeds))
    joined = SceneJoin()
    for start in range(0, len(seen), CHUNK):
        watch = SceneWatch()
        for _ in watch.watch(seen[start : start + CHUNK]):
            pass
        joined.add(watch.notes(), start)
    return joined


def test_a_camera_that_stands_still_travels_nowhere() -> None:
    joined = join([(100, 100)] * 96, [1] * 96)
    assert (joined.cut_frames, joined.camera_travel) == ([], 0.0)


@pytest.mark.parametrize("at", [20, CHUNK])
def test_a_cut_is_found_within_a_chunk_and_between_two(at: int) -> None:
    assert join([(100, 100)] * 96, [1] * at + [2] * (96 - at)).cut_frames == [at]


def test_a_camera_that_pans_travels_as_far() -> None:
    """By half a picture in two chunks, at a steady pace."""
    joined = join([(100 + round(320 * i / 95), 100) for i in range(96)], [1] * 96)
    assert joined.cut_frames == []
    assert joined.camera_travel == pytest.approx(0.25, abs=0.05)


def test_a_chunk_of_which_nothing_was_seen_changes_nothing() -> None:
    joined = join([(100, 100)] * 48, [1] * 48)
    joined.add(None, 48)
    assert (joined.cut_frames, len(joined.path)) == ([], 2)
