"""Small hand-made lessons and a network that reads them: what the tests of the learned reading build on."""

from __future__ import annotations

import random
import re

from hedui.neural.config import NetworkConfig, StageConfig, TrainingConfig
from hedui.neural.network import Network, fresh_network
from hedui.neural.types import Anchor, Lesson, Link, Place, Tag, Window
from hedui.neural.vocabulary import Vocabulary

MARK = re.compile(r"\[([^\[\]/]+)/([A-Za-z_+]+)\]")
TINY = NetworkConfig(layers=1, width=32, heads=2, feed_forward=64, span_width=16, dropout=0.1)
QUICK = TrainingConfig(
    network=TINY, encoder=StageConfig(epochs=2, rate=2e-3, head_rate=2e-3, characters=512, save_every=3),
    tagger=StageConfig(epochs=3, rate=3e-3, head_rate=3e-3, characters=512, save_every=3),
    linker=StageConfig(epochs=3, rate=3e-3, head_rate=3e-3, characters=512, save_every=3))
VOCABULARY = Vocabulary.of(["省财政厅下达资金万元执行道路完工率为目标达到实际桥梁县局拨付已培训人数"] * 2)
ANCHORS = {"AMOUNT", "RATE", "QUANTITY", "DATE", "DOCNO"}


def window(text: str, *, context: int = 0, kind: str = "prose", own: tuple[int, int] | None = None, part: int = 0) -> Window:
    places = [-1] * context + list(range(len(text) - context))
    return Window(kind="row" if kind == "row" else "prose", text=text, context=context, starts=tuple(places),
                  ends=tuple(place + 1 if place >= 0 else -1 for place in places), own=own or (context, len(text)), section=0, part=part)


def marked(text: str, *, kind: str = "prose") -> tuple[Window, tuple[Tag, ...], tuple[Anchor, ...]]:
    """`[省财政厅/ORG]下达[5万元/AMOUNT+issued]` as a window with its tags and anchors."""
    plain, tags, anchors, at = "", [], [], 0
    for match in MARK.finditer(text):
        plain += text[at:match.start()]
        start, plain, at = len(plain), plain + match[1], match.end()
        for label in match[2].split("+"):
            (anchors if label in ANCHORS else tags).append((start, len(plain), label))
    held = window(plain + text[at:], kind=kind)
    return (held, tuple(Tag(start=s, end=e, label=label) for s, e, label in tags),
            tuple(Anchor(start=s, end=e, label=label) for s, e, label in anchors))


def toy_lesson(seed: int, *, sentences: int = 12) -> Lesson:
    """Bodies, roles of amounts, and names with targets and results, also in rows of a table."""
    draw = random.Random(seed)
    made, links = [], []
    for number in range(sentences):
        n, m, rate = draw.randint(1, 999), draw.randint(10, 999), draw.randint(10, 99)
        name = draw.choice(["道路完工率", "桥梁完工率", "培训人数", "道路达到率"])
        body = draw.choice(["省财政厅", "县财政局", "县道路局"])
        if number % 3 == 0:
            made.append(marked(f"[{body}/ORG]下达资金[{n}万元/AMOUNT+issued],已执行[{m}万元/AMOUNT+executed]"))
        elif number % 3 == 1:
            made.append(marked(f"[{name}/NAME]目标[{rate}%/RATE],实际达到[{m}%/RATE]"))
            name_tag, (target, actual) = made[-1][1][0], made[-1][2]
            for relation, tail in (("target", target), ("actual", actual)):
                links.append(Link(relation=relation, head=Place(window=number, start=name_tag.start, end=name_tag.end),
                                  tail=Place(window=number, start=tail.start, end=tail.end)))
        else:
            made.append(marked(f"[{name}/NAME]|[{rate}%/RATE]|[{m}%/RATE]", kind="row"))
    for i, (one, tags, _) in enumerate(made):
        for j, (other, others, _) in enumerate(made):
            if one.kind == "prose" and other.kind == "row" and tags[0].label == "NAME" and one.text[:tags[0].end] == other.text[:others[0].end]:
                links.append(Link(relation="same", head=Place(window=i, start=0, end=tags[0].end), tail=Place(window=j, start=0, end=others[0].end)))
    return Lesson(source=f"toy{seed}.txt", windows=tuple(one for one, _, _ in made), tags=tuple(tags for _, tags, _ in made),
                  anchors=tuple(anchors for _, _, anchors in made), links=tuple(links), unsure=((),) * len(made))


def toy_network(seed: int = 0) -> Network:
    return fresh_network(TINY, VOCABULARY, seed=seed)
