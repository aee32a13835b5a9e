"""A film of the study is the same bit for bit whenever it is made: its figures must not move by themselves."""

from pathlib import Path

import numpy as np

from hingewise_validation.picture.film import FilmFormat, write_film

N_PICTURES, N_TIMES = 40, 6


def test_the_same_pictures_give_the_same_bits(tmp_path: Path) -> None:
    """Memory that was used for something else meanwhile must not show in the film."""
    rng = np.random.default_rng(1)
    still = rng.integers(0, 255, (80, 60, 3)).astype(np.uint8).repeat(8, 0).repeat(8, 1)
    noise = rng.integers(0, 4, (N_PICTURES, *still.shape)).astype(np.uint8)
    pictures = [np.roll(still, 3 * k, 1) // 2 + noise[k] for k in range(N_PICTURES)]
    times_s = [k / 10 for k in range(N_PICTURES)]
    made = []
    for number in range(N_TIMES):
        used = [np.random.default_rng(number).integers(0, 255, (7_000_000 + number * 12_345,), dtype=np.uint8)]
        path = tmp_path / f"{number}.mp4"
        write_film(pictures, times_s, path, FilmFormat(rate_hz=10))
        made.append(path.read_bytes())
        if number % 2:
            used.clear()
    assert len(set(made)) == 1
