"""Rows of text read by the value rules alone, not by the mention stage, and the checks of arithmetic that they give."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hedui.document import Layout
from hedui.findings import Check, Mention, content_id
from hedui.layout import arrange
from hedui.readers import read_bytes
from hedui.reconcile.arithmetic.checks import arithmetic_checks
from hedui.values import find_figures
from hedui.view import view

__all__ = ["checks_of", "laid_out", "rows_of", "told"]

CASES = Path(__file__).parent


def laid_out(text: str) -> Layout:
    return arrange(read_bytes(text.encode(), "case.txt"))


def figures(layout: Layout) -> tuple[Mention, ...]:
    text = layout.document.text
    found = []
    for paragraph in layout.paragraphs:
        seen = view(text, paragraph.span)
        for one in find_figures(seen.text):
            value, span = one.value, seen.span(one.start, one.end)
            if value.kind in {"AMOUNT", "RATE", "QUANTITY"} and isinstance(value.value, Decimal):
                found.append(Mention(id=content_id("m", span), label=value.kind, span=span, text=text[slice(*span)],
                                     value=value.value, unit=value.unit, op=value.op, low=value.low, high=value.high))
    return tuple(found)


def checks_of(text: str) -> tuple[Check, ...]:
    layout = laid_out(text)
    return arithmetic_checks(layout, figures(layout), ())


def told(check: Check) -> str:
    inputs = ", ".join("".join(q.text.split()) for q in check.inputs)
    return f"{check.kind} {check.verdict}: {inputs} => {''.join(check.stated.text.split())}"


def rows_of(name: str) -> list[tuple[str, str, str]]:
    """The rows of `tests/cases/<name>.tsv`: where each stands, its text (⏎ a new line, ⇥ a tab), and what must come of it."""
    found = []
    for number, line in enumerate((CASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            text, expected = line.split("\t")
            found.append((f"{name}:{number}", text.replace("⏎", "\n").replace("⇥", "\t"), expected))
    return found
