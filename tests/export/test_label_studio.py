"""Label Studio: a labelling interface that its own validator takes, flat results, offsets in code points, and exports read back."""

import json
from dataclasses import replace
from xml.etree import ElementTree as xml

import pytest

from hedui.errors import ReadError
from hedui.export.label_studio import config_xml, sheets_of_tasks, task_of, tasks_json
from hedui.export.sheet import CLAIMS, MENTIONS, Marked, Sheet, Tie

TEXT = "𠮷岭县😀预算98万元，培训3次。"


def at(piece):
    return TEXT.index(piece), TEXT.index(piece) + len(piece)


MARKS = (Marked(id="m-1", label="REGION", span=at("𠮷岭县"), confidence=0.875), Marked(id="m-2", label="AMOUNT", span=at("98万元")),
         Marked(id="c-1", label="indicator", span=at("培训3次"), origin="manual", told={"name": "培训", "actual": "3次：线上"}))
SHEET = Sheet(name="a.txt", sha256="0" * 64, report="p-1", version="hedui 9", start=7, text=TEXT, marks=MARKS,
              ties=(Tie(source="c-1", target="m-2"),), read=MARKS[:2], sent=("m-1", "m-2", "c-1"), touched={"c-1": {"kind": "claim"}}, looked=True)


def exported(change=None, **more):
    """What Label Studio exports of the sheet, with `change` made to the results of its annotation."""
    tasks = json.loads(tasks_json([SHEET]))
    tasks[0]["annotations"][0] |= more
    if change:
        change(tasks[0]["annotations"][0]["result"])
    return json.dumps(tasks)


def read(*args, **more):
    (sheet,) = sheets_of_tasks(exported(*args, **more), file="x.json")
    return sheet


def test_the_validator_of_label_studio_takes_config_tasks_predictions_and_annotations():
    """Run where label-studio-sdk is installed; it pins other versions of numpy and OpenCV than hedui uses."""
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk is not installed").LabelInterface(config_xml())
    interface.validate()
    task = task_of(SHEET)
    assert interface.validate_task({"data": task["data"]})
    assert interface.validate_prediction(task["predictions"][0], return_errors=True) == []
    assert interface.validate_annotation(task["annotations"][0])
    task["predictions"][0]["result"][0]["value"]["labels"] = ["NOPE"]
    assert interface.validate_prediction(task["predictions"][0], return_errors=True) != []


def test_every_label_has_a_colour_and_every_control_is_of_the_text():
    view = xml.fromstring(config_xml())
    labels = {one.get("value"): one.get("background") for one in view.iter("Label")}
    assert labels.keys() == {*MENTIONS, *CLAIMS} and len(set(labels.values())) == len(labels)
    names = {one.get("name") for one in view.iter() if one.get("toName") == "text"}
    assert names == {"mention", "claim", "fields"} and [one.get("value") for one in view.iter("Text")] == ["$text"]


def test_results_are_flat_and_their_offsets_code_points():
    task = task_of(SHEET)
    assert task["predictions"][0]["model_version"] == "hedui 9" and task["predictions"][0]["score"] == 0.9375
    result = task["annotations"][0]["result"]
    regions = [one for one in result if one["type"] == "labels"]
    assert [one["value"]["text"] for one in regions] == ["𠮷岭县", "98万元", "培训3次"]
    assert regions[1]["value"] == {"start": 6, "end": 10, "text": "98万元", "labels": ["AMOUNT"]}
    assert result[-1] == {"type": "relation", "from_id": "c-1", "to_id": "m-2", "direction": "right", "labels": ["rests_on"]}
    assert not any(isinstance(value, dict) for one in result for key, value in one.items() if key != "value")


def test_what_is_written_reads_back():
    sheet = read()
    assert (sheet.text, sheet.start, sheet.sent, sheet.touched) == (TEXT, 7, SHEET.sent, SHEET.touched)
    assert [(m.id, m.label, m.span, m.origin, m.told) for m in sheet.marks] == [(m.id, m.label, m.span, m.origin, m.told) for m in MARKS]
    assert sheet.ties == SHEET.ties and not sheet.looked


