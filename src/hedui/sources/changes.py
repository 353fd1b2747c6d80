"""Two looks at the same inputs in, what came, changed and went between them out: what a watch asks for every few seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from hedui.sources.address import is_remote, key_of
from hedui.sources.find import find
from hedui.sources.found import Found, Known

__all__ = ["SETTLE_SECONDS", "Changes", "changes"]

# who copies a report into a folder writes to it at least this often
SETTLE_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What a look found: files never seen, files whose stamp is another or not sure, keys of files that are gone; `waiting` are
    files that somebody may still be writing, `failed` those that could not be looked at. `seen` is for the next look."""

    new: tuple[Found, ...] = ()
    changed: tuple[Found, ...] = ()
    gone: tuple[str, ...] = ()
    waiting: tuple[Found, ...] = ()
    failed: tuple[Found, ...] = ()
    seen: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def roots_of(inputs: Sequence[str | Path]) -> list[str]:
    return [key_of(str(one)).rstrip("/") if is_remote(one) else key_of(str(Path(one).resolve())) for one in inputs]


def lies_in(key: str, folders: Sequence[str]) -> bool:
    return any(key == folder or key.startswith(f"{folder.rstrip('/')}/") for folder in folders)


def changes(inputs: Sequence[str | Path], known: Known, *, seen: Mapping[str, str] = MappingProxyType({}), apart: str | Path | None = None,
            web: bool = False, settle: float = SETTLE_SECONDS) -> Changes:
    """What is new, changed and gone under `inputs` since `known`.

    A file waits for the next look while its last change is less than `settle` seconds from now, or its stamp is another than in
    `seen`, that of the last look. What lies in a folder that cannot be opened is not gone. UsageError where an input is not there,
    PassingError where another try may do.
    """
    new, changed, waiting, failed = list[Found](), list[Found](), list[Found](), list[Found]()
    now: dict[str, str] = {}
    for one in find(inputs, apart=apart, web=web, may_be_empty=True):
        key = key_of(one.path)
        if one.cause is not None:
            failed.append(one)
            continue
        if not one.fits:
            continue
        now[key] = one.stamp
        before = known.get(key)
        if before is not None and before[0] and before[0] == one.stamp:
            continue
        if (one.age is not None and abs(one.age) < settle) or seen.get(key, one.stamp) != one.stamp:
            waiting.append(one)
        else:
            (new if before is None else changed).append(one)
    roots, closed = roots_of(inputs), [key_of(one.path) for one in failed]
    gone = (key for key in known if key not in now and lies_in(key, roots) and not lies_in(key, closed))
    return Changes(new=tuple(new), changed=tuple(changed), gone=tuple(sorted(gone)), waiting=tuple(waiting), failed=tuple(failed), seen=now)
