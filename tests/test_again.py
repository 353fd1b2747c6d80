"""What was kept is weighed and extracted again: to the byte what reading anew would have come to, without reading."""

import json
import pickle
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui import batch
from hedui.again import reweighed, versions_with
from hedui.bulk.jobs import Job, do
from hedui.claims import link_claims
from hedui.confidence import PRIORS, Calibrator, Weights, shipped_calibrator, weigh, weights_json
from hedui.document import Box, Line
from hedui.errors import ReadError
from hedui.export import to_json, to_output
from hedui.export.json import dumps
from hedui.extract import extract
from hedui.kept import document_bytes, document_of, signals_bytes, signals_from
from hedui.layout import arrange
from hedui.listing import Entry
from hedui.mentions import find_mentions
from hedui.readers import read, read_bytes
from hedui.reconcile import reconcile, remarks_on, repairs_of
from hedui.store.packing import unpack
from hedui.version import touched, version

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "annotations" / "samples"
MODEL = ROOT / "models" / "hedui_zh"
RISKY = Calibrator(weights={kind: Weights(bias=-0.5, signals={"held": 1.5, "doubt": -0.25, "worst": 0.5, "dispute": -1.0}, low=0.05, high=0.9)
                            for kind in PRIORS if kind != "fund"})


def scanned(document):
    """A document as if recognised: a line of print a paragraph, some characters less sure."""
    box = Box(page=1, x0=60.0, y0=50.0, x1=300.0, y1=62.0)
    lines = tuple(Line(span=block.span, box=box, scores=bytes(100 - (at * 37) % 101 if at % 9 == 0 else 100 for at in range(*block.span)))
                  for block in document.blocks if block.kind != "table")
    return replace(document, lines=lines)


def two_reports():
    """Two reports in one file, recognised."""
    text = "\n".join(read(str(SAMPLES / name)).text for name in ("s25.txt", "s10.txt"))
    return scanned(read_bytes(text.encode(), "two.txt"))


@pytest.fixture(scope="module", params=["one", "two"])
def weighing(request):
    """All of `extract` but its last step, for one document."""
    layout = arrange(read(str(SAMPLES / "s15.txt")) if request.param == "one" else two_reports())
    mentions = find_mentions(layout)
    claims = link_claims(layout, mentions)
    checks, records = reconcile(layout, mentions, claims)
    return partial(weigh, layout, mentions, claims, checks, records, remarks=remarks_on(layout, mentions, claims, checks),
                   repairs=repairs_of(layout, mentions, checks))


@pytest.fixture(scope="module")
def kept(weighing):
    """An output and the signals behind it, as they come back."""
    findings = weighing()
    return to_output(findings), signals_from(signals_bytes(findings.signals))


@pytest.mark.parametrize("calibrator", [shipped_calibrator(), Calibrator(), RISKY])
def test_weighing_again_is_weighing(weighing, kept, calibrator):
    output, signals = kept
    again = reweighed(output, signals, calibrator)
    assert dumps(again) == to_json(weighing(calibrator=calibrator))
    assert (again == output) is (calibrator is not RISKY and calibrator == shipped_calibrator())
    assert reweighed(again, signals, shipped_calibrator()) == output


names = st.sampled_from(["held", "disputed", "doubt", "mended", "worst", "best", "dispute", "length", "chance", "status.agree", "table"])
knots = st.lists(st.tuples(st.floats(-9, 9), st.floats(0, 1)), max_size=4, unique_by=lambda knot: knot[0]).map(lambda some: tuple(sorted(some)))
weights = st.builds(Weights, bias=st.floats(-5, 5), signals=st.dictionaries(names, st.floats(-9, 9), max_size=6), low=st.floats(0, 0.5),
                    high=st.floats(0.5, 1), knots=knots)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(PRIORS)), weights, min_size=8).map(lambda some: Calibrator(weights=some)))
def test_weighing_again_is_weighing_whatever_the_weights(weighing, kept, calibrator):
    assert dumps(reweighed(*kept, calibrator)) == to_json(weighing(calibrator=calibrator))


