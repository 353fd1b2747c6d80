"""The JSON of schema hedui/1: what it holds, that it is exact and the same every time."""

import json
from dataclasses import fields, replace
from decimal import Decimal

import pytest

from hedui.document import Box, Grid, GridCell, Layout, Section
from hedui.errors import ReadError
from hedui.export import dumps, load_output, mention_output, to_json, to_output
from hedui.findings import Indicator, Mention


def test_the_fixed_shape(made):
    output = to_output(made())
    assert output["schema"] == "hedui/1"
    assert set(output) >= {"schema", "source", "text", "issues", "reports"}
    assert set(output["source"]) == {"name", "sha256", "media_type", "pages"}
    (report,) = output["reports"]
    assert set(report) >= {"id", "span", "title", "kind", "unit", "region", "year", "programme", "mentions", "claims",
                           "checks", "records"}
    assert set(report["mentions"][0]) >= {"id", "label", "span", "text", "value", "unit", "op", "confidence", "page",
                                          "box"}
    assert set(report["claims"][0]) >= {"id", "type", "origin", "span", "fields", "mentions", "confidence"}
    assert set(report["checks"][0]) >= {"id", "kind", "inputs", "stated", "computed", "verdict", "tier", "note",
                                        "confidence"}
    assert set(report["records"][0]) >= {"id", "type", "fields", "claims", "checks", "status", "confidence"}


def test_fields_by_name_with_null_for_what_is_not_said(made):
    claims = {claim["type"]: claim["fields"] for claim in to_output(made())["reports"][0]["claims"]}
    assert list(claims["indicator"]) == [field.name for field in fields(Indicator)]
    assert claims["indicator"]["reason"] is None
    assert claims["fund"] == {"yuan": "12005000.00", "measure": "budget", "scope": "年度资金总额", "year": None,
                              "level": None, "documents": ["云财建〔2022〕15号"]}
    assert claims["document"]["amounts"] == ["12005000.00"]
    assert claims["score"] == {"name": "总分", "score": "93.5", "full": "100", "grade": "优"}


@pytest.mark.parametrize("value, told", [
    (Decimal("1.50"), "1.50"), (Decimal("1E+9"), "1000000000"), (Decimal("1E-7"), "0.0000001"),
    (Decimal("-125000000"), "-125000000"), (Decimal("0.00"), "0.00"), ("2022-03-04", "2022-03-04"), (None, None),
])
def test_values_are_strings_with_the_digits_as_stated(value, told):
    mention = Mention(id="m-1", label="AMOUNT", span=(0, 1), text="x", value=value, unit="CNY", low=Decimal("1E+2"))
    output = mention_output(mention)
    assert (output["value"], output["low"], output["high"], output["box"]) == (told, "100", None, None)


def test_boxes_and_layout(made):
    found = made()
    cell = GridCell(row=0, col=0, span=(3, 5), text="目标")
    layout = Layout(
        document=found.document, parts=(found.reports[0].part,), paragraphs=(),
        sections=(Section(span=(0, 9), heading=(0, 4), title="基本情况", number="一、", level=1),),
        grids=(Grid(span=(3, 9), rows=((cell, replace(cell, col=1, origin=False)),), header_rows=1,
                    headers=(("目标",), ("目标",)), unit="万元"),))
    boxed = replace(found.reports[0].mentions[0], page=2, box=Box(page=2, x0=1.5, y0=2, x1=3, y1=4))
    output = to_output(replace(found, layout=layout, reports=(replace(found.reports[0], mentions=(boxed,)),)))
    assert output["grids"][0]["rows"] == [[[3, 5], [3, 5]]]
    assert output["sections"][0]["heading"] == [0, 4]
    assert output["reports"][0]["mentions"][0]["box"] == [1.5, 2, 3, 4]
    assert "grids" not in to_output(found)


def test_spans_hold_their_text(made):
    output = to_output(made())
    quotes = [quote for report in output["reports"] for check in report["checks"]
              for quote in (*check["inputs"], check["stated"])]
    for quoted in [*output["reports"][0]["mentions"], *quotes]:
        start, end = quoted["span"]
        assert output["text"][start:end] == quoted["text"]


def test_same_bytes_every_time(made):
    assert to_json(made()).encode() == to_json(made()).encode()
    assert json.loads(to_json(made())) == to_output(made())


def test_there_and_back(tmp_path, made):
    path = tmp_path / "a.json"
    path.write_text(to_json(made()), encoding="utf-8")
    assert dumps(load_output(path)) == to_json(made())


@pytest.mark.parametrize("content, told", [
    ("", "not a JSON file"), ("[1]", "expected schema"), ('{"schema": "hedui/2"}', "found 'hedui/2'"),
])
def test_other_files_are_refused(tmp_path, content, told):
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=told):
        load_output(path)
