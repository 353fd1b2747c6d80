"""Who holds an input: which process of which host, for which run; whether that process is gone."""

from __future__ import annotations

import os
import socket

import psutil

__all__ = ["gone", "holder_for", "is_for", "is_mine"]


# the system tells when a process began by its clock, which is set right now and then
CLOCK_SECONDS = 30.0


def started(pid: int) -> str:
    return f"{psutil.Process(pid).create_time():.2f}"


def myself() -> str:
    return f"{socket.gethostname()}/{os.getpid()}/{started(os.getpid())}"


def holder_for(run: str) -> str:
    """This process as no other process is called, reading for `run`.

    >>> is_mine(holder_for("r")), is_for(holder_for("r"), "r"), gone(holder_for("r"))
    (True, True, False)
    """
    return f"{myself()}/{run}"


def is_mine(holder: str) -> bool:
    """Whether it is this process, for whatever run."""
    return holder.rsplit("/", 2)[0] == myself().rpartition("/")[0] and not gone(holder)


def is_for(holder: str, run: str) -> bool:
    """Whether it reads for `run`, whatever process it is."""
    return holder.rpartition("/")[2] == run


def gone(holder: str) -> bool:
    """Whether a process of this host has ended; of another host nobody here can tell, and its time must run out.

    >>> gone(f"{socket.gethostname()}/{os.getpid()}/1.00/r"), gone("elsewhere/1/1.00/r")
    (True, False)
    """
    host, pid, when, _ = holder.rsplit("/", 3)
    if host != socket.gethostname():
        return False
    try:
        return abs(float(started(int(pid))) - float(when)) > CLOCK_SECONDS
    except psutil.Error:
        return True
