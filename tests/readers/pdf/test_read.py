"""PDF to document, and files that are protected, damaged or out to do harm."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

import hedui.readers.scan
from hedui.errors import ReadError
from hedui.places import Places
from hedui.readers import read_bytes
from hedui.readers.pages import Page
from hedui.readers.pdf import read_pdf

EMPTY = Page(number=1, width=595, height=842, scanned=True)
BODY = ("一、基本情况", "本项目年初预算98万元，全年执行96万元。", "执行率为97.96%。")


def content(words):
    return "".join(words(70, 760 - 30 * n, line) for n, line in enumerate(BODY))


def test_a_document_with_places(pdf_of, words):
    document = read_bytes(pdf_of(content(words), content(words)), "报告.docx")
    assert (document.media_type, document.pages, document.issues) == ("application/pdf", 2, ())
    assert document.text.count("执行率为97.96%。") == 2
    at = document.text.index("97.96%", document.text.index("97.96%") + 1)
    box = Places(document).box((at, at + 6))
    assert (box.page, round(box.x0), round(box.x1)) == (2, 118, 154)
    assert all(len(line.edges) == line.span[1] - line.span[0] + 1 for line in document.lines)
    assert [line.span for line in document.lines] == sorted(line.span for line in document.lines)


def test_the_same_issue_of_several_pages_is_told_once(pdf_of, words):
    aslant = words(200, 300, "内部资料", matrix="0.7 0.7 -0.7 0.7")
    pages = [content(words) + aslant] * 3 + [content(words)] + [content(words) + aslant]
    (issue,) = read_pdf(pdf_of(*pages), "x").issues
    assert issue.where == "第 1–3, 5 页 / pages 1–3, 5"


def test_a_password_is_asked_for(pdf_of, words):
    locked = pdf_of(content(words), encryption=pikepdf.Encryption(user="secret", owner="other"))
    with pytest.raises(ReadError, match=r"密码.*without the password"):
        read_pdf(locked, "x")


@pytest.mark.parametrize("strength", [2, 3, 4, 6])
def test_a_password_against_copying_is_no_hindrance(pdf_of, words, strength):
    locked = pdf_of(content(words), encryption=pikepdf.Encryption(
        user="", owner="other", R=strength, aes=strength >= 4, metadata=strength >= 4, allow=pikepdf.Permissions(extract=False)))
    assert "97.96%" in read_pdf(locked, "x").text


@pytest.mark.parametrize("tenth", range(10))
@pytest.mark.parametrize("packed", [False, True])
def test_truncated(pdf_of, words, tenth, packed):
    """Either what is left is read and the loss told, or the file is refused in one line."""
    streams = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    whole = pdf_of(*[content(words)] * 4, object_stream_mode=streams)
    data = whole[:len(whole) * tenth // 10] or b"%PDF-"
    try:
        document = read_pdf(data, "x")
    except ReadError as error:
        assert error.cause.count("\n") == 0 and "重新下载" in error.cause
    else:
        assert any("末尾缺失" in issue.what for issue in document.issues)


def count_of(pdf, count):
    pdf.Root.Pages.Count = count


def ring(pdf):
    pdf.Root.Pages.Kids = Array([pdf.Root.Pages])


def ring_behind(pdf):
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def deep(pdf, levels):
    node = pdf.pages[0].obj
    for _ in range(levels):
        above = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([node]), Count=1))
        node.Parent = above
        node = above
    pdf.Root.Pages = node


def form(pdf, *, drawn=False):
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp:xdp/>"))
    if drawn:
        pdf.Root.NeedsRendering = True


def script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=b"app.alert(1)")
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=b"/bin/true"))


@pytest.mark.parametrize("change", [
    pytest.param(lambda pdf: count_of(pdf, 2_000_000_000), id="says it has two thousand million pages"),
    pytest.param(lambda pdf: count_of(pdf, -1), id="says it has less than none"),
    pytest.param(ring_behind, id="a page tree that holds itself"),
    pytest.param(lambda pdf: deep(pdf, 500), id="a deep page tree"),
    pytest.param(form, id="a form that shows itself to any program"),
    pytest.param(script, id="scripts and programs to start"),
])
def test_read_as_if_nothing_were_wrong(pdf_of, words, change):
    document = read_pdf(pdf_of(content(words), change=change), "x")
    assert document.text.splitlines()[0] == BODY[0] and document.pages == 1


@pytest.mark.parametrize("change, cause", [
    pytest.param(ring, "损坏", id="a page tree of nothing but itself"),
    pytest.param(lambda pdf: deep(pdf, 5000), "损坏", id="a page tree too deep"),
    pytest.param(lambda pdf: form(pdf, drawn=True), "XFA", id="a form that draws itself"),
])
def test_refused(pdf_of, words, change, cause):
    with pytest.raises(ReadError, match=cause):
        read_pdf(pdf_of(content(words), change=change), "x")


def test_a_form_that_asks_to_wait(pdf_of, words):
    with pytest.raises(ReadError, match="XFA"):
        read_pdf(pdf_of(words(70, 700, "Please wait... If this message is not eventually replaced"), change=form), "x")


def test_too_many_pages(pdf_of, words):
    def repeat(pdf):
        pdf.Root.Pages.Kids = Array([pdf.pages[0].obj] * 10_000)
        count_of(pdf, 10_000)
    with pytest.raises(ReadError, match=r"10000 页.*3000 页.*拆成"):
        read_pdf(pdf_of(content(words), change=repeat), "x")


def test_a_damaged_page_costs_no_other(pdf_of, words):
    def spoil(pdf):
        pdf.pages[1].obj.Type = Name.Nothing
        del pdf.pages[1].obj["/Contents"]
    document = read_pdf(pdf_of(*[content(words)] * 3, change=spoil), "x")
    assert document.text.count("97.96%") == 2 and document.pages == 3
    assert [issue.where for issue in document.issues] == ["第 2 页 / page 2"]


@pytest.mark.parametrize("forms", [{"A": "/A Do "}, {"A": "/B Do ", "B": "/A Do "}])
def test_forms_in_a_ring(pdf_of, words, forms):
    made = {name: (drawn + words(70, 300, "附表"), (1, 0, 0, 1, 0, 0)) for name, drawn in forms.items()}
    assert BODY[0] in read_pdf(pdf_of("/A Do " + content(words), forms=made), "x").text


def test_embedded_files_are_told(pdf_of, words):
    def attach(pdf):
        pdf.attachments["表.xlsx"] = pikepdf.AttachedFileSpec(pdf, b"x", filename="表.xlsx")
    (issue,) = read_pdf(pdf_of(content(words), change=attach), "x").issues
    assert "1 个附件" in issue.what


def test_what_is_filled_into_a_form_is_read(pdf_of, words):
    def fill(pdf):
        shown = pdf.make_stream(words(2, 4, "王小明").encode(), Type=Name.XObject, Subtype=Name.Form,
                                BBox=Array([0, 0, 100, 20]), Resources=pdf.pages[0].obj.Resources)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=b"name", F=4, Rect=Array([200, 600, 300, 620]),
            AP=Dictionary(N=shown)))])
        pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)
    assert "王小明" in read_pdf(pdf_of(content(words), change=fill), "x").text


@pytest.mark.parametrize("box", [(0, 0, 0, 0), (595, 842, 0, 0), (0, 0, 1e7, 1e7)])
def test_pages_of_odd_sizes(pdf_of, words, box):
    assert BODY[0] in read_pdf(pdf_of(content(words), box=box), "x").text


def test_an_encoding_that_names_a_file_opens_none(pdf_of, words, tmp_path, monkeypatch):
    """CVE-2025-64512: the name of a CMap that leads to a file must not have it loaded; the page is recognised instead."""
    seen = []
    monkeypatch.setattr(hedui.readers.scan, "recognised_page", lambda picture, *, number, dpi: seen.append(number) or EMPTY)

    def point(pdf):
        pdf.pages[0].obj.Resources.Font.F1.Encoding = Name("/" + str(tmp_path / "evil").replace("/", "#2F"))
    with pytest.raises(ReadError, match="没有文字"):
        read_pdf(pdf_of(content(words), change=point), "x")
    assert seen == [1]


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\n" + bytes(range(256)) * 100, b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj"])
def test_no_more_than_a_head(data):
    with pytest.raises(ReadError, match=r"损坏|没有一页"):
        read_pdf(data, "x")


def test_no_words(pdf_of):
    with pytest.raises(ReadError, match="没有文字"):
        read_pdf(pdf_of("", ""), "x")
