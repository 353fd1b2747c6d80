"""Our cutting of text into words against jieba's own, which it stands for."""

from __future__ import annotations

import logging
from itertools import accumulate

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.mentions.reading import spaced, word_starts
from hedui.mentions.segmenter import segmenter

WORDS = ["财政部门", "绩效自评", "医疗保障", "中华人民共和国", "执行率", "卡拉OK", "T恤", "2023年", "98.5%", "1,038.00", "\t", "\r\n", "的",
         "江西省财政厅", "项目", "a-b", "é", "🙂", "。", "（一）", "AT&T", "C++"]


@pytest.fixture(scope="module")
def theirs() -> jieba.Tokenizer:
    """A jieba that knows the words of our lexicons."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word, count in segmenter().weights.items():
        if tokenizer.FREQ.get(word) != count:
            tokenizer.add_word(word, count)
    return tokenizer


def test_the_dictionary_is_theirs(theirs: jieba.Tokenizer) -> None:
    assert {word: count for word, count in theirs.FREQ.items() if count} == segmenter().weights
    assert theirs.total == segmenter().total


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(st.one_of(st.sampled_from(WORDS), st.text(alphabet="财政支出预算资金项目中国人民a1 ,.%", max_size=4))))
def test_words_are_theirs_and_joined_the_text(theirs: jieba.Tokenizer, parts: list[str]) -> None:
    text = "".join(parts)
    cut = list(segmenter().cut(text))
    assert "".join(cut) == text
    assert cut == [word for word in theirs.cut(text, HMM=False) if word]


@given(st.text("执行率98万元ab.， \t\n\r\u3000", max_size=20))
def test_words_start_where_those_of_a_doc_do(text: str) -> None:
    parts, blanks = spaced(segmenter().cut(text), text)
    starts = accumulate((len(part) + blank for part, blank in zip(parts, blanks, strict=True)), initial=0)
    assert list(word_starts(text)) == list(starts)[:-1]
