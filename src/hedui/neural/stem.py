"""Embedded characters in; the same with what their words are and what stands beside them out."""

from __future__ import annotations

from torch import Tensor, nn

from hedui.mentions.parts_of_speech import WORD_SIGNS

__all__ = ["Stem"]

NEAR, WIDE = 3, 5


class Stem(nn.Module):
    """Adds an embedding of each character's place in its word and the kind of the word, as lexicon features do for Chinese names
    (Zhang and Yang 2018), and, where `local`, two convolutions over neighbouring characters, so that a small encoder trained
    from scratch need not learn nearness first. A published encoder begins with neither having any effect."""

    def __init__(self, width: int, *, local: bool) -> None:
        super().__init__()
        self.words = nn.Embedding(WORD_SIGNS, width)
        nn.init.normal_(self.words.weight, std=0.02 if local else 0.0)
        self.local = local
        if local:
            self.norm = nn.LayerNorm(width)
            self.near = nn.Conv1d(width, width, NEAR, padding=NEAR // 2)
            self.wide = nn.Conv1d(width, width, WIDE, padding=WIDE // 2)

    def forward(self, embedded: Tensor, shown: Tensor, words: Tensor) -> Tensor:
        """`embedded` (texts, longest, width), `shown` (texts, longest) false for padding, `words` (texts, longest)."""
        embedded = embedded + self.words(words)
        if not self.local:
            return embedded
        seen = (self.norm(embedded) * shown[..., None]).transpose(1, 2)
        around = self.wide(nn.functional.gelu(self.near(seen)) * shown[:, None, :])
        mixed: Tensor = embedded + around.transpose(1, 2)
        return mixed
