"""Sheets -> a labelling interface and tasks of Label Studio, and its export -> sheets.

A mention is a region of the control `mention`, a claim one of `claim` with its fields as lines `name: value` in the text area `fields`, a
tie a relation. All results are flat dicts (https://labelstud.io/guide/predictions). Offsets are code points: the editor
turns them into those of the browser itself, and so does its server; where the text beside an offset says that it counts UTF-16 units, as
editors of before 2022 did, it is read as such.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import Any, Literal, get_args
from xml.etree import ElementTree as xml

from hedui.document import Span
from hedui.errors import ReadError
from hedui.export.sheet import CLAIMS, MENTIONS, TIE, Marked, Origin, Sheet, Tie, along, sheet_along

__all__ = ["config_xml", "sheets_of_tasks", "task_of", "tasks_json"]

Json = Mapping[str, Any]
Result = dict[str, Any]
TO = "text"
COLON = re.compile("[:：]")


def config_xml() -> str:
    """The labelling interface: labels of mentions and claims over the text, the fields of the claim chosen, relations."""
    view = xml.Element("View", style="display: flex; gap: 1em;")
    left = xml.SubElement(view, "View", style="flex: 3; min-width: 0;")
    xml.SubElement(left, "Header", value="$file", size="5")
    for name, labels in (("mention", MENTIONS), ("claim", CLAIMS)):
        control = xml.SubElement(left, "Labels", name=name, toName=TO, showInline="true")
        for label, (chinese, colour) in labels.items():
            xml.SubElement(control, "Label", value=label, html=f"{chinese} {label}", background=colour)
    xml.SubElement(left, "Text", name=TO, value="$text", saveTextResult="yes", granularity="symbol")
    relations = xml.SubElement(left, "Relations")
    xml.SubElement(relations, "Relation", value=TIE)
    right = xml.SubElement(view, "View", style="flex: 1; position: sticky; top: 0;")
    xml.SubElement(right, "Header", value="栏目 fields · name: value", size="5")
    xml.SubElement(right, "TextArea", name="fields", toName=TO, perRegion="true", whenTagName="claim", editable="true",
                   placeholder="actual: 3个", rows="1")
    xml.indent(view)
    return xml.tostring(view, encoding="unicode") + "\n"


def results(text: str, marks: Iterable[Marked], ties: Iterable[Tie]) -> Iterator[Result]:
    """The results of one annotation or prediction."""
    for mark in marks:
        start, end = mark.span
        head = {"id": mark.id, "to_name": TO, "origin": mark.origin}
        control = "claim" if mark.label in CLAIMS else "mention"
        yield {**head, "from_name": control, "type": "labels", "score": round(mark.confidence, 4),
               "value": {"start": start, "end": end, "text": text[start:end], "labels": [mark.label]}}
        if mark.told:
            lines = [f"{name}: {value}" for name, value in mark.told.items()]
            yield {**head, "from_name": "fields", "type": "textarea", "value": {"start": start, "end": end, "text": lines}}
    for tie in ties:
        yield {"type": "relation", "from_id": tie.source, "to_id": tie.target, "direction": "right", "labels": [TIE]}


def task_of(sheet: Sheet) -> dict[str, Any]:
    """A task with what was read as its prediction and, where somebody looked at the report, what stands as its annotation."""
    score = round(fmean(mark.confidence for mark in sheet.read), 4) if sheet.read else 0.0
    task: dict[str, Any] = {
        "data": {"text": sheet.text, "file": sheet.name, "hedui": along(sheet)},
        "predictions": [{"model_version": sheet.version, "score": score, "result": list(results(sheet.text, sheet.read, sheet.read_ties))}]}
    if sheet.looked:
        task["annotations"] = [{"result": list(results(sheet.text, sheet.marks, sheet.ties)), "was_cancelled": False, "ground_truth": False}]
    return task


def tasks_json(sheets: Iterable[Sheet]) -> str:
    """The tasks to be imported into a project of Label Studio, one a line."""
    return "[\n" + ",\n".join(json.dumps(task_of(sheet), ensure_ascii=False) for sheet in sheets) + "\n]\n"


def points(text: str, units: int) -> int:
    """How many code points the first `units` UTF-16 units of a text are.

    >>> points("a😀b", 3)
    2
    """
    return len(text.encode("utf-16-le", "surrogatepass")[:2 * units].decode("utf-16-le", "ignore"))


def span_of(text: str, value: Json, fault: ReadError) -> Span:
    start, end, quoted = value.get("start"), value.get("end"), value.get("text")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        raise fault
    if isinstance(quoted, str) and same(text[start:end]) != same(quoted):
        first, last = points(text, start), points(text, end)
        if same(text[first:last]) == same(quoted):
            return first, last
    if end > len(text):
        raise fault
    return start, end


def same(quoted: str) -> str:
    """A quote without what editors make of white space and line ends."""
    return "".join(quoted.replace("\\n", "").split())


def fields_of(value: Json) -> dict[str, str] | None:
    lines = value.get("text")
    lines = [lines] if isinstance(lines, str) else lines
    if not isinstance(lines, list):
        return None
    pairs = [COLON.split(str(line), maxsplit=1) for line in lines]
    return {pair[0].strip(): pair[-1].strip() if len(pair) > 1 else "" for pair in pairs if pair[0].strip()}


def known(result: Json) -> str:
    """The id of the region that a result is of; copies in Label Studio name the region that they were copied from."""
    return str(result.get("parentID") or result.get("id") or "").partition("#")[0]


def marks_of(found: Sequence[Json], text: str, *, file: str, where: str) -> tuple[tuple[Marked, ...], tuple[Tie, ...]]:
    """The places and ties in the results of one annotation."""
    names = {str(one.get("id")): known(one) for one in found}
    told: defaultdict[str, dict[str, str]] = defaultdict(dict)
    marks: dict[str, Marked] = {}
    for n, one in enumerate(found):
        value = one.get("value")
        if not isinstance(value, dict):
            continue
        name, place = known(one), f"{where}.result[{n}]"
        if one.get("type") == "textarea" and one.get("from_name") == "fields":
            told[name] |= fields_of(value) or {}
        elif one.get("type") == "labels":
            labels = [label for label in value.get("labels") or () if label in MENTIONS or label in CLAIMS]
            if len(labels) != 1:
                raise ReadError(file, f"应有一个标签，得到 {value.get('labels')!r} · exactly one label is wanted", where=place)
            fault = ReadError(file, f"起止不在原文内 · start and end are not in the text: {value.get('start')!r}–{value.get('end')!r}", where=place)
            origin: Origin = next((known for known in get_args(Origin) if known == one.get("origin")), "manual")
            marks[name] = Marked(id=name, label=labels[0], span=span_of(text, value, fault), origin=origin)
    ties = [Tie(source=names.get(str(one.get("from_id")), str(one.get("from_id"))), target=names.get(str(one.get("to_id")), str(one.get("to_id"))))
            for one in found if one.get("type") == "relation"]
    whole = tuple(replace(mark, told=dict(told[mark.id]) if mark.id in told else None) for mark in marks.values())
    return whole, tuple(directed(tie, marks) for tie in dict.fromkeys(ties) if {tie.source, tie.target} <= marks.keys())


def directed(tie: Tie, marks: Mapping[str, Marked]) -> Tie:
    """A tie from the claim to the mention, whichever way it was drawn."""
    backward = marks[tie.source].label in MENTIONS and marks[tie.target].label in CLAIMS
    return Tie(source=tie.target, target=tie.source) if backward else tie


def counts(annotation: Any) -> bool:
    return isinstance(annotation, dict) and isinstance(annotation.get("result"), list) and not annotation.get("was_cancelled")


def rank(annotation: Json) -> tuple[bool, bool, str, str]:
    """Of annotations of one task the greatest counts."""
    made = annotation.get("lead_time") is not None  # imported ones, which Label Studio takes for ground truth, have none
    return made, bool(annotation.get("ground_truth")), str(annotation.get("updated_at") or ""), str(annotation.get("id") or "")


def sheets_of_tasks(text: str, *, file: str) -> Iterator[Sheet]:
    """The sheets in an export of Label Studio (JSON); of several annotations of a task those that a person made count, of these
    the one marked as ground truth, else the newest. Tasks that nobody annotated are passed over. ReadError where the file holds something else."""
    try:
        tasks = json.loads(text)
    except ValueError as error:
        raise ReadError(file, f"不是可读的 JSON · not a JSON file that can be read ({error})") from error
    if not isinstance(tasks, list) or not all(isinstance(task, dict) and isinstance(task.get("data"), dict) for task in tasks):
        raise ReadError(file, "不是 Label Studio 的 JSON 导出（不是 JSON-MIN） · not an export of Label Studio as JSON (JSON-MIN does not do)")
    for n, task in enumerate(tasks):
        held = sheet_along(task["data"].get("hedui"), task["data"].get("text"), file=file, where=f"[{n}]")
        found = [one for one in task.get("annotations") or () if counts(one)]
        if not found:
            continue
        best = max(found, key=rank)
        marks, ties = marks_of([one for one in best["result"] if isinstance(one, dict)], held.text, file=file, where=f"[{n}].annotations")
        based: Literal["read", "stands"] = "read" if best.get("prediction") or best.get("parent_prediction") else "stands"
        yield replace(held, marks=marks, ties=ties, based=based, looked=best.get("lead_time") is not None)
