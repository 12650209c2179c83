"""The workers' process beside the demonstration's web; ends when its parent does."""

from __future__ import annotations

import os
import signal
import sys
import threading

from core.jobs import supervisor


def main() -> None:
    """Supervise the workers that the first argument names."""
    threading.Thread(target=_follow_parent, daemon=True).start()
    supervisor.run(sys.argv[1], processes=1)


def _follow_parent() -> None:
    """Ask ourselves to stop when the other end of standard input has closed."""
    while sys.stdin.buffer.read(1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
