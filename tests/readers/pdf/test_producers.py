"""One report by several programs: LibreOffice, a browser, ReportLab. What it says comes back the same."""

from collections import Counter
from io import BytesIO

import pytest

from hedui.readers import read_bytes
from hedui.readers.pdf import pdf_pages, read_pdf
from hedui.synth.render_docx import docx_of
from hedui.synth.render_html import html_of
from hedui.synth.render_pdf import browser, office, pdf_of, pdf_of_html

REPORT = """青溪县城乡供水一体化项目支出绩效自评报告
一、项目基本情况
本项目由县水务局实施，2023年度安排资金1,285.60万元（其中：“三公”经费3.2万元），实际支出1,198.40万元，预算执行率93.22%。水质达标率≥95%，供水能力12000m³/日。
二、绩效指标完成情况
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t新建管网长度\t≥42公里\t43.5公里\t20\t20
产出指标\t质量指标\t工程验收合格率\t100%\t98.7%\t15\t14.8
效益指标\t社会效益\t受益人口\t≥3.6万人\t3.58万人\t30\t29.8
满意度指标\t服务对象\t用水户满意度\t≥90%\t91.4%\t10\t10
""".encode()


@pytest.fixture(scope="module")
def report():
    return read_bytes(REPORT, "report.txt")


def libreoffice(report):
    if office() is None:
        pytest.skip("LibreOffice is not installed")
    return pdf_of(docx_of(report))


def chromium(report):
    if browser() is None:
        pytest.skip("chromium is not installed")
    return pdf_of_html(html_of(report))


def reportlab(report):
    lab = pytest.importorskip("reportlab", reason="ReportLab is not installed")
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    assert lab.Version
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=11, leading=18, wordWrap="CJK")
    story = []
    for block in report.blocks:
        if block.kind == "table":
            rows = [line.split("\t") for line in report.text[slice(*block.span)].split("\n")]
            story.append(Table(rows, style=[("FONT", (0, 0), (-1, -1), "STSong-Light", 9), ("GRID", (0, 0), (-1, -1), 0.5, "black")]))
        else:
            story.append(Paragraph(report.text[slice(*block.span)], style))
    out = BytesIO()
    SimpleDocTemplate(out).build(story)
    return out.getvalue()


@pytest.mark.parametrize("program", [libreoffice, chromium, reportlab])
def test_the_same_report(report, program):
    data = program(report)
    pages = list(pdf_pages(data, "x.pdf"))
    printed = Counter("".join(run.text for page in pages for run in page.runs).replace(" ", ""))
    assert printed - Counter(report.text) <= Counter("-1-")  # the page number
    assert Counter("".join(report.text.split())) <= printed
    document = read_pdf(data, "x.pdf")
    (table,) = [block for block in document.blocks if block.kind == "table"]
    (told,) = [block for block in report.blocks if block.kind == "table"]
    assert [document.text[slice(*cell.span)] for cell in table.cells] == [report.text[slice(*cell.span)] for cell in told.cells]
    assert "实际支出1,198.40万元，预算执行率93.22%。" in document.text
    assert document.issues == ()
