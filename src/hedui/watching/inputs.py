"""The inputs of the last run and of this one in, what is new, changed, renamed and gone out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Inputs", "compared"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """Names of inputs, in their order: `new` and `gone`, `changed` with another content under the old name, `renamed` (old name, new name)
    with the old content; `same` is how many stayed as they were."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    same: int = 0


def compared(before: Mapping[str, str | None], now: Mapping[str, str | None]) -> Inputs:
    """Holds the inputs of two runs against each other; each maps names to the SHA-256 of the content, None where it could not be opened.

    A content that lost one name and got another was renamed; where several did, they pair in the order of their names.

    >>> compared({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "9", "d": "3"})
    Inputs(new=(), changed=('b',), renamed=(('c', 'd'),), gone=(), same=1)
    """
    lost: dict[str, list[str]] = {}
    for name in sorted(before.keys() - now.keys(), reverse=True):
        lost.setdefault(before[name] or "", []).append(name)
    lost.pop("", None)
    renamed, new = [], []
    for name in sorted(now.keys() - before.keys()):
        olds = lost.get(now[name] or "")
        if olds:
            renamed.append((olds.pop(), name))
        else:
            new.append(name)
    moved = {old for old, _ in renamed}
    both = before.keys() & now.keys()
    changed = sorted(name for name in both if before[name] != now[name])
    return Inputs(new=tuple(new), changed=tuple(changed), renamed=tuple(renamed),
                  gone=tuple(sorted(before.keys() - now.keys() - moved)), same=len(both) - len(changed))
