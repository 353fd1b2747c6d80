"""What was read, weighed and assembled: probabilities by signals, the same bytes for the same input, nothing lost."""

import json
import math
from dataclasses import replace

import pytest

from hedui.confidence import PRIORS, SCHEMA, Calibrator, Weights, load_calibrator, shipped_calibrator, signals_of, weigh
from hedui.confidence.odds import certainty_of, doubt_of
from hedui.confidence.probabilities import REPAIRED, record_probability
from hedui.confidence.signals_records import sureness
from hedui.document import Box, Grid, GridCell, Layout, Line, Part, Section
from hedui.errors import ReadError
from hedui.export import to_json
from hedui.findings import Fund, Indicator, Quote


@pytest.fixture
def read(made):
    """Layout, mentions, claims, checks and records of one file with two parts."""
    findings = made()
    text = findings.document.text
    middle = text.index("=HYPERLINK")
    report = findings.reports[0]
    layout = Layout(document=findings.document, parts=(Part(span=(0, middle), title="一"), Part(span=(middle, len(text)), title="二")),
                    sections=(Section(span=(0, len(text)), heading=(0, 0), title=""),), paragraphs=(),
                    grids=(Grid(span=(middle, text.index("自评得分")), rows=(), header_rows=0, headers=()),))
    claims = tuple(replace(c, part=int(c.span[0] >= middle)) for c in report.claims)
    return layout, report.mentions, claims, report.checks, report.records


def signals(read):
    """Signals of everything by kind."""
    found = signals_of(*read)
    return dict((*found.mentions, *found.claims, *found.checks, *found.records))


def test_everything_is_assembled_by_part_and_weighed(read):
    findings = weigh(*read, calibrator=Calibrator())
    first, second = findings.reports
    assert [len(first.mentions), len(second.mentions)] == [3, 0]
    assert [c.type for c in first.claims] == ["fund", "document"] and [c.type for c in second.claims] == ["indicator", "score"]
    assert len(first.checks) == 2 and len(first.records) == 2 and first.id != second.id
    assert {m.confidence for m in first.mentions if m.label == "AMOUNT"} == {PRIORS["mention.AMOUNT"]}
    assert [c.confidence for c in first.checks] == [PRIORS["check.holds"], PRIORS["check.conflict"]]
    assert findings.layout is read[0]


def test_the_same_input_gives_the_same_bytes(read):
    assert to_json(weigh(*read)) == to_json(weigh(*read))
    assert to_json(weigh(*read)) == to_json(weigh(*read, calibrator=shipped_calibrator()))


def test_signals_say_what_stands_around(read):
    told = signals(read)
    assert told["mention.AMOUNT"]["held"] == 1.0 and told["mention.AMOUNT"]["claimed"] == 0.0
    assert told["mention.RATE"]["held"] == 1.0 and told["mention.RATE"]["disputed"] == 0.0
    assert told["indicator.table"]["disputed"] == 1.0 and told["indicator.table"]["figure"] == 1.0
    assert told["fund"]["measure.budget"] == 1.0 and told["fund"]["documents"] == 1.0 and told["fund"]["level"] == 0.0
    assert told["score"]["total"] == 1.0 and told["score"]["over"] == 0.0
    assert told["check.holds"]["prose"] == 1.0 and told["check.conflict"]["one_grid"] == 1.0
    assert told["check.holds"]["gap_known"] == 1.0 and told["check.holds"]["small_gap"] == 0.0


@pytest.mark.parametrize("stated, computed, signal", [
    ("93.80 %", "93.71 %", "small_gap"), ("93.80 %", "9.1 %", "wide_gap"), ("645.55", "6455500", "power")])
def test_gaps_of_checks(read, stated, computed, signal):
    layout, mentions, claims, checks, _ = read
    check = replace(checks[0], stated=replace(checks[0].stated, value=stated), computed=computed)
    kind, told = signals_of(layout, mentions, claims, (check,), ()).checks[0]
    assert kind == "check.holds"
    assert [name for name in ("small_gap", "wide_gap", "power") if told[name]] == (
        ["wide_gap", "power"] if signal == "power" else [signal])


def test_words_have_no_gap(read):
    layout, mentions, claims, checks, _ = read
    check = replace(checks[0], stated=Quote(span=checks[0].stated.span, text="有所提高"), computed="明显提高", tier="value")
    assert signals_of(layout, mentions, claims, (check,), ()).checks[0][1]["gap_known"] == 0.0


