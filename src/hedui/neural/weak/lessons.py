"""Reports without annotations in, lessons out: what labelling functions agree on, with the rest left open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from hedui.document import Document
from hedui.errors import ReadError, UsageError
from hedui.layout import arrange
from hedui.neural.lessons.align import aligned
from hedui.neural.lessons.drawn import Drawn, anchors_of, tags_of
from hedui.neural.types import Lesson
from hedui.neural.weak.functions import ballots_of
from hedui.neural.weak.model import LabelModel, fit_ballots
from hedui.neural.weak.survey import survey_file, survey_of
from hedui.neural.weak.types import KINDS, Ballots, Kind, Survey
from hedui.neural.weak.verdicts import verdicts_of
from hedui.neural.windows import windows_of

__all__ = ["WEIGHT", "lesson_of_votes", "surveys_of", "weak_lessons"]

WEIGHT, SURE, DOUBTFUL = 0.3, 0.9, 0.1
Reports = Path | str | Sequence[Path | str | Document]
OnStep = Callable[[int, int, str], None]
OnSkip = Callable[[str], None]


def weak_lessons(reports: Reports, *, label_model: LabelModel | None = None, sure: float = SURE,
                 doubtful: float = DOUBTFUL, weight: float = WEIGHT, on_step: OnStep | None = None,
                 on_skip: OnSkip | None = None) -> list[Lesson]:
    """A lesson for every report of a folder, of paths, or read already; those of one content count once.

    What is likelier than `sure` becomes tags and links, what is neither sure nor less likely than `doubtful` is `unsure`;
    every lesson has `weight`. Without a `label_model` one is fitted to these reports. UsageError where there is no file or
    none can be read; of a file that cannot be read `on_skip` hears one line, the others go on. `on_step` hears number,
    total and name before each file.
    """
    if not 0.0 <= doubtful < sure <= 1.0 or not 0.0 < weight < 1.0:
        raise UsageError(f"阈值不成立：应有 0 ≤ doubtful < sure ≤ 1 且 0 < weight < 1 · found doubtful={doubtful}, sure={sure}, weight={weight}")
    surveys = surveys_of(reports, on_step=on_step, on_skip=on_skip)
    votes = [{kind: ballots_of(survey, kind) for kind in KINDS} for survey in surveys]
    model = label_model or fit_ballots(votes)
    return [lesson_of_votes(survey, held, model, sure=sure, doubtful=doubtful, weight=weight)
            for survey, held in zip(surveys, votes, strict=True)]


def lesson_of_votes(survey: Survey, ballots: Mapping[Kind, Ballots], model: LabelModel, *, sure: float = SURE,
                    doubtful: float = DOUBTFUL, weight: float = WEIGHT) -> Lesson:
    """The lesson of one report, drawn as those of annotated ones are."""
    found = verdicts_of(survey, ballots, model, sure=sure, doubtful=doubtful)
    marks = aligned(survey.layout, [found.gold], survey.mentions)
    marks.unsure.extend(found.unsure)
    windows = windows_of(survey.layout)
    drawn = Drawn(windows, marks, survey.mentions)
    return Lesson(source=survey.source, windows=windows, tags=tuple(map(tags_of, drawn.tags)), links=drawn.links,
                  anchors=tuple(map(anchors_of, drawn.anchors)), weight=weight,
                  unsure=tuple(tuple(sorted(set(one))) for one in drawn.unsure))


def surveys_of(reports: Reports, *, on_step: OnStep | None = None,
                 on_skip: OnSkip | None = None) -> list[Survey]:
    """The surveys of the reports that can be read, in the order of their paths."""
    files = list(files_of(reports))
    if not files:
        raise UsageError(f"{shown(reports)}: 没有可供学习的报告文件，请放入报告 · no report files here; put reports in")
    found: dict[str, Survey] = {}
    for number, report in enumerate(files, start=1):
        if on_step:
            on_step(number, len(files), report.name)
        try:
            survey = survey_file(report) if isinstance(report, Path) else survey_of(arrange(report))
        except ReadError as error:
            if on_skip:
                on_skip(f"{error} · 已跳过 skipped")
            continue
        found.setdefault(survey.layout.document.sha256, survey)
    if not found:
        raise UsageError(f"{shown(reports)}: {len(files)} 个文件都读不出，没有可学的报告 · none of {len(files)} files can be read")
    return list(found.values())


def files_of(reports: Reports) -> Iterator[Path | Document]:
    """The files named, and those of folders named and of the folders in them; hidden ones are left out."""
    for named in [reports] if isinstance(reports, (str, Path)) else reports:
        if isinstance(named, Document):
            yield named
            continue
        path = Path(named)
        if path.is_dir():
            yield from (one for one in sorted(path.rglob("*"))
                        if one.is_file() and not any(part.startswith(".") for part in one.relative_to(path).parts))
        elif path.is_file():
            yield path
        else:
            raise UsageError(f"{path}: 没有这个文件或文件夹 · no such file or folder")


def shown(reports: Reports) -> str:
    if isinstance(reports, (str, Path)):
        return str(reports)
    return "、".join(one.name if isinstance(one, Document) else str(one) for one in reports) or "[]"
