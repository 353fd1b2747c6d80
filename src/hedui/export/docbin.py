"""Sheets -> a DocBin of spaCy, and back.

A Doc is one report: `ents` are the mentions that do not overlap, `spans["mentions"]` and `spans["claims"]` all of them with the ids of
hedui, `user_data["hedui"]` what goes along (JSON) and `user_data["hedui_ties"]` which claim rests on which mention. White space is a token
of its own, so that `doc.text` is the text and every span has its offsets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from hedui.errors import ReadError
from hedui.export.sheet import CLAIMS, Marked, Sheet, Tie, along, sheet_along
from hedui.export.tokens import Tokens, flat, tokens_of

__all__ = ["docbin_bytes", "sheets_of_docbin"]


def doc_of(sheet: Sheet, vocab: Vocab, by: Tokens) -> Doc:
    tokens = tokens_of(sheet.text, sheet.marks, by=by)
    doc = Doc(vocab, words=[sheet.text[start:end] for start, end in tokens], spaces=[False] * len(tokens))
    first, last = {start: n for n, (start, _) in enumerate(tokens)}, {end: n + 1 for n, (_, end) in enumerate(tokens)}

    def span_of(mark: Marked) -> Span:
        return Span(doc, first[mark.span[0]], last[mark.span[1]], label=mark.label, span_id=mark.id)

    doc.set_ents([span_of(mark) for mark in flat(sheet.marks)])
    doc.spans["mentions"] = [span_of(mark) for mark in sheet.marks if mark.label not in CLAIMS]
    doc.spans["claims"] = [span_of(mark) for mark in sheet.marks if mark.label in CLAIMS]
    doc.user_data["hedui"] = json.dumps(along(sheet), ensure_ascii=False)
    doc.user_data["hedui_ties"] = [[tie.source, tie.target] for tie in sheet.ties]
    return doc


def docbin_bytes(sheets: Iterable[Sheet], *, by: Tokens = "char") -> bytes:
    """The bytes of a .spacy file with one Doc a report."""
    vocab = Vocab()
    return DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True, docs=[doc_of(sheet, vocab, by) for sheet in sheets]).to_bytes()


def sheets_of_docbin(data: bytes, *, file: str) -> Iterator[Sheet]:
    """The sheets that `docbin_bytes` wrote. ReadError where the file holds something else."""
    try:
        docs = list(DocBin().from_bytes(data).get_docs(Vocab()))
        told = [json.loads(doc.user_data.get("hedui", "null")) for doc in docs]
    except Exception as error:  # whatever msgpack, zlib and spaCy raise of bytes that are no DocBin
        raise ReadError(file, f"不是 spaCy 的 DocBin · not a DocBin of spaCy ({type(error).__name__})") from error
    for n, doc in enumerate(docs):
        sheet = sheet_along(told[n], doc.text, file=file, where=f"[{n}]")
        spans = [span for key in ("mentions", "claims") for span in doc.spans.get(key, ())]
        marks = tuple(Marked(id=span.id_, label=span.label_, span=(span.start_char, span.end_char)) for span in spans)
        yield replace(sheet, marks=marks, ties=tuple(Tie(source=a, target=b) for a, b in doc.user_data.get("hedui_ties", ())))
