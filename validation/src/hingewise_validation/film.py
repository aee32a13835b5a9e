"""Writing pictures to an H.264 file."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray


def write_film(pictures: Iterable[NDArray[np.uint8]], path: Path, *, rate_hz: int, crf: int) -> None:
    """Encode RGB pictures at a constant rate as H.264, 4:2:0, ready to stream."""
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        options = {"crf": str(crf), "preset": "veryslow", "g": str(4 * rate_hz)}
        stream = container.add_stream("libx264", rate=rate_hz, options=options)
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        for number, picture in enumerate(pictures):
            if number == 0:
                stream.height, stream.width = picture.shape[:2]
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, rate_hz)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
