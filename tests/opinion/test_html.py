"""The page as text: quoted text is inert, links lead somewhere, the same opinions give the same page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from hedui.document import Issue
from hedui.opinion import opinions_of
from hedui.opinion.html import html_of, lines_of

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\"'&"


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags, self.ids, self.links = [], [], []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.append((tag, frozenset(told)))
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if tag == "a" and "href" in told else []


def elements(html):
    made = Elements()
    made.feed(html)
    return made


def page(paper, **given):
    findings = paper.findings(**given)
    return html_of(opinions_of(findings), findings.document.text)


@pytest.fixture
def hostile(blank):
    made = blank(f"总额«a|3{HOSTILE}»，{HOSTILE}其中«b|1万元»、«c|1万元»。\n{HOSTILE}", name=f"{HOSTILE}.txt")
    made.check("sum", "a", ["b", "c"], HOSTILE, note=HOSTILE)
    made.remark("boast", ["b"], HOSTILE)
    made.remark("boast", ["c"], f"另{HOSTILE}")
    made.repair("a", HOSTILE, made.checks, HOSTILE)
    return made


def test_text_of_a_report_never_becomes_markup(hostile):
    made = elements(page(hostile, issues=(Issue(where=HOSTILE, what=HOSTILE),)))
    assert "img" not in {tag for tag, _ in made.tags}
    assert [tag for tag, _ in made.tags].count("script") == 1
    assert not any(name.startswith("on") or name == "style" for _, names in made.tags for name in names)


def test_links_lead_somewhere(paper, hostile):
    for one in (paper, hostile):
        made = elements(page(one))
        assert len(made.ids) == len(set(made.ids))
        inner = [link[1:] for link in made.links if link.startswith("#")]
        assert inner and set(inner) <= set(made.ids)
        assert all(link.startswith("#") for link in made.links)


def test_the_whole_text_is_there_in_lines(paper):
    findings = paper.findings()
    lines = list(lines_of(findings.document.text, paper.spans.values(), [span[0] for span in paper.spans.values()]))
    assert "\n".join("".join(piece.text for piece in line) for line in lines) == findings.document.text
    lit = [piece.text for line in lines for piece in line if piece.lit]
    assert lit == [findings.document.text[slice(*span)] for span in sorted(paper.spans.values())]


def test_nothing_found(blank):
    made = page(blank("没有数。"))
    assert "没有找到可以互相核对的数" in made and "<table" not in made and "<svg" not in made


def test_questions_alone(blank):
    made = blank("甲«a|3万元»，乙«b|2万元»，丙«c|1万元»。")
    made.check("sum", "a", ["b", "c"], "3万元", verdict="consistent")
    made.remark("boast", ["a"], "没有说明对象")
    html = page(made)
    assert "没有发现对不上的地方，有 1 处要问。" in html and 'class="least"' not in html and "没有说明对象" in html


def test_the_same_page_twice(paper):
    assert page(paper) == page(paper)


def test_policy_lets_nothing_in(paper):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page(paper))[1]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy.replace("https", "http").split("sha256")[0]


def test_a_question_stands_in_the_row_and_not_beside_it(paper):
    paper.remark("date", ["books"], "手册何时发放")
    page = html_of(opinions_of(paper.findings()), paper.findings().document.text)
    row = page.split('<tr class="i-remark')[1].split("</tr>")[0]
    assert 'colspan="6"' in row and "手册何时发放" in row and "—" not in row
