"""Characters to numbers and back to the file: digits are one, unknown is unknown, what is broken is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.errors import ReadError
from hedui.neural.vocabulary import SPECIALS, UNK, Vocabulary
from hedui.neural.vocabulary_hub import HubVocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.of(["龘字两次龘字", "齾只一次"])


@pytest.mark.parametrize("text", ["医保基金", "abcXYZ%()|>¦", "《》〔〕≥≤—“”", "龘"])
def test_what_reports_are_written_in_is_known(vocabulary: Vocabulary, text: str) -> None:
    assert UNK not in vocabulary.ids(text)
    assert len(set(vocabulary.ids(text))) == len(set(text))


def test_all_digits_are_one_and_what_stood_once_is_unknown(vocabulary: Vocabulary) -> None:
    assert len(set(vocabulary.ids("0123456789"))) == 1
    assert vocabulary.ids("齾\n") == [UNK, UNK]


def test_no_more_ids_than_wanted_and_the_commonest_first() -> None:
    rare = [chr(0x20000 + i) for i in range(3000)]
    texts = ["".join(rare) * 2, rare[7] * 3]
    base = Vocabulary.of([]).size
    vocabulary = Vocabulary.of(texts, most=base + 5)
    assert vocabulary.size == base + 5
    assert vocabulary.ids(rare[7]) != [UNK]
    assert vocabulary.ids(rare[8]) == [UNK]


@given(st.text(max_size=60))
def test_one_id_a_character_below_size(text: str) -> None:
    vocabulary = Vocabulary.of([])
    ids = vocabulary.ids(text)
    assert len(ids) == len(text)
    assert all(UNK <= i < vocabulary.size and not 2 <= i < len(SPECIALS) for i in ids)


def test_saved_and_loaded_it_is_the_same_bytes(vocabulary: Vocabulary, tmp_path: Path) -> None:
    vocabulary.save(tmp_path / "vocabulary.txt")
    loaded = Vocabulary.load(tmp_path / "vocabulary.txt")
    assert loaded == vocabulary
    assert loaded.ids("医保12龘") == vocabulary.ids("医保12龘")


@pytest.mark.parametrize(("text", "told"), [
    (None, "vocabulary.txt"),
    ("", "[PAD]"),
    ("\n".join((*SPECIALS, "一", "丁")), "line break"),
    ("\n".join((*SPECIALS, "丁", "一")) + "\n", "line 7"),
    ("\n".join((*SPECIALS, "一", "丁丁")) + "\n", "'丁丁'"),
    ("\n".join((*SPECIALS, "一", "一")) + "\n", "line 7"),
    (b"\xff\xfe\x00", "vocabulary.txt")])
def test_a_broken_file_gets_one_clear_line(tmp_path: Path, text: str | bytes | None, told: str) -> None:
    path = tmp_path / "vocabulary.txt"
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ReadError) as caught:
        Vocabulary.load(path)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import BertTokenizer

    path = tmp_path_factory.mktemp("encoder")
    (path / "vocab.txt").write_text("\n".join([*SPECIALS, "医", "保", "a", "1", "2", "##保"]) + "\n", encoding="utf-8")
    BertTokenizer(str(path / "vocab.txt")).save_pretrained(str(path))
    return path


def test_a_published_encoder_is_read_character_for_character(folder: Path) -> None:
    vocabulary = HubVocabulary(folder)
    assert vocabulary.special == (0, 1, 2, 3, 4)
    assert vocabulary.size == 11
    assert vocabulary.ids("医保A12龘 ") == [5, 6, 7, 8, 9, 1, 1]


def test_a_folder_that_is_no_encoder_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        HubVocabulary(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)