def test_noise_and_breaks_are_seen(made):
    text = "预算**480万\n元**，执行480万元，到年底为止还结余120.5万元的数字在这里没有任何标记。\n"
    findings = made()
    document = replace(findings.document, text=text)
    layout = Layout(document=document, parts=(Part(span=(0, len(text))),), sections=(), paragraphs=())
    broken = replace(findings.reports[0].mentions[1], span=(4, 10), text=text[4:10])
    at = text.index("120.5万元")
    plain = replace(broken, span=(at, at + 7), text="120.5万元")
    one, other = (told for _, told in signals_of(layout, (broken, plain), (), (), ()).mentions)
    assert (one["broken"], one["noisy"]) == (1.0, 1.0)
    assert (other["broken"], other["noisy"], other["repeated"]) == (0.0, 0.0, 0.0)


def test_the_same_amount_under_two_measures_is_told_apart(read):
    layout, mentions, claims, checks, _ = read
    fund = next(c for c in claims if isinstance(c.fields, Fund))
    other = replace(fund, id="c-other", fields=replace(fund.fields, measure="executed"))
    indicator = next(c for c in claims if isinstance(c.fields, Indicator))
    told = signals_of(layout, mentions, (fund, other, indicator), checks, ()).claims
    assert told[0][1]["other_measure"] == told[0][1]["repeated"] == 1.0
    assert told[2][1]["repeated"] == 0.0


WEIGHTS = Weights(bias=0.0, signals={"held": 2.0}, low=0.1, high=0.85)


@pytest.mark.parametrize("told, probability", [
    ({}, 0.475), ({"held": 0.5}, 0.6482939), ({"unknown": 7.0}, 0.475),
    ({"held": 1e6}, 0.85), ({"held": -1e6}, 0.1)])
def test_probabilities_rise_with_their_signals_and_keep_their_bounds(told, probability):
    assert WEIGHTS.probability(told) == pytest.approx(probability)


@pytest.mark.parametrize("status, checks, expected", [
    ("agree", (), 0.9), ("table_only", (), 0.6), ("differ", (), 0.6), ("differ", ("k1",), 0.5), ("differ", ("k1", "k2"), 0.6),
    ("differ", ("k3",), 0.6)])
def test_a_record_is_as_sure_as_its_claims_and_checks(read, status, checks, expected):
    layout, mentions, (first, *_), (check, *_), (record, *_) = read
    record = replace(record, status=status, claims=("c1", "c2"), checks=checks)
    claims = [replace(first, id=id_) for id_ in ("c1", "c2")]
    against = [replace(check, id=id_, verdict="consistent" if id_ == "k3" else "conflict") for id_ in ("k1", "k2", "k3")]
    told = signals_of(layout, mentions, claims, against, [record])
    kind, signals = told.records[0]
    sure, disputes = ([(0.9, 0.6)[at] for at in told.ties[0].claims], [(0.5, 0.8, 0.1)[at] for at in told.ties[0].disputes])
    assert record_probability(Calibrator(), kind, signals, sure, disputes) == expected
    fitted = Calibrator(weights={kind: Weights(bias=0.0, signals={"worst": 1.0})})
    assert record_probability(fitted, kind, signals, sure, disputes) == pytest.approx(0.6)


def test_doubt_is_certainty_told_otherwise():
    assert [certainty_of(doubt_of(percent / 100)) for percent in range(1, 100)] == [percent / 100 for percent in range(1, 100)]
    assert doubt_of(1.0) == doubt_of(0.99) == 0.0 and doubt_of(0.0) == doubt_of(0.01)


def test_how_sure_the_parts_of_a_record_are():
    assert sureness([0.5, 0.9], []) == {"worst": 0.0, "best": pytest.approx(math.log(9)), "dispute": 0.0}
    assert sureness([0.9], [0.5, 0.9])["dispute"] == pytest.approx(math.log(9))


