"""Cited documents: number, title, issuers and what they are said to have issued."""

from pathlib import Path

import pytest

from hedui.claims.documents import document_claims

CASES = Path(__file__).parent.parent / "cases"


def cases() -> list[tuple[str, str]]:
    lines = (CASES / "claims_documents.tsv").read_text(encoding="utf-8").splitlines()
    return [((parts := (line + "\t").split("\t"))[0], parts[1]) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_citations(told, text: str, expected: str) -> None:
    claims = document_claims(*told(text))
    got = [f"{c.fields.number}|{c.fields.title or ''}|{'、'.join(c.fields.issuers)}|"
           f"{' '.join(f'{a.normalize():f}' for a in c.fields.amounts)}" for c in claims]
    assert ";;".join(got) == expected


def test_cited_twice_in_a_part_is_one_claim_at_the_first_place_with_the_title_told_later(told) -> None:
    text = "按照某财绩〔2021〕3号执行。\n再按照某财绩〔2021〕3号《某省绩效评价规程》执行。"
    (claim,) = document_claims(*told(text))
    assert claim.spans["number"] == (2, 13)
    assert claim.fields.title == "某省绩效评价规程"


def test_title_and_number_in_cells_side_by_side(table) -> None:
    rows = [["文件名称", "文号", "下达金额"], ["《关于下达造林补助的通知》", "某财环〔2023〕5号", "120"]]
    layout, mentions = table(rows, 1)
    (claim,) = document_claims(layout, mentions)
    assert (claim.origin, claim.grid, claim.row) == ("table", 0, 1)
    assert claim.fields.title == "关于下达造林补助的通知"
    assert [f"{a.normalize():f}" for a in claim.fields.amounts] == ["1200000"]


def test_number_that_points_back_is_no_new_document(told) -> None:
    text = "根据《某条例》（某政发〔2021〕78号）管理。\n依照第78号令执行。"
    assert [c.fields.number for c in document_claims(*told(text))] == ["某政发〔2021〕78号"]
