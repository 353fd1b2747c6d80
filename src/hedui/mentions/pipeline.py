"""The spaCy pipeline of mentions: jieba words, value rules, lexicons, precedence; the text is never changed.

Each component adds candidates, with offsets in the text as it is, while rules match on its normalised view; the last
settles which stand, splits words where a mention starts inside one, and sets `doc.ents`, `doc.spans["hedui"]` (the
mentions), `doc.spans["hedui_weak"]` (places that count only if the document has their full name) and, on each span,
`value`, `unit`, `op`, `low`, `high`, `confidence`, `weak`, `found_by`, `model` as strings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, registry
from spacy.vocab import Vocab

from hedui.mentions.candidates import Candidate, Label, settle
from hedui.mentions.names import name_candidates
from hedui.mentions.piece import piece_of
from hedui.mentions.reading import spaced
from hedui.mentions.rules import rule_candidates
from hedui.mentions.segmenter import segmenter
from hedui.values import Value

__all__ = ["COMPONENTS", "JiebaTokenizer", "of_doc", "pipeline", "set_span", "split_words"]

COMPONENTS = ("hedui_rules", "hedui_names", "hedui_precedence")
FIELDS = ("value", "unit", "op", "low", "high", "confidence", "weak", "found_by", "model")
# spaCy stops at a million characters for the sake of its parsers, of which there is none here; readers have limits of their own
LONGEST = 1_000_000_000
NUMBERS = frozenset({"AMOUNT", "RATE", "QUANTITY"})


class JiebaTokenizer:
    """Text -> Doc of words that jieba's dictionary or our lexicons hold, other characters one by one (no guessed words, so
    that the same text gives the same words everywhere); white space stays, so that `doc.text` is the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        parts, spaces = spaced(segmenter().cut(text), text)
        return Doc(self.vocab, words=parts, spaces=spaces, user_data={"hedui.text": text})

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> JiebaTokenizer:
        return self

    def to_disk(self, _: str | Path, **__: Any) -> None:
        return None

    def from_disk(self, _: str | Path, **__: Any) -> JiebaTokenizer:
        return self


@registry.tokenizers("hedui.jieba")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], JiebaTokenizer]:
    def make(nlp: Language) -> JiebaTokenizer:
        return JiebaTokenizer(nlp.vocab)
    return make


if not Doc.has_extension("hedui_candidates"):
    Doc.set_extension("hedui_candidates", default=())
    for field in FIELDS:
        Span.set_extension(field, default=None, force=True)


def text_of(doc: Doc) -> str:
    """`doc.text`, which spaCy joins anew at each call, kept while the components run."""
    text = doc.user_data.get("hedui.text")
    if text is None:
        text = doc.user_data["hedui.text"] = doc.text
    return str(text)


def add(doc: Doc, found: Iterable[Candidate]) -> Doc:
    doc._.hedui_candidates = (*doc._.hedui_candidates, *found)
    return doc


@Language.factory("hedui_rules")
def create_rules(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """AMOUNT, RATE, QUANTITY, DATE, DOCNO and TITLE by pattern."""
    def rules(doc: Doc) -> Doc:
        return add(doc, rule_candidates(piece_of(text_of(doc))))
    return rules


@Language.factory("hedui_names")
def create_names(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """ORG and REGION by lexicon, at the borders of words."""
    def names(doc: Doc) -> Doc:
        return add(doc, name_candidates(piece_of(text_of(doc), doc.to_array("IDX").tolist(), segmenter().weights)))
    return names


@Language.factory("hedui_precedence")
def create_precedence(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """What stands of the candidates becomes entities; words are split where a mention starts or ends inside one."""
    def precedence(doc: Doc) -> Doc:
        kept = settle(doc._.hedui_candidates, len(text_of(doc)))
        cut = split_words(doc, {edge for c in kept for edge in (c.start, c.end)})
        spans = [set_span(cut, candidate) for candidate in kept]
        cut.spans["hedui"] = [span for span in spans if not span._.weak]
        cut.spans["hedui_weak"] = [span for span in spans if span._.weak]
        cut.set_ents(filter_spans([*cut.spans["hedui"], *doc.ents]))
        return cut
    return precedence


def split_words(doc: Doc, edges: set[int]) -> Doc:
    """`doc` with its words split at `edges` (offsets); a new Doc where any must be."""
    words = doc.to_array(["IDX", "LENGTH"]).tolist()
    starts = {edge for start, length in words for edge in (start, start + length)}
    missing = sorted(edge for edge in edges if edge not in starts)
    doc.user_data.pop("hedui.text", None)
    if not missing:
        doc._.hedui_candidates = ()
        return doc
    parts: list[str] = []
    spaces: list[bool] = []
    at = 0
    for token in doc:
        text, start = token.text, token.idx
        while at < len(missing) and missing[at] < start + len(text):
            parts.append(text[:missing[at] - start])
            spaces.append(False)
            text, start, at = text[missing[at] - start:], missing[at], at + 1
        parts.append(text)
        spaces.append(bool(token.whitespace_))
    new = Doc(doc.vocab, words=parts, spaces=spaces)
    new._context = doc._context
    return new


def set_span(doc: Doc, candidate: Candidate) -> Span:
    span = doc.char_span(candidate.start, candidate.end, label=candidate.label, alignment_mode="expand")
    if span is None:
        raise ValueError(f"{candidate.label} at {candidate.start}:{candidate.end} lies outside the text")
    value = candidate.value
    for field, content in (("value", value.value), ("unit", value.unit), ("op", value.op), ("low", value.low),
                           ("high", value.high)):
        span._.set(field, plain(content))
    span._.confidence = str(candidate.confidence)
    span._.found_by = candidate.found_by
    span._.model = None if candidate.model is None else str(candidate.model)
    span._.weak = list(candidate.weak) or None
    return span


def plain(content: Decimal | str | None) -> str | None:
    return None if content is None else f"{content:f}" if isinstance(content, Decimal) else content


def of_doc(doc: Doc) -> Iterator[Candidate]:
    """The candidates that a Doc of the pipeline holds, as they were before `set_span`."""
    for name in ("hedui", "hedui_weak"):
        for span in doc.spans[name]:
            label = cast(Label, span.label_)
            yield Candidate(label=label, start=span.start_char, end=span.end_char, value=value_of(label, span._),
                            weak=tuple(span._.weak or ()), confidence=float(span._.confidence))


def value_of(label: Label, fields: Any) -> Value:
    content = Decimal(fields.value) if label in NUMBERS else fields.value
    return Value(kind=label, value=content, unit=fields.unit, op=fields.op, low=number(fields.low), high=number(fields.high))


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def pipeline() -> Language:
    """A new pipeline of all components; `nlp.to_disk` and `spacy.load` keep it."""
    config = {"nlp": {"tokenizer": {"@tokenizers": "hedui.jieba"}}}
    nlp = Chinese.from_config(config)
    nlp.max_length = LONGEST
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp
