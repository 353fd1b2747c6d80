"""Embedded characters in; the same with what their words are and what stands beside them out."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from hedui.mentions.parts_of_speech import WORD_SIGNS
from hedui.neural.enclosing import ENCLOSING_SIGNS
from hedui.neural.lexical import LEXICAL, Lexical

__all__ = ["Stem"]

NEAR, WIDE = 3, 5


class Stem(nn.Module):
    """Adds an embedding of each character's place in its word and the kind of the word, as lexicon features do for Chinese names
    (Zhang and Yang 2018), and of what encloses it; where `lexical`, what an analyser of words sees there (`size` is that of the
    vocabulary); and where `local`, two convolutions over neighbouring characters, so that a small encoder trained from scratch
    need not learn nearness first. A published encoder begins with none of them having any effect."""

    def __init__(self, width: int, *, local: bool, lexical: bool = False, size: int = 0) -> None:
        super().__init__()
        self.words, self.enclosing = nn.Embedding(WORD_SIGNS, width), nn.Embedding(ENCLOSING_SIGNS, width)
        for table in (self.words, self.enclosing):
            nn.init.normal_(table.weight, std=0.02 if local else 0.0)
        self.lexical = Lexical(size) if lexical else None
        if lexical:
            self.known = nn.Sequential(nn.LayerNorm(LEXICAL), nn.Linear(LEXICAL, width), nn.Dropout(0.2))
        self.local = local
        if local:
            self.norm = nn.LayerNorm(width)
            self.near, self.wide = (nn.Linear(reach * width, width) for reach in (NEAR, WIDE))

    def forward(self, embedded: Tensor, ids: Tensor, shown: Tensor, signs: Tensor) -> Tensor:
        """`embedded` (texts, longest, width), `ids`, `shown` (false for padding) and `signs` (texts, longest)."""
        embedded = embedded + self.words(signs % WORD_SIGNS) + self.enclosing(signs // WORD_SIGNS)
        if self.lexical is not None:
            embedded = embedded + self.known(self.lexical(ids, shown))
        if not self.local:
            return embedded
        seen = shown[..., None]
        near = nn.functional.gelu(self.near(around(self.norm(embedded) * seen, NEAR))) * seen
        mixed: Tensor = embedded + self.wide(around(near, WIDE))
        return mixed


def around(states: Tensor, reach: int) -> Tensor:
    """Each state with its neighbours, `reach` in all, one behind the other: (texts, longest, reach * width)."""
    padded = nn.functional.pad(states, (0, 0, reach // 2, reach // 2))
    return torch.cat([padded[:, at:at + states.shape[1]] for at in range(reach)], -1)
