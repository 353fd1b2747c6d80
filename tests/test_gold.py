"""Annotations: read with spans, written back as they were, written from findings, told apart from what is none."""

import json
from pathlib import Path

import pytest

from hedui.errors import ReadError
from hedui.findings import Fund, Indicator
from hedui.gold import gold_json, gold_of, read_gold
from hedui.gold.lines import Lines
from hedui.readers import read

ROOT = Path(__file__).parents[1]
GOLD = sorted((ROOT / "annotations" / "gold").glob("*.json"))
SHARED = sorted((ROOT.parent / "shared" / "gold").glob("0*.json"))

TEXT = "清溪县自评报告\n预算480万元，执行480万元，见《关于下达补助资\n\n金的通知》。\n"
MADE = {
    "source": "清溪.txt", "lines": [1, 4],
    "reports": [{"line_start": 1, "line_end": 4, "title": "清溪县自评报告", "kind": "self_evaluation", "unit": None,
                 "region": "清溪县", "year": 2022, "programme": None}],
    "mentions": [
        {"line": 2, "nth": 2, "text": "480万元", "label": "AMOUNT", "value": "4800000", "unit": "CNY", "op": None},
        {"line": 2, "nth": 1, "text": "《关于下达补助资", "label": "TITLE", "value": "关于下达补助资金的通知", "unit": "title",
         "op": None, "full": "《关于下达补助资金的通知》"}],
    "indicators": [{"source": "table", "line": 2, "level1": None, "level2": None, "name": "培训", "target": "≥5次",
                    "actual": "6次", "completion": None, "deviation": None, "weight": "10", "score": "10", "reason": None}],
    "funds": [{"source": "narrative", "line": 2, "text": "480万元", "yuan": "4800000", "measure": "budget", "scope": "资金",
               "year": 2022, "level": None, "documents": []}],
    "documents": [{"line": 2, "number": "清财〔2022〕1号", "title": None, "issuers": ["县财政局"], "amounts": ["4800000"]}],
    "scores": [{"line": 2, "name": "总分", "full": 100, "score": 91.5, "grade": "优"}],
    "checks": [{"kind": "restated", "inputs": [{"line": 2, "text": "480万元"}], "stated": {"line": 2, "text": "480万元"},
                "computed": "480", "verdict": "consistent", "note": "", "tier": "numeric"}],
}


def written(tmp_path, change=None):
    held = json.loads(json.dumps(MADE))
    if change:
        change(held)
    path = tmp_path / "清溪.json"
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    return path


def test_quotes_get_their_spans(tmp_path):
    gold = read_gold(written(tmp_path), text=TEXT)
    second, title = (m.quote.span for m in gold.mentions)
    assert second == (TEXT.rindex("480万元"), TEXT.rindex("480万元") + 5)
    assert TEXT[slice(*title)] == "《关于下达补助资\n\n金的通知》"
    assert [c.type for c in gold.claims] == ["indicator", "fund", "document", "score"]
    assert isinstance(gold.claims[0].fields, Indicator) and gold.claims[0].fields.target == "≥5次"
    assert isinstance(gold.claims[1].fields, Fund) and gold.claims[1].span[0] == TEXT.index("480万元")


def test_without_the_text_there_are_no_spans(tmp_path):
    assert {m.quote.span for m in read_gold(written(tmp_path)).mentions} == {None}


