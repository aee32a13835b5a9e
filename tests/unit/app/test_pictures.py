"""Key frames are decoded in shares that take about as long, none twice, none forgotten."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hingewise.app.pictures import share_out

FRAMES = st.lists(st.integers(0, 899), unique=True, max_size=60).map(sorted)


def _groups(frames: list[int], gop: int) -> list[list[int]]:
    numbers = sorted({frame // gop for frame in frames})
    return [[frame for frame in frames if frame // gop == number] for number in numbers]


@given(frames=FRAMES, gop=st.integers(1, 300), n_shares=st.integers(1, 5))
def test_each_frame_is_decoded_once_and_in_order(
    frames: list[int], gop: int, n_shares: int
) -> None:
    keyframe = np.arange(900) % gop == 0
    shares = share_out(keyframe, _groups(frames, gop), n_shares)
    assert len(shares) == n_shares
    assert [frame for share in shares for frame in share] == frames


def test_shares_take_about_as_long() -> None:
    """A series late in some groups of pictures costs as much as twenty lockouts on keyframes."""
    keyframe = np.arange(900) % 30 == 0
    groups = [*([30 * k] for k in range(20)), [600 + 25], [630 + 29], [690 + 3]]
    first, second = share_out(keyframe, groups, 2)
    costs = [sum(frame % 30 + 1 for frame in share) for share in (first, second)]
    assert max(costs) <= 0.7 * sum(costs)
    assert len(first) > len(second)


def test_a_film_whose_first_pictures_hang_in_the_air() -> None:
    assert share_out(np.zeros(90, np.bool_), [[3, 40]], 2) == [[], [3, 40]]
