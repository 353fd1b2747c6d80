"""Claims and checks made by hand -> records: what belongs together, what is filled in, which status it has."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hedui.findings import Check, CitedDocument, Claim, ClaimFields, Fund, Indicator, Quote, Record, Score, content_id
from hedui.reconcile.records import records_of

KINDS = {Indicator: "indicator", Fund: "fund", CitedDocument: "document", Score: "score"}


def claim(at: int, fields: ClaimFields, origin: str = "narrative", part: int = 0) -> Claim:
    return Claim(id=content_id("c", at), type=KINDS[type(fields)], origin=origin, span=(at, at + 1), fields=fields, part=part)


def check(verdict: str, *claims: Claim) -> Check:
    quotes = [Quote(span=c.span, text="") for c in claims]
    return Check(id=content_id("k", verdict, *(c.id for c in claims)), kind="table", inputs=tuple(quotes[:1]), stated=quotes[-1], computed="",
                 verdict=verdict, tier="numeric", note="", claims=tuple(c.id for c in claims))


def only(records: tuple[Record, ...]) -> Record:
    (record,) = records
    return record


def test_one_place_alone() -> None:
    well = Indicator(name="新建水窖", actual="62口")
    assert only(records_of([claim(0, well)], [])).status == "narrative_only"
    assert only(records_of([claim(0, well, "table")], [])).status == "table_only"


def test_table_and_text_agree_and_fill_what_the_other_leaves_out() -> None:
    told = [claim(0, Indicator(name="新建水窖", actual="六十二口", reason="需求增加")),
            claim(9, Indicator(name="新建水窖", target="60口", actual="62口"), "table")]
    record = only(records_of(told, [check("consistent", *told)]))
    assert record.status == "agree"
    assert record.fields == Indicator(name="新建水窖", target="60口", actual="62口", reason="需求增加")
    assert record.claims == (told[1].id, told[0].id)
    assert len(record.checks) == 1


def test_a_conflict_makes_it_differ_and_a_rounding_does_not() -> None:
    told = [claim(0, Indicator(name="满意度", actual="92%")), claim(9, Indicator(name="满意度", actual="95%"), "table")]
    assert only(records_of(told, [check("conflict", *told)])).status == "differ"
    assert only(records_of(told, [check("rounding", *told)])).status == "agree"


def test_names_much_alike_are_one_indicator_and_others_are_not() -> None:
    table = claim(0, Indicator(name="水质检测达标率", actual="97%"), "table")
    slip, other = claim(5, Indicator(name="水质检测的达标率", actual="97%")), claim(9, Indicator(name="管护培训次数", actual="3次"))
    records = records_of([table, slip, other], [])
    assert [(r.status, len(r.claims)) for r in records] == [("agree", 2), ("narrative_only", 1)]


def test_two_reports_of_a_file_have_records_of_their_own() -> None:
    told = [claim(0, Indicator(name="满意度", actual="92%"), "table"), claim(9, Indicator(name="满意度", actual="95%"), "table", part=1)]
    assert [(r.part, r.status) for r in records_of(told, [])] == [(0, "table_only"), (1, "table_only")]


def test_money_is_one_thing_by_amount_measure_scope_and_year() -> None:
    base = Fund(yuan=Decimal(1860000), measure="issued", scope="水窖建设资金", year=2022)
    same = Fund(yuan=Decimal(1860000), measure="issued", scope="水窖建设", year=2022)
    others = [Fund(yuan=Decimal(1860000), measure="executed", scope="水窖建设资金", year=2022),
              Fund(yuan=Decimal(1860000), measure="issued", scope="水窖建设资金", year=2021),
              Fund(yuan=Decimal(1500000), measure="issued", scope="水窖建设资金", year=2022)]
    records = records_of([claim(i, fields) for i, fields in enumerate([base, same, *others])], [])
    assert [len(r.claims) for r in records] == [2, 1, 1, 1]
    assert records[0].status == "agree"


def test_two_amounts_that_a_conflict_holds_together_are_one_record() -> None:
    told = [claim(0, Fund(yuan=Decimal(1860000), measure="budget", scope="水窖建设资金")),
            claim(9, Fund(yuan=Decimal(1680000), measure="budget", scope="年度资金总额"), "table")]
    record = only(records_of(told, [check("conflict", *told)]))
    assert (record.status, record.fields) == ("differ", told[1].fields)
    assert len(records_of(told, [check("consistent", *told)])) == 2


def test_documents_by_number_and_scores_by_name() -> None:
    number = "云财农〔2022〕15号"
    told = [claim(0, CitedDocument(number=number)), claim(3, CitedDocument(number=number, title="关于下达资金的通知", amounts=(Decimal(1200000),))),
            claim(6, Score(name="总分", score=Decimal("96.5"))), claim(9, Score(name="总分", score=Decimal("95.5"), full=Decimal(100)))]
    document, score = records_of(told, [])
    assert (document.status, document.fields) == (
        "agree", CitedDocument(number=number, title="关于下达资金的通知", amounts=(Decimal(1200000),)))
    assert (score.status, score.fields) == ("differ", Score(name="总分", score=Decimal("96.5"), full=Decimal(100)))


def test_a_score_of_nought_is_a_score() -> None:
    told = [claim(0, Score(name="成本", score=Decimal(0))), claim(9, Score(name="成本", score=Decimal(5)))]
    record = only(records_of(told, []))
    assert isinstance(record.fields, Score) and record.fields.score == 0


NAMES = st.sampled_from(["水窖", "泵站", "水质达标率", "水质的达标率"])
CLAIMS = st.lists(st.tuples(NAMES, st.sampled_from(["narrative", "table"]), st.integers(0, 1)), max_size=12)


@given(CLAIMS, st.data())
def test_every_claim_stands_in_one_record_and_every_check_with_its_claims(told: list[tuple[str, str, int]], data: st.DataObject) -> None:
    claims = [claim(at, Indicator(name=name), origin, part) for at, (name, origin, part) in enumerate(told)]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(claims), st.sampled_from(claims)), max_size=4)) if claims else []
    checks = [check("conflict", a, b) for a, b in pairs]
    records = records_of(claims, checks)
    assert sorted(one for r in records for one in r.claims) == sorted(c.id for c in claims)
    assert len({r.id for r in records}) == len(records)
    for one in checks:
        touched = [r for r in records if set(r.claims) & set(one.claims)]
        assert all(one.id in r.checks and r.status == "differ" for r in touched)
    assert records == records_of(claims, checks)
