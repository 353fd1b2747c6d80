"""Numbers of characters in, what an analyser of words sees around each of them out: knowledge of Chinese that no report teaches."""

from __future__ import annotations

import torch
from torch import Tensor, nn

__all__ = ["LEXICAL", "Lexical"]

# the width of its embeddings, and of what each direction of a layer holds
EMBEDDED = HELD = 128
LAYERS = 2
LEXICAL = 2 * HELD


class Lexical(nn.Module):
    """The embeddings and two bidirectional recurrent layers of LAC (Jiao, Sun and Sun 2018, "Chinese Lexical Analysis with Deep
    Bi-GRU-CRF Network"), frozen: what they were trained on is larger by far than what there is of annotated reports."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.embeddings = nn.Embedding(size, EMBEDDED)
        self.onward, self.backward_ = (nn.ModuleList(nn.GRU(width, HELD, batch_first=True) for width in (EMBEDDED, LEXICAL)[:LAYERS])
                                       for _ in range(2))
        self.requires_grad_(False)

    @torch.no_grad()
    def forward(self, ids: Tensor, shown: Tensor) -> Tensor:
        """States (texts, longest, LEXICAL) for `ids` and `shown` (texts, longest; false for padding, whose states mean nothing)."""
        turned = reversing(shown)
        states: Tensor = self.embeddings(ids)
        for onward, backward in zip(self.onward, self.backward_, strict=True):
            states = torch.cat((onward(states)[0], reordered(backward(reordered(states, turned))[0], turned)), -1)
        return states


def reversing(shown: Tensor) -> Tensor:
    """For each place the place that takes it when a text is read backwards; padding stays where it is.

    >>> reversing(torch.tensor([[True, True, True, False]])).tolist()
    [[2, 1, 0, 3]]
    """
    places = torch.arange(shown.shape[1], device=shown.device)[None, :]
    return torch.where(shown, shown.long().sum(1, keepdim=True) - 1 - places, places)


def reordered(states: Tensor, places: Tensor) -> Tensor:
    return states.gather(1, places[..., None].expand(-1, -1, states.shape[2]))