def test_what_the_learned_reading_says_is_a_signal(read):
    layout, mentions, claims, checks, records = read
    found = (replace(mentions[0], found_by="both", model=0.9), replace(mentions[1], found_by="model", model=0.6), mentions[2])
    one, two, three = (told for _, told in signals_of(layout, found, claims, checks, records).mentions)
    assert (one["modelled"], one["both"], one["model_alone"]) == (1.0, 1.0, 0.0) and one["model"] == pytest.approx(math.log(9))
    assert (two["both"], two["model_alone"]) == (0.0, 1.0) and two["model"] < one["model"]
    assert {three[name] for name in ("modelled", "model", "model_alone", "both")} == {0.0}


def test_the_signals_of_a_record_say_what_holds_it_together(read):
    told = signals(read)
    assert told["record.indicator"]["status.table_only"] == told["record.indicator"]["table"] == 1.0
    assert told["record.indicator"]["claims"] == pytest.approx(math.log(2))
    assert all("status.agree" not in told[kind] or not told[kind]["disputed"] for kind in told if kind.startswith("record"))


def test_knots_are_joined_by_straight_lines():
    bent = Weights(bias=0.0, signals={"x": 1.0}, low=0.0, high=1.0, knots=((-1.0, 0.2), (0.0, 0.2), (2.0, 0.6)))
    assert [round(bent.probability({"x": x}), 6) for x in (-9, -1, 0, 1, 2, 9)] == [0.2, 0.2, 0.2, 0.4, 0.6, 0.6]


def test_weights_are_read_from_a_file(tmp_path):
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"schema": SCHEMA, "weights": {
        "fund": {"bias": 0, "low": 0.1, "high": 0.9, "signals": {"held": 1}, "knots": []}}}), encoding="utf-8")
    calibrator = load_calibrator(path)
    assert calibrator.probability("fund", {"held": 0.0}) == 0.5
    assert calibrator.probability("score", {}) == PRIORS["score"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": "x", "weights": {}}', '{"schema": "hedui-calibrator/2", "weights": {"fund": {}}}'])
def test_what_are_no_weights(tmp_path, content):
    path = tmp_path / "weights.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=r"weights\.json"):
        load_calibrator(path)
    with pytest.raises(ReadError, match=r"none\.json"):
        load_calibrator(tmp_path / "none.json")


def test_the_shipped_weights_cover_every_kind():
    assert set(shipped_calibrator().weights) == set(PRIORS)
    for weights in shipped_calibrator().weights.values():
        assert 0.0 < weights.low < weights.high < 1.0


def test_what_was_hard_to_read_is_less_sure(read):
    layout, mentions, claims, checks, records = read
    first, second = mentions[:2]
    box = Box(page=1, x0=0, y0=0, x1=9, y1=9)
    lines = tuple(Line(span=m.span, box=box, scores=bytes([100] * (len(m.text) - 1) + [score]))
                  for m, score in ((first, 60), (second, 100)))
    scanned = replace(layout, document=replace(layout.document, lines=tuple(sorted(lines, key=lambda line: line.span))))

    def confidences(layout, calibrator=Calibrator()):  # noqa: B008
        found = weigh(layout, mentions, claims, checks, records, calibrator=calibrator)
        return {m.id: m.confidence for report in found.reports for m in report.mentions}

    plain, weighed = confidences(layout), confidences(scanned)
    assert weighed[first.id] == pytest.approx(plain[first.id] * 0.6)
    assert weighed[second.id] == plain[second.id]
    fitted = Calibrator(weights={f"mention.{m.label}": Weights(bias=2.0, signals={"doubt": -0.5}) for m in mentions})
    assert confidences(scanned, fitted)[first.id] < confidences(scanned, fitted)[second.id] == pytest.approx(1 / (1 + math.exp(-2)))


def test_what_was_put_right_is_less_sure(read):
    layout, mentions, claims, checks, records = read
    claim = claims[0]
    cell = GridCell(row=0, col=0, span=claim.span, text="x", repair="shifted")
    grid = replace(layout.grids[0], rows=((cell,),))

    def confidence(layout):
        found = weigh(layout, mentions, claims, checks, records, calibrator=Calibrator())
        return {c.id: c.confidence for report in found.reports for c in report.claims}[claim.id]

    mended, labelled = (replace(layout, grids=(replace(grid, rows=((replace(cell, repair=kind),),)),)) for kind in ("shifted", "labels"))
    assert confidence(mended) == pytest.approx(confidence(layout) * REPAIRED)
    assert confidence(labelled) == confidence(layout)
