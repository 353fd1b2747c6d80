"""Small outputs of schema hedui/1, written by hand: what a test's files tell, and nothing else."""

import hashlib
from itertools import count

ISSUED = {"issued": "下达", "budget": "预算", "received": "到位", "executed": "支出", "carried_out": "结转下年", "carried_in": "上年结转"}


def output(name, *, unit="清溪县教育局", region="清溪县", year=2022, programme="学生资助补助经费", kind="self_evaluation", title=None, funds=(),
           papers=(), results=(), paragraphs=(), names=()):
    """An output: `funds` are (measure, 万元, scope, level, documents), the last two may be left out; `papers` (number, title, issuers,
    yuan); `results` (name, actual, target); `paragraphs` (heading, text)."""
    pieces, claims, sections, ids = [], [], [], count()
    title = title or f"{unit}{year}年{programme or '整体支出'}绩效自评报告"

    def say(text):
        start = sum(map(len, pieces))
        pieces.append(text + "\n")
        return [start, start + len(text)]

    def claim(kind, fields, spans):
        claims.append({"id": f"c-{next(ids)}", "type": kind, "origin": "narrative", "span": [0, 0], "fields": fields, "spans": spans, "mentions": [],
                       "section": 0, "grid": None, "row": None, "confidence": 0.9, "found_by": "rules", "model": None})

    say(title)
    for measure, wan, scope, *rest in funds:
        level, documents = rest[0] if rest else None, rest[1] if len(rest) > 1 else ()
        span = say(f"{wan}万元")
        claim("fund", {"yuan": f"{float(wan) * 10000:.0f}", "measure": measure, "scope": scope, "year": year, "level": level,
                       "documents": list(documents)}, {"yuan": span, "scope": span})
    for number, name_of, issuers, amounts in papers:
        claim("document", {"number": number, "title": name_of, "issuers": list(issuers), "amounts": list(amounts)}, {"number": say(number)})
    for result, actual, target in results:
        claim("indicator", {"name": result, "target": target, "actual": actual}, {"actual": say(actual)})
    for heading, text in paragraphs:
        start = say(heading)[0]
        end = say(text)[1]
        sections.append({"span": [start, end], "heading": [start, start + len(heading)], "number": "", "title": heading, "level": 1, "parent": None, "part": 0})  # noqa: E501
    text = "".join(pieces)
    mentions = [{"id": f"m-{n}", "label": "ORG", "span": [0, 1], "text": one} for n, one in enumerate(names)]
    report = {"id": f"r-{hashlib.sha256((name + title).encode()).hexdigest()[:6]}", "span": [0, len(text)], "title": title, "kind": kind,
              "unit": unit, "region": region, "year": year, "programme": programme, "mentions": mentions, "claims": claims}
    return {"schema": "hedui/1", "source": {"name": name, "sha256": hashlib.sha256((name + text).encode()).hexdigest()}, "text": text,
            "reports": [report], "sections": sections, "grids": []}


def told(found, *verdicts):
    """Kind and verdict of each check, of those verdicts alone where they are given."""
    return sorted((one.kind, one.verdict) for one in found.checks if not verdicts or one.verdict in verdicts)
