"""One writer in a process of its own, which is killed, and which says through a pipe what it has written before."""

from __future__ import annotations

import fcntl
import io
import os
import pickle
import select
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, event

from hingewise_validation.kills.calls import be_followed, follow_calls

Records = dict[str, Any]
"""What a journal holds, by id: entries, plans, changes, techniques."""

STATEMENT_EVENTS = ("before_cursor_execute", "after_cursor_execute", "commit")
CHUNK = 1 << 16
PIPE_BYTES = 1 << 20
"""Who follows calls does not read meanwhile: all that a writer says must fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """The writer's end of the pipe, and the records that it need not send."""

    pipe: int
    known: Mapping[str, Any]

    def say(self, word: str, what: object = None) -> None:
        """Send a word; it is out when this returns."""
        left = pickle.dumps((word, what))
        while left:
            left = left[os.write(self.pipe, left) :]

    @contextmanager
    def unit(self, records: Records) -> Iterator[None]:
        """Say what is about to be written, all of it or nothing, and behind it that it was."""
        self.say("try", {key: None if key in self.known else each for key, each in records.items()})
        yield
        self.say("done")


Work = Callable[[Tell], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a writer.

    Attributes
    ----------
    killed
        Whether it was, before its end.
    acknowledged
        What it has said that it had written.
    in_flight
        What it was writing when it was killed.
    failed
        Why it gave up by itself, "" where it did not.
    duration_s
        From its first word to its end.
    n_steps
        Statements begun, statements ended and commits, together; 0 of one that did not reach its end.
    n_calls
        Beginnings and ends of calls to the system, together; 0 where nobody followed them.
    """

    killed: bool
    acknowledged: Records
    in_flight: Records
    failed: str
    duration_s: float
    n_steps: int
    n_calls: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where a writer is killed; nowhere if nothing is said.

    Attributes
    ----------
    after_s
        From its first word on.
    at_step
        At which statement or commit, from 1.
    at_call
        At which beginning or end of a call to the system; 0 counts them.
    """

    after_s: float | None = None
    at_step: int | None = None
    at_call: int | None = None


NOWHERE = Point()


def run_writer(work: Work, known: Mapping[str, Any], point: Point = NOWHERE) -> Outcome:
    """Let a writer work in a process of its own.

    Parameters
    ----------
    work
        What it does.
    known
        Records that it need not send: they are long, and the same here.
    point
        Where it is killed.
    """
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _be_writer(work, Tell(pipe=writing, known=known), point)
    os.close(writing)
    n_calls, status = (0, None) if point.at_call is None else follow_calls(pid, point.at_call)
    said, duration_s = _listen(reading, pid, point.after_s)
    os.close(reading)
    if status is None:
        status = os.waitpid(pid, 0)[1]
    outcome = _read(said, known, killed=os.WIFSIGNALED(status), duration_s=duration_s)
    return replace(outcome, n_calls=n_calls)


def _be_writer(work: Work, tell: Tell, point: Point) -> None:
    """Work and end; this never returns."""
    try:
        os.setsid()
        n_steps = _count_steps(point.at_step)
        tell.say("begin")
        if point.at_call is not None:
            be_followed()
        work(tell)
        tell.say("end", n_steps())
    except BaseException as error:  # noqa: BLE001 nothing may go on in what is a copy of the parent
        tell.say("failed", f"{type(error).__name__}: {error}")
    finally:
        os._exit(0)


def _count_steps(at_step: int | None) -> Callable[[], int]:
    """Count what goes to the database, and kill this process at one of these steps."""
    n_steps = 0

    def count(*_: object) -> None:
        nonlocal n_steps
        n_steps += 1
        if n_steps == at_step:
            os.killpg(0, signal.SIGKILL)

    for name in STATEMENT_EVENTS:
        event.listen(Engine, name, count)
    return lambda: n_steps


def _listen(pipe: int, pid: int, after_s: float | None) -> tuple[bytes, float]:
    """Hear all that a writer says, kill its group when it is time, and return how long it worked. [s]"""
    said = os.read(pipe, CHUNK)
    begin = time.perf_counter()
    end = None if after_s is None else begin + after_s
    while True:
        left = None if end is None else max(0.0, end - time.perf_counter())
        if not select.select([pipe], [], [], left)[0]:
            os.killpg(pid, signal.SIGKILL)
            end = None
            continue
        chunk = os.read(pipe, CHUNK)
        if not chunk:
            return said, time.perf_counter() - begin
        said += chunk


def _read(said: bytes, known: Mapping[str, Any], *, killed: bool, duration_s: float) -> Outcome:
    acknowledged: Records = {}
    in_flight: Records = {}
    failed, n_steps = "", 0
    for word, what in _words(said):
        if word == "try":
            in_flight = {key: known[key] if each is None else each for key, each in what.items()}
        elif word == "done":
            acknowledged |= in_flight
            in_flight = {}
        elif word == "failed":
            failed = what
        elif word == "end":
            n_steps = what
    return Outcome(
        killed=killed,
        acknowledged=acknowledged,
        in_flight=in_flight,
        failed=failed,
        duration_s=duration_s,
        n_steps=n_steps,
    )


def _words(said: bytes) -> Iterator[tuple[str, Any]]:
    """Every whole word; the last one may have been cut off."""
    stream = io.BytesIO(said)
    while True:
        try:
            yield pickle.load(stream)
        except (EOFError, pickle.UnpicklingError):
            return
