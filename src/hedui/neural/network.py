"""The network: characters of windows go in as numbers; states of the encoder, scores of tags and scores of pairs come out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, BertConfig, BertModel

from hedui.errors import ReadError, UsageError
from hedui.neural.config import NetworkConfig
from hedui.neural.pairs import DISTANCES, GAPS, LABELS, OVERLAPS, PairFeatures
from hedui.neural.types import RELATIONS, TAGS
from hedui.neural.vocabulary import Characters
from hedui.neural.vocabulary_hub import HubVocabulary

__all__ = ["BIO", "Linker", "Network", "fresh_network", "hub_network"]

# O, then B and I of each tag
BIO: tuple[str, ...] = ("O", *(f"{mark}-{tag}" for tag in TAGS for mark in "BI"))


class Network(nn.Module):
    """Encoder, tag head and linker over one vocabulary."""

    def __init__(self, config: NetworkConfig, vocabulary: Characters, encoder: nn.Module) -> None:
        super().__init__()
        self.config = config
        self.vocabulary = vocabulary
        self.encoder = encoder
        width = encoder_width(config)
        self.head = nn.Sequential(nn.Dropout(config.head_dropout), nn.Linear(width, len(BIO)))
        self.linker = Linker(width, config)

    @property
    def device(self) -> torch.device:
        return next(self.parameters()).device

    def numbers(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """`texts` as ids (texts, longest) and where they are no padding (the same shape, bool); a published encoder has
        its marks of beginning and end around them."""
        pad, _, cls, sep, _ = self.vocabulary.special
        around = self.config.hub is not None
        rows = [[cls, *ids, sep] if around else ids for ids in map(self.vocabulary.ids, texts)]
        longest = max(map(len, rows))
        if longest > self.config.length + 2 * around:
            raise UsageError(f"窗口有 {longest} 个字符，网络最多读 {self.config.length} 个 · a window of {longest} characters "
                             f"is longer than the {self.config.length} that the network reads at once")
        ids = torch.tensor([row + [pad] * (longest - len(row)) for row in rows])
        lengths = torch.tensor([len(row) for row in rows])
        return ids, torch.arange(longest)[None, :] < lengths[:, None]

    def states(self, ids: Tensor, shown: Tensor) -> Tensor:
        """The encoder's states (texts, longest, width), one a character; states of padding mean nothing."""
        device = self.device
        hidden: Tensor = self.encoder(input_ids=ids.to(device), attention_mask=shown.to(device)).last_hidden_state
        return hidden[:, 1:-1] if self.config.hub is not None else hidden

    def tag_scores(self, hidden: Tensor) -> Tensor:
        """Scores (texts, longest, BIO) before softmax."""
        scores: Tensor = self.head(hidden)
        return scores


