"""The pipeline as spaCy sees it: the text stays as it is, and saving, loading, streaming and displaCy work."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import DocBin

from hedui.mentions import build_pipeline
from hedui.mentions.pipeline import of_doc
from hedui.mentions.reading import candidates_in, word_starts

SENTENCE = "根据《关于下达2023年补助资金的通知》（某财教〔2023〕18号），江西省财政厅下达赣州市资金24\n01 万元，完成率达 98.5 ％以上。"
MENTIONS = [
    ("TITLE", "《关于下达2023年补助资金的通知》", "关于下达2023年补助资金的通知", None), ("DOCNO", "某财教〔2023〕18号", "某财教〔2023〕18号", None),
    ("ORG", "江西省财政厅", "江西省财政厅", None), ("REGION", "赣州市", "赣州市", None), ("AMOUNT", "24\n01 万元", "24010000", None),
    ("RATE", "98.5 ％", "0.985", ">="),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_pipeline()


def read(nlp: Language, text: str) -> list[tuple[str, str, str, str | None]]:
    return [(span.label_, span.text, span._.value, span._.op) for span in nlp(text).ents]


def test_entities_and_their_values(nlp: Language) -> None:
    assert read(nlp, SENTENCE) == MENTIONS


def test_saved_and_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    assert read(spacy.load(tmp_path / "model"), SENTENCE) == MENTIONS


def test_streams_keep_order_and_context(nlp: Language) -> None:
    texts = [(f"{SENTENCE}共{n}个。", n) for n in range(12)]
    for doc, n in nlp.pipe(texts, as_tuples=True, batch_size=5):
        assert doc.ents[-1].text == f"{n}个"


def test_docs_can_be_stored(nlp: Language) -> None:
    stored = DocBin(store_user_data=True, docs=[nlp(SENTENCE)]).to_bytes()
    doc = next(DocBin(store_user_data=True).from_bytes(stored).get_docs(nlp.vocab))
    assert [(span.label_, span.text, span._.value, span._.op) for span in doc.ents] == MENTIONS


def test_displacy_marks_each_mention(nlp: Language) -> None:
    page = displacy.render(nlp(SENTENCE), style="ent", page=False)
    assert page.count("<mark") == len(MENTIONS)


def test_words_are_split_only_where_a_mention_starts_or_ends(nlp: Language) -> None:
    doc = nlp("三项制度和四方面工作")
    assert [span.text for span in doc.ents] == ["三项", "四方面"]
    assert doc.text == "三项制度和四方面工作"


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="资金123,.，。%万元个 \n\t年月日〔〕《》（）()号省市县财政局医院青石县$\\*≥第", max_size=60))
def test_the_text_is_never_changed_and_reads_as_without_spacy(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    ends = 0
    for span in doc.ents:
        assert span.start_char >= ends and text[span.start_char:span.end_char] == span.text
        ends = span.end_char
    assert list(of_doc(doc)) == candidates_in(text, {})
    assert list(word_starts(text)) == [token.idx for token in nlp.make_doc(text)]


def test_a_paragraph_of_over_a_million_characters_is_read(nlp: Language) -> None:
    doc = nlp("\n" * 1_000_001 + "执行率98.5％")
    assert [(span.label_, span.text) for span in doc.spans["hedui"]] == [("RATE", "98.5％")]
