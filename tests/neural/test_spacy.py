"""`spacy.load` of a model's folder gives the whole pipeline of mentions, without anything of hedui imported before."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytest.importorskip("torch")

TEXT = "由江西省财政厅拨付赣州市资金120万元，\n执行率95%，合计 3 次。"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from hedui.neural.config import QUICK
    from hedui.neural.fusion.files import NETWORK
    from hedui.neural.fusion.policy import Policy
    from hedui.neural.network import fresh_network
    from hedui.neural.saving import save_model
    from hedui.neural.spacy_network import write_spacy
    from hedui.neural.vocabulary import Vocabulary

    home = tmp_path_factory.mktemp("models") / "hedui_zh"
    save_model(fresh_network(QUICK.network, Vocabulary.of([TEXT]), seed=1), home / NETWORK, graphs=True)
    Policy(thresholds={("REGION", "add"): 0.0}).save(home / "policy.json")
    write_spacy(home)
    return home


@pytest.fixture(scope="module")
def nlp(folder):
    import spacy

    return spacy.load(folder)


def test_a_fresh_process_needs_spacy_alone(folder):
    program = (f"import spacy, json; nlp = spacy.load({str(folder)!r}); doc = nlp({TEXT!r});"
               "print(json.dumps([[e.text, e.label_, e._.value] for e in doc.ents]))")
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    found = json.loads(told.stdout)
    assert ["120万元", "AMOUNT", "1200000"] in found and ["95%", "RATE", "0.95"] in found


def test_figures_are_those_of_the_rules_and_names_those_of_both(nlp):
    from hedui.mentions import mentions_of_text

    doc = nlp(TEXT)
    figures = {(e.text, e.label_) for e in doc.ents if e.label_ not in ("ORG", "REGION", "TITLE")}
    assert figures == {(m.text, m.label) for m in mentions_of_text(TEXT) if m.label not in ("ORG", "REGION", "TITLE")}
    assert doc.text == TEXT and all(TEXT[e.start_char:e.end_char] == e.text for e in doc.ents)
    assert {e._.found_by for e in doc.ents} >= {"rules"} and all(e._.model for e in doc.ents if e.label_ == "ORG")


@pytest.mark.parametrize("text", ["", " \n ", "。", "无", "𠀀𠀁\u200b"])
def test_little_text(nlp, text):
    assert nlp(text).text == text


def test_without_the_network_it_is_the_rules(folder):
    import spacy

    from hedui.mentions import build_pipeline

    rules = spacy.load(folder, disable=["hedui_network"])
    assert [(e.text, e.label_) for e in rules(TEXT).ents] == [(e.text, e.label_) for e in build_pipeline()(TEXT).ents]


def test_kept_elsewhere_it_reads_the_same(nlp, tmp_path):
    import spacy

    nlp.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")
    assert [(e.text, e._.model) for e in again(TEXT).ents] == [(e.text, e._.model) for e in nlp(TEXT).ents]


def test_written_twice_the_bytes_are_the_same(folder, tmp_path):
    import shutil

    from hedui.neural.spacy_network import write_spacy

    again = tmp_path / "hedui_zh"
    shutil.copytree(folder, again)
    write_spacy(again)
    assert all((again / path.relative_to(folder)).read_bytes() == path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_component_without_a_model_says_so():
    from hedui.errors import ReadError
    from hedui.mentions import build_pipeline
    from hedui.neural.fusion.files import NETWORK

    nlp = build_pipeline()
    nlp.add_pipe(NETWORK)
    with pytest.raises(ReadError, match=r"spacy\.load"):
        nlp("资金120万元")
