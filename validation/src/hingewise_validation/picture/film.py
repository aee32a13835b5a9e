"""Writing pictures to an H.264 file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

TICK_S = Fraction(1, 90_000)

REPEATABLE = {"x264-params": "mbtree=0"}
"""Macroblock-tree rate control gives other bits for the same pictures in some runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmFormat:
    """How pictures become a file.

    ``rate_hz`` frames a second; ``rate_jitter`` is within how much of a frame's time single frames come early or late
    (a phone's variable rate); ``crf`` and ``preset`` are the encoder's, a larger ``crf`` compresses more;
    ``supersampling`` draws each pixel as so many by so many.
    """

    rate_hz: int = 30
    rate_jitter: float = 0.0
    crf: int = 26
    preset: str = "veryfast"
    supersampling: int = 1


EXAMPLE_FORMAT = FilmFormat(crf=27, preset="veryslow", supersampling=2)
"""Slow and fine, for the film that is shown to people."""


def write_film(pictures: Iterable[NDArray[np.uint8]], times_s: Sequence[float], path: Path, film: FilmFormat) -> None:
    """Encode RGB pictures as H.264, 4:2:0, ready to stream, each with its own time."""
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        options = {"crf": str(film.crf), "preset": film.preset, "g": str(4 * film.rate_hz)} | REPEATABLE
        stream = container.add_stream("libx264", rate=film.rate_hz, options=options)
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        stream.codec_context.time_base = TICK_S
        for number, (picture, time_s) in enumerate(zip(pictures, times_s, strict=True)):
            if number == 0:
                stream.height, stream.width = picture.shape[:2]
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(time_s / TICK_S), TICK_S
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
