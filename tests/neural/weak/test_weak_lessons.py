"""Reports without annotations become lessons: what is in them, what is left open, what is kept, and what bad input says."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from hedui.errors import ReadError, UsageError
from hedui.gold import read_gold
from hedui.neural.lessons import read_lessons
from hedui.neural.types import TAGS, Lesson
from hedui.neural.weak import (
    LabelModel,
    figures_of,
    figures_table,
    fit_label_model,
    load_label_model,
    save_label_model,
    sure_figures,
    surveys_of,
    weak_lessons,
)
from hedui.neural.weak.functions import FUNCTIONS, ballots_of
from hedui.neural.weak.types import KINDS, Survey
from hedui.readers import read

ROOT = Path(__file__).parents[3] / "annotations"
NAMES = ("s01", "s06", "s12")
FILES = tuple(ROOT / "samples" / f"{name}.txt" for name in NAMES)


@lru_cache(maxsize=1)
def surveys() -> tuple[Survey, ...]:
    return tuple(surveys_of(FILES))


@lru_cache(maxsize=1)
def model() -> LabelModel:
    return fit_label_model(surveys())


@lru_cache(maxsize=1)
def lessons() -> tuple[Lesson, ...]:
    return tuple(weak_lessons(FILES))


def open_in(lesson: Lesson, window: int) -> set[int]:
    return {at for start, end in lesson.unsure[window] for at in range(start, end)}


def test_lessons_are_whole_and_weigh_less() -> None:
    for lesson, path in zip(lessons(), FILES, strict=True):
        assert lesson.source == path.name and 0 < lesson.weight < 1
        assert len(lesson.windows) == len(lesson.tags) == len(lesson.anchors) == len(lesson.unsure)
        for number, window in enumerate(lesson.windows):
            for tag in lesson.tags[number]:
                assert window.context <= tag.start < tag.end <= len(window.text) and tag.label in TAGS
            assert all(window.context <= start < end <= len(window.text) for start, end in lesson.unsure[number])


def test_what_is_sure_is_right_and_much_is_sure(tmp_path: Path) -> None:
    """Held against the annotations, which the votes never saw: names and names of indicators outside open ranges."""
    for name in NAMES:
        (tmp_path / f"{name}.json").write_bytes((ROOT / "gold" / f"{name}.json").read_bytes())
    wanted = {lesson.source: lesson for lesson in read_lessons(tmp_path, ROOT / "samples")}
    right = said = missed = 0
    for lesson in lessons():
        for number, tags in enumerate(lesson.tags):
            left = open_in(lesson, number) | open_in(wanted[lesson.source], number)
            mine, true = ({(t.start, t.end, t.label) for t in one if t.label in {"ORG", "REGION", "TITLE", "NAME"}
                           and left.isdisjoint(range(t.start, t.end))} for one in (tags, wanted[lesson.source].tags[number]))
            right, said, missed = right + len(mine & true), said + len(mine), missed + len(true - mine)
    assert said > 100 and right / said > 0.97
    assert missed < 0.1 * right


def test_a_higher_bar_leaves_more_open() -> None:
    def size(found: list[Lesson]) -> int:
        return sum(len(open_in(lesson, i)) for lesson in found for i in range(len(lesson.windows)))

    assert size(weak_lessons(FILES[:1], label_model=model(), sure=0.9999, doubtful=0.0001)) > size(
        weak_lessons(FILES[:1], label_model=model(), sure=0.6, doubtful=0.5))


def test_a_document_read_already_and_a_path_are_one() -> None:
    found = weak_lessons([read(FILES[0]), FILES[0]], label_model=model())
    assert len(found) == 1
    assert found == weak_lessons(FILES[0], label_model=model())


def test_learning_the_same_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    save_label_model(model(), one)
    save_label_model(fit_label_model(surveys()), two)
    assert one.read_bytes() == two.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.json", "two.json"]


def test_what_is_kept_is_what_was_learned(tmp_path: Path) -> None:
    path = tmp_path / "votes.json"
    save_label_model(model(), path)
    kept = load_label_model(path)
    assert kept.reports == len(FILES) and kept.items == model().items and kept.functions == model().functions
    for kind in KINDS:
        ballots = ballots_of(surveys()[0], kind)
        assert np.allclose(kept.probabilities(ballots), model().probabilities(ballots), atol=1e-6)


SPOILED = [
    ("{", "不是可读的标注模型"),
    ("[]", "版本不符"),
    ('{"form": "hedui-label-model/0"}', "版本不符"),
    ('{"form": "hedui-label-model/1", "kinds": {}}', "残缺"),
]


@pytest.mark.parametrize(("text", "said"), SPOILED)
def test_a_spoiled_model_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "votes.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=said) as caught:
        load_label_model(path)
    assert str(caught.value).startswith("votes.json") and "\n" not in str(caught.value)


@pytest.mark.parametrize(("change", "said"), [
    (lambda kind: kind["functions"].pop(), "标注函数或类别已变"),
    (lambda kind: kind["prior"].__setitem__(0, 2.0), "概率不成立"),
    (lambda kind: kind["tables"].pop(), "概率不成立"),
    (lambda kind: kind.pop("prior"), "残缺"),
])
def test_a_model_of_other_functions_or_figures_is_told(tmp_path: Path, change: object, said: str) -> None:
    path = tmp_path / "votes.json"
    save_label_model(model(), path)
    held = json.loads(path.read_text(encoding="utf-8"))
    change(held["kinds"]["measure"])  # type: ignore[operator]
    path.write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(ReadError, match=said):
        load_label_model(path)


def test_a_missing_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.json"):
        load_label_model(tmp_path / "none.json")


def test_a_folder_without_reports_is_told(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("x")
    with pytest.raises(UsageError, match="没有可供学习的报告"):
        weak_lessons(tmp_path)
    with pytest.raises(UsageError, match="没有这个文件"):
        weak_lessons(tmp_path / "nowhere")


def test_what_cannot_be_read_is_skipped_with_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 cut")
    (tmp_path / "b.txt").write_bytes(b"")
    told: list[str] = []
    with pytest.raises(UsageError, match="2 个文件都读不出"):
        weak_lessons(tmp_path, on_skip=told.append)
    assert [line.split()[0].rstrip(":") for line in told] == ["a.pdf", "b.txt"]
    (tmp_path / "c.txt").write_bytes(FILES[0].read_bytes())
    heard: list[tuple[int, int, str]] = []
    found = weak_lessons(tmp_path, label_model=model(), on_skip=told.append, on_step=lambda *said: heard.append(said))
    assert [lesson.source for lesson in found] == ["c.txt"]
    assert heard == [(1, 3, "a.pdf"), (2, 3, "b.txt"), (3, 3, "c.txt")]
    assert all("\n" not in line and "跳过" in line for line in told)


@pytest.mark.parametrize("asked", [{"sure": 0.5, "doubtful": 0.6}, {"weight": 1.0}, {"weight": 0.0}, {"sure": 1.2}])
def test_bars_that_cannot_be_are_told(asked: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="阈值不成立"):
        weak_lessons(FILES[:1], **asked)  # type: ignore[arg-type]


def test_figures_say_how_good_each_function_is() -> None:
    golds = {survey.source: [read_gold(ROOT / "gold" / f"{survey.source[:3]}.json", text=survey.text)] for survey in surveys()}
    figures = figures_of(surveys(), model(), golds)
    assert [one.name for one in figures] == [f.name for kind in KINDS for f in FUNCTIONS if f.kind == kind]
    by_name = {one.name: one for one in figures}
    assert by_name["rules_spans"].coverage == 1.0 and 0 < by_name["rules_spans"].conflicts < 1
    assert by_name["marked_title"].accuracy is not None and by_name["marked_title"].accuracy > 0.9
    assert all(one.accuracy is None and one.judged == 0 for one in figures_of(surveys(), model()))
    assert figures_table(figures).count("\n") == len(figures) + 1
    org = next(one for one in sure_figures(surveys(), model(), golds) if one.label == "ORG")
    right, said, wanted = org.sure
    assert right <= said and right <= wanted and right / said > 0.95
