"""A URL in, the files there with their stamps out: one listing call per 1,000 keys of S3, one per folder elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from hedui.errors import ReadError
from hedui.readers.archive import spelled
from hedui.readers.suffixes import is_document_name
from hedui.sources.address import WEB, address_of
from hedui.sources.filesystems import opened, url_in
from hedui.sources.found import Found, is_hidden, no_name, under
from hedui.sources.troubles import guarded

__all__ = ["remote_files"]

# clocks of two machines may differ by this, and times of SFTP and HTTP have no fractions
APART_SECONDS = 60.0
DEEPEST = 16
AT_ONCE = 16
LINKED = "是链接，指向的不是文件，没有跟随 · a link to what is no file, not followed"
DEEP = "文件夹层数太多，没有再读 · folders lie too deep, not read further"

Info = dict[str, Any]


def keys_of(fs: Any, path: str) -> list[Info]:
    """Every object under an S3 prefix. Keys that end in `/` stand for folders, and are none."""
    with guarded(f"s3://{path}"):
        found: dict[str, Info] = fs.find(path, detail=True)
    return [info for name, info in found.items() if info["type"] == "file" and not name.endswith("/")]


def is_below(link: str, folder: str) -> bool:
    """Whether a link of a listing leads to something in it, and is no order of the listing (`?C=M`).

    >>> is_below("http://a.example/in/b.txt", "http://a.example/in/"), is_below("http://a.example/in/%2e%2e/b.txt", "http://a.example/in/")
    (True, False)
    """
    return link.startswith(folder) and link != folder and "?" not in link and "#" not in link and ".." not in unquote(link).split("/")


def below(fs: Any, url: str, path: str) -> Iterator[Info]:
    """Every file under a folder of another server, and the folders that cannot be opened with a `cause`; where that is the
    folder itself, ReadError. Of a web listing only what lies below it, without links that have a query."""
    todo = [(path, 0)]
    web = address_of(url, web=True).scheme in WEB
    walked = set[str]()
    while todo:
        folder, depth = todo.pop()
        if folder in walked:
            continue
        walked.add(folder)
        try:
            with guarded(url_in(url, folder)):
                infos = sorted(fs.ls(folder, detail=True), key=lambda info: str(info["name"]))
        except ReadError as error:
            if not depth:
                raise
            yield {"name": folder, "error": error}
            continue
        for info in infos:
            name = info["name"]
            if web and not is_below(name, folder):
                continue
            if is_hidden(name.rstrip("/").rpartition("/")[2]):
                continue
            if info["type"] == "directory" and depth >= DEEPEST:
                yield {"name": name, "cause": DEEP}
            elif info["type"] == "directory":
                todo.append((name, depth + 1))
            elif info["type"] in ("file", "link"):
                yield info


def followed(fs: Any, url: str, info: Info) -> Info:
    """`info` with what only asking for the file itself tells: of a link what it leads to, of a web page size, tag and time."""
    if "error" in info or "cause" in info or not (info["type"] == "link" or "size" not in info or info["size"] is None):
        return info
    try:
        with guarded(url_in(url, info["name"])):
            more: Info = fs.info(info["name"])
    except ReadError as error:
        return {**info, "error": error}
    linked = info["type"] == "link" and more["type"] != "file"
    return {**more, "name": info["name"], **({"cause": LINKED} if linked else {})}


def time_of(info: Info) -> float | None:
    """When a file was last changed, in seconds since 1970; None where the server does not tell."""
    if isinstance(info.get("mtime"), datetime):
        return float(info["mtime"].timestamp())
    try:
        return parsedate_to_datetime(info["Last-Modified"]).timestamp()
    except (KeyError, ValueError, TypeError):
        return None


def stamped(info: Info, now: float) -> tuple[str, bool, float | None]:
    """Stamp, whether it is sure, and age: by the tag of the content where there is one (RFC 9110 8.8.3; weak tags are none),
    else by size and time."""
    tag, at = str(info.get("ETag", "")), time_of(info)
    age = None if at is None else now - at
    if tag and not tag.startswith("W/"):
        return f"{info.get('size')}-{tag.strip(chr(34))}", True, None
    if age is None:
        return "", False, None
    return f"{info.get('size')}-{at}", age >= APART_SECONDS, age


def found_of(info: Info, *, url: str, path: str, name: str, root: str, named: bool, now: float) -> Found:
    """A file or a failing folder as it is listed. A file that is `named` itself counts as a document whatever it is called."""
    place = url_in(url, path)
    error: ReadError | None = info.get("error")
    cause = error.cause if error else info.get("cause") or no_name(name)
    fits = named or is_document_name(PurePosixPath(name).name) or cause is not None
    if cause:
        return Found(name=spelled(name), path=place, root=root, cause=cause, fits=fits, passing=type(error).__name__ == "PassingError")
    stamp, sure, age = stamped(info, now)
    return Found(name=name, path=place, root=root, size=info.get("size"), stamp=stamp, sure=sure, age=age, fits=fits)


def infos_of(fs: Any, url: str, path: str) -> tuple[list[Info], bool]:
    """What lies at `path`, and whether that is one file."""
    address = address_of(url, web=True)
    if address.scheme == "s3":
        infos = keys_of(fs, path)
        return infos, [info["name"] for info in infos] == [path]
    if address.scheme in WEB:
        if not path.endswith("/"):
            with guarded(url):
                return [fs.info(path)], True
    else:
        with guarded(url):
            info = fs.info(path)
        if info["type"] != "directory":
            return [{**info, "name": path}], True
        path = path.rstrip("/") or "/"
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(partial(followed, fs, url), below(fs, url, path))), False


def remote_files(url: str, *, web: bool = False) -> Iterator[Found]:
    """The files at `url`, which is one file or holds them; a web address that ends in `/` is a listing of links. Nothing where
    a prefix of S3 has no keys. ReadError or PassingError where it cannot be read, UsageError where it cannot be addressed."""
    fs, path = opened(url, web=web)
    now = time.time()
    infos, named = infos_of(fs, url, path)
    root = path.rstrip("/").rpartition("/")[0] if named else path.replace("//", "/") if url.lower().startswith("s3:") else path
    for info in infos:
        name = under(info["name"], root)
        if address_of(url, web=True).scheme in WEB:
            name = unquote(name)
        if named or not any(is_hidden(step) for step in name.split("/") if step not in ("", ".", "..")):
            yield found_of(info, url=url, path=info["name"], name=name, root=root, named=named, now=now)
