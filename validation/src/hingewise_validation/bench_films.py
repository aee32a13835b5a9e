"""Films for the bench, made from the example: as a phone writes them, short, and very long."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.stream import Stream
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

ByteArray = npt.NDArray[np.uint8]

PHONE_SIZE_PX = (1920, 1080)
PHONE_SECONDS = 60
PHONE_RATE_HZ = 30
PHONE_GOP_FRAMES = 30
PHONE_BIT_RATE = 10_000_000
NOISE_LEVEL = 3.0
"""Standard deviation of a small sensor's noise, of 255."""

N_NOISE_PICTURES = 7


def cached(path: Path, make: Callable[[Path], None]) -> Path:
    """Return a film after making it if it is not there; a broken run leaves nothing behind."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"part-{path.name}")
        make(part)
        part.rename(path)
    return path


def make_phone_film(example: Path, target: Path) -> None:
    """Write a minute of 1080p30 H.264, a keyframe every second, about 10 Mbit/s: the example in a noisy room."""
    rng = np.random.default_rng(1)
    width, height = PHONE_SIZE_PX
    room = _make_room(rng, width, height)
    noise = [np.rint(rng.normal(0, NOISE_LEVEL, room.shape)).astype(np.int16) for _ in range(N_NOISE_PICTURES)]
    options = {"preset": "veryfast", "bf": "0", "g": str(PHONE_GOP_FRAMES), "threads": "0"}
    with av.open(str(target), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=PHONE_RATE_HZ, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.bit_rate = PHONE_BIT_RATE
        pictures = itertools.islice(_repeated(example, height), PHONE_SECONDS * PHONE_RATE_HZ)
        for number, picture in enumerate(pictures):
            scene = room.copy()
            left = (width - picture.shape[1]) // 2
            scene[:, left : left + picture.shape[1]] = picture
            noisy = np.clip(scene + noise[number * 5 % N_NOISE_PICTURES], 0, 255).astype(np.uint8)
            frame = av.VideoFrame.from_ndarray(noisy, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, PHONE_RATE_HZ)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def repeat_film(example: Path, target: Path, n_frames: int) -> None:
    """Write the example over and over, packet by packet, until the film holds this many frames.

    It ends where no picture is missing: pictures are stored in another order than they are shown.
    """
    with av.open(str(example)) as source, av.open(str(target), "w") as container:
        stream = source.streams.video[0]
        copy = container.add_stream_from_template(stream)
        parts = [_Part.of(packet) for packet in source.demux(stream) if packet.size]
        first, last = min(part.pts for part in parts), max(part.pts for part in parts)
        lap_length = round((last - first) * len(parts) / (len(parts) - 1))
        shown_until = first
        for number in itertools.count():
            lap, place = divmod(number, len(parts))
            if number >= n_frames and (shown_until - first) * len(parts) <= (number - 1) * lap_length:
                break
            shown_until = max(shown_until, parts[place].pts + lap * lap_length)
            packet = parts[place].to_packet(lap * lap_length)
            packet.stream = copy
            packet.time_base = Fraction(stream.time_base or 1)
            container.mux_one(packet)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One coded picture."""

    data: bytes
    pts: int
    dts: int
    duration: int
    is_keyframe: bool

    @classmethod
    def of(cls, packet: av.Packet[VideoStream]) -> _Part:
        """Keep what a packet holds."""
        return cls(
            data=bytes(packet),
            pts=int(packet.pts or 0),
            dts=int(packet.dts or 0),
            duration=int(packet.duration or 0),
            is_keyframe=bool(packet.is_keyframe),
        )

    def to_packet(self, later: int) -> av.Packet[Stream]:
        """The same picture some ticks later."""
        packet = av.Packet(self.data)
        packet.pts, packet.dts, packet.duration = self.pts + later, self.dts + later, self.duration
        packet.is_keyframe = self.is_keyframe
        return packet


def count_frames(film: Path) -> int:
    """Number of pictures in a film."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        return stream.frames or sum(1 for packet in container.demux(stream) if packet.size)


def _make_room(rng: np.random.Generator, width: int, height: int) -> npt.NDArray[np.int16]:
    """A background with coarse and fine texture. Shape (height, width, 3)."""
    room = np.full((height, width, 3), 120.0)
    for cell in (240, 60, 12):
        coarse = rng.normal(0, 18, (-(-height // cell), -(-width // cell), 3))
        room += coarse.repeat(cell, axis=0).repeat(cell, axis=1)[:height, :width]
    return np.clip(room, 0, 255).astype(np.int16)


def _repeated(example: Path, height: int) -> Iterator[ByteArray]:
    """The example's pictures at this height, over and over."""
    reformatter = VideoReformatter()
    while True:
        with av.open(str(example)) as container:
            for frame in container.decode(video=0):
                width = 2 * round(frame.width * height / frame.height / 2)
                scaled = reformatter.reformat(frame, width, height, "rgb24", interpolation="BILINEAR")
                yield np.asarray(scaled.to_ndarray(), dtype=np.uint8)
