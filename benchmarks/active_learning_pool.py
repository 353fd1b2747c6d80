"""Annotated reports -> what a simulated annotator would do with each record that hedui read in them."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hedui.confidence import Item
from hedui.evaluate.calibrating import Read, items_of, read_once
from hedui.evaluate.compare import number, squeeze
from hedui.evaluate.reading import reading_of_gold
from hedui.evaluate.rightness import answered, right_claims
from hedui.fields import plain_fields
from hedui.findings import CitedDocument, Claim, Fund, Indicator, Record, Score
from hedui.gold import Gold, GoldClaim, read_gold
from hedui.gold.lines import Lines
from hedui.readers import read
from hedui.review.routing import consequence
from hedui.synth.generate import write_reports
from hedui.training.ranking import Case, cases_of

__all__ = ["Pooled", "Seen", "made_pool", "pool_of"]

# an annotated claim this many lines from a wrong one of its type is what the wrong one ought to have said
NEAR = 1


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A record as the queue has it. `right` by its annotations; a wrong one is put right where they tell of what it ought to say (`fixable`),
    else rejected. `fields` counts what it says, `worth` is its consequence, as the queue weighs it."""

    item: Item
    right: bool
    fixable: bool
    fields: int
    worth: float


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """A report: its records, everything that was read in it, what nothing that was read answers to (`missing`, annotated claims), and the
    slots of its names."""

    source: str
    records: tuple[Seen, ...]
    items: tuple[Item, ...]
    missing: int
    cases: tuple[Case, ...]
    words: str


def keys_of(fields: object) -> Iterator[tuple[object, ...]]:
    if isinstance(fields, Fund):
        yield "fund", fields.yuan.normalize(), fields.measure
    elif isinstance(fields, CitedDocument):
        yield from (("document", squeeze(one)) for one in fields.number.split(";"))
    elif isinstance(fields, Score):
        yield "score", squeeze(fields.name), number(fields.score)


def unanswered(told: Read, right: Sequence[bool], golds: Sequence[Gold]) -> list[GoldClaim]:
    """The annotated claims, indicators apart, that no right claim answers to."""
    said = Counter(key for claim, good in zip(told.claims, right, strict=True) if good for key in keys_of(claim.fields))
    found = []
    for claim in (one for gold in golds for one in gold.claims if one.type != "indicator"):
        keys = list(keys_of(claim.fields))
        if keys and all(said[key] > 0 for key in keys):
            said.subtract(key for key in keys if key[0] != "document")
        else:
            found.append(claim)
    return found


def fixable(record: Record, by_id: dict[str, Claim], told_of: frozenset[str], left: list[GoldClaim], lines: Lines) -> bool:
    """Whether annotations tell what a wrong record ought to say; what it takes of `left` is used up."""
    of = [by_id[one] for one in record.claims]
    if isinstance(record.fields, Indicator):
        return any(claim.id in told_of for claim in of)
    at = {lines.quote(claim.span).line for claim in of}
    near = next((one for one in left if one.type == record.type and any(abs(one.line - line) <= NEAR for line in at)), None)
    if near is not None:
        left.remove(near)
    return near is not None


def pooled(report: Path, paths: Sequence[Path]) -> Pooled:
    document = read(report)
    golds = [read_gold(path, text=document.text) for path in paths]
    told = read_once(document)
    items = tuple(items_of(told, golds, source=report.name))
    right = right_claims(told.claims, golds, document.text)
    wanted = reading_of_gold(golds)
    answers = answered(told.claims, wanted)
    left, lines, by_id = unanswered(told, right, golds), Lines(document.text), {claim.id: claim for claim in told.claims}
    records = []
    for record, item in zip(told.records, items[-len(told.records):] if told.records else (), strict=True):
        records.append(Seen(
            item=item, right=item.right, fields=sum(value not in (None, "", []) for value in plain_fields(record.fields).values()),
            fixable=not item.right and fixable(record, by_id, frozenset(answers), left, lines),
            worth=consequence(getattr(record.fields, "yuan", None))))
    names = [str(getattr(record.fields, "name", None) or getattr(record.fields, "scope", None) or "") for record in told.records]
    return Pooled(source=report.name, records=tuple(records), items=items, words=" ".join(names),
                  missing=len(left) + len(wanted.indicators) - len({id(one) for one in answers.values()}),
                  cases=tuple(cases_of(told.layout, told.mentions, told.claims, golds)))


def pool_of(golds: Path, reports: Path) -> list[Pooled]:
    """Every report of a pair of folders."""
    by_source: dict[str, list[Path]] = {}
    for path in sorted(golds.glob("*.json")):
        by_source.setdefault(PurePosixPath(read_gold(path).source).name, []).append(path)
    return [pooled(reports / name, paths) for name, paths in sorted(by_source.items())]


def made_pool(seed: int, count: int) -> list[Pooled]:
    """Made reports, a third of them with slips."""
    with tempfile.TemporaryDirectory() as folder:
        write_reports(Path(folder), count=count, seed=seed, formats=("txt",), slips=0.3, noise=0.1)
        return pool_of(Path(folder) / "gold", Path(folder) / "reports")