def test_the_samples_try_what_weighing_asks(weighing):
    """Doubt and more than one report are there where they are meant to be."""
    findings = weighing()
    doubts = [told["doubt"] for _, told in findings.signals.mentions]
    two = bool(findings.document.lines)
    assert any(doubts) is two and len(findings.reports) == 1 + two and all(report.records and report.checks for report in findings.reports)


def test_the_document_kept_is_extracted_again(weighing):
    found = weighing()
    document = document_of(document_bytes(found.document, text=False), text=found.document.text)
    assert repr(document) == repr(found.document)
    assert to_json(extract(document)) == to_json(found)


def test_signals_of_another_reading_are_refused(kept):
    output, signals = kept
    other = json.loads(dumps(output))
    other["reports"][0]["claims"].pop()
    with pytest.raises(ReadError, match="signals"):
        reweighed(other, signals, Calibrator())


@pytest.fixture
def entry():
    return Entry(name="某县/报告.txt", path=str(SAMPLES / "s25.txt"))


@pytest.fixture
def risky(tmp_path):
    (tmp_path / "weights.json").write_text(weights_json(RISKY.weights), encoding="utf-8")
    return str(tmp_path / "weights.json")


def again(did, entry, stage):
    kept = did.packed
    return Job(entry=entry, stage=stage, output=kept.output, signals=kept.signals, document=kept.document)


def told(did):
    return unpack(did.packed.output), did.packed.signals, did.packed.rows


def test_done_again_is_done_anew_and_nothing_is_read(entry, risky, monkeypatch):
    first, modelled = do(Job(entry=entry), threads=1), do(Job(entry=entry), threads=1, model=str(MODEL))
    anew = do(Job(entry=entry), threads=1, model=str(MODEL), weights=risky)
    monkeypatch.setattr(batch, "read", None)
    extracted = do(again(first, entry, "extract"), threads=1, model=str(MODEL), weights=risky)
    weighed = do(again(modelled, entry, "weigh"), threads=1, model=str(MODEL), weights=risky)
    assert told(extracted) == told(weighed) == told(anew)
    assert len({told(one)[0] for one in (first, modelled, anew)}) == 3
    assert modelled.packed.signals == anew.packed.signals != first.packed.signals and first.packed.document == anew.packed.document


def test_jobs_go_to_other_processes(entry):
    job = again(do(Job(entry=entry), threads=1), entry, "weigh")
    function, sent = pickle.loads(pickle.dumps((partial(do, threads=1), job)))
    did = pickle.loads(pickle.dumps(function(sent)))
    assert sent == job and did.packed.output == job.output


@pytest.mark.parametrize("stage", ["weigh", "extract"])
def test_what_was_kept_damaged_is_a_cause(entry, stage):
    job = again(do(Job(entry=entry), threads=1), entry, stage)
    did = do(replace(job, document=b"x", signals=b"x"), threads=1)
    assert "·" in did.cause and "\n" not in did.cause and did.packed is None
    assert do(job, threads=1, weights="nowhere.json").cause


@pytest.fixture
def model(tmp_path):
    """The shipped model as a folder whose small files may be changed."""
    place = tmp_path / "model"
    place.mkdir()
    (place / "hedui_network").symlink_to(MODEL / "hedui_network", target_is_directory=True)
    for name in ("policy.json", "ranker.json", "calibrator.json"):
        shutil.copy(MODEL / name, place / name)
    return place


@pytest.mark.parametrize("name, again", [("calibrator.json", "weigh"), ("ranker.json", "extract"), ("policy.json", "extract")])
def test_a_changed_model_says_what_is_done_again(model, name, again):
    before = versions_with(model)
    (model / name).write_text((model / name).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    after = versions_with(model)
    assert touched(before, after) == again and str(before) != str(after)


def test_weights_of_a_file_are_told_apart(model, risky):
    assert str(versions_with()) == version()
    assert touched(versions_with(), versions_with(calibrator=risky)) == "weigh"
    assert versions_with(model, risky).weights == versions_with(calibrator=risky).weights != versions_with(model).weights
    assert touched(versions_with(model), versions_with()) == "extract"
    with pytest.raises(ReadError, match=r"none\.json"):
        versions_with(calibrator="none.json")
