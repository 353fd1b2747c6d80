"""Portions in, the encoder's states of their windows out: while the linker learns the encoder stays as it is, so that each
window is read once, in memory bounds whatever the number of lessons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import accumulate

import torch
from torch import Tensor

from hedui.neural.batches import even_batches
from hedui.neural.linker_lessons import Portion
from hedui.neural.network import Network, autocast, encoder_width
from hedui.neural.types import Lesson

__all__ = ["KEPT", "states_of"]

# bytes of states that are kept, in half precision as `read_windows` keeps them: two million characters at a width of 256
KEPT = 2**30
# characters, with padding, that the encoder reads at once
BATCH = 2048


def states_of(network: Network, lessons: Sequence[Lesson], portions: Sequence[Portion], *,
              kept: int = KEPT) -> Callable[[Portion], list[Tensor]]:
    """What gives the states (characters, width) of each window of one of `portions`, as fp16 in main memory.

    The windows of a lesson are read together when the first of its portions is asked for; of lessons for which `kept` bytes
    have no room, those of a portion each time. So states never depend on what was asked before, and a killed run goes on to
    the same bytes.
    """
    windows: dict[int, set[int]] = defaultdict(set)
    for portion in portions:
        windows[portion.lesson].update(portion.windows)
    lengths = {lesson: [len(lessons[lesson].windows[number].text) for number in sorted(numbers)] for lesson, numbers in windows.items()}
    ends = dict(zip(lengths, accumulate(map(sum, lengths.values())), strict=True))
    width = encoder_width(network.config)
    most = kept // (torch.float16.itemsize * width)
    # one block: pages of it that nothing was written to take no memory
    room = torch.empty((max((end for end in ends.values() if end <= most), default=0), width), dtype=torch.float16)
    filled: set[int] = set()

    def states(portion: Portion) -> list[Tensor]:
        lesson, index = lessons[portion.lesson], portion.lesson
        if ends[index] > most:
            return read(network, [lesson.windows[number].text for number in portion.windows])
        numbers = sorted(windows[index])
        places = torch.split(room[ends[index] - sum(lengths[index]):ends[index]], lengths[index])
        if index not in filled:
            for place, told in zip(places, read(network, [lesson.windows[number].text for number in numbers]), strict=True):
                place.copy_(told)
            filled.add(index)
        held = dict(zip(numbers, places, strict=True))
        return [held[number] for number in portion.windows]
    return states


def read(network: Network, texts: Sequence[str]) -> list[Tensor]:
    """The states (characters, width) of each of `texts`, read in batches of like length."""
    found: dict[int, Tensor] = {}
    for batch in even_batches([len(text) for text in texts], characters=BATCH):
        with torch.no_grad(), autocast(network.device):
            hidden = network.states(*network.numbers([texts[index] for index in batch])).to("cpu", torch.float16)
        found |= {index: hidden[row, :len(texts[index])] for row, index in enumerate(batch)}
    return [found[index] for index in range(len(texts))]
