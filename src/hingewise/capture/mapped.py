"""Arrays that lie in a file instead of in memory, for what grows with the length of a film."""

from __future__ import annotations

import math
import mmap
import tempfile

import numpy as np

from hingewise.units import SampleArray

_BLOCK_SIZE = 1 << 18
"""Numbers that are written at once: a megabyte."""


def make_mapped_arrays(*wanted: tuple[tuple[int, ...], float]) -> list[SampleArray]:
    """Return arrays that lie together in one file without a name, which is gone when they are.

    ``pose.track.let_go`` gives their memory back; what is needed again is read again.

    Parameters
    ----------
    wanted
        Shape of each array, and the number that it is full of.

    Raises
    ------
    OSError
        If the folder for temporary files has no room.
    """
    sizes = [math.prod(shape) for shape, _ in wanted]
    with tempfile.TemporaryFile(prefix="hingewise-") as file:
        # Written, not only made longer: on a full disk a page that is not there yet kills.
        for size, (_, number) in zip(sizes, wanted, strict=True):
            block = np.full(min(size, _BLOCK_SIZE), number, np.float32)
            for start in range(0, size, _BLOCK_SIZE):
                file.write(block[: size - start].data)
        file.flush()
        pages = mmap.mmap(file.fileno(), 0)
    starts = [4 * sum(sizes[:i]) for i in range(len(sizes))]
    return [
        np.ndarray(shape, np.float32, buffer=pages, offset=start)
        for (shape, _), start in zip(wanted, starts, strict=True)
    ]
