"""Text in, the figures that may give a copy away out: exact ones, and runs of them that stand side by side.

A figure of few digits stands in many texts; several in one order stand in one text and its copies. Runs take the place that
k-grams of words have in fingerprinting (Schleimer, Wilkerson and Aiken 2003).
"""

from __future__ import annotations

from hashlib import blake2b

from hedui.across.figures_patterns import CLAUSE_END, FIGURE, SENTENCE, STANDING, WHOLE_LAND
from hedui.across.names_patterns import CITED
from hedui.view import fold

__all__ = ["figure_runs", "figures", "moving_figures", "of_its_own", "wider_land"]

EXACT, RUN_DIGITS = 3, 8
RANKS = {"国": 4, "自治区": 3, "省": 3, "市": 2, "州": 2, "盟": 2, "地区": 2, "县": 1, "旗": 1, "区": 1}


def figures(text: str) -> list[str]:
    """The figures of a text in order that have `EXACT` digits or more besides the zeros they begin and end on; years and
    numbers of documents left out.

    >>> figures("2022年（财社〔2022〕158号）完成3,120剂次、1500人，占86.65%，另有3120户")
    ['3120', '86.65', '3120']
    """
    found = (match[0].replace(",", "") for match in FIGURE.finditer(CITED.sub("", fold(text))))
    return [figure for figure in found if digits(figure) >= EXACT]


def moving_figures(text: str) -> list[str]:
    """Those of `figures` that are new every year: not how large a place is, how many a unit may employ, what a building is to cost.

    >>> moving_figures("全县总面积2,316.4平方公里，户籍人口31.27万人，资助学生3128人。")
    ['3128']
    """
    return figures("\n".join(clause for clause in CLAUSE_END.split(fold(text)) if not STANDING.search(clause)))


def of_its_own(text: str, place: str) -> str:
    """The sentences of a text by a report of `place` that do not tell of a wider land: what the province did, its cities all repeat.

    >>> of_its_own("全省共安排4800万元。全市资助学生3128人。", "遵义市"), of_its_own("全区资助学生3128人。", "云岩区")
    ('全市资助学生3128人。', '全区资助学生3128人。')
    """
    return "".join(one for one in SENTENCE.findall(text) if not wider_land(one, place))


def wider_land(text: str, place: str) -> str:
    """The wider land than `place` that a sentence comes to tell of; "" for none. 全区 is a district's own and, in a city, the autonomous
    region's.

    >>> wider_land("全省共安排4800万元", "遵义市"), wider_land("全省共安排4800万元，我市", "遵义市"), wider_land("全省安排", "贵州省")
    ('全省', '', '')
    """
    rank = next((RANKS[end] for end in RANKS if place.endswith(end)), RANKS["省"])
    land = next(iter(WHOLE_LAND.findall(text)[-1:]), "")
    return f"全{land}" if land and (RANKS["自治区"] if land == "区" and rank == RANKS["市"] else RANKS[land]) > rank else ""


def digits(figure: str) -> int:
    return len(figure.replace(".", "").strip("0"))


def figure_runs(text: str) -> list[int]:
    """Hashes (64 bits) of the runs of neighbouring exact figures, two or more of them, each as short as `RUN_DIGITS` digits allow.

    >>> len(figure_runs("走访8359户，发放资料74503份，办结771件")), len(figure_runs("走访8359户，办结771件"))
    (2, 0)
    """
    told = figures(text)
    runs = (shortest_run(told[start:start + RUN_DIGITS]) for start in range(len(told)))
    return [int.from_bytes(blake2b(run.encode(), digest_size=8).digest()) for run in dict.fromkeys(runs) if run]


def shortest_run(told: list[str]) -> str:
    """The first of some figures up to where they have `RUN_DIGITS` digits; "" where they do not come to as many."""
    held = 0
    for end, figure in enumerate(told, 1):
        held += digits(figure)
        if held >= RUN_DIGITS and end > 1:
            return "|".join(told[:end])
    return ""
