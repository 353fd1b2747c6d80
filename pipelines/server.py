"""Prefect's own server as a process that ends with the one that started it: `python -m hedui.pipelines.server PORT [HOST]`."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """Ends this process when `parent` is gone (prctl(2) on Linux, looking once a second elsewhere)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def main(port: int, host: str = "127.0.0.1") -> None:
    end_with(os.getppid())
    import uvicorn

    uvicorn.run("prefect.server.api.server:create_app", factory=True, host=host, port=port, log_level="critical", lifespan="on")


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
