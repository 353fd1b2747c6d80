"""Sentences of other provinces and departments with their mentions in braces, as an auditor would mark them."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from hedui.findings import Mention
from hedui.mentions import mentions_of_text

CASES = Path(__file__).parents[1] / "cases" / "mentions.txt"
TAG = re.compile(r"\{(?P<label>[A-Z]+)(?::(?P<value>[^:|]*))?(?::(?P<unit>[^:|]*))?(?::(?P<op>[^:|]*))?\|(?P<text>[^{}]*)\}")
NUMBERS = {"AMOUNT", "RATE", "QUANTITY"}


def sentences() -> list[str]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def told(sentence: str) -> tuple[str, list[tuple[int, re.Match[str]]]]:
    """The bare text of a tagged sentence, and its tags with the place in that text where each starts."""
    text, tags, at = "", [], 0
    for match in TAG.finditer(sentence):
        text += sentence[at:match.start()]
        tags.append((len(text), match))
        text += match["text"]
        at = match.end()
    return text + sentence[at:], tags


def same_value(mention: Mention, tag: re.Match[str]) -> bool:
    if tag["value"] is None:
        return str(mention.value) == tag["text"].strip("《》")
    return mention.value == (Decimal(tag["value"]) if tag["label"] in NUMBERS else tag["value"])


@pytest.mark.parametrize("sentence", sentences())
def test_sentence(sentence: str) -> None:
    text, tags = told(sentence)
    found = mentions_of_text(text)
    assert [(m.label, m.text, m.span[0]) for m in found] == [(tag["label"], tag["text"], at) for at, tag in tags]
    for mention, (_, tag) in zip(found, tags, strict=True):
        assert same_value(mention, tag), (mention.text, mention.value, tag["value"])
        assert not tag["unit"] or mention.unit == tag["unit"], (mention.text, mention.unit, tag["unit"])
        assert mention.op == (tag["op"] or None), (mention.text, mention.op, tag["op"])


def test_there_are_enough_sentences() -> None:
    assert len(sentences()) >= 40
