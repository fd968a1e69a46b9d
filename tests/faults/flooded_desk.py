"""Whole desks that listen until they are killed; see test_kill_flooded.

    python -m tests.faults.flooded_desk DATABASE

starts one for every line it reads, as a process of its own, and says its process number and its port.
"""

import os
import signal
import sys
from pathlib import Path

from desktop.adapters.listener import server  # noqa: F401 - imported once, not by every desk
from desktop.domain.clock import SystemClock
from tests.adapters.hearing import Hearing


def listen(path: Path) -> None:
    """Listen for ever."""
    with Hearing(path, SystemClock()) as hearing:
        os.write(1, f"{os.getpid()} {hearing.port}\n".encode())
        signal.pause()


def serve(path: Path) -> None:
    """Start a desk for each line read; wait until somebody has killed it."""
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            listen(path)
        os.waitpid(child, 0)
        os.write(1, b"ended\n")


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
