"""A portion with the states of its windows in, the vectors of its spans out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from hedui.neural.batches import even_batches
from hedui.neural.linker_lessons import Portion
from hedui.neural.network import Linker

__all__ = ["span_vectors"]

# characters, with padding, that go through the linker's layer at once
BATCH = 1024


def span_vectors(linker: Linker, states: Sequence[Tensor], portion: Portion) -> Tensor:
    """(ends, span width) for the ends of `portion`, in batches of windows of like length; `states` holds (characters, width)
    for each of its windows."""
    device = next(linker.parameters()).device
    windows = {number: index for index, number in enumerate(portion.windows)}
    of_window = [windows[one.place.window] for one in portion.ends]
    vectors: list[Tensor] = []
    order: list[int] = []
    for batch in even_batches([len(one) for one in states], characters=BATCH):
        hidden = nn.utils.rnn.pad_sequence([states[index] for index in batch], batch_first=True).to(device).float()
        lengths = torch.tensor([len(states[index]) for index in batch], device=device)
        rows = {index: row for row, index in enumerate(batch)}
        here = [number for number, index in enumerate(of_window) if index in rows]
        spans = np.array([(rows[of_window[number]], portion.ends[number].place.start, portion.ends[number].place.end) for number in here])
        shown = torch.arange(hidden.shape[1], device=device) < lengths[:, None]
        vectors.append(linker.spans(hidden, shown, torch.from_numpy(spans).to(device)))
        order += here
    return torch.cat(vectors)[torch.argsort(torch.tensor(order, device=device))]
