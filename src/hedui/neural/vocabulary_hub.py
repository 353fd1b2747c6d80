"""The folder of a published Chinese encoder in, its own numbers for characters out."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from hedui.errors import ReadError

__all__ = ["HubVocabulary"]

NAMES = ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token")


class HubVocabulary:
    """The tokenizer of a BERT-like encoder (bert-base-chinese, macbert, roberta-wwm …) read character for character, so that
    every character of a text keeps its place. A capital letter that it does not know is read as the small one."""

    def __init__(self, folder: Path | str) -> None:
        from transformers import AutoTokenizer

        try:
            self.tokenizer: Any = AutoTokenizer.from_pretrained(str(folder))
        except (OSError, ValueError, KeyError) as error:
            cause = " ".join(str(error).split())[:200]
            raise ReadError(str(folder), f"不是编码器的目录或名称 · no tokenizer of an encoder can be read here ({cause})") from error
        missing = [name for name in NAMES if getattr(self.tokenizer, name, None) is None]
        if missing:
            raise ReadError(str(folder), f"分词器缺少 {', '.join(missing)}，需要 BERT 类的中文编码器 · the tokenizer lacks "
                            f"{', '.join(missing)}; a BERT-like Chinese encoder is needed")
        self.known: dict[str, int] = {}

    @property
    def size(self) -> int:
        """How many ids there are, specials included."""
        return len(self.tokenizer)

    @cached_property
    def special(self) -> tuple[int, int, int, int, int]:
        """The ids of padding, unknown, beginning, end and mask."""
        pad, unk, cls, sep, mask = self.tokenizer.convert_tokens_to_ids([getattr(self.tokenizer, name) for name in NAMES])
        return pad, unk, cls, sep, mask

    def ids(self, text: str) -> list[int]:
        """One id a character, that of unknown for one that the encoder was not trained on."""
        for char in set(text) - self.known.keys():
            self.known[char] = self.number(char)
        return [self.known[char] for char in text]

    def number(self, char: str) -> int:
        unknown = self.special[1]
        found = (self.tokenizer.convert_tokens_to_ids(form) for form in (char, char.lower()))
        return next((int(i) for i in found if i is not None and i != unknown), unknown)
