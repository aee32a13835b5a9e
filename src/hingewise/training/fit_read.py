"""Messages out of a FIT file, whoever wrote it."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hingewise.errors import JournalFormatError
from hingewise.training.csv_table import MAX_BYTES
from hingewise.training.fit_profile import DEVELOPER_ID
from hingewise.training.fit_wire import check_whole

MAX_MESSAGES = 3_000_000
"""A watch writes one a second: this would be a month without a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a message says: values by the number of their field, those that are not known left out.

    Attributes
    ----------
    part
        Which one of several files behind each other it stands in, from 0.
    number
        Of its kind in the profile.
    fields
        Those of the profile, as they are on disk: without scale and offset.
    own
        Developer fields of the application that was asked for.
    """

    part: int
    number: int
    fields: dict[int, Any] = field(default_factory=dict)
    own: dict[int, Any] = field(default_factory=dict)


def read_messages(
    content: bytes, *, application: bytes, wanted: frozenset[int], name: str
) -> Iterator[Message]:
    """Yield messages.

    Parameters
    ----------
    content
        The whole file.
    application
        Whose developer fields are wanted.
    wanted
        Numbers of the kinds of messages that are; where the application says what it is, that
        message comes too.
    name
        Of the file, for errors.

    Raises
    ------
    JournalFormatError
        If it is damaged, or too large.
    """
    if len(content) > MAX_BYTES:
        raise JournalFormatError(
            f"{name}: expected up to {MAX_BYTES // 1_000_000} MB, got {len(content) / 1e6:.0f} MB."
        )
    check_whole(content, name=name)
    part = -1
    ours: set[Any] = set()
    for count, frame in enumerate(_frames(content, name)):
        if count >= MAX_MESSAGES:
            raise JournalFormatError(f"{name}: expected up to {MAX_MESSAGES} messages, got more.")
        if frame is None:
            part += 1
            ours.clear()
        elif frame.global_mesg_num == DEVELOPER_ID:
            said = _fields(frame, developers=False)
            ours.discard(said.get(3))
            if said.get(1) == tuple(application):
                ours.add(said.get(3))
                yield Message(part=part, number=DEVELOPER_ID, fields=said)
        elif frame.global_mesg_num in wanted:
            yield Message(
                part=part,
                number=frame.global_mesg_num,
                fields=_fields(frame, developers=False),
                own=_fields(frame, developers=True, of=ours),
            )


def _frames(content: bytes, name: str) -> Iterator[Any]:
    """Messages as fitdecode has them, None where a file begins.

    It trusts what it reads: whatever it stumbles over is a mistake of the file.
    """
    from fitdecode import FIT_FRAME_DATA, FIT_FRAME_HEADER, CrcCheck, ErrorHandling, FitReader
    from fitdecode.exceptions import FitError

    reader = FitReader(
        io.BytesIO(content),
        processor=None,
        check_crc=CrcCheck.DISABLED,
        error_handling=ErrorHandling.IGNORE,
    )
    with reader:
        frames = iter(reader)
        while True:
            try:
                frame = next(frames)
            except StopIteration:
                return
            except (
                FitError, ArithmeticError, AssertionError, AttributeError, LookupError, TypeError,
                ValueError, struct.error,
            ) as error:  # fmt: skip
                raise JournalFormatError(
                    f"{name}: expected FIT messages, got what makes none: {_told(error)}.",
                    hint="Export the file again.",
                ) from error
            if frame.frame_type == FIT_FRAME_DATA:
                yield frame
            elif frame.frame_type == FIT_FRAME_HEADER:
                yield None


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def _fields(frame: Any, *, developers: bool, of: set[Any] | None = None) -> dict[int, Any]:
    """Values of the profile's fields, or of developers' fields ``of`` some of them."""
    return {
        each.field_def.def_num: each.raw_value
        for each in frame.fields
        if each.field_def is not None
        and each.raw_value is not None
        and each.field_def.is_dev == developers
        and (of is None or each.field_def.dev_data_index in of)
    }
