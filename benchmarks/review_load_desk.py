"""The desk as a process of its own, and people who work at it over HTTP as a browser does."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
from review_load_store import PASSWORD

__all__ = ["Client", "Server", "Shown", "free_port", "shown_in"]

STARTS_WITHIN = 300.0
TOKEN = re.compile(r'"X-CSRF": "([^"]+)"')
FINDING = re.compile(r'<aside id="side".*?data-target="([^"]*)"', re.S)
SEEN = re.compile(r'name="seen" value="(\d+)"')
MARK = 'name="act" value="mark"'


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(kw_only=True)
class Server:
    """`hedui review` over the store at `url`; each start takes the same port."""

    url: str
    port: int = field(default_factory=free_port)
    log: Path | None = None
    running: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Starts it; seconds until it answers. RuntimeError where it ends instead."""
        begun = time.monotonic()
        out = self.log.open("ab") if self.log else subprocess.DEVNULL
        self.running = subprocess.Popen([sys.executable, "-m", "hedui.cli", "review", ".", "--store", self.url, "--port", str(self.port)],
                                        stdout=out, stderr=out, start_new_session=True)
        while time.monotonic() < begun + STARTS_WITHIN:
            if self.running.poll() is not None:
                raise RuntimeError(f"the server ended with {self.running.returncode}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return time.monotonic() - begun
            time.sleep(0.02)
        raise RuntimeError("the server did not answer")

    def kill(self) -> None:
        """SIGKILL to the whole process group."""
        if self.running is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            self.running = None

    def memory(self) -> tuple[float, float]:
        """Memory of the process now and at its most, in MB of 10⁶ bytes (Linux)."""
        assert self.running is not None
        told = Path(f"/proc/{self.running.pid}/status").read_text()
        now, most = (int(re.search(rf"{name}:\s+(\d+) kB", told)[1]) for name in ("VmRSS", "VmHWM"))  # type: ignore[index]
        return now * 1024 / 1e6, most * 1024 / 1e6


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a person has before them: the report's address, the task, the finding, the last event seen of it, and whether it is a conflict."""

    base: str
    task: str
    target: str
    seen: str
    conflict: bool


def shown_in(page: str, address: str) -> Shown:
    told = urlsplit(address)
    target, seen = FINDING.search(page), SEEN.search(page)
    if target is None:
        raise ValueError(f"{address}: no finding on this page")
    return Shown(base=told.path, task=parse_qs(told.query).get("task", [""])[0], target=unescape(target[1]), seen=seen[1] if seen else "0",
                 conflict=MARK in page)


class Client:
    """One person at a browser."""

    def __init__(self, base: str, name: str) -> None:
        self.http = httpx.Client(base_url=base, timeout=60)
        self.name, self.csrf = name, ""

    def sign_in(self) -> None:
        answer = self.http.post("/sign-in", data={"name": self.name, "password": PASSWORD})
        if answer.status_code != 303:
            raise RuntimeError(f"{self.name}: not let in, {answer.status_code}")
        self.queue()

    def queue(self, **query: str) -> str:
        page = self.http.get("/queue", params=query).raise_for_status().text
        self.csrf = unescape(TOKEN.search(page)[1])  # type: ignore[index]
        return page

    def next_address(self, after: str = "", **query: str) -> str | None:
        """The address of the next task; None where the queue is empty."""
        answer = self.http.get("/next", params={**query, "task": after})
        if answer.status_code != 303:
            answer.raise_for_status()
        where = answer.headers["location"]
        return where if where.startswith("/desk/") else None

    def desk(self, address: str) -> Shown:
        return shown_in(self.http.get(address).raise_for_status().text, address)

    def form(self, at: Shown, act: str, **more: str) -> dict[str, str]:
        """The fields of the form behind a key of the desk, with a name for what is asked."""
        return {"act": act, "target": at.target, "seen": at.seen, "task": at.task, "group": uuid4().hex[:24], **more}

    def post(self, at: Shown, form: Mapping[str, str]) -> httpx.Response:
        return self.http.post(f"{at.base}/act", data=dict(form), headers={"X-CSRF": self.csrf, "HX-Request": "true"})

    def decided(self, at: Shown) -> dict[str, str]:
        """The form that accepts a finding, or says that a conflict is harmless: one key, and the next task comes."""
        return self.form(at, "mark", value="harmless") if at.conflict else self.form(at, "accept")
