"""Dies at its first two starts, then runs until it is told to stop; notes each start."""

import os
import signal
from pathlib import Path

starts = Path(os.environ["STARTS"])
with starts.open("a") as log:
    log.write(f"{os.getpid()}\n")
if len(starts.read_text().split()) < 3:
    os.kill(os.getpid(), signal.SIGKILL)
signal.pause()
