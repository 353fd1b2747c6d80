"""Characters in, the numbers that the network reads out: a list of characters of our own, or that of a published encoder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from hedui.errors import ReadError
from hedui.view import fold

__all__ = ["CLS", "DIGIT", "MASK", "PAD", "SEP", "SPECIALS", "UNK", "Characters", "Vocabulary", "level_1"]

SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PAD, UNK, CLS, SEP, MASK = range(len(SPECIALS))
# all decimal digits are one token: the network reads the shape of a figure, rules read its value
DIGIT = "0"
MOST = 8000
OFTEN = 2
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
PUNCTUATION = "、。〈〉《》「」『』【】〔〕〖〗—…‘’“”·×÷±≤≥≈℃‰①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ√○●■□△▲★☆→¦—–"


class Characters(Protocol):
    """What the network asks of a vocabulary; `special` gives the ids of SPECIALS in that order."""

    @property
    def size(self) -> int: ...

    @property
    def special(self) -> tuple[int, int, int, int, int]: ...

    def ids(self, text: str) -> list[int]: ...


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The specials first, then `characters`, sorted; the id of a character is its place in this list."""

    characters: tuple[str, ...]
    table: dict[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = {ord(char): i for i, char in enumerate(self.characters, start=len(SPECIALS))}
        object.__setattr__(self, "table", numbers | {ord(d): numbers[ord(DIGIT)] for d in "123456789" if ord(DIGIT) in numbers})

    @property
    def size(self) -> int:
        """How many ids there are, specials included."""
        return len(SPECIALS) + len(self.characters)

    @property
    def special(self) -> tuple[int, int, int, int, int]:
        return PAD, UNK, CLS, SEP, MASK

    def ids(self, text: str) -> list[int]:
        """One id a character, UNK for one that is not in the list; specials are never read out of a text."""
        table = self.table
        return [table.get(ord(char), UNK) for char in text]

    @classmethod
    def of(cls, texts: Iterable[str], *, most: int = MOST) -> Vocabulary:
        """The inventory that any report may need, and what `texts` (folded here) hold twice or more, the commonest first
        where there are more than `most` ids."""
        counted = Counter[str]()
        for text in texts:
            counted.update(fold(text))
        base = inventory()
        room = max(0, most - len(SPECIALS) - len(base))
        seen = sorted((char for char, n in counted.items() if n >= OFTEN and useful(char) and char not in base),
                      key=lambda char: (-counted[char], char))
        return cls(characters=tuple(sorted(base.union(seen[:room]))))

    def save(self, path: Path) -> None:
        """As plain text, one a line, specials first."""
        path.write_text("\n".join((*SPECIALS, *self.characters)) + "\n", encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """The vocabulary that `save` wrote; ReadError with file and line for what it did not write."""
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, ValueError) as error:
            raise ReadError(path.name, f"字表无法读取 · the vocabulary cannot be read ({error})") from error
        if tuple(lines[:len(SPECIALS)]) != SPECIALS or lines[-1]:
            raise ReadError(path.name, f"字表不完整，应以 {SPECIALS[0]} 等开头并以换行结束，请重新训练或恢复文件 · not a whole vocabulary: "
                            f"it begins with {', '.join(SPECIALS)} and ends with a line break; train again or restore the file")
        characters = lines[len(SPECIALS):-1]
        for number, (char, before) in enumerate(zip(characters, ["", *characters], strict=False), start=len(SPECIALS) + 1):
            if len(char) != 1 or char <= before:
                raise ReadError(path.name, f"应为每行一字、依次排列，此处为 {char[:20]!r}，请恢复文件 · expected one character a line, "
                                f"sorted; found {char[:20]!r}; restore the file", where=f"第 {number} 行 line {number}")
        return cls(characters=tuple(characters))


def useful(char: str) -> bool:
    """Whether a character can be a line of a file of its own and is no digit (these are one)."""
    return char.isprintable() and not char.isspace() and not char.isdecimal()


def inventory() -> frozenset[str]:
    """What every vocabulary holds: the 3,755 commonest characters of GB 2312, printable ASCII with one digit, punctuation,
    and all characters of the word lists."""
    chars = {*level_1(), *PRINTABLE, *PUNCTUATION}
    for entry in files("hedui.lexicons").iterdir():
        if entry.name.endswith(".tsv"):
            chars.update(fold(entry.read_text(encoding="utf-8")))
    return frozenset(filter(useful, map(fold, chars))) | {DIGIT}


def level_1() -> Sequence[str]:
    """The characters of level 1 of GB 2312 (rows 16 to 55 of its table), in its order.

    >>> len(level_1()), level_1()[0]
    (3755, '啊')
    """
    cells = (bytes((0xA0 + row, 0xA0 + column)) for row in range(16, 56) for column in range(1, 95))
    return [char for cell in cells if (char := cell.decode("gb2312", errors="ignore"))]