def test_offsets_that_count_utf_16_units_are_known_by_the_text_beside_them():
    units = len(TEXT[:6].encode("utf-16-le")) // 2
    assert units == 8
    sheet = read(lambda result: result[1]["value"].update(start=units, end=units + 4))
    assert sheet.marks[1].span == at("98万元")
    without = read(lambda result: (result[1]["value"].update(start=6, end=10), result[1]["value"].pop("text")))
    assert without.marks[1].span == at("98万元")


def test_a_copy_of_a_region_is_known_by_the_one_it_was_copied_from():
    def copied(result):
        result[0] |= {"id": "x#12", "parentID": "m-1"}
        result[1] |= {"id": "m-2#12"}

    assert [mark.id for mark in read(copied).marks] == ["m-1", "m-2", "c-1"]


def test_a_field_told_twice_counts_as_told_last_and_a_full_width_colon_is_one():
    sheet = read(lambda result: result[3]["value"].update(text=["name: 培训", "actual: 3次", "actual：4次"]))
    assert sheet.marks[2].told == {"name": "培训", "actual": "4次"}


def test_a_tie_goes_from_the_claim_to_the_mention_whichever_way_it_was_drawn():
    assert read(lambda result: result[-1].update(from_id="m-2", to_id="c-1")).ties == (Tie(source="c-1", target="m-2"),)
    assert read(lambda result: result[-1].update(to_id="gone")).ties == ()


def test_what_a_person_submitted_counts_before_what_was_imported_and_skipped_tasks_do_not():
    tasks = json.loads(tasks_json([SHEET]))
    mine = tasks[0]["annotations"][0]
    newer = {**mine, "result": mine["result"][:1], "lead_time": 3.5, "updated_at": "2026-01-01", "prediction": {"id": 4}}
    tasks[0]["annotations"] = [mine | {"ground_truth": True, "updated_at": "2026-02-01"}, newer, newer | {"was_cancelled": True, "result": []}]
    (sheet,) = sheets_of_tasks(json.dumps(tasks), file="x.json")
    assert (len(sheet.marks), sheet.looked, sheet.based) == (1, True, "read")
    tasks[0]["annotations"] = []
    assert list(sheets_of_tasks(json.dumps(tasks), file="x.json")) == []


def test_a_report_that_nobody_looked_at_has_a_prediction_alone():
    assert task_of(replace(SHEET, looked=False)).keys() == {"data", "predictions"}


@pytest.mark.parametrize("change, where, cause", [
    (lambda result: result[0]["value"].update(labels=["NOPE"]), "[0].annotations.result[0]", "NOPE"),
    (lambda result: result[0]["value"].update(labels=["ORG", "DATE"]), "[0].annotations.result[0]", "exactly one"),
    (lambda result: result[1]["value"].update(start=900, end=901), "[0].annotations.result[1]", "900"),
    (lambda result: result[1]["value"].update(start=-1), "[0].annotations.result[1]", "-1"),
    (lambda result: result[1]["value"].update(start="1"), "[0].annotations.result[1]", "'1'"),
])
def test_faults_name_the_file_and_the_place(change, where, cause):
    with pytest.raises(ReadError) as fault:
        read(change)
    assert (fault.value.name, fault.value.where) == ("x.json", where) and cause in str(fault.value)


@pytest.mark.parametrize("content", [
    "", "{}", "[1]", '[{"text": "JSON-MIN"}]', '[{"data": {"text": "x"}}]', '[{"data": {"hedui": {"schema": "x"}}}]'])
def test_what_is_no_export_of_ours(content):
    with pytest.raises(ReadError, match=r"x\.json"):
        list(sheets_of_tasks(content, file="x.json"))
