"""A folder of results -> the desk in a browser: the store opened, the first account asked for, the server started."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from hedui.errors import UsageError
from hedui.review.app import application
from hedui.review.security import INVITED, digest_of, token
from hedui.review.web import Desk
from hedui.store import Store
from hedui.store.people import everyone, invite

__all__ = ["STORE", "first_link", "open_store", "results_folder", "serve"]

STORE = "hedui.sqlite"
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


def open_store(out: str, address: str | None) -> Store:
    """The store of a run: `address`, or the one in the folder `out`. UsageError where there is none."""
    if address is not None:
        return Store(address, durable=True)
    path = Path(out) / STORE if Path(out).is_dir() else Path(out)
    if not path.is_file():
        raise UsageError(f"{path}: 没有结果库，请先用 hedui run 读一批报告 · no store here; read reports with hedui run first")
    return Store(path, durable=True)


def results_folder(out: str) -> str:
    """The folder of results `out`, or that of the store file `out`."""
    return str(Path(out) if Path(out).is_dir() else Path(out).parent)


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
