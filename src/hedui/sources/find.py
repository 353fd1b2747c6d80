"""Inputs in, the files that they name or hold out, wherever they lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hedui.errors import PassingError, ReadError, UsageError
from hedui.readers.archive import spelled
from hedui.sources.address import address_of, is_remote, shown
from hedui.sources.found import Found
from hedui.sources.local import files_under, one_local
from hedui.sources.remote import remote_files

__all__ = ["check", "find"]

MISSING = "没有这个文件或文件夹 · no such file or folder"


def check(given: str | Path, *, web: bool = False) -> None:
    """UsageError where an input is no local file or folder and no URL that may be read; a server is not asked."""
    if is_remote(given):
        address_of(str(given), web=web)
    elif not Path(given).exists():
        raise UsageError(f"{given}: {MISSING}")


def local(given: str | Path, apart: Path | None) -> Iterator[Found]:
    root = Path(given).resolve()
    if root.is_dir():
        yield from files_under(root, apart=apart)
    elif root.exists():
        yield one_local(root, name=spelled(root.name), root=root.parent, fits=True)
    else:
        raise UsageError(f"{given}: {MISSING}")


def remote(url: str, *, web: bool, may_be_empty: bool) -> Iterator[Found]:
    try:
        found = list(remote_files(url, web=web))
    except PassingError:
        raise
    except ReadError as error:
        raise UsageError(f"{error.name}: {error.cause}") from error
    if not (found or may_be_empty):
        raise UsageError(f"{shown(url)}: {MISSING}")
    yield from found


def find(inputs: Sequence[str | Path], *, apart: str | Path | None = None, web: bool = False, may_be_empty: bool = False) -> Iterator[Found]:
    """The files that `inputs` (local paths; s3://, sftp:// and, with `web`, http(s):// URLs) name or hold; `apart` is a folder to
    leave out. UsageError where an input does not exist or may not be read, PassingError where another try may do."""
    left_out = f"{str(apart).rstrip('/')}/" if apart is not None and is_remote(apart) else ""
    folder = None if apart is None or left_out else Path(apart).resolve()
    for given in inputs:
        if is_remote(given):
            for one in remote(str(given), web=web, may_be_empty=may_be_empty):
                if not (left_out and one.path.startswith(left_out)):
                    yield one
        else:
            yield from local(given, folder)
