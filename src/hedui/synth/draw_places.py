"""A seeded source of chance and a field of work in; the region with the places under it and all bodies by name out."""

from __future__ import annotations

import random
from typing import Any

from hedui import lexicons
from hedui.synth.facts import Bodies, Body, Region
from hedui.synth.words import rows

__all__ = ["draw_bodies", "draw_region", "field_of"]

ORDINALS = "一二三四五六"
LEVELS = ("province", "city", "county")


def field_of(sector: str) -> dict[str, str]:
    """The row of a field of work by column name."""
    names = ("sector", "upper", "local", "ministry", "treasury_code", "code", "audience", "work")
    return dict(zip(names, next(r for r in rows("sectors") if r[0] == sector), strict=True))


def made_up(rng: random.Random, use: str) -> str:
    """A name of two characters or so: 青岗, 华诚."""
    pool = [r for r in rows("syllables") if r[2] == use]
    return rng.choice(pool)[0] + rng.choice(pool)[1]


def short_of(name: str) -> str:
    return next((r[2] for r in lexicons.rows("regions") if r[1] == name), name[:-1])


def under(rng: random.Random, code: str, level: str) -> list[str]:
    """Names of the places right below a code of the lexicon."""
    found = [r[1] for r in lexicons.rows("regions") if len(r) > 4 and r[4] == code and r[3] == level]
    return [n for n in found if len(n) > 2 and not n.startswith(("直辖", "市辖", "自治区直", "省直"))]


def draw_region(rng: random.Random) -> Region:
    """A province, city or county; two in five of the smaller ones made up."""
    province, sign, word = rng.choice(rows("provinces"))
    code = next(r[0] for r in lexicons.rows("regions") if r[1] == province)
    level = rng.choices(LEVELS, (3, 3, 4))[0]
    cities = under(rng, code, "2") or under(rng, code, "3")
    if word == "市" and level == "city":
        level = "county"
    common: dict[str, Any] = {"province": province, "province_short": short_of(province), "province_word": word}
    if level == "province":
        below = tuple(rng.sample(cities, min(len(cities), rng.randint(3, 11))))
        return Region(name=province, level=level, word=word, code=sign, city=None, below=below, **common)
    fancy = rng.random() < 0.5
    city = made_up(rng, "place") + "市" if fancy else rng.choice(cities)
    counties = [made_up(rng, "place") + rng.choice(("县", "县", "区", "市")) for _ in range(9)]
    if not fancy:
        city_code = next(r[0] for r in lexicons.rows("regions") if r[1] == city and r[4] == code)
        counties = under(rng, city_code, "3") or counties
    counties = list(dict.fromkeys(counties))
    if level == "city":
        below = tuple(rng.sample(counties, min(len(counties), rng.randint(2, 8))))
        return Region(name=city, level=level, word=city[-1] if city[-1] in "州盟" else "市", code=sign + city[0], city=None,
                      below=below, made_up=fancy, **common)
    name = rng.choice(counties)
    return Region(name=name, level=level, word=name[-1], code=name[0], city=None if word == "市" else city, below=(),
                  made_up=fancy, **common)


def organ(region: str, word: str, field: str) -> Body:
    return Body(name=region + field, short=word + field, kind="organ")


def other_bodies(rng: random.Random, region: Region, sector: str) -> tuple[Body, ...]:
    """Six to ten bodies of the field and of any field, by the patterns of bodies.tsv."""
    own = [r for r in rows("bodies") if r[0] == sector]
    anyone = [r for r in rows("bodies") if r[0] == "any"]
    drawn = rng.sample(own, min(len(own), rng.randint(2, 4))) + rng.sample(anyone, rng.randint(3, 6))
    found: dict[str, Body] = {}
    for _, kind, pattern in drawn:
        place = region.name if kind in {"organ", "school", "hospital"} else short_of(region.name)
        name = pattern.replace("中国建设银行R", "中国建设银行" + short_of(region.name))
        name = name.replace("R", place).replace("N", rng.choice(ORDINALS)).replace("P", region.province_short)
        if "W" in name:
            use = "place" if kind in {"school", "organ", "hospital"} else "firm"
            name = name.replace("W", made_up(rng, use))
        if "自治" in name and len(name) > 14:
            continue
        short = region.word + name.removeprefix(region.name) if name.startswith(region.name) and kind == "organ" else name
        found.setdefault(name, Body(name=name, short=short, kind=kind))
    return tuple(found.values())


def draw_bodies(rng: random.Random, region: Region, sector: str) -> Bodies:
    """The unit that reports and all the others."""
    field = field_of(sector)
    top = region.level == "province"
    unit = organ(region.name, region.word, field["upper"] if top else field["local"])
    if top and region.word == "市" and field["upper"].endswith("厅"):
        unit = organ(region.name, "市", field["upper"][:-1] + "局")
    money = "财政厅" if top and region.word != "市" else "财政局"
    above = region.province if region.level != "county" or region.city is None else region.city
    above_word = region.province_word if above == region.province else above[-1]
    great = above == region.province and region.province_word != "市"
    return Bodies(
        unit=unit,
        finance=organ(region.name, region.word, money),
        upper_unit=organ(above, above_word, field["upper"] if great else field["local"]),
        upper_finance=organ(above, above_word, "财政厅" if great else "财政局"),
        ministry=Body(name=field["ministry"], short=field["ministry"], kind="organ"),
        treasury=Body(name="财政部", short="财政部", kind="organ"),
        units_below=tuple(organ(b, b, field["local"]) for b in region.below),
        others=other_bodies(rng, region, sector),
    )
