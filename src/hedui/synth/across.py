"""Families of made reports in, files with slips between them and the truth about these out.

A member is its report as `prose` words it, with a section of its own on what ties it to other files: goals, money handed down and
carried over, what it did. A slip changes one member so that it no longer agrees with another, or holds what is another's; `truth`
says which. Families hold decoys that are no conflict: corrected editions, and text that may well be alike (`with_decoys`).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hedui.errors import StoreError, UsageError
from hedui.progress import OnStep
from hedui.synth.across_facts import Family, World, draw_family
from hedui.synth.across_slips import plant_all
from hedui.synth.across_words import Member, Slip, background_of, member_of, text_of, visit_of, wider_of
from hedui.synth.generate import dice

__all__ = ["Family", "MadeFamily", "make_families", "texts", "truth_of", "write_families"]

TABLES, CORRECTED = 0.5, 0.3
STANDING, WIDER, VISITS = 0.5, 0.3, 0.1


@dataclass(frozen=True, kw_only=True)
class MadeFamily:
    """The members of a family with their slips; `text_of` words a member."""

    name: str
    members: tuple[Member, ...]
    slips: tuple[Slip, ...]


def make_families(seed: int, count: int, *, slips: float = 0.5) -> list[MadeFamily]:
    """`count` families of one world; a member has a slip of some kind with odds `slips`."""
    world, rng = World(), dice(seed, 0)
    drawn = [draw_family(n, world, rng) for n in range(1, count + 1)]
    families = [members_of(family, rng) for family in drawn]
    return [MadeFamily(name=family.name, members=tuple(members), slips=tuple(made))
            for family, (members, made) in zip(drawn, plant_all(families, rng, slips), strict=True)]


def members_of(family: Family, rng: random.Random) -> list[Member]:
    """Every report of a family, its table in a file of its own now and then, and a corrected edition of one."""
    found: list[Member] = []
    before: dict[str, Member] = {}
    for year in family.years:
        top = year[0]
        for facts in year:
            place = facts.region.name
            member = member_of(facts, f"{family.name}/{place}{facts.year}", rng, top=None if facts is top else top, before=before.get(place))
            before[place] = member
            found.append(member)
    found = with_decoys(found, rng)
    for member in rng.sample(found, max(1, int(len(found) * TABLES / 2))):
        facts = member.facts
        title = f"{facts.bodies.unit.name}{facts.year}年度{facts.fund.name}绩效目标自评表"
        table = replace(facts, style="table", kind="indicator_table", title=title)
        found.append(Member(name=f"{member.name}自评表", facts=table, said={}, seed=rng.randrange(2**32), role="table", of=member.name))
    if rng.random() < CORRECTED:
        old = rng.choice([m for m in found if m.role == "report"])
        found.append(replace(old, name=f"{old.name}（修订）", role="edition", of=old.name))
    return found


def with_decoys(members: list[Member], rng: random.Random) -> list[Member]:
    """The reports with what reads alike in several of them and is no slip: how large a place is, what its whole province did, a visit to
    another unit."""
    background: dict[str, str] = {}
    wider: dict[int, str] = {}
    found = []
    for member in members:
        facts, said = member.facts, dict(member.said)
        top = next(m.facts for m in members if m.facts.year == facts.year and m.facts.region.level == "province")
        said["background"] = background.setdefault(facts.region.name, background_of(rng, facts) if rng.random() < STANDING else "")
        if (told := wider.setdefault(facts.year, wider_of(rng, top))) and rng.random() < WIDER:
            said["wider"] = told
        others = [m.facts for m in members if m.facts.region.level == facts.region.level == "city" and m.facts.region != facts.region]
        if others and rng.random() < VISITS:
            said["visit"] = visit_of(rng, facts, rng.choice(others))
        found.append(replace(member, said=said))
    return found


def write_families(out: Path, *, count: int, seed: int, slips: float = 0.5, on_step: OnStep | None = None) -> list[Slip]:
    """Writes `out`/reports/<family>/<place><year>.txt and `out`/truth.json (`slips`: kind, files, note, numbers; `files`: how many); the slips
    come back. UsageError where `out` holds something, StoreError where it cannot be written."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out}: 已有内容，请换一个空文件夹 · not empty; name a new folder")
    families = make_families(seed, count, slips=slips)
    found = [slip for family in families for slip in family.slips]
    try:
        for at, (name, text, _) in enumerate(texts(families)):
            path = out / "reports" / f"{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            if on_step:
                on_step("report", at + 1, sum(len(f.members) for f in families))
        truth = {"files": sum(len(f.members) for f in families),
                 "slips": [truth_of(slip) for slip in found]}
        (out / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(f"{out}: 写不进去 · cannot be written: {error.strerror or error}") from error
    return found


def truth_of(slip: Slip) -> dict[str, Any]:
    """A slip as plain data, its members by the names of their files."""
    return {"kind": slip.kind, "files": [f"{name}.txt" for name in slip.files], "note": slip.note, "numbers": list(slip.numbers)}


def texts(families: Sequence[MadeFamily]) -> Iterator[tuple[str, str, Member]]:
    """Every member with its name and text."""
    for family in families:
        for member in family.members:
            yield member.name, text_of(member), member
