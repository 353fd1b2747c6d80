"""JSON objects of an annotation -> their values in the form wanted, or a fault with file, entry and what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, TypeVar, get_args

from hedui.errors import ReadError
from hedui.gold.lines import Lines
from hedui.gold.types import GoldQuote

__all__ = ["Entry", "count", "figure", "figures", "listed", "texts"]

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One JSON object of an annotation, with its file and place for what is wrong with it."""

    file: str
    where: str
    held: Mapping[str, Any]
    lines: Lines | None

    def fault(self, cause: str) -> ReadError:
        return ReadError(self.file, cause, where=self.where)

    def get(self, key: str, form: Callable[[Any], T | None], expected: str) -> T:
        """The value of `key` in the form that `form` gives it; None from `form` is a fault."""
        if key not in self.held:
            raise self.fault(f"缺少 {key} · {key!r} is missing")
        found = form(self.held[key])
        if found is None:
            raise self.fault(f"{key} 应为{expected} · {key!r}: found {self.held[key]!r}, expected {expected}")
        return found

    def maybe(self, key: str, form: Callable[[Any], T | None], expected: str) -> T | None:
        return None if self.held.get(key) is None else self.get(key, form, expected)

    def text(self, key: str) -> str:
        return self.get(key, said, "文字 text")

    def words(self, key: str) -> str | None:
        return self.maybe(key, said, "文字或 null, text or null")

    def whole(self, key: str) -> int:
        return self.get(key, count, "整数 a whole number")

    def choice(self, key: str, kind: Any) -> Any:
        return self.get(key, partial(one_of, options(kind)), " | ".join(options(kind)))

    def entries(self, key: str) -> Iterator[Entry]:
        for i, held in enumerate(self.get(key, listed, "列表 a list")):
            yield self.below(f"{key}[{i}]", held)

    def below(self, where: str, held: Any) -> Entry:
        place = f"{self.where}.{where}" if self.where else where
        if not isinstance(held, dict):
            raise ReadError(self.file, f"应为对象 · found {held!r}, expected an object", where=place)
        return Entry(file=self.file, where=place, held=held, lines=self.lines)

    def quote(self) -> GoldQuote:
        """The quote that the entry is; with the text at hand it must stand on its line."""
        line, text, full = self.whole("line"), self.text("text"), self.words("full")
        nth = self.maybe("nth", count, "整数 a whole number") or 1
        span = None
        if self.lines:
            span = self.lines.span(line, text, nth)
            if span is None:
                raise self.fault(f"第 {line} 行没有第 {nth} 个 {text!r} · no occurrence {nth} of {text!r} on line {line}")
            span = self.lines.whole(span, full) if full else span
        return GoldQuote(line=line, text=text, nth=nth, full=full, span=span)


def options(kind: Any) -> tuple[str, ...]:
    """The strings of a Literal or of a union of them."""
    return tuple(x for arg in get_args(kind) for x in (options(arg) if get_args(arg) else (arg,)))


def one_of(allowed: tuple[str, ...], value: Any) -> str | None:
    return value if value in allowed else None


def said(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def listed(value: Any) -> list[Any] | None:
    return value if isinstance(value, list) else None


def figure(value: Any) -> Decimal | None:
    """A number of the annotation, written as text or as a number."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def texts(value: Any) -> tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) and all(isinstance(x, str) for x in value) else None


def figures(value: Any) -> tuple[Decimal, ...] | None:
    found = [figure(x) for x in value] if isinstance(value, list) else [None]
    return None if None in found else tuple(x for x in found if x is not None)
