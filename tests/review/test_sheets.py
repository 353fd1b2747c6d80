"""What people corrected goes out to annotation tools and comes back: nothing is lost, nothing is overwritten."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.corrections import Event
from hedui.errors import UsageError
from hedui.export import to_output
from hedui.export.docbin import docbin_bytes, sheets_of_docbin
from hedui.export.doccano import doccano_lines, sheets_of_lines
from hedui.export.label_studio import sheets_of_tasks, tasks_json
from hedui.extract import extract
from hedui.gold import gold_json
from hedui.opinion.stored import findings_of
from hedui.readers import read_bytes
from hedui.review import acts
from hedui.review.gold import gold_of_report
from hedui.review.leaving import reports_of, take_in
from hedui.review.opened import Opened, Read
from hedui.review.recheck import verdicts
from hedui.review.returned import returned
from hedui.review.sheets import sheet_of
from hedui.review.state import state_of
from hedui.store.trail import Place

REPORT = """𠮷岭县2022年农村公路养护补助资金绩效自评报告😀
一、资金情况
根据云财建〔2022〕15号文，全年预算1200.50万元，实际支出1126.05万元，预算执行率93.80%。结余74.45万元。
二、绩效目标完成情况
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t养护里程\t≥120公里\t118公里\t10\t9.5
产出指标\t质量指标\t验收合格率\t≥95%\t98%\t10\t10
自评得分93.5分，等级为优。
"""
SAMPLE = Path(__file__).parents[2] / "annotations" / "samples" / "s06.txt"
LABELS = ("AMOUNT", "RATE", "ORG", "REGION")


def opened_of(findings) -> Opened:
    """The first report of findings, as a store would open it before anybody said anything."""
    output = to_output(findings)
    read = Read(output=output, findings=findings_of(output), version="v")
    place = Place(sha256=findings.document.sha256, report=findings.reports[0].id, version="v")
    return Opened(place=place, read=read, report=output["reports"][0], events=(), state=state_of(output["reports"][0], ()), turned={})


def acted(opened, sayings, group="g"):
    """The report after acts."""
    new = [Event(seq=len(opened.events) + n, sha256="", report="", reading="", target=one.target, kind=one.kind, act=one.act, before=one.before,
                 after=one.after, group=group, person="p", at=datetime.now(UTC), version="v") for n, one in enumerate(sayings, 1)]
    events = (*opened.events, *new)
    state = state_of(opened.report, events)
    return replace(opened, events=events, state=state, turned=verdicts(state, opened.report, opened.read.findings))


def through_label_studio(sheet):
    (back,) = sheets_of_tasks(tasks_json([replace(sheet, looked=True)]), file="x.json")
    return back


def through_doccano(sheet):
    (back,) = sheets_of_lines("".join(doccano_lines([sheet])), file="x.jsonl")
    return back


def through_docbin(sheet, by="char"):
    (back,) = sheets_of_docbin(docbin_bytes([sheet], by=by), file="x.spacy")
    return back


def through_docbin_words(sheet):
    return through_docbin(sheet, by="jieba")


THROUGH = (through_label_studio, through_doccano, through_docbin, through_docbin_words)


@cache
def report_read():
    """A report that was really read, with characters beyond the basic plane in it."""
    return opened_of(extract(read_bytes(REPORT.encode(), "云岭县.txt")))


@pytest.fixture
def fresh():
    return report_read()


def gold(opened, **only):
    return gold_json(gold_of_report(opened, **only))


def acts_on(state, text, one, span, among):
    """Acts of all kinds that the desk has, on a finding of each kind and a place in the text."""
    return (
        lambda: acts.accept(state, [one["record"].id, one["mention"].id]),
        lambda: acts.accept(state, [one["claim"].id], decision="rejected"),
        lambda: acts.accept(state, [one["record"].id, one["mention"].id, one["check"].id], decision="rejected"),
        lambda: acts.accept(state, [one["mention"].id], decision="open"),
        lambda: acts.edit(state, one["record"].id, among(acts.FIELDS[one["record"].data["type"]]), among(("3个", "480万元", "98", ""))),
        lambda: acts.edit(state, one["mention"].id, "reads", among(("99万元", "78.5%", "某某局"))),
        lambda: acts.move(state, text, one["mention"].id, span),
        lambda: acts.move(state, text, one["claim"].id, span),
        lambda: acts.relabel(state, one["mention"].id, among(LABELS)),
        lambda: acts.add_mention(text, span, among(LABELS)),
        lambda: acts.add_claim(text, span, "fund", {"yuan": "12万元", "measure": "issued", "scope": "补助"}, mentions=[one["mention"].id]),
        lambda: acts.add_claim(text, span, "indicator", {"name": "培训次数", "actual": "6次"}, origin="table"),
        lambda: acts.add_record(state, [one["claim"].id]),
        lambda: acts.link(state, one["claim"].id, one["mention"].id, off=among((True, False))),
        lambda: acts.mark(state, one["check"].id, among(("real", "harmless", "wrong", None))),
        lambda: acts.note(state, one["check"].id, "见附件2"),
    )


def corrected(data, opened):
    """The report after up to twelve acts."""
    def among(found):
        return found[data.draw(st.integers(0, len(found) - 1))]

    for n in range(data.draw(st.integers(0, 12))):
        one = {kind: among(opened.state.of(kind)) for kind in ("mention", "claim", "record", "check")}
        start = data.draw(st.integers(0, len(opened.read.text) - 12))
        span = (start, start + data.draw(st.integers(1, 12)))
        try:
            opened = acted(opened, among(acts_on(opened.state, opened.read.text, one, span, among))(), group=f"g{n}")
        except UsageError:
            continue
    return opened


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_goes_out_and_comes_back_gives_the_same_gold_byte_by_byte(data):
    fresh = report_read()
    stands = corrected(data, fresh)
    sheet = sheet_of(stands)
    for through in THROUGH:
        found = returned(fresh, through(sheet))
        assert found.held == ()
        again = acted(fresh, found.sayings)
        assert gold(again) == gold(stands), through.__name__
        assert gold(again, only="records") == gold(stands, only="records"), through.__name__


@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_where_it_came_from_nothing_changes(data):
    fresh = report_read()
    stands = corrected(data, fresh)
    for through in THROUGH:
        assert returned(stands, through(sheet_of(stands))).sayings == ()


@pytest.mark.parametrize("through", THROUGH)
def test_what_is_marked_stands_where_it_stood(fresh, through):
    sheet = sheet_of(fresh)
    back = through(sheet)
    assert sorted((mark.label, mark.span) for mark in back.marks) == sorted((mark.label, mark.span) for mark in sheet.marks)
    assert (back.text, len(back.ties)) == (sheet.text, len(sheet.ties)) and len(sheet.ties) > 5
    assert {sheet.text[slice(*mark.span)] for mark in back.marks} == {sheet.text[slice(*mark.span)] for mark in sheet.marks}


@pytest.mark.parametrize("through", THROUGH)
def test_two_findings_in_one_place_stay_two(fresh, through):
    added = [one for name in ("培训次数", "培训人数") for one in acts.add_claim(fresh.read.text, (0, 4), "indicator", {"name": name})]
    stands = acted(fresh, added)
    back = through(sheet_of(stands))
    assert returned(stands, back).sayings == ()
    assert gold(acted(fresh, returned(fresh, back).sayings)) == gold(stands)


def first_region(task, kind="mention"):
    result = task["annotations"][0]["result"]
    return next(one for one in result if one.get("from_name") == kind)


def annotated(sheet, change, **more):
    """What Label Studio exports after `change` was made to the first task."""
    tasks = json.loads(tasks_json([replace(sheet, looked=True)]))
    change(tasks[0])
    tasks[0]["annotations"][0] |= {"lead_time": 12.5, "updated_at": "2026-01-02T00:00:00Z"} | more
    (back,) = sheets_of_tasks(json.dumps(tasks), file="x.json")
    return back


def keys_of(sayings, target):
    return {(one.act, key): value for one in sayings if one.target == target for key, value in one.after.items()}


def test_what_was_left_is_accepted_what_was_changed_edited_what_is_gone_rejected_what_is_new_added(fresh):
    sheet = sheet_of(fresh)
    moved, gone, claim = sheet.marks[0], sheet.marks[1], next(mark for mark in sheet.marks if mark.label == "indicator" and "actual" in mark.told)

    def change(task):
        result = task["annotations"][0]["result"]
        for one in result:
            if one.get("id") == moved.id:
                one["value"] |= {"end": one["value"]["end"] + 1, "text": sheet.text[moved.span[0]:moved.span[1] + 1]}
                one["origin"] = "prediction-changed"
            if one.get("id") == claim.id and one["type"] == "textarea":
                one["value"]["text"] = [line if not line.startswith("actual") else "actual：7 次" for line in one["value"]["text"]]
        result[:] = [one for one in result if one.get("id") != gone.id]
        result.append({"id": "xY12", "from_name": "mention", "to_name": "text", "type": "labels", "origin": "manual",
                       "value": {"start": 0, "end": 2, "labels": ["REGION"], "text": sheet.text[:2]}})

    found = returned(fresh, annotated(sheet, change))
    assert found.held == ()
    at = keys_of(found.sayings, moved.id)
    assert at["span", "span"] == [moved.span[0], moved.span[1] + 1] and at["accept", "@decision"] == "accepted"
    assert keys_of(found.sayings, gone.id) == {("reject", "@decision"): "rejected"}
    assert keys_of(found.sayings, claim.id)["edit", "fields.actual"] == "7 次"
    (new,) = [one for one in found.sayings if one.act == "add"]
    assert (new.after["label"], new.after["span"], new.after["@decision"]) == ("REGION", [0, 2], "accepted")
    left = {mark.id for mark in sheet.marks} - {moved.id, gone.id, claim.id}
    assert left <= {one.target for one in found.sayings if one.act == "accept"}


def test_an_annotation_that_nobody_touched_accepts_nothing_unless_told_to(fresh):
    sheet = sheet_of(fresh)
    back = through_label_studio(sheet)
    assert returned(fresh, back).sayings == ()
    assert {one.act for one in returned(fresh, back, accept=True).sayings} == {"accept"}


def test_ties_drawn_and_taken_away(fresh):
    sheet = sheet_of(fresh)
    tie = sheet.ties[0]
    other = next(mark for mark in sheet.marks if mark.label == "DATE" and all(t.target != mark.id or t.source != tie.source for t in sheet.ties))

    def change(task):
        result = task["annotations"][0]["result"]
        result[:] = [one for one in result if (one.get("from_id"), one.get("to_id")) != (tie.source, tie.target)]
        result.append({"type": "relation", "from_id": other.id, "to_id": tie.source, "direction": "right"})  # drawn the other way round

    found = returned(fresh, annotated(sheet, change))
    before = fresh.state.items[tie.source].data["mentions"]
    after = keys_of(found.sayings, tie.source)["link", "mentions"]
    assert after == [one for one in before if one != tie.target] + [other.id]


def test_what_somebody_changed_here_meanwhile_is_not_overwritten(fresh):
    sheet = sheet_of(fresh)
    claim = next(mark for mark in sheet.marks if mark.label == "indicator" and "actual" in mark.told)
    back = replace(sheet, marks=tuple(replace(mark, told={**mark.told, "actual": "8次"}) if mark.id == claim.id else mark for mark in sheet.marks))
    meanwhile = acted(fresh, acts.edit(fresh.state, claim.id, "actual", "9次"))
    found = returned(meanwhile, back)
    assert found.sayings == () and len(found.held) == 1 and "9次" in found.held[0] and "8次" in found.held[0]
    assert keys_of(returned(fresh, back).sayings, claim.id) == {("edit", "fields.actual"): "8次"}


def test_who_started_from_the_prediction_does_not_undo_what_was_said_before(fresh):
    record = next(item for item in fresh.state.of("record") if item.data["type"] == "indicator")
    (new,) = acts.add_mention(fresh.read.text, (0, 3), "REGION")
    stands = acted(fresh, (*acts.edit(fresh.state, record.id, "actual", "9次"), new))
    sheet = sheet_of(stands)

    def from_prediction(task):
        task["annotations"][0] |= {"result": task["predictions"][0]["result"], "prediction": {"id": 5}}

    back = annotated(sheet, from_prediction)
    assert back.based == "read"
    after = acted(stands, returned(stands, back).sayings, group="h")
    assert {after.state.items[name].data["fields"]["actual"] for name in (record.id, *record.data["claims"])} == {"9次"}
    assert after.state.items[new.target].decision == "accepted"


@pytest.mark.parametrize("through", THROUGH)
def test_what_was_looked_at_and_left_as_it_was_stays_looked_at(fresh, through):
    mention = fresh.state.of("mention")[0]
    stands = acted(fresh, acts.relabel(fresh.state, mention.id, mention.data["label"]))
    again = acted(fresh, returned(fresh, through(sheet_of(stands))).sayings)
    assert len(json.loads(gold(again, only="records"))["mentions"]) == 1 and gold(again, only="records") == gold(stands, only="records")


def test_another_text_is_refused(fresh):
    with pytest.raises(UsageError, match="原文"):
        returned(fresh, replace(sheet_of(fresh), text="别的"))


def test_a_claim_that_says_too_little_is_told_and_not_added(fresh):
    def change(task):
        task["annotations"][0]["result"].append({"id": "n", "from_name": "claim", "to_name": "text", "type": "labels",
                                                 "value": {"start": 0, "end": 3, "labels": ["fund"]}})

    found = returned(fresh, annotated(sheet_of(fresh), change))
    assert len(found.held) == 1 and "fund" in found.held[0] and not [one for one in found.sayings if one.act == "add"]


def test_taken_into_a_store_twice_it_counts_once_and_can_be_undone(table):
    fresh = table.open()
    back = annotated(sheet_of(fresh), lambda task: first_region(task).update(value={"start": 0, "end": 3, "labels": ["ORG"], "text": "云岭县"}))
    (first,) = take_in(table.store, [back], person=table.a.id, source="f")
    (second,) = take_in(table.store, [back], person=table.a.id, source="f")
    assert sum(first.acts.values()) > 3 and first.held == () and second.acts == {}
    opened = table.open()
    assert {event.person for event in opened.events} == {table.a.id} and len({event.group for event in opened.events}) == 1
    table.do(acts.undo(opened.state, opened.events, table.a.id), table.a, "u")
    assert gold(table.open()) == gold(fresh)
    (third,) = take_in(table.store, [back], person=table.a.id, source="f")
    assert third.acts == {} and gold(table.open()) == gold(fresh)  # what was taken back stays so
    assert [one.place.report for one in reports_of(table.store)] == [table.report]


def test_a_report_that_the_store_has_not_is_told(table):
    (one,) = take_in(table.store, [replace(sheet_of(table.open()), sha256="0" * 64)], person=table.a.id, source="f")
    assert one.acts == {} and "没有这份文件" in one.held[0]


@pytest.mark.parametrize("name, change", [
    ("m-000000000000", {"kind": "person"}), ("m-000000000000", {"decision": "burnt"}), ("m-000000000000", {"mark": "x"}),
    ("m-000000000000", {"note": 5}), ("m-000000000000", {"note": "x" * 5000}), ("m-000000000000", {"added": "yes"}), ("<script>", {}),
    ("m-000000000000", {"set": {"label": "<b>"}}), ("m-000000000000", {"set": {"span": [5, 900_000]}}), ("m-000000000000", {"set": {"span": "0-1"}}),
    ("m-000000000000", {"set": {"mentions": ["../x"]}}), ("m-000000000000", {"set": {"@decision": "accepted"}}), ("m-000000000000", {"set": []}),
    ("k-000000000000", {"kind": "check", "added": True}), ("c-000000000000", {"kind": "claim", "set": {"type": "fund", "fields": {"yuan": "1+1"}}}),
    ("c-000000000000", {"kind": "claim", "set": {"type": "fund", "fields": {"other": "1"}}}), ("m-000000000000", {"decision": None}),
])
def test_what_came_along_and_is_not_what_was_sent_is_refused(fresh, name, change):
    sheet = sheet_of(fresh)
    told = {"kind": "mention", "added": False, "decision": "open", "mark": None, "note": "", "set": {}, **change}
    with pytest.raises(UsageError, match="附带的数据"):
        returned(fresh, replace(sheet, touched={name: told}))
    sound = {"kind": "mention", "added": False, "decision": "accepted", "mark": None, "note": "", "set": {"span": [0, 3]}}
    assert returned(fresh, replace(sheet, touched={sheet.marks[0].id: sound})).sayings
