"""Small facts about processes that more than one room needs."""

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)  # loaded here: after fork only the call itself is safe


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent dies, kill -9 included. For `preexec_fn`; does nothing off Linux."""
    if sys.platform == "linux":
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
