"""A report that was left out, its annotations and a network -> what rules, the model alone and both read in it, and how right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hedui.claims import Linker
from hedui.confidence import Item, weigh
from hedui.document import Document, Layout
from hedui.evaluate import Figure, figures_of, reading_of_gold, reading_of_output
from hedui.evaluate.calibrating import Read, items_of, read_once
from hedui.export import to_output
from hedui.findings import CitedDocument, Claim, Mention
from hedui.gold import Gold, read_gold
from hedui.mentions import Candidate, Tagger
from hedui.neural.engine import Engine
from hedui.neural.fusion.claims import fused_claims
from hedui.neural.fusion.indicators import named_by_rules
from hedui.neural.fusion.mentions import NAMES, fused_mentions
from hedui.neural.fusion.model import Model, model_of
from hedui.neural.fusion.observing import observe
from hedui.neural.fusion.policy import EVERY, NOTHING, Observation
from hedui.neural.fusion.ranker import Ranker
from hedui.neural.fusion.reader import Reader
from hedui.readers import read
from hedui.training.sources import Source

__all__ = ["Opened", "alone", "by_model_alone", "by_rules", "fused", "observed", "opened", "read_by_rules"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A source read from disk, its annotations with the spans of their quotes."""

    name: str
    document: Document
    golds: tuple[Gold, ...]


def opened(source: Source) -> Opened:
    document = read(source.report)
    return Opened(name=source.name, document=document, golds=tuple(read_gold(path, text=document.text) for path in source.golds))


def figures(told: Read, golds: Sequence[Gold]) -> Mapping[str, Figure]:
    """How right a reading is, by the figures that `hedui evaluate` prints."""
    findings = weigh(told.layout, told.mentions, told.claims, told.checks, told.records)
    return figures_of(reading_of_output(to_output(findings)), reading_of_gold(golds))


def by_rules(source: Opened) -> Mapping[str, Figure]:
    return figures(read_by_rules(source), source.golds)


def by_model_alone(source: Opened, network: Engine) -> Mapping[str, Figure]:
    """What the network reads without the rules' names, indicators of running text, funds and titles; figures, dates and
    numbers of documents, tables and scores are the rules', as it reads none of these."""
    tagger, linker = alone(network)
    return figures(read_once(source.document, tagger=tagger, linker=linker), source.golds)


def alone(network: Engine) -> tuple[Tagger, Linker]:
    """Hooks that put the network's reading in the place of the rules'."""
    reader = Reader(network)

    def tagger(layout: Layout, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        kept = [candidate for candidate in candidates if candidate.label not in NAMES]
        return fused_mentions(layout, kept, reader.names(layout, kept, []), EVERY)

    def linker(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> tuple[Claim, ...]:
        kept = list(unlearned(claims))
        return fused_claims(layout, mentions, kept, reader.claims(layout, mentions, [], named_by_rules(kept)), EVERY)
    return tagger, linker


def unlearned(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims that no network reads, and documents by their bare numbers."""
    for claim in claims:
        if isinstance(claim.fields, CitedDocument):
            bare = {name: span for name, span in claim.spans.items() if name not in ("title", "issuers")}
            yield replace(claim, fields=replace(claim.fields, title=None, issuers=()), spans=bare)
        elif claim.type == "score" or (claim.type == "indicator" and claim.origin == "table"):
            yield claim


def fused(source: Opened, model: Model) -> tuple[Mapping[str, Figure], list[Item]]:
    """The figures of both readings together, and everything they read with its signals and whether it is right."""
    told = read_once(source.document, tagger=model.tagger, linker=model.linker)
    return figures(told, source.golds), list(items_of(told, source.golds, source=source.name))


def read_by_rules(source: Opened) -> Read:
    """What rules alone read in a source."""
    return read_once(source.document)


def observed(source: Opened, network: Engine, ranker: Ranker | None = None) -> list[Observation]:
    """What network and ranker would do otherwise than rules, and what each of it would gain."""
    told = read_by_rules(source)
    return list(observe(model_of(network, NOTHING, ranker=ranker), told.layout, told.mentions, told.claims, source.golds))
