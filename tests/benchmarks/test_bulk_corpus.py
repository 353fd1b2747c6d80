"""The files that bulk reading is measured on: none alike, copies with the figures of their originals."""

import re
from collections import Counter
from hashlib import sha256

import pytest
from bulk_corpus import Original, copied, corpus, originals, others

DIGITS = re.compile(r"\d[\d.,]*")


@pytest.fixture(scope="module")
def made():
    return tuple(originals(3, seed=5))


def test_no_two_files_are_alike_and_a_larger_corpus_goes_on_from_a_smaller(tmp_path):
    few = corpus(tmp_path / "in", 4, most_originals=3)
    before = {path: path.read_bytes() for path in few}
    many = corpus(tmp_path / "in", 12, most_originals=3)
    assert len({sha256(path.read_bytes()).digest() for path in many}) == len(many) == 12
    assert many[:4] == few and all(path.read_bytes() == data for path, data in before.items())
    assert len(list((tmp_path / "in.gold").iterdir())) == 3


def test_a_copy_has_the_figures_of_its_original_and_one_line_more(made):
    for original in made:
        names = others(original.region)
        copy = copied(original, 7, names)
        assert Counter(DIGITS.findall(copy)) - Counter(DIGITS.findall(original.text)) == Counter({"7": 1})
        assert copy.splitlines()[:-2] != [] and copy.endswith("（第7份）\n")


def test_another_place_is_of_the_same_length_and_kind():
    names = others("兴安盟")
    assert "锡林郭勒盟" not in names and {len(name) for name in names} == {3} and {name[-1] for name in names} == {"盟"}
    assert others("没有这个地方") == ("没有这个地方",)


def test_the_place_is_another_everywhere():
    original = Original(name="r", text="兴安盟民政局\n兴安盟财政局", gold='{"reports": [{"region": "兴安盟"}]}')
    assert copied(original, 1, ("甲乙盟", "丙丁盟")) == "丙丁盟民政局\n丙丁盟财政局\n\n（第1份）\n"
