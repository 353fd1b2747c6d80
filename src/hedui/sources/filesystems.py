"""A URL in, the fsspec file system it lies in and the path there out. Who may read is told by environment and configuration alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hedui.errors import UsageError
from hedui.sources.address import WEB, Address, address_of, is_remote, shown
from hedui.sources.troubles import guarded

__all__ = ["forget", "opened", "sink", "url_in"]

SECONDS = 30
EXTRA = "请安装 pip install 'hedui[cloud]' · install hedui[cloud]"


def s3(address: Address) -> tuple[Any, str]:
    """Keys, region and endpoint come from AWS_* and ~/.aws, as for every program of AWS."""
    from s3fs import S3FileSystem

    return S3FileSystem(use_listings_cache=False), f"{address.place}/{address.path}".rstrip("/")


def sftp(address: Address) -> tuple[Any, str]:
    """Keys, user and agent come from ~/.ssh; a server that is not in known_hosts is refused (the library would let it pass)."""
    from sshfs import SSHFileSystem

    asked: dict[str, Any] = {"port": address.port, "username": address.user}
    made = SSHFileSystem(address.place, known_hosts=(), connect_timeout=SECONDS, sftp_client_kwargs={"path_errors": "surrogateescape"},
                         **{name: value for name, value in asked.items() if value})
    return made, f"/{address.path}"


def web(address: Address) -> tuple[Any, str]:
    from fsspec.implementations.http import HTTPFileSystem

    port = f":{address.port}" if address.port else ""
    return HTTPFileSystem(encoded=True, use_listings_cache=False), f"{address.scheme}://{address.place}{port}/{address.path}"


OPENERS: dict[str, Callable[[Address], tuple[Any, str]]] = {"s3": s3, "sftp": sftp, **dict.fromkeys(WEB, web)}


def opened(url: str, *, web: bool = False) -> tuple[Any, str]:
    """The file system (fsspec.AbstractFileSystem) of `url` and the path there. UsageError where it cannot be addressed, or
    its library is not installed; ReadError or PassingError where its server does not let us in."""
    address = address_of(url, web=web)
    with guarded(url):
        try:
            return OPENERS[address.scheme](address)
        except ImportError as error:
            raise UsageError(f"{shown(url)}: 读 {address.scheme}:// 缺少组件 {error.name}，{EXTRA}") from error


def url_in(url: str, path: str) -> str:
    """The URL of what its file system calls `path`, on the server of `url`."""
    scheme, _, rest = url.partition("://")
    if scheme.lower() == "s3":
        return f"s3://{path}"
    return path if scheme.lower() in WEB else f"{scheme}://{rest.partition('/')[0]}{path}"


def forget(url: str) -> None:
    """Lets the connections go that a server may have closed, so that the next try makes its own."""
    address = address_of(url, web=True)
    if address.scheme == "sftp":
        from sshfs import SSHFileSystem

        SSHFileSystem.clear_instance_cache()


def sink(url: str | Path) -> tuple[Any, str]:
    """The file system (fsspec.AbstractFileSystem) to write results to, and the folder there: a local one, s3:// or sftp://.
    UsageError where it cannot be addressed, or its library is not installed."""
    if is_remote(url):
        return opened(str(url))
    from fsspec.implementations.local import LocalFileSystem

    return LocalFileSystem(auto_mkdir=True), Path(url).resolve().as_posix()
