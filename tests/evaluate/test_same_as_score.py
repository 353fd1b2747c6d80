"""The figures are those of the scorer that lies beside the project, claim for claim, whatever the results are like."""

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest

from hedui.evaluate import evaluate, figures_of, reading_of_gold, reading_of_output
from hedui.evaluate.sentences import NAME as SENTENCES
from hedui.export import to_json
from hedui.extract import extract
from hedui.gold import read_gold
from hedui.readers import read

ROOT = Path(__file__).parents[2]
SCORER = ROOT.parent / "shared" / "gold" / "score.py"
GOLD = sorted((ROOT / "annotations" / "gold").glob("*.json"))
pytestmark = pytest.mark.skipif(not SCORER.exists(), reason="no scorer beside the project (../shared/gold/score.py)")


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("shared_score", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(gold: dict[str, Any], noise: random.Random) -> dict[str, Any]:
    """A result that says what `gold` says, but for some things left out, told twice, or told wrong."""
    def some(items: list[Any]) -> list[Any]:
        return [x for item in items for x in [item] * noise.choice((0, 1, 1, 1, 1, 1, 1, 2))]

    def slip(value: Any, other: Any) -> Any:
        return other if noise.random() < 0.1 else value

    claims = [{"type": kind, "origin": item.get("source", "narrative"), "fields": {
        key: slip(value, noise.choice((None, "12"))) if key in ("target", "actual", "title", "weight") else value
        for key, value in item.items()}}
        for kind, section in (("indicator", "indicators"), ("fund", "funds"), ("document", "documents"), ("score", "scores"))
        for item in some(gold[section])]
    for claim in claims:
        if claim["type"] == "indicator":
            claim["fields"]["name"] = slip(claim["fields"]["name"], claim["fields"]["name"] + "情况")
    mentions = [{**m, "text": m.get("full") or m["text"], "value": slip(m["value"], "7"), "span": [0, 2]} for m in some(gold["mentions"])]
    checks = [{**c, "kind": slip(c["kind"], "ratio"), "verdict": slip(c["verdict"], "conflict"),
               "inputs": c["inputs"][:noise.choice((1, 2, 9))] or c["inputs"]} for c in some(gold["checks"])]
    heads = [{**r, "unit": slip(r["unit"], None), "mentions": [], "claims": [], "checks": []} for r in some(gold["reports"])]
    heads = heads or [{**gold["reports"][0], "mentions": [], "claims": [], "checks": []}]
    heads[0].update(mentions=mentions, claims=claims, checks=checks)
    return {"schema": "hedui/1", "text": "一二", "source": {"name": gold["source"]}, "reports": heads}


def ours(output: dict[str, Any], *paths: Path) -> dict[str, list[int]]:
    figures = figures_of(reading_of_output(output), reading_of_gold([read_gold(path) for path in paths]))
    return {name: list(figure.counts) for name, figure in figures.items()}


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_on_results_with_every_kind_of_fault(path, tmp_path):
    output = told(json.loads(path.read_text(encoding="utf-8")), random.Random(path.stem))
    (tmp_path / "x.json").write_text(json.dumps(output, ensure_ascii=False), encoding="utf-8")
    assert ours(output, path) == scorer().score(tmp_path / "x.json", [path])


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """What hedui itself reads in two of the samples."""
    folder = tmp_path_factory.mktemp("results")
    for name in ("s03.txt", "s07.docx"):
        found = extract(read(ROOT / "annotations" / "samples" / name))
        (folder / f"{Path(name).stem}.json").write_text(to_json(found), encoding="utf-8")
    return folder


def test_on_results_of_hedui_pooled(results):
    evaluation = evaluate(GOLD[0].parent, results)
    theirs = {source: scorer().score(results / f"{Path(source).stem}.json", [GOLD[0].parent / f"{Path(source).stem}.json"])
              for source in ("s03.txt", "s07.docx")}
    ours = {s: {n: list(f.counts) for n, f in figures.items()} for s, figures in evaluation.by_source.items()}
    assert {s: {n: of for n, of in figures.items() if n != SENTENCES} for s, figures in ours.items()} == theirs
    assert all(SENTENCES in figures for figures in ours.values())
    for name, pooled in evaluation.figures.items():
        if name == SENTENCES:
            continue
        counts = [sum(figures[name][i] for figures in theirs.values() if name in figures) for i in range(3)]
        assert list(pooled.figure.counts) == counts
        assert pooled.figure.value == pytest.approx(scorer().rate(*counts))
    assert len(evaluation.absent) == len(GOLD) - 2
