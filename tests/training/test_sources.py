"""Which reports are left out together, and what is wrong with folders told in one line."""

import json
import shutil
from pathlib import Path

import pytest

from hedui.errors import ReadError, UsageError
from hedui.training.sources import Source, folds_of, province, shared_by, sources_of

ROOT = Path(__file__).parents[2]
GOLD, SAMPLES = ROOT / "annotations" / "gold", ROOT / "annotations" / "samples"


def source(name, collection=0, years=(), regions=()):
    return Source(name=name, report=Path(name), golds=(), collection=collection, years=years, regions=regions)


@pytest.mark.parametrize("counts, wanted", [
    ((2,), [["0.0"], ["0.1"]]),
    ((4,), [["0.0", "0.3"], ["0.1"], ["0.2"]]),
    ((1, 2), [["0.0"], ["1.0"], ["1.1"]]),
    ((4, 1), [["0.0", "0.3"], ["0.1"], ["0.2"], ["1.0"]]),
])
def test_small_folders_are_left_out_report_by_report_large_ones_in_parts(counts, wanted):
    sources = [source(f"{folder}.{at}", folder) for folder, count in enumerate(counts) for at in range(count)]
    folds = folds_of(sources, single=3, parts=3)
    assert [list(fold.out) for fold in folds] == wanted
    assert sorted(name for fold in folds for name in fold.out) == sorted(one.name for one in sources)


def test_one_report_cannot_be_left_out():
    with pytest.raises(UsageError, match="至少要两份"):
        folds_of([source("a")], single=6, parts=3)


def test_groups_by_province_and_year():
    sources = [source("a", years=(2020,), regions=("四川省南充市",)), source("b", years=(2021,), regions=("攀枝花市",))]
    assert shared_by(sources, "regions") == {"四川省": ("a", "b")}
    assert shared_by(sources, "years") == {"2020": ("a",), "2021": ("b",)}
    assert province("青石县") == "青石县"


@pytest.fixture
def folders(tmp_path):
    gold, reports = tmp_path / "gold", tmp_path / "reports"
    gold.mkdir()
    reports.mkdir()
    shutil.copy(GOLD / "s10.json", gold)
    shutil.copy(SAMPLES / "s10.txt", reports)
    return gold, reports


def test_what_heads_say(folders):
    (one,) = sources_of([folders])
    assert (one.name, one.regions, one.years) == ("s10.txt", ("福建省",), (2023,))


def changed(gold, change):
    path = gold / "s10.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    change(held)
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize("change, said", [
    (lambda held: held["mentions"][0].update(text="并非原文"), "并非原文"),
    (lambda held: held["mentions"][0].update(label="PERSON"), "PERSON"),
])
def test_a_quote_that_does_not_stand_and_an_unknown_label_are_one_line(folders, change, said):
    changed(folders[0], change)
    with pytest.raises(ReadError) as told:
        sources_of([folders])
    assert said in str(told.value) and "s10.json" in str(told.value) and "\n" not in str(told.value)


def test_empty_folders_and_missing_reports(folders, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UsageError, match="没有标注文件"):
        sources_of([(empty, folders[1])])
    with pytest.raises(UsageError, match=r"s10\.txt"):
        sources_of([(folders[0], empty)])
    with pytest.raises(UsageError, match="已在"):
        sources_of([folders, folders])
