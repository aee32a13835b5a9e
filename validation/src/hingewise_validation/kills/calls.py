"""Following a process from call to call of the system (ptrace, Linux): it is killed between any two of its writes."""

from __future__ import annotations

import ctypes
import os
import signal

_TRACE_ME, _TO_NEXT_CALL = 0, 24
_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_LIBC.ptrace.restype = ctypes.c_long


def be_followed() -> None:
    """Stop until the parent follows."""
    _ptrace(_TRACE_ME, 0)
    os.kill(os.getpid(), signal.SIGSTOP)


def follow_calls(pid: int, at_call: int) -> tuple[int, int]:
    """Let a child go on from call to call, and kill its group at one of them.

    Parameters
    ----------
    pid
        Of the child, which calls ``be_followed``.
    at_call
        At which it is killed: calls begin and end, and both count. 0 for never.

    Returns
    -------
    How many there were, and the status with which it ended.
    """
    n_calls = 0
    status = os.waitpid(pid, 0)[1]
    while os.WIFSTOPPED(status):
        sent = os.WSTOPSIG(status)
        if sent == signal.SIGTRAP:
            n_calls += 1
        if n_calls and n_calls == at_call:
            os.killpg(pid, signal.SIGKILL)
        else:
            _ptrace(_TO_NEXT_CALL, pid, 0 if sent in (signal.SIGTRAP, signal.SIGSTOP) else sent)
        status = os.waitpid(pid, 0)[1]
    return n_calls, status


def _ptrace(request: int, pid: int, sent: int = 0) -> None:
    if _LIBC.ptrace(request, pid, None, sent) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"ptrace: {os.strerror(number)}")
