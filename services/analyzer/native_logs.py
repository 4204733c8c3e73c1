"""Keeps the chatter of native libraries (glog, TensorFlow Lite, absl) off stderr while Python's own messages still get out."""

import os
import sys
import warnings

_QUIET = {"GLOG_minloglevel": "3", "TF_CPP_MIN_LOG_LEVEL": "3", "ABSL_MIN_LOG_LEVEL": "3"}


def silence_native_logs() -> None:
    """Send file descriptor 2 to nowhere and Python's stderr to a copy of the old one. Call once, before engines load.

    The variables alone do not help: messages before absl's initialization always go to descriptor 2.
    """
    os.environ.update(_QUIET)
    # RapidOCR imports requests in its thread. requests hides this warning itself, but another engine's thread that leaves
    # `catch_warnings` meanwhile brings it back; a filter set before the threads start survives that.
    warnings.filterwarnings("ignore", message="SOCKS support in urllib3")
    if not _is_plain_stderr():
        return
    sys.stderr.flush()
    kept = os.dup(2)
    os.set_inheritable(kept, False)
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 2)
    os.close(sink)
    sys.stderr = os.fdopen(kept, "w", buffering=1, encoding="utf-8", errors="backslashreplace")


def _is_plain_stderr() -> bool:
    """False where something (a test runner) already replaced stderr, or it was redirected by an earlier call."""
    try:
        return sys.stderr.fileno() == 2
    except (AttributeError, OSError, ValueError):
        return False
