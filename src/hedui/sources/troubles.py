"""What a file system or a server reports in, one clear line and whether another try may do out."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from hedui.errors import HeduiError, PassingError, ReadError
from hedui.sources.address import is_remote, shown

__all__ = ["guarded", "told"]

ERRNOS = frozenset(getattr(errno, name) for name in (
    "EAGAIN", "EBUSY", "ECONNABORTED", "ECONNREFUSED", "ECONNRESET", "EDQUOT", "EHOSTUNREACH", "EMFILE", "ENETDOWN", "ENETUNREACH",
    "ENFILE", "ENOBUFS", "ENOSPC", "EPIPE", "EREMOTEIO", "ESTALE", "ETIMEDOUT") if hasattr(errno, name))
# by name, so that no library is loaded for it; HTTPClientError and ConnectionError hold the rest of what a network may do
PASSING = frozenset({
    "builtins.ConnectionError", "builtins.TimeoutError", "aiohttp.client_exceptions.ClientConnectionError",
    "aiohttp.client_exceptions.ClientPayloadError", "botocore.exceptions.HTTPClientError", "botocore.exceptions.ConnectionError",
    "asyncssh.misc.ConnectionLost", "asyncssh.misc.ChannelOpenError", "asyncssh.sftp.SFTPConnectionLost", "asyncssh.sftp.SFTPNoConnection"})
# HTTP (RFC 9110): request timeout, too early, too many requests; all of 5xx but 501 and 505
STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
CAUSES: Mapping[str, str] = {
    "botocore.exceptions.NoCredentialsError": "没有凭据，请设环境变量 AWS_ACCESS_KEY_ID 等或 ~/.aws/credentials · no credentials, "
                                              "set AWS_ACCESS_KEY_ID and its like or ~/.aws/credentials",
    "botocore.exceptions.PartialCredentialsError": "凭据不全 · the credentials are not complete",
    "asyncssh.misc.HostKeyNotVerifiable": "不认识这台服务器的密钥；请先用 ssh 连一次并核实，使其记入 known_hosts · the key of this server "
                                          "is not in known_hosts; connect once by ssh and verify it",
    "builtins.FileNotFoundError": "没有这个文件或文件夹 · no such file or folder",
    "builtins.PermissionError": "没有读取权限，请检查账号、密钥与权限 · not permitted, check account, key and rights",
}
LATER = "暂时连不上或读不到，请稍后再试 · cannot be reached just now, try again later"
FULL = "临时文件夹所在的磁盘已满，请腾出空间后再试 · the disk of the temporary folder is full, free some space and try again"


def kinds(error: BaseException) -> Iterator[str]:
    for kind in type(error).__mro__:
        yield f"{kind.__module__}.{kind.__qualname__}"


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was made of."""
    at: BaseException | None = error
    while at is not None:
        yield at
        at = at.__cause__


def status_of(error: BaseException) -> int | None:
    """The HTTP status that a server answered with: of aiohttp, or of botocore."""
    answer: Any = getattr(error, "response", None)
    found = answer.get("ResponseMetadata", {}).get("HTTPStatusCode") if isinstance(answer, dict) else getattr(error, "status", None)
    return found if isinstance(found, int) else None


def passes(error: BaseException) -> bool:
    """Whether what went wrong may pass by itself."""
    if isinstance(error, socket.gaierror):
        return error.errno == socket.EAI_AGAIN
    number = error.errno if isinstance(error, OSError) else None
    return number in ERRNOS or status_of(error) in STATUSES or not PASSING.isdisjoint(kinds(error))


def told(error: BaseException, path: str) -> tuple[str, bool]:
    """What `error` means for the file or folder at `path` in one line, and whether another try may do. What a library says is
    not repeated where it may hold addresses and names of others."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return FULL, True
    passing = any(map(passes, chain(error)))
    if not is_remote(path):
        return f"打不开这个文件 · cannot be opened: {getattr(error, 'strerror', None) or error}", passing
    known = next((CAUSES[kind] for one in chain(error) for kind in kinds(one) if kind in CAUSES), None)
    if known and not passing:
        return known, False
    status = next(filter(None, map(status_of, chain(error))), None)
    what = f"HTTP {status}" if status else type(error).__name__
    return (f"{LATER}（{what}）" if passing else f"读不到 · cannot be read（{what}）"), passing


@contextmanager
def guarded(path: str) -> Iterator[None]:
    """Turns what goes wrong with `path` into ReadError, or PassingError where another try may do."""
    try:
        yield
    except (HeduiError, MemoryError):
        raise
    except Exception as error:
        cause, passing = told(error, path)
        raise (PassingError if passing else ReadError)(shown(path), cause) from error