class Linker(nn.Module):
    """A transformer layer over the encoder's states, a vector for each span, and a score for each relation of a pair.

    A pair of spans a and b is read as W[a, b, a∘b] plus embeddings of their labels, distance, how many others stand
    between them, and overlap of their characters, as span pairs are in coreference (Lee et al. 2017, "End-to-end Neural
    Coreference Resolution").
    """

    def __init__(self, width: int, config: NetworkConfig) -> None:
        super().__init__()
        self.layer = BertModel(BertConfig(
            vocab_size=1, hidden_size=width, num_hidden_layers=1, num_attention_heads=heads_of(config), intermediate_size=2 * width,
            max_position_embeddings=config.length, type_vocab_size=1, hidden_dropout_prob=config.dropout,
            attention_probs_dropout_prob=config.dropout, attn_implementation="sdpa"), add_pooling_layer=False)
        span = config.span_width
        self.span = nn.Sequential(nn.Linear(3 * width, span), nn.GELU(), nn.LayerNorm(span))
        self.first, self.second, self.both = (nn.Linear(span, span, bias=bias) for bias in (True, False, False))
        sizes = {"head": len(LABELS), "tail": len(LABELS), "distance": DISTANCES, "heads_between": GAPS, "tails_between": GAPS,
                 "overlap": OVERLAPS}
        self.tables = nn.ModuleDict({name: nn.Embedding(size, span) for name, size in sizes.items()})
        self.score = nn.Sequential(nn.GELU(), nn.Dropout(config.head_dropout), nn.Linear(span, span), nn.GELU(),
                                   nn.Linear(span, len(RELATIONS)))
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.1)  # type: ignore[arg-type]

    def spans(self, hidden: Tensor, shown: Tensor, spans: Tensor) -> Tensor:
        """Vectors (spans, span_width) of `spans` (spans, 3): row of `hidden`, start, end; half-open, not empty."""
        states: Tensor = self.layer(inputs_embeds=hidden, attention_mask=shown).last_hidden_state
        row, start, end = spans.unbind(1)
        summed = nn.functional.pad(states.cumsum(1), (0, 0, 1, 0))
        mean = (summed[row, end] - summed[row, start]) / (end - start).unsqueeze(1)
        vectors: Tensor = self.span(torch.cat((states[row, start], states[row, end - 1], mean), 1))
        return vectors

    def forward(self, heads: Tensor, tails: Tensor, features: PairFeatures) -> Tensor:
        """Scores (pairs, relations) before sigmoid. `heads` and `tails` are vectors of spans, which `features` pairs."""
        device = heads.device
        head, tail = (torch.from_numpy(index).to(device) for index in (features.head, features.tail))
        mixed = self.first(heads)[head] + self.second(tails)[tail] + self.both(heads[head] * tails[tail])
        for name, table in self.tables.items():
            mixed = mixed + table(torch.from_numpy(features.buckets[name]).to(device))
        scores: Tensor = self.score(mixed)
        return scores


def fresh_network(config: NetworkConfig, vocabulary: Characters, *, seed: int) -> Network:
    """An untrained network; its weights follow from `seed`."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return Network(config, vocabulary, empty_encoder(config, vocabulary)).eval()


def hub_network(name: str, config: NetworkConfig, *, seed: int) -> Network:
    """A network around the published encoder `name` (of the Hugging Face hub, or a folder of its files).

    ReadError where no encoder of characters can be read there.
    """
    vocabulary = HubVocabulary(name)
    try:
        settings = AutoConfig.from_pretrained(name)
        encoder = AutoModel.from_pretrained(name, config=settings, dtype=torch.float32, **extras(settings.model_type))
    except (OSError, ValueError) as error:
        cause = " ".join(str(error).split())[:200]
        raise ReadError(name, f"读不出编码器 · no encoder can be read here ({cause})") from error
    held = replace(config, hub=json.dumps(settings.to_dict(), sort_keys=True, default=str),
                   length=min(config.length, int(settings.max_position_embeddings) - 2))
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return Network(held, vocabulary, encoder).eval()


def empty_encoder(config: NetworkConfig, vocabulary: Characters) -> nn.Module:
    """An encoder of the shape of `config` with random weights."""
    if config.hub is not None:
        values = json.loads(config.hub)
        settings = AutoConfig.for_model(values.pop("model_type"), **values)
        encoder: nn.Module = AutoModel.from_config(settings, **extras(settings.model_type))  # type: ignore[no-untyped-call]
        return encoder
    return BertModel(BertConfig(
        vocab_size=vocabulary.size, hidden_size=config.width, num_hidden_layers=config.layers,
        num_attention_heads=config.heads, intermediate_size=config.feed_forward, max_position_embeddings=config.length,
        hidden_dropout_prob=config.dropout, attention_probs_dropout_prob=config.dropout, type_vocab_size=1,
        pad_token_id=vocabulary.special[0]), add_pooling_layer=False)


def extras(kind: str) -> dict[str, Any]:
    """BERT and its like end in a layer for whole texts, which nothing here reads."""
    return {"add_pooling_layer": False} if kind in {"bert", "roberta", "xlm-roberta", "ernie"} else {}


def encoder_width(config: NetworkConfig) -> int:
    return int(json.loads(config.hub)["hidden_size"]) if config.hub else config.width


def heads_of(config: NetworkConfig) -> int:
    return int(json.loads(config.hub)["num_attention_heads"]) if config.hub else config.heads
