"""Folders of annotations and reports -> the sources with gold, and which of them are left out together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from hedui.document import Part
from hedui.errors import UsageError
from hedui.gold import Gold, read_gold
from hedui.layout import arrange
from hedui.lexicons import rows
from hedui.readers import read

__all__ = ["Fold", "Source", "folds_of", "heads_of", "shared_by", "sources_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One report with its annotations: `name` is its file name, `collection` the number of the pair of folders that it
    lies in, `regions` and `years` what the heads of its reports say."""

    name: str
    report: Path
    golds: tuple[Path, ...]
    collection: int
    regions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fold:
    """Sources that are left out together: tested by models that have seen none of them."""

    name: str
    out: tuple[str, ...]


def sources_of(pairs: Sequence[tuple[Path, Path]]) -> tuple[Source, ...]:
    """Every annotated report, by pair and name; each is read, and every quote of its annotations must stand in it.

    UsageError where a folder is empty, a report is missing or a name comes twice; ReadError where an annotation is wrong.
    """
    found: dict[str, Source] = {}
    for collection, (golds, reports) in enumerate(pairs):
        for name, paths in by_source(golds).items():
            if name in found:
                raise UsageError(f"{golds}: {name} 已在 {found[name].golds[0].parent} 中标注 · is annotated there already")
            report = reports / name
            if not report.is_file():
                raise UsageError(f"{paths[0]}: 在 {reports} 中没有它的报告 {name} · its report is not there")
            found[name] = checked(name, report, paths, collection)
    return tuple(found.values())


def by_source(folder: Path) -> Mapping[str, Sequence[Path]]:
    """The annotations in `folder` by the file name of their source."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.json")):
        found.setdefault(PurePosixPath(read_gold(path).source).name, []).append(path)
    if not found:
        raise UsageError(f"{folder}: 没有标注文件（*.json） · no annotations (*.json)")
    return dict(sorted(found.items()))


def checked(name: str, report: Path, paths: Sequence[Path], collection: int) -> Source:
    document = read(report)
    golds = [read_gold(path, text=document.text) for path in paths]
    regions, years = heads_of(golds) if any(gold.reports for gold in golds) else layout_heads(arrange(document).parts)
    return Source(name=name, report=report, golds=tuple(paths), collection=collection, regions=regions, years=years)


def heads_of(golds: Sequence[Gold]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The regions and years of the reports."""
    regions = {report.region for gold in golds for report in gold.reports if report.region}
    years = {report.year for gold in golds for report in gold.reports if report.year}
    return tuple(sorted(regions)), tuple(sorted(years))


def layout_heads(parts: Sequence[Part]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    return tuple(sorted({part.region for part in parts if part.region})), tuple(sorted({part.year for part in parts if part.year}))


def folds_of(sources: Sequence[Source], *, single: int, parts: int) -> tuple[Fold, ...]:
    """Who is left out with whom. Reports of a folder of at most `single` are left out one by one, those of a larger one in
    `parts` groups, every so many apart. UsageError where no two folds come of it."""
    collections: dict[int, list[str]] = {}
    for source in sources:
        collections.setdefault(source.collection, []).append(source.name)
    found: list[Fold] = []
    for number, names in collections.items():
        if len(names) <= single:
            found += [Fold(name=name, out=(name,)) for name in names]
        else:
            found += [Fold(name=f"folder {number + 1} {at + 1}/{parts}", out=tuple(names[at::parts])) for at in range(parts)]
    if len(found) < 2:
        raise UsageError("至少要两份有标注的报告，才能留出一份来检验 · at least two annotated reports are needed to leave one out")
    return tuple(found)


def shared_by(sources: Sequence[Source], of: str) -> Mapping[str, tuple[str, ...]]:
    """The sources by province or year (`of` is `regions` or `years`): the groups that shift is measured on."""
    found: dict[str, list[str]] = {}
    for source in sources:
        for value in dict.fromkeys(province(one) if of == "regions" else str(one) for one in getattr(source, of)):
            found.setdefault(value, []).append(source.name)
    return {value: tuple(names) for value, names in sorted(found.items())}


def province(region: str) -> str:
    """The province that a region lies in, as far as lists of places tell; else the region itself.

    >>> province("四川省南充市"), province("青石县"), province("绵阳市")
    ('四川省', '青石县', '四川省')
    """
    known = max((name for name in provinces() if region.startswith(name)), key=len, default=None)
    return region if known is None else provinces()[known]


@lru_cache(maxsize=1)
def provinces() -> Mapping[str, str]:
    """Names of provinces and prefectures and of their provinces (lexicons/regions.tsv)."""
    listed = [(code, name, level) for code, name, _, level, *_ in rows("regions")]
    top = {code[:2]: name for code, name, level in listed if level == "1"}
    return {name: top[code[:2]] for code, name, level in listed if level in ("1", "2") and code[:2] in top}
