"""doccano, CoNLL, DocBin and CSV: what other tools read, with the places where they stood and nothing that runs as a formula."""

import csv
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from spacy.tokens import DocBin
from spacy.training import biluo_tags_to_spans, iob_to_biluo
from spacy.training.converters import conll_ner_to_docs
from spacy.vocab import Vocab

from hedui.errors import ReadError
from hedui.export import to_output
from hedui.export.conll import conll_lines
from hedui.export.csv import Sheet as Page
from hedui.export.csv import cell, write_csv
from hedui.export.docbin import docbin_bytes, sheets_of_docbin
from hedui.export.doccano import doccano_lines, labels_json, relations_json, sheets_of_lines
from hedui.export.excel import write_excel
from hedui.export.sheet import CLAIMS, MENTIONS, TIE, Marked, Sheet, Tie
from hedui.export.tables import FileLine
from hedui.export.tokens import flat, tokens_of

LABELS = tuple(MENTIONS)


def sheet(text, marks, ties=()):
    return Sheet(name="a.txt", sha256="0" * 64, report="p-1", version="v", start=0, text=text, marks=tuple(marks), ties=tuple(ties),
                 sent=tuple(mark.id for mark in marks))


@st.composite
def sheets(draw):
    """Texts of characters that reports have and that break formats, with places anywhere in them, over one another too."""
    text = draw(st.text(alphabet="预算98万元，：= \t\n\u3000\u00a0-#\"'𠮷😀ab", min_size=1, max_size=60))
    edges = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(edges, edges).filter(lambda pair: pair[0] < pair[1]), max_size=8, unique=True))
    marks = [Marked(id=f"x-{n}", label=draw(st.sampled_from((*LABELS, *CLAIMS))), span=span) for n, span in enumerate(spans)]
    ties = [Tie(source=a.id, target=b.id) for a in marks for b in marks if a.label in CLAIMS and b.label in MENTIONS]
    return sheet(text, marks, ties)


def places(one):
    return sorted((mark.label, mark.span) for mark in one.marks)


@given(sheets())
def test_doccano_gives_back_what_it_was_given(one):
    (back,) = sheets_of_lines("".join(doccano_lines([one])), file="x.jsonl")
    assert (back.text, places(back), len(back.ties)) == (one.text, places(one), len(one.ties))


@settings(deadline=None)
@given(sheets(), st.sampled_from(("char", "jieba")))
def test_a_docbin_gives_back_what_it_was_given(one, by):
    data = docbin_bytes([one], by=by)
    (back,) = sheets_of_docbin(data, file="x.spacy")
    assert (back.text, back.sent, sorted(back.ties)) == (one.text, one.sent, sorted(one.ties))
    assert {(mark.id, mark.label, mark.span) for mark in back.marks} == {(mark.id, mark.label, mark.span) for mark in one.marks}
    (doc,) = DocBin().from_bytes(data).get_docs(Vocab())
    assert [(ent.label_, (ent.start_char, ent.end_char)) for ent in doc.ents] == [(mark.label, mark.span) for mark in flat(one.marks)]


@settings(deadline=None)
@given(sheets(), st.sampled_from(("char", "jieba")))
def test_tokens_have_no_gaps_and_no_mark_ends_inside_one(one, by):
    tokens = tokens_of(one.text, one.marks, by=by)
    assert "".join(one.text[start:end] for start, end in tokens) == one.text
    assert {edge for mark in one.marks for edge in mark.span} <= {edge for token in tokens for edge in token}


def sentences(text):
    """The tokens and tags of every sentence of a CoNLL file."""
    found = [[tuple(line.rsplit(" ", 1)) for line in block.split("\n")] for block in text.split("\n\n") if block.strip()]
    return [one for one in found if one[0][0] != "-DOCSTART-"]


@settings(deadline=None)
@given(sheets(), st.sampled_from(("char", "jieba")))
def test_conll_tags_are_iob2_and_tell_every_mention_that_is_no_white_space(one, by):
    text = "".join(conll_lines([one], by=by))
    found = []
    for sentence in sentences(text):
        before = "O"
        for token, tag in sentence:
            assert token and not any(char.isspace() for char in token)
            assert not tag.startswith("I-") or before[2:] == tag[2:]
            if tag.startswith("B-"):
                found.append([tag[2:], token])
            elif tag.startswith("I-"):
                found[-1][1] += token
            before = tag
    wanted = [[mark.label, "".join(one.text[slice(*mark.span)].split())] for mark in flat(one.marks)]
    assert found == [pair for pair in wanted if pair[1]]


def test_conll_as_spacy_reads_it():
    text = "财政部下达\n预算98万元。\n"
    marks = [Marked(id="m-1", label="ORG", span=(0, 3)), Marked(id="m-2", label="AMOUNT", span=(8, 12))]
    written = "".join(conll_lines([sheet(text, marks)]))
    assert written.startswith("-DOCSTART- O\n\n财 B-ORG\n政 I-ORG\n部 I-ORG\n下 O\n达 O\n\n预 O\n")
    (doc,) = conll_ner_to_docs(written.replace("-DOCSTART- O", "-DOCSTART- -X- O O"), n_sents=10, no_print=True)
    assert [(ent.label_, "".join(token.text for token in ent)) for ent in doc.ents] == [("ORG", "财政部"), ("AMOUNT", "98万元")]
    tags = [tag for one in sentences(written) for _, tag in one]
    assert [span.label_ for span in biluo_tags_to_spans(doc, iob_to_biluo(tags))] == ["ORG", "AMOUNT"]


