"""The output of a case in, which of its files it holds nothing of out; kept in the profile beside the result, so that no output is opened for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["unread_in", "unread_of", "with_unread"]

KEY = "unread"


def unread_of(output: Mapping[str, Any], parts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of the files of a case, as (name, sha256), those that its output (or what stands before its reports) holds nothing of: the cause, empty
    where none is told, by sha256."""
    read = {member["sha256"] for member in output["source"].get("members", ())}
    return {sha256: next((issue["what"] for issue in output["issues"] if name.rpartition("/")[2] in issue["where"]), "")
            for name, sha256 in parts if sha256 not in read}


def with_unread(profile: str, unread: Mapping[str, str]) -> str:
    """The text of a profile that tells what is `unread` too."""
    return json.dumps({**json.loads(profile), KEY: dict(unread)}, ensure_ascii=False, separators=(",", ":"))


def unread_in(profile: str | None) -> dict[str, str] | None:
    """What `with_unread` told; None where it was not.

    >>> unread_in(with_unread('{"v":1}', {"ab": "损坏"})), unread_in('{"v":1}')
    ({'ab': '损坏'}, None)
    """
    return None if profile is None else json.loads(profile).get(KEY)
