"""Outputs as Arrow tables: the rows are those of `rows_of`, every figure exact, every report in its home."""

import json
from decimal import Decimal, InvalidOperation, localcontext

import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hedui.export.columnar import ITEMS, TABLES, Home, by_home, exact, schema_of
from hedui.export.provinces import province_of
from hedui.export.tables import COLUMNS, rows_of

TEXTS = st.text(alphabet="执行率=１a\"\\\n\t\x00\u2028𠮷；", max_size=6)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-10**30, max_value=10**30).map(lambda one: format(one, "f"))


@st.composite
def reports(draw, report):
    """A report of the sample with fields, figures and lists changed, or none of some of its things."""
    report = json.loads(json.dumps(report))
    report |= {"year": draw(st.none() | st.integers(2015, 2026)), "region": draw(st.sampled_from([None, "莎车县", "云岭县", "北京市"]))}
    for table in ITEMS:
        report[table] = draw(st.permutations(report[table]))[:draw(st.integers(0, 4))]
    for mention in report["mentions"]:
        mention |= {"value": draw(st.none() | NUMBERS), "label": draw(st.sampled_from(["AMOUNT", "TITLE"])), "model": draw(st.none() | st.just(0.5))}
        if draw(st.booleans()):
            del mention["found_by"]
    for check in report["checks"]:
        check["note"] = draw(TEXTS)
        check["inputs"] = [quote | {"text": draw(TEXTS)} for quote in check["inputs"] * draw(st.integers(0, 2))]
    for record in report["records"]:
        if "yuan" in record["fields"]:
            record["fields"] |= {"yuan": draw(NUMBERS), "year": draw(st.none() | st.integers(2000, 2030)),
                                 "documents": draw(st.lists(TEXTS, max_size=2))}
    return report


def number(value):
    """What a decimal string is as decimal128(38, 12); None where that would lose a digit."""
    try:
        found = Decimal(value)
    except (InvalidOperation, TypeError):
        return None
    with localcontext(prec=60):
        found = Decimal(0).scaleb(-12) + found if found.is_finite() and -found.as_tuple().exponent <= 12 else found
    fits = found.is_finite() and -found.as_tuple().exponent <= 12 and found.adjusted() < 26
    return found if fits else None


def expected(output, table):
    for row in rows_of(output, table):
        row["version"] = "v1"
        if "yuan" in row:
            row |= {"yuan_text": row["yuan"], "yuan": number(row["yuan"])}
        if "value" in row:
            row["value_number"] = number(row["value"]) if row["label"] in ("AMOUNT", "RATE", "QUANTITY") else None
        yield {name: row.get(name) for name in TABLES[table]}


@settings(deadline=None, max_examples=20, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.data())
def test_rows_are_those_of_the_output(varied, kept_of, data):
    outputs = []
    for n in range(data.draw(st.integers(1, 3))):
        output = varied(n, name=data.draw(TEXTS) + str(n))
        output["reports"] = [data.draw(reports(output["reports"][0])) | {"id": f"p-{at}"} for at in range(data.draw(st.integers(0, 3)))]
        outputs.append(output)
    found = by_home(list(map(kept_of, outputs)))
    for table in ITEMS:
        have = [(row["sha256"], row) for tables in found.values() if table in tables for row in tables[table].to_pylist()]
        want = [(row["sha256"], row) for output in outputs for row in expected(output, table)]
        assert sorted(map(repr, have)) == sorted(map(repr, want)), table
        places = {key: at for at, key in enumerate(dict.fromkeys((row["sha256"], row["report"]) for _, row in want))}
        for tables in (tables for tables in found.values() if table in tables):
            order = [places[row["sha256"], row["report"]] for row in tables[table].to_pylist()]
            assert order == sorted(order)
    told = [row for tables in found.values() for row in tables["reports"].to_pylist()]
    assert len(told) == sum(max(1, len(output["reports"])) for output in outputs)
    assert sum(row["mentions"] or 0 for row in told) == sum(len(report["mentions"]) for output in outputs for report in output["reports"])
    assert sum(row["conflict"] or 0 for row in told) == sum(
        check["verdict"] == "conflict" for output in outputs for report in output["reports"] for check in report["checks"])


@pytest.mark.parametrize("told, home", [
    ({"year": 2021, "region": "莎车县"}, Home(2021, "新疆维吾尔自治区")), ({"year": None, "region": "莎车县"}, Home(0, "新疆维吾尔自治区")),
    ({"year": 2021, "region": "朝阳区", "unit": "长春市朝阳区教育局"}, Home(2021, "吉林省")),
    ({"year": 2021, "region": "无此县", "unit": None, "title": None}, Home(2021, "_")),
])
def test_home_of_a_report(varied, kept_of, told, home):
    found = by_home([kept_of(varied(**told))])
    assert list(found) == [home] and set(found[home]) == set(TABLES)


def test_a_file_without_a_report_has_a_row(varied, kept_of):
    output = varied() | {"reports": []}
    (row,) = by_home([kept_of(output)])[Home(0, "_")]["reports"].to_pylist()
    assert (row["file"], row["report"], row["issues"], row["characters"]) == ("0.txt", None, "第3行 单元格以公式开头", len(output["text"]))


def test_what_is_no_output_is_told(kept_of, varied):
    kept = kept_of(varied(year="二〇二一"))
    with pytest.raises(ValueError, match="number"):
        by_home([kept])


@pytest.mark.parametrize("value, fits", [
    ("0.1", True), ("-99999999999999999999999999.999999999999", True), ("100000000000000000000000000", False),
    ("0.0000000000001", False), ("有所提高", False), ("NaN", False), ("Infinity", False), (None, False),
])
def test_what_does_not_fit_without_loss_is_null(value, fits):
    assert exact(pa.array([value], pa.string())).to_pylist() == [Decimal(value) if fits else None]


def test_every_column_of_a_row_is_there():
    for table in ITEMS:
        assert set(COLUMNS[table]) <= set(schema_of(table).names)


def test_no_place_is_of_two_provinces():
    assert province_of("朝阳区") is None and province_of("吉林") == "吉林省" and province_of("") is None and province_of("县") is None
