"""Findings made by hand from a text with tags, and how a page of them is opened."""

from __future__ import annotations

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest

from hedui.document import Document, Issue, Part
from hedui.findings import Check, Findings, Fund, Mention, Quote, Record, Remark, Repair, Report, content_id
from hedui.values import read_value

TAG = re.compile(r"«(\w+)\|([^»]*)»")


class Paper:
    """A text whose quotes are tagged `«id|words»`, and what is found in it."""

    def __init__(self, tagged: str, name: str = "样县.txt") -> None:
        self.spans: dict[str, tuple[int, int]] = {}
        text = ""
        at = 0
        for match in TAG.finditer(tagged):
            text += tagged[at:match.start()]
            self.spans[match[1]] = (len(text), len(text) + len(match[2]))
            text += match[2]
            at = match.end()
        self.text, self.name = text + tagged[at:], name
        self.checks: list[Check] = []
        self.remarks: list[Remark] = []
        self.repairs: list[Repair] = []
        self.records: list[Record] = []

    def quote(self, key: str) -> Quote:
        span = self.spans[key]
        return Quote(span=span, text=self.text[slice(*span)], value=self.text[slice(*span)])

    def check(self, kind, stated, inputs, computed, *, verdict="conflict", tier="numeric", confidence=0.9, note="", claims=()):
        made = Check(id=content_id("c", kind, stated, tuple(inputs), len(self.checks)), kind=kind, verdict=verdict, tier=tier,
                     stated=self.quote(stated), inputs=tuple(map(self.quote, inputs)), computed=computed, confidence=confidence,
                     note=note or f"{' + '.join(inputs)} = {computed}", claims=tuple(claims))
        self.checks.append(made)
        return made

    def remark(self, kind, keys, note, claims=()):
        self.remarks.append(Remark(id=content_id("q", kind, tuple(keys)), kind=kind, quotes=tuple(map(self.quote, keys)), note=note,
                                   claims=tuple(claims)))

    def repair(self, key, proposed, closes, note):
        self.repairs.append(Repair(id=content_id("x", key), stated=self.quote(key), proposed=proposed, change="digit",
                                   closes=tuple(c.id for c in closes), opens=(), odds=20.0, note=note))

    def budget(self, yuan, checks=()):
        self.records.append(Record(id=content_id("r", yuan), type="fund", fields=Fund(yuan=Decimal(yuan), measure="budget", scope="资金"),
                                   claims=(), checks=tuple(c.id for c in checks), status="agree"))

    def mentions(self):
        for key, span in self.spans.items():
            value = read_value(self.text[slice(*span)])
            if value is not None and value.kind in {"AMOUNT", "RATE", "QUANTITY"}:
                yield Mention(id=f"m-{key}", label=value.kind, span=span, text=self.text[slice(*span)], value=value.value, unit=value.unit)

    def findings(self, issues: tuple[Issue, ...] = ()) -> Findings:
        document = Document(name=self.name, sha256="0" * 64, media_type="text/plain", text=self.text, blocks=(), issues=issues)
        report = Report(id="p-1", part=Part(span=(0, len(self.text)), title="样县2022年度补助资金绩效自评报告", unit="样县财政局", year=2022),
                        mentions=tuple(self.mentions()), checks=tuple(self.checks), records=tuple(self.records),
                        remarks=tuple(self.remarks), repairs=tuple(self.repairs))
        return Findings(document=document, reports=(report,))


TEXT = """样县2022年度补助资金绩效自评报告
全年收到资金«total|1260万元»，其中中央«central|860万元»、省级«province|250万元»、县级«county|140万元»。
全年支出«spent|1142.7万元»，执行率«rate|90.60%»，结转«carry|117.3万元»。
组织宣讲«talks|46场»，发放手册«books|12800份»，健康素养«word|有所提高»。
附表：宣讲«t_talks|40场»，健康素养«t_word|明显提高»，支出«t_spent|1142.7万元»。
"""


@pytest.fixture
def paper():
    """A report with a wrong total, a wrong rate, two tellings that differ, one rounding, and some that close."""
    made = Paper(TEXT)
    made.sum = made.check("sum", "total", ["central", "province", "county"], "1250万元", confidence=0.98,
                          note="860 + 250 + 140 = 1250万元 ≠ 1260万元")
    made.ratio = made.check("ratio", "rate", ["spent", "total"], "90.69%", confidence=0.95, note="1142.7 ÷ 1260 = 90.69% ≠ 90.60%")
    made.talks = made.check("table", "talks", ["t_talks"], "40场", confidence=0.9, note="宣讲：表中 40场 ≠ 46场")
    made.words = made.check("table", "word", ["t_word"], "明显提高", tier="value", confidence=0.9, note="健康素养：明显提高 ≠ 有所提高")
    made.check("restated", "t_spent", ["spent"], "1142.7万元", verdict="consistent")
    made.check("difference", "carry", ["total", "spent"], "117.3万元", verdict="consistent")
    made.budget("12600000", [made.sum, made.ratio])
    return made


@pytest.fixture
def blank():
    return Paper


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a page; what went wrong and what was asked for end up in `.errors` and `.requests`."""
    contexts = []

    def show(html):
        file = tmp_path / "opinion.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport={"width": 1200, "height": 900})
        contexts.append(context)
        page = context.new_page()
        seen = SimpleNamespace(errors=[], requests=[])
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("console", lambda line: seen.errors.append(line.text) if line.type in ("error", "warning") else None)
        page.on("request", lambda request: seen.requests.append(request.url))
        page.goto(file.as_uri())
        return page, seen

    yield show
    for context in contexts:
        context.close()