@pytest.mark.parametrize("change, where, cause", [
    (lambda g: g["mentions"][0].update(nth=3), "mentions[0]", "no occurrence 3 of '480万元' on line 2"),
    (lambda g: g["mentions"][0].update(line=99), "mentions[0]", "on line 99"),
    (lambda g: g["mentions"][1].update(label="MONEY"), "mentions[1]", "found 'MONEY'"),
    (lambda g: g["mentions"][1].pop("unit"), "mentions[1]", "'unit' is missing"),
    (lambda g: g["funds"][0].update(yuan="约"), "funds[0]", "found '约'"),
    (lambda g: g["funds"][0].update(measure="spent"), "funds[0]", "carried_in"),
    (lambda g: g["documents"][0].update(amounts=[1, "x"]), "documents[0]", "'amounts'"),
    (lambda g: g["scores"][0].update(score=True), "scores[0]", "'score'"),
    (lambda g: g["checks"][0].update(stated=None), "checks[0].stated", "expected an object"),
    (lambda g: g["checks"][0]["inputs"][0].update(text="无此"), "checks[0].inputs[0]", "on line 2"),
    (lambda g: g["indicators"].append("x"), "indicators[1]", "expected an object"),
    (lambda g: g["reports"][0].update(year="2022"), "reports[0]", "found '2022'"),
    (lambda g: g.update(lines=[1]), "", "expected [first, last]"),
    (lambda g: g.pop("checks"), "", "'checks' is missing"),
])
def test_faults_name_the_file_the_entry_and_what_was_found(tmp_path, change, where, cause):
    with pytest.raises(ReadError) as fault:
        read_gold(written(tmp_path, change), text=TEXT)
    assert (fault.value.name, fault.value.where) == ("清溪.json", where)
    assert cause in str(fault.value)


@pytest.mark.parametrize("content", ["", "[1]", "{"])
def test_what_is_no_annotation(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=r"x\.json"):
        read_gold(path)


@pytest.mark.parametrize("path", [*GOLD, *SHARED], ids=lambda path: path.stem)
def test_what_is_read_is_written_as_it_was(path):
    assert json.loads(gold_json(read_gold(path))) == json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [*GOLD, *SHARED], ids=lambda path: path.stem)
def test_every_quote_finds_its_place(path):
    source = json.loads(path.read_text(encoding="utf-8"))["source"]
    folder = ROOT / "annotations" / "samples" if path in GOLD else ROOT.parent / "shared" / "reports"
    text = read(folder / source).text
    gold = read_gold(path, text=text)
    quotes = [m.quote for m in gold.mentions] + [q for c in gold.checks for q in (*c.inputs, c.stated)]
    places = [("".join(text[slice(*q.span)].split()), q) for q in quotes]
    assert [q for place, q in places if place not in ("".join(q.text.split()), "".join((q.full or "").split()))] == []
    assert quotes


def test_findings_become_an_annotation_that_reads_back(made, tmp_path):
    findings = made()
    gold = gold_of(findings)
    path = tmp_path / "pre.json"
    path.write_text(gold_json(gold), encoding="utf-8")
    again = read_gold(path, text=findings.document.text)
    assert [(m.label, m.value, m.quote.span) for m in again.mentions] == [
        (m.label, str(m.value), m.span) for m in findings.reports[0].mentions]
    assert [c.fields for c in again.claims if c.type == "fund"] == [findings.reports[0].claims[0].fields]
    assert [(c.verdict, c.stated.span) for c in again.checks] == [
        (c.verdict, c.stated.span) for c in findings.reports[0].checks]
    assert gold.lines == (1, 5) and gold.reports[0].line_end == 4


@pytest.mark.parametrize("piece, line, nth, full", [
    ("480万元", 2, 1, None), ("480万元，见", 2, 1, None), ("《关于下达补助资\n\n金的通知》", 2, 1, "《关于下达补助资金的通知》")])
def test_spans_are_quoted_by_their_first_line(piece, line, nth, full):
    at = TEXT.index(piece)
    quote = Lines(TEXT).quote((at, at + len(piece)))
    assert (quote.line, quote.nth, quote.full) == (line, nth, full)
    assert TEXT.splitlines()[line - 1].count(quote.text) >= nth


def test_the_second_of_two_equal_quotes_is_the_second():
    at = TEXT.rindex("480万元")
    assert Lines(TEXT).quote((at, at + 5)).nth == 2
