"""An input as it was given in, what it addresses out: a local path, or a server with the path on it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hedui.errors import UsageError

__all__ = ["WEB", "Address", "address_of", "is_remote", "key_of", "shown"]

# RFC 3986, section 3.1; one letter is a drive of Windows
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
WEB = frozenset({"http", "https"})
SCHEMES = frozenset({"s3", "sftp"}) | WEB


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """A place on a server: `s3://place/path`, `sftp://user@place:port/path`, `https://place:port/path`."""

    scheme: str
    user: str
    place: str
    port: int | None
    path: str


def is_remote(given: object) -> bool:
    """Whether `given` is the URL of something on a server.

    >>> is_remote("s3://reports/2023/"), is_remote("报告/2023"), is_remote("C:/报告")
    (True, False, False)
    """
    return SCHEME.match(str(given)) is not None


def shown(given: object) -> str:
    """`given` as a message may show it: of a URL neither user nor password, nor what stands behind `?`, where links that
    are signed carry their signature; bytes that are no UTF-8 as `\\xb1`.

    >>> shown("sftp://auditor:secret@files.example/年报/a.docx"), shown("https://files.example/a.docx?signature=secret")
    ('sftp://files.example/年报/a.docx', 'https://files.example/a.docx')
    """
    text = key_of(str(given))
    match = SCHEME.match(text)
    if match is None:
        return text
    server, slash, path = text[match.end():].partition("/")
    return f"{match[0]}{server.rpartition('@')[2]}{slash}{path.partition('?')[0] if match[1].lower() in WEB else path}"


def key_of(path: str) -> str:
    r"""`path` as a database can hold it: bytes of a name that are no UTF-8 (PEP 383) spelled as `\xb1`.

    >>> print(key_of("报告.txt".encode("gbk").decode("utf-8", "surrogateescape")))
    \xb1\xa8\xb8\xe6.txt
    """
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def address_of(url: str, *, web: bool = False) -> Address:
    """What `url` addresses. UsageError where it is of no kind that can be read, holds a password or a signature, which would
    come to stand in results, or is of the web and `web` does not allow that."""
    match = SCHEME.match(url)
    scheme = match[1].lower() if match else ""
    if match is None or scheme not in SCHEMES:
        raise UsageError(f"{shown(url)}: 不认识这种地址，能读本地路径、s3://、sftp://、http(s):// · not an address that can be read")
    if scheme in WEB and not web:
        raise UsageError(f"{shown(url)}: 默认不从网址读取，确要读取请加 --web · the web is not read unless --web allows it")
    server, _, path = url[match.end():].partition("/")
    user, _, place = server.rpartition("@")
    name, colon, port = place.rpartition(":")
    if not (colon and port.isdecimal()):
        name, port = place, ""
    if ":" in user or (user and scheme != "sftp") or (scheme in WEB and "?" in path):
        raise UsageError(f"{shown(url)}: 地址里不能带密码或签名，请用环境变量、密钥或配置文件 · no password or signature in an address, "
                         "use the environment, a key or a configuration file")
    if not name:
        raise UsageError(f"{shown(url)}: 地址不完整 · the address is not complete")
    return Address(scheme=scheme, user=user, place=name, port=int(port) if port else None, path=path)
