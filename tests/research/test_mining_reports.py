"""What three themes find in single reports: agreement with hand-decided items, what each word list is for, what is refused, laws of spans."""

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.errors import UsageError
from hedui.export.columnar import Kept, Key
from hedui.research.mining import judged
from hedui.research.mining.gold import Item, Marked, interval, macro_f1, read_items, score, unmarked
from hedui.research.mining.hedges import Answer as Row
from hedui.research.mining.hedges import hedge_of_row, hedges_in
from hedui.research.mining.mine import mine
from hedui.research.mining.mined_table import MINED_SCHEMA, mined_table
from hedui.research.mining.reasons import cause_type, reasons_in
from hedui.research.mining.words import patterns, table_of

HERE = Path(__file__).parents[1]
ANNOTATIONS = HERE.parent / "annotations"
REFUSED = [line.split("\t") for line in (HERE / "cases" / "mining_refused.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@cache
def items(theme: str) -> tuple[Item, ...]:
    return tuple(read_items(ANNOTATIONS / "mining" / f"{theme}.tsv"))


def part(theme: str, name: str) -> list[Item]:
    return [item for item in items(theme) if name in (item.part, item.split)]


@pytest.mark.parametrize("theme", ["untabled", "hedges", "reasons"])
def test_enough_items_are_decided_in_every_split(theme: str) -> None:
    assert len(items(theme)) >= 200
    assert len({item.id for item in items(theme)}) == len(items(theme))
    for split in ("samples-dev", "samples-test", "authored-dev", "authored-test"):
        some = part(theme, split)
        assert any(item.marks for item in some) and any(not item.marks for item in some)


@pytest.mark.parametrize(("judge", "theme", "floor", "types"), [
    (judged.hedges, "hedges", 0.90, 0.85), (judged.reasons, "reasons", 0.86, 0.70), (judged.effects, "reasons", 0.82, 0.0)])
def test_spans_and_types_agree_with_what_was_decided(judge, theme: str, floor: float, types: float) -> None:
    pairs = judge(part(theme, "test"))
    assert score(pairs).f1 >= floor
    assert macro_f1(pairs) >= types


def test_untabled_results_of_reports_made_of_a_table_and_sentences_agree_with_what_was_decided() -> None:
    pairs = judged.untabled(part("untabled", "authored-test"), ANNOTATIONS)
    assert score(pairs).f1 >= 0.87
    contradicted = [([m for m in wanted if m.type == "contradicts"], [m for m in found if m.type == "contradicts"]) for wanted, found in pairs]
    assert score(contradicted).f1 >= 0.85


@pytest.mark.parametrize("row", table_of("cause_words"), ids=lambda row: row[3])
def test_every_pattern_of_a_cause_is_the_one_for_its_example(row: tuple[str, ...]) -> None:
    assert cause_type(row[3])[0] == row[0]


@pytest.mark.parametrize("row", table_of("hedge_words"), ids=lambda row: row[2])
def test_every_pattern_of_a_hedge_finds_its_example(row: tuple[str, ...]) -> None:
    pattern = next(pattern for _, pattern, told in patterns("hedge_words") if told == row)
    assert pattern.search(row[2].replace("，", ",") + ",")
    assert row[0] in {one.grade for one in hedges_in(row[2] + "。")}


def test_every_cause_type_has_words_or_is_the_rest() -> None:
    assert {row[0] for row in table_of("cause_types")} == {row[0] for row in table_of("cause_words")} | {"other"}
    assert all(len(row) == 6 and all(row) for row in table_of("cause_types"))


@pytest.mark.parametrize(("theme", "text"), REFUSED, ids=[text for _, text in REFUSED])
def test_what_only_looks_like_a_finding_is_refused(theme: str, text: str) -> None:
    assert not (reasons_in(text) if theme == "reasons" else hedges_in(text))


@pytest.mark.parametrize(("target", "actual", "grade"), [
    ("≥98%", "基本完成", "evasive"), ("≥800人", "742人", None), ("健全", "基本健全", "hedged"), ("≥80%", "≥80%", "repeats"), ("0起", "未发生", None),
    ("建成并投入使用", "已建成并投入使用", None), ("有效", "尚在完善", "unfinished"), ("改善", "逐步改善", "vague"), ("无", "无", None)])
def test_rows_are_graded_by_what_they_answer(target: str, actual: str, grade: str | None) -> None:
    assert hedge_of_row(Row(name="指标", target=target, actual=actual)) == grade


PIECES = st.sampled_from([
    "受疫情影响", "因", "主要原因是", "招标周期较长", "未能完工", "，", "。", "一是", "（", "）", "基本完成", "进一步", "健全", "执行率97.4%", "\n",
    " ", "导致", "结余12万元", "为尾款", "《", "》", "；", "有所提高", "指标值为", "48次", "[bookmark: _x]"])


@given(st.lists(PIECES, max_size=14).map("".join))
def test_spans_are_of_the_text_and_causes_do_not_overlap(text: str) -> None:
    causes = [one.cause for one in reasons_in(text)]
    spans = [*causes, *(one.effect for one in reasons_in(text) if one.effect), *(one.span for one in hedges_in(text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(causes))
    moved = [one.span for one in hedges_in("前文。" + text, (3, 3 + len(text)))]
    assert moved == [(start + 3, end + 3) for start, end in (one.span for one in hedges_in(text))]



def test_the_findings_of_an_output_quote_its_text_and_name_their_place() -> None:
    output = judged.of_table("演出场次=≥40场=38场;观众满意度=≥90%=95.1%;管理机制=健全=基本健全|F 96=95.2",
                             ["全年演出38场，检查发现问题17个。", "受疫情影响，2场演出延期至次年举办。", "文化氛围日益浓厚。"])
    key = Key("ab" * 32, "1", "report.txt")
    table = mined_table([Kept(key=key, output=json.dumps(output, default=str).encode())])
    assert table.schema == MINED_SCHEMA
    found = table.to_pylist()
    assert all(output["text"][one["start"]:one["end"]] == one["text"] and one["file"] == "report.txt" and 0 < one["score"] <= 1 for one in found)
    assert all(output["text"][one["other_start"]:one["other_end"]] == one["other_text"] for one in found if one["other_start"] is not None)
    told = {(one["theme"], one["type"], one["text"]) for one in found}
    assert told >= {("untabled", "new", "17个"), ("reasons", "epidemic", "疫情"), ("hedges", "vague", "日益浓厚"),
                    ("hedges", "hedged", "基本健全")}
    assert len({one["id"] for one in found}) == len(found)


def test_an_unmet_row_without_a_reason_is_told() -> None:
    output = judged.of_table("演出场次=≥40场=38场|F 96=95.2", ["全年演出38场。"])
    found = mined_table([Kept(key=Key("ab" * 32, "1", "r.txt"), output=json.dumps(output, default=str).encode())]).to_pylist()
    assert [(one["type"], one["text"], one["other_text"]) for one in found if one["theme"] == "reasons"] == [("unexplained", "38场", "≥40场")]


def test_a_theme_that_there_is_not_is_told_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="hedges"):
        mine(None, "moods")  # type: ignore[arg-type]


def test_marks_are_matched_once_and_counted() -> None:
    text, marks = unmarked("受[weather:汛期]和[land:征地]影响{未完成}")
    assert text == "受汛期和征地影响未完成" and [m.type for m in marks] == ["weather", "land", "side"]
    pairs = [(marks[:2], [Marked(type="weather", span=(1, 6))])]
    assert (score(pairs).right, score(pairs).wrong, score(pairs).missed) == (1, 0, 1)
    assert score(pairs, whole=True).right == 0
    assert interval(pairs * 20, lambda drawn: score(drawn).recall, rounds=50) == (0.5, 0.5)