def test_conll_by_words_cuts_a_word_where_a_mention_ends():
    def words(*marks):
        return sentences("".join(conll_lines([sheet("财政部预算", marks)], by="jieba")))[0]

    assert words() == [("财政部", "O"), ("预算", "O")]
    assert words(Marked(id="m-1", label="ORG", span=(0, 2))) == [("财政", "B-ORG"), ("部", "O"), ("预算", "O")]


def test_a_mention_over_a_line_end_keeps_its_sentence():
    found = sentences("".join(conll_lines([sheet("见《通\n知》。\n完", [Marked(id="m-1", label="TITLE", span=(1, 6))])])))
    assert [[token for token, _ in one] for one in found] == [["见", "《", "通", "知", "》", "。"], ["完"]]


def test_labels_of_doccano():
    assert {one["text"] for one in json.loads(labels_json())} == {*MENTIONS, *CLAIMS}
    assert [one["text"] for one in json.loads(relations_json())] == [TIE]


@pytest.mark.parametrize("change, cause", [
    (lambda held: held.pop("hedui"), "hedui"), (lambda held: held.update(hedui="{"), "hedui"), (lambda held: held.update(hedui="[]"), "hedui-sheet"),
    (lambda held: held.pop("entities"), "entities"), (lambda held: held["entities"][0].update(end_offset=99), "99"),
    (lambda held: held["entities"][0].update(label="NOPE"), "NOPE"), (lambda held: held.update(text=None), "text"),
])
def test_faults_of_doccano_name_the_line(change, cause):
    lines = list(doccano_lines([sheet("预算98万元", [Marked(id="m-1", label="AMOUNT", span=(2, 6))])] * 2))
    held = json.loads(lines[1])
    change(held)
    with pytest.raises(ReadError, match=r"line 2") as fault:
        list(sheets_of_lines(lines[0] + json.dumps(held), file="x.jsonl"))
    assert cause in str(fault.value)


@pytest.mark.parametrize("data", [b"", b"no docbin", docbin_bytes([])[:-3]])
def test_what_is_no_docbin(data):
    with pytest.raises(ReadError, match=r"x\.spacy"):
        list(sheets_of_docbin(data, file="x.spacy"))


RUNS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1", "\n=1", " =1", "＝1+1", "＋1", "－2+3", "＠x",
        "=cmd|' /C calc'!A0", "\u200b=1", "\x00=1", "--1", "+86")
TELLS = ("98", "-3.50", "0.9380", "12345678901234567", "不低于=3", "a@b", "2022-01-01", "")


def test_csv_cells_and_heads_that_a_spreadsheet_would_run_do_not_and_figures_stay(tmp_path):
    rows = [{"=head": value, "value": value} for value in (*RUNS, *TELLS)]
    path = tmp_path / "x.csv"
    with Page(path, ["=head", "value"]) as page:
        page.add(rows)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *found = csv.reader(file)
    assert head == ["'=head", "value"]
    assert [row[1] for row in found] == [*(f"'{value}" for value in RUNS), *TELLS]


@given(st.text(max_size=20))
def test_no_cell_begins_with_what_runs(text):
    told = cell(text)
    bare = told.lstrip().lstrip("\x00")
    assert told.removeprefix("'") == text or told == text
    assert not bare.startswith(("=", "+", "@", "＝", "＋", "－", "＠")) and (not bare.startswith("-") or float(told) <= 0)


def test_tables_of_a_report_as_csv_and_as_a_workbook_run_nothing(made, tmp_path):
    text = 'x\n=HYPERLINK("x")\t98\n'
    output = to_output(made()) | {"text": text}
    output["source"]["name"] = "=cmd.txt"
    for record in output["reports"][0]["records"]:
        record["fields"] = {key: "=1+1" if value is None else value for key, value in record["fields"].items()}
    for path in write_csv([output], tmp_path):
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert all(not value.startswith(("=", "+", "@")) for row in csv.reader(file) for value in row), path.name
    with (tmp_path / "records.csv").open(encoding="utf-8-sig", newline="") as file:
        (fund, _) = csv.DictReader(file)
    assert (fund["file"], fund["yuan"], fund["confidence"]) == ("'=cmd.txt", "12005000.00", "1.0")
    line = FileLine(name="=cmd.txt", state="kept", sha256=output["source"]["sha256"])
    book = load_workbook(write_excel([output], tmp_path / "x.xlsx", lines=[line]))
    cells = [one for page in book for row in page.iter_rows() for one in row if one.value is not None]
    assert {one.data_type for one in cells} == {"s", "n"} and "=cmd.txt" in {one.value for one in cells} and "=1+1" in {one.value for one in cells}
    assert {12005000, 9.5, 10} <= {one.value for one in cells if one.data_type == "n"}  # yuan, score and weight


def test_two_reports_are_two_documents():
    two = [sheet("甲", []), replace(sheet("乙", []), report="p-2")]
    assert [one.report for one in sheets_of_docbin(docbin_bytes(two), file="x")] == ["p-1", "p-2"]
    assert "".join(conll_lines(two)).count("-DOCSTART-") == 2
