"""Key frames: the lifter large, the file small, the drawing in the right place."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from hingewise.pose.skeletons import LANDMARKS
from hingewise.render.keyframes import (
    WIDTH_PX,
    Crop,
    choose_key_moments,
    crop_to_lifter,
    encode_keyframe,
    frame_budget_bytes,
    keyframe_size_px,
)
from hingewise.render.overlay import OverlayState
from hingewise.render.sprites import ByteArray
from hingewise.repetitions.types import Phase
from tests.builders_report import make_set

NOISE: ByteArray = np.random.default_rng(5).integers(0, 255, (640, 480, 3)).astype(np.uint8)


def decode(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg))


def test_twelve_repetitions_stay_below_a_megabyte_in_the_page() -> None:
    n_frames = 2 * 12 + 8
    assert n_frames * frame_budget_bytes(n_frames) * 4 / 3 < 850_000


def test_few_pictures_may_be_larger_than_many() -> None:
    assert frame_budget_bytes(2) > frame_budget_bytes(60) > frame_budget_bytes(400) - 1


WHOLE = Crop(x0=0, y0=0, x1=480, y1=640)


def test_a_smaller_budget_compresses_harder() -> None:
    small, large = (encode_keyframe(NOISE, crop=WHOLE, max_bytes=n) for n in (20_000, 10**9))
    assert len(small) < len(large)


def test_the_picture_keeps_its_size() -> None:
    picture = decode(encode_keyframe(NOISE, crop=WHOLE))
    assert picture.size == (480, 640)
    assert picture.format == "JPEG"


def test_key_frames_have_one_width_but_small_pictures_are_not_blown_up() -> None:
    assert keyframe_size_px(WHOLE) == (WIDTH_PX, WIDTH_PX * 640 // 480)
    assert keyframe_size_px(Crop(x0=10, y0=20, x1=70, y1=120)) == (120, 200)


def test_the_cut_holds_the_lifter_with_room_around() -> None:
    points = np.array([[300.0, 100.0], [360.0, 460.0], [280.0, 300.0], [np.nan, np.nan]])
    crop = crop_to_lifter(points, (854, 480))
    assert crop.x0 < 280 < 360 < crop.x1
    assert crop.y0 < 100 < 460 < crop.y1
    assert crop.x1 - crop.x0 < 600


@pytest.mark.parametrize("size", [(480, 640), (1920, 1080), (120, 90)])
def test_the_cut_stays_inside_the_picture(size: tuple[int, int]) -> None:
    points = np.array([[-50.0, -50.0], [size[0] + 80.0, size[1] + 80.0]])
    assert crop_to_lifter(points, size) == Crop(x0=0, y0=0, x1=size[0], y1=size[1])


def test_nobody_seen_shows_the_whole_picture() -> None:
    unseen = np.full((9, 2), np.nan)
    assert crop_to_lifter(unseen, (480, 640)) == Crop(x0=0, y0=0, x1=480, y1=640)


def test_each_repetition_is_shown_at_its_bottom_and_lockout_and_one_as_a_series() -> None:
    made = make_set(4, partial=(2,))
    time_s, repetitions = made.kinematics.time_s, made.segmentation.repetitions
    moments = choose_key_moments(time_s, repetitions)
    assert [m.index for m in moments] == sorted(m.index for m in moments)
    shown = {(m.repetition, m.kind) for m in moments if m.kind != "strip"}
    assert shown == {(n, "bottom") for n in (1, 2, 3, 4)} | {(n, "lockout") for n in (1, 3, 4)}
    assert [m.repetition for m in moments if m.kind == "strip"] == [1] * 8
    (bottom,) = [m for m in moments if (m.repetition, m.kind) == (3, "bottom")]
    assert time_s[bottom.index] == pytest.approx(repetitions[2].bottom_s, abs=0.02)


def test_a_lockout_that_is_held_is_shown_by_a_picture_that_decodes_on_its_own() -> None:
    made = make_set(3)
    time_s, repetitions = made.kinematics.time_s, made.segmentation.repetitions
    plain = choose_key_moments(time_s, repetitions)
    keyframe = np.zeros(time_s.size, dtype=np.bool_)
    first, second, _ = (m.index for m in plain if m.kind == "lockout")
    keyframe[first + 2] = True  # within the hold
    keyframe[np.searchsorted(time_s, repetitions[1].end_s) + 5] = True  # in the next descent
    moments = choose_key_moments(time_s, repetitions, keyframe)
    lockouts = [m.index for m in moments if m.kind == "lockout"]
    assert lockouts[:2] == [first + 2, second]
    assert [m for m in moments if m.kind == "strip"] == [m for m in plain if m.kind == "strip"]


def test_a_bottom_is_shown_by_what_is_decoded_soonest_within_it() -> None:
    made = make_set(2)
    time_s, repetitions = made.kinematics.time_s, made.segmentation.repetitions
    spans = [repetition.phase(Phase.BOTTOM) for repetition in repetitions]
    keyframe = np.zeros(time_s.size, dtype=np.bool_)
    assert spans[0] is not None
    assert spans[1] is not None
    inside = int(np.searchsorted(time_s, (spans[0].start_s + spans[0].end_s) / 2))
    keyframe[[inside, inside + 40]] = True
    moments = choose_key_moments(time_s, repetitions, keyframe)
    first, second = (m.index for m in moments if m.kind == "bottom")
    assert first == inside
    assert second == np.searchsorted(time_s, spans[1].start_s)


def test_without_complete_repetitions_there_is_no_series() -> None:
    made = make_set(1, partial=(1,))
    (moment,) = choose_key_moments(made.kinematics.time_s, made.segmentation.repetitions)
    assert moment.kind == "bottom"
    assert choose_key_moments(made.kinematics.time_s, ()) == ()


def test_the_drawing_moves_with_the_cut() -> None:
    crop = Crop(x0=160, y0=230, x1=340, y1=430)
    width_px, height_px = keyframe_size_px(crop)
    grey = np.full((height_px, width_px, 3), 90, dtype=np.uint8)
    points = np.full((len(LANDMARKS), 2), np.nan)
    points[LANDMARKS.index("hip")] = (250.0, 330.0)
    state = OverlayState(near_px=points, far_px=np.full_like(points, np.nan))
    jpeg = encode_keyframe(grey, state, crop=crop)
    changed = np.abs(np.asarray(decode(jpeg)).astype(int) - 90).max(axis=2) > 30
    rows, columns = np.nonzero(changed)
    assert (columns.mean(), rows.mean()) == pytest.approx((180, 200), abs=2)
