"""A folder of results -> the desk in a browser: tasks laid out, the first account asked for, the server started."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from hedui.errors import StoreError, UsageError
from hedui.opinion.stored import findings_of
from hedui.progress import OnStep
from hedui.review.app import application
from hedui.review.blind import double_out
from hedui.review.routing import Routing, tasks_of
from hedui.review.security import INVITED, digest_of, token
from hedui.review.web import Desk
from hedui.store import Store
from hedui.store.people import everyone, invite
from hedui.store.results import names_of, output_of
from hedui.store.tasks import lay_out, unrouted

__all__ = ["STORE", "Laid", "first_link", "lay_out_all", "open_store", "serve"]

STORE = "hedui.sqlite"
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Laid:
    """What laying out tasks came to: files, new tasks, the files whose results could not be read, with the cause, and how many reports more
    are read twice."""

    files: int
    tasks: int
    failed: tuple[str, ...]
    doubled: int = 0


def open_store(out: str, address: str | None) -> Store:
    """The store of a run: `address`, or the one in the folder `out`. UsageError where there is none."""
    if address is not None:
        return Store(address, durable=True)
    path = Path(out) / STORE if Path(out).is_dir() else Path(out)
    if not path.is_file():
        raise UsageError(f"{path}: 没有结果库，请先用 hedui run 读一批报告 · no store here; read reports with hedui run first")
    return Store(path, durable=True)


def lay_out_all(store: Store, routing: Routing, *, on_step: OnStep | None = None) -> Laid:
    """Lays out the tasks of every content that has a newer result than its tasks."""
    waiting = unrouted(store)
    new, failed = 0, []
    for done, (sha256, result, _) in enumerate(waiting, 1):
        name = (names_of(store, sha256) or (sha256[:12],))[0]
        try:
            findings = findings_of(json.loads(output_of(store, result)))
        except (KeyError, TypeError, ValueError, StoreError) as error:
            failed.append(f"{name}: {error!r}")
            continue
        new += lay_out(store, sha256, result, tasks_of(findings, file=name, routing=routing))
        if on_step is not None:
            on_step("tasks", done, len(waiting))
    twice = double_out(store, routing.double, contents=frozenset(sha256 for sha256, _, _ in waiting))
    return Laid(files=len(waiting), tasks=new, failed=tuple(failed), doubled=twice)


def first_link(store: Store, base: str) -> str | None:
    """A one-time link that makes an admin, where nobody has an account yet."""
    if everyone(store):
        return None
    told = token()
    invite(store, digest_of(told), role="admin", lasts=INVITED)
    return f"{base}/welcome/{told}"


def lines_for(host: str, port: int, link: str | None) -> Iterator[str]:
    base = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"
    yield f"核对台 review desk: {base}"
    if link is not None:
        yield f"第一次用，请打开这个一次性链接建立管理员账户 · first start: this link makes the admin, once:\n  {link}"
    if host not in LOCAL:
        yield "注意：别的机器也能连上，请放在加密的反向代理之后 · others can reach this address; put it behind a proxy with TLS"


def serve(desk: Desk, *, host: str, port: int) -> None:
    """Serves the desk until it is stopped. UsageError where the port is taken."""
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    config = uvicorn.Config(application(desk), host=host, port=port, log_level="warning", server_header=False, date_header=True, lifespan="off",
                            timeout_graceful_shutdown=5, h11_max_incomplete_event_size=65536)
    uvicorn.Server(config).run()
