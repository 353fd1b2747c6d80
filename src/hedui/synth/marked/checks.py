"""The page and the block of checks in; the checks in gold form out, each held against its own arithmetic.

    kind expression = stated [!|~|?] [:v|:w|:j] ["computed"] | note

The expression is of named places, numbers, `+ - * / ( )`, and `,` between places that are only listed; `t1[score]` stands for
all cells of that column of table t1, `t1[score:2-4]` for some (its indicator rows, from 1). Unmarked checks must come out equal
at the stated precision, `~` at most one unit of the last digit off, `!` must be a conflict, `?` is worked out; the tier is numeric unless `:v`
(value), `:w` (wording) or `:j` (judgement). Three forms write many checks at once:

    each:t1 ratio score / weight = rate | note       in every indicator row of t1
    group:t1 sum weight = level2 | note              the rows under each merged cell of level2 that holds a number
    same:t1,t2 target [!name] | note                 the field in both tables, by indicator name; `!name` where it conflicts
    same:t1 actual | note                            … in the narrative indicators of the report and t1
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from hedui.synth.marked.claims import clean, row_fields
from hedui.synth.marked.marks import Mark
from hedui.synth.marked.page import Page
from hedui.synth.marked.readings import squeeze
from hedui.synth.marked.tables import Table

__all__ = ["checks"]

Gold = dict[str, Any]
Quote = Callable[[Mark], Gold]
VERDICTS = {"": "consistent", "!": "conflict", "~": "rounding"}
TIERS = {"v": "value", "w": "wording", "j": "judgement"}
KINDS = {"sum", "difference", "ratio", "growth", "restated", "table", "target", "unit", "label"}
RANGE = re.compile(r"(\w+)\[(\w+)(?::(\d+)-(\d+))?\]")
# sum a + b = c ! :v "…"
LINE = re.compile(
    r"(?P<kind>\w+) (?P<left>.+?) = (?P<stated>[^ ]+)(?P<flag> [!~?])?(?: :(?P<tier>[vwj]))?(?: \"(?P<computed>[^\"]*)\")?$"
)


@dataclass(frozen=True, kw_only=True)
class Operand:
    """A place as a check uses it: where it is quoted and, if it is a figure, its value and the worth of its last digit."""

    mark: Mark
    text: str
    value: Decimal | None
    ulp: Decimal
    label: str


def operand(page: Page, mark: Mark) -> Operand:
    """The figure at a place: its own, else the only one inside it, else the number it begins with."""
    inner = [
        m for m in page.marked.mentions if mark.start <= m.start and m.end <= mark.end and m.reading and m.reading.ulp
    ]
    if mark.reading is None and len(inner) == 1:
        found = inner[0]
        chosen = found if page.in_table(found) else mark
        return Operand(
            mark=chosen,
            text=page.text(chosen),
            value=Decimal(found.reading.value) if found.reading else None,
            ulp=(found.reading.ulp if found.reading else None) or Decimal(0),
            label=found.reading.label if found.reading else "",
        )
    if mark.reading and mark.reading.ulp is not None:
        return Operand(
            mark=mark,
            text=page.text(mark),
            value=Decimal(mark.reading.value),
            ulp=mark.reading.ulp,
            label=mark.reading.label,
        )
    text = page.text(mark) + (page.text(rest) if (rest := page.marked.places.get(f"{mark.name}+")) else "")
    number = re.search(r"\d+(?:\.\d+)?", text) if len(inner) == 0 else None
    ulp = Decimal(10) ** -len(number[0].partition(".")[2]) if number else Decimal(0)
    return Operand(mark=mark, text=text, value=Decimal(number[0]) if number else None, ulp=ulp, label="")


def table_rows(table: Table) -> list[int]:
    return [i for i, row in enumerate(table.rows) if "name" in row.columns and row.cells[row.columns.index("name")]]


def cell_place(page: Page, table: Table, row: int, field: str) -> Mark | None:
    col = table.rows[row].columns.index(field)
    at = table.origin(row, col)
    return page.marked.places.get(f"@{table.name}.{at[0]}.{at[1]}")


def spread(page: Page, left: str) -> str:
    """Column ranges written out as sums of cell places."""

    def cells(match: re.Match[str]) -> str:
        table = page.source.tables[match[1]]
        rows = table_rows(table)[int(match[3] or 1) - 1 : int(match[4]) if match[4] else None]
        return " + ".join(f"@{table.name}.{r}.{table.rows[r].columns.index(match[2])}" for r in rows)

    return RANGE.sub(cells, left)


def operands(page: Page, left: str) -> list[Operand]:
    return [operand(page, page.place(n)) for n in dict.fromkeys(re.findall(r"@[\w.+]*\w|[A-Za-z]\w*", left))]


def result(left: str, values: dict[str, Decimal | None]) -> Decimal | None:
    """The value of the expression; None for a list of places, unless they are all worth the same."""
    if "," in left or any(v is None for v in values.values()):
        worth = set(values.values())
        return worth.pop() if len(worth) == 1 and "," in left else None
    names = {name: f"v{i}" for i, name in enumerate(values)}
    text = re.sub(r"@[\w.+]*\w|[A-Za-z]\w*", lambda m: names[m[0]], left)
    known = {names[n]: v for n, v in values.items()}

    def walk(node: ast.expr) -> Decimal:
        if isinstance(node, ast.BinOp):
            one, two = walk(node.left), walk(node.right)
            if isinstance(node.op, ast.Add):
                return one + two
            if isinstance(node.op, ast.Sub):
                return one - two
            return one * two if isinstance(node.op, ast.Mult) else one / two
        if isinstance(node, ast.Name):
            return known[node.id] or Decimal(0)
        if isinstance(node, ast.Constant):
            return Decimal(str(node.value))
        raise ValueError(f"cannot work out {left}")

    return walk(ast.parse(text, mode="eval").body)


def worded(value: Decimal, stated: Operand) -> str:
    """A figure in the unit in which the stated one stands."""
    if stated.label == "RATE":
        return f"{(value * 100).quantize(Decimal('0.0001')).normalize():f}%"
    unit = re.sub(r"^\D*[\d,. ]+", "", squeeze(stated.text))
    if stated.label == "AMOUNT" and not unit:
        unit = "万元" if stated.ulp > 1 else "元"
    scale = {"万": 10_000, "亿": 100_000_000}.get(unit[:1] if stated.label else "", 1)
    return f"{round(value / scale, 6).normalize():f}{unit}"


def same_words(stated: Operand, inputs: list[Operand]) -> bool:
    return any(squeeze(q.text).strip("《》") == squeeze(stated.text).strip("《》") for q in inputs)


def found_verdict(value: Decimal | None, stated: Operand, inputs: list[Operand]) -> str:
    """The verdict that the figures, or without figures the words, give."""
    if value is None or stated.value is None:
        return "consistent" if same_words(stated, inputs) else "conflict"
    gap = abs(value - stated.value)
    return "consistent" if gap <= stated.ulp / 2 else "rounding" if gap <= stated.ulp else "conflict"


def verdict_of(value: Decimal | None, stated: Operand, inputs: list[Operand], flag: str) -> str:
    """The verdict that the flag says, once it is held against the figures."""
    if flag == "?":
        return found_verdict(value, stated, inputs)
    said = VERDICTS[flag]
    if value is None or stated.value is None:
        if flag == "" and not same_words(stated, inputs):
            raise ValueError(f"not the same words: {[q.text for q in inputs]} and {stated.text}")
        return said
    gap = abs(value - stated.value)
    holds = {
        "consistent": gap <= stated.ulp / 2,
        "rounding": stated.ulp / 2 < gap <= stated.ulp,
        "conflict": gap > stated.ulp / 2,
    }
    if not holds[said]:
        raise ValueError(f"{[q.text for q in inputs]} make {value}, stated {stated.text}: not {said}")
    return said


def check(page: Page, line: str, note: str, quote: Quote) -> Gold:
    """The check that one line writes; `quote` says where a place stands and what stands there."""
    match = LINE.fullmatch(spread(page, line))
    if not match or match["kind"] not in KINDS:
        raise ValueError(f"not a check: {line}")
    left = match["left"]
    inputs, stated = operands(page, left), operand(page, page.place(match["stated"]))
    names = list(dict.fromkeys(re.findall(r"@[\w.+]*\w|[A-Za-z]\w*", left)))
    free = match["tier"] or match["kind"] in {"label", "unit", "target"}
    try:
        value = None if free else result(left, {n: q.value for n, q in zip(names, inputs, strict=True)})
    except (InvalidOperation, ZeroDivisionError, ValueError) as error:
        raise ValueError(f"{line}: {error}") from error
    flag = (match["flag"] or "").strip()
    if free and flag == "" and not match["computed"]:
        verdict = verdict_of(None, stated, inputs, "")
    else:
        verdict = (
            verdict_of(value, stated, inputs, flag)
            if not (value is None and match["computed"])
            else VERDICTS[flag]
        )
    computed = match["computed"] or (worded(value, stated) if value is not None else squeeze(inputs[0].text))
    return {
        "kind": match["kind"],
        "inputs": [quote(q.mark) for q in inputs],
        "stated": quote(stated.mark),
        "computed": computed,
        "verdict": verdict,
        "note": note,
        "tier": TIERS.get(match["tier"] or "", "numeric"),
    }


def each(page: Page, table: Table, rest: str) -> Iterator[str]:
    """`rest` with its field names put into every indicator row that fills them."""
    fields = re.findall(r"(?<= )[a-z]\w*", rest)
    for row in table_rows(table):
        places = {f: cell_place(page, table, row, f) for f in fields}
        if all(places.values()):
            yield re.sub(r"(?<= )[a-z]\w*", lambda m, at=places: str(at[m[0]].name), rest)  # type: ignore[misc]


def group(page: Page, table: Table, rest: str) -> Iterator[str]:
    """The sum over the rows under each merged cell of a column that holds a number."""
    kind, field, column = re.fullmatch(r"(\w+) (\w+) = (\w+)", rest).groups()  # type: ignore[union-attr]
    under: dict[str, list[str]] = {}
    for row in table_rows(table):
        head, cell = cell_place(page, table, row, column), cell_place(page, table, row, field)
        if head and cell and operand(page, head).value is not None:
            under.setdefault(str(head.name), []).append(str(cell.name))
    for head_name, names in under.items():
        yield f"{kind} {' + '.join(names)} = {head_name}"


def by_name(page: Page, table: Table, field: str) -> dict[str, Mark]:
    found = {}
    for row in table_rows(table):
        place = cell_place(page, table, row, field)
        if place and "+" not in str(place.name):
            found[row_fields(page, table, row, table.rows[row])["name"]] = place
    return found


def told(page: Page, field: str) -> dict[str, Mark]:
    """The narrative indicators whose `field` is the text of a place."""
    found = {}
    for line in page.source.blocks["indicators"]:
        place, _, _, name, rest = [x.strip() for x in line.split(" | ")]
        for word in rest.split():
            key, _, value = word.partition("=")
            if key == field and (not value or value[0] == "@"):
                found[clean("name", name)] = page.place(value[1:] if value else place)
    return found


def same(page: Page, tables: list[Table], rest: str) -> Iterator[str]:
    """The same field of the same indicator in two tables, or in the narrative and a table."""
    field, *marked = rest.split()
    clashes = {m[1:] for m in marked}
    first = told(page, field) if len(tables) == 1 else by_name(page, tables[0], field)
    second = by_name(page, tables[-1], field)
    kind = "table" if len(tables) == 1 else "restated"
    for name in (n for n in first if n in second):
        one, two = (second[name], first[name]) if kind == "table" else (first[name], second[name])
        figures = operand(page, one).value is not None and operand(page, two).value is not None
        yield f"{kind} {one.name} = {two.name}" + (" !" if name in clashes else "") + ("" if figures else " :v")


def written_out(page: Page, line: str) -> Iterator[str]:
    head, _, rest = line.partition(" ")
    word, _, names = head.partition(":")
    tables = [page.source.tables[n] for n in names.split(",")] if names else []
    if word == "each":
        yield from each(page, tables[0], rest)
    elif word == "group":
        yield from group(page, tables[0], rest)
    elif word == "same":
        yield from same(page, tables, rest)
    else:
        yield line


def quotes_of(page: Page, shown: Page) -> Quote:
    """Quotes of the places of `page` as they stand in `shown`, which has the same marks in the same order."""
    pairs = [*zip(page.marked.mentions, shown.marked.mentions, strict=True),
             *((mark, shown.marked.places[name]) for name, mark in page.marked.places.items())]
    twins = {(one.start, one.end): two for one, two in pairs}
    return lambda mark: shown.quote(twins[mark.start, mark.end])


def checks(page: Page, shown: Page | None = None) -> list[Gold]:
    """All checks of the report, worked out on `page`; quoted as they stand in `shown` where that is given."""
    quote = page.quote if shown is None else quotes_of(page, shown)
    out = []
    for line in page.source.blocks["checks"]:
        body, _, note = line.partition(" | ")
        out += [check(page, one, note.strip(), quote) for one in written_out(page, body.strip())]
    return out
