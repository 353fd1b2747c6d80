"""The outputs of a run in, what holds between its files out. One output is in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from hedui.across.around import with_sentences
from hedui.across.carried_over import carried_over
from hedui.across.cited import cited
from hedui.across.copied import copied
from hedui.across.editions import editions_of
from hedui.across.facts import ReportFacts, facts_of
from hedui.across.figures_copied import figures_copied
from hedui.across.handed_down import handed_down
from hedui.across.inputs import Input
from hedui.across.misplaced import basis_copied, name_left
from hedui.across.shelf import Shelf, labels
from hedui.across.told_twice import told_twice
from hedui.across.types import KINDS, Across, CrossCheck
from hedui.errors import ReadError
from hedui.progress import step

__all__ = ["across", "across_files", "checks_of"]

QUESTIONS: tuple[Callable[[Shelf, Sequence[int]], Iterator[CrossCheck]], ...] = (
    handed_down, carried_over, cited, told_twice, figures_copied, basis_copied, copied, name_left)


def across(outputs: Iterable[Mapping[str, Any]]) -> Across:
    """What holds between the files that `outputs` (schema `hedui/1`, one a file, named by their sources) tell of."""
    with Shelf() as shelf:
        files = 0
        for output in outputs:
            files += 1
            for facts in facts_of(output):
                shelf.put(facts)
        return checks_of(shelf, files=files)


def across_files(inputs: Sequence[Input]) -> Across:
    """The same for outputs that lie in files or a store; one that cannot be used is told in `failures`, the rest goes on.

    Files go by the names of their sources; where two sources have one name, by the keys of the inputs. Says `file` and `question`
    steps to whoever listens.
    """
    names: dict[str, str] = {}
    failures: dict[str, str] = {}
    with Shelf() as shelf:
        for at, one in enumerate(inputs):
            step("file", at, len(inputs))
            try:
                output = one.load()
                for facts in sound(output, one.key):
                    shelf.put(facts)
                names[one.key] = str(output["source"].get("name", one.key))
            except ReadError as error:
                failures[one.key] = error.cause
        step("file", len(inputs), len(inputs))
        return checks_of(shelf, files=len(names), names=labels(names.items()), failures=failures)


def sound(output: Mapping[str, Any], key: str) -> list[ReportFacts]:
    """The facts of an output; ReadError where it is of the schema by name only."""
    try:
        return list(facts_of(output, file=key))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as error:
        raise ReadError(key, f"内容不全，请重新运行 hedui extract · incomplete, please extract it again ({type(error).__name__}: {error})") from error


def checks_of(shelf: Shelf, *, files: int, names: Mapping[str, str] | None = None, failures: Mapping[str, str] | None = None) -> Across:
    """Every question asked of what lies on a shelf: conflicts first, then by kind and by what they quote."""
    shelf.close_entry(names or {})
    editions, left = editions_of(shelf)
    reports = [n for n in range(len(shelf.heads)) if n not in left]
    found: list[CrossCheck] = []
    for at, question in enumerate(QUESTIONS):
        step("question", at, len(QUESTIONS))
        found += question(shelf, reports)
    step("question", len(QUESTIONS), len(QUESTIONS))
    return Across(files=files, reports=len(shelf.heads), checks=tuple(with_sentences(shelf, sorted(once(found), key=rank))), editions=editions,
                  failures=failures or {}, limits=tuple(sorted(shelf.limits)))


def once(found: Sequence[CrossCheck]) -> Iterator[CrossCheck]:
    """Each finding once: a name found two ways is one, and a paragraph adds nothing where the figures of its report are told copied."""
    copies = {frozenset(q.file for q in one.quotes) for one in found if one.kind == "figures_copied"}
    seen: set[object] = set()
    for one in found:
        files = frozenset(q.file for q in one.quotes)
        key = (one.kind, one.quotes[-1].file, one.quotes[-1].value) if one.kind == "name_left" else one.id
        if key not in seen and not (one.kind == "text_copied" and files in copies):
            seen.add(key)
            yield one


def rank(check: CrossCheck) -> tuple[object, ...]:
    return (("conflict", "rounding", "consistent").index(check.verdict), KINDS.index(check.kind),
            [(q.file, q.report, q.span) for q in check.quotes], check.id)
