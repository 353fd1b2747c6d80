"""The network: characters of windows go in as numbers; states of the encoder, scores of tags and scores of pairs come out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, BertConfig, BertModel

from hedui.errors import ReadError
from hedui.neural.config import NetworkConfig
from hedui.neural.engine import BIO, Flags, Floats, Ints, numbered
from hedui.neural.lexical_weights import lexical_weights
from hedui.neural.pairs import DISTANCES, GAPS, LABELS, OVERLAPS, PairFeatures
from hedui.neural.stem import Stem
from hedui.neural.types import RELATIONS
from hedui.neural.vocabulary import Characters, Vocabulary
from hedui.neural.vocabulary_hub import HubVocabulary

__all__ = ["Linker", "Network", "autocast", "fresh_network", "hub_network"]


class Network(nn.Module):
    """Encoder, tag head and linker over one vocabulary."""

    def __init__(self, config: NetworkConfig, vocabulary: Characters, encoder: nn.Module) -> None:
        super().__init__()
        self.config = config
        self.vocabulary = vocabulary
        self.encoder = encoder
        self.stem = Stem(encoder_width(config), local=config.hub is None, lexical=config.lexical, size=vocabulary.size)
        width = encoder_width(config)
        self.head = nn.Sequential(nn.Dropout(config.head_dropout), nn.Linear(width, len(BIO)))
        self.linker = Linker(width, config)

    @property
    def device(self) -> torch.device:
        return next(self.parameters()).device

    def numbers(self, texts: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        """`texts` as ids (texts, longest), where they are no padding (bool) and the signs of their characters (all of the same
        shape); a published encoder has its marks of beginning and end around them."""
        ids, shown, signs = numbered(self.vocabulary, texts, length=self.config.length, around=self.config.hub is not None)
        return torch.from_numpy(ids), torch.from_numpy(shown), torch.from_numpy(signs)

    def states(self, ids: Tensor, shown: Tensor, signs: Tensor) -> Tensor:
        """The encoder's states (texts, longest, width), one a character; states of padding mean nothing."""
        ids, shown, signs = (one.to(self.device) for one in (ids, shown, signs))
        embedded = self.stem(self.encoder.get_input_embeddings()(ids), ids, shown, signs)  # type: ignore[operator]
        hidden: Tensor = self.encoder(inputs_embeds=embedded, attention_mask=shown).last_hidden_state
        return hidden[:, 1:-1] if self.config.hub is not None else hidden

    def tag_scores(self, hidden: Tensor) -> Tensor:
        """Scores (texts, longest, BIO) before softmax."""
        scores: Tensor = self.head(hidden)
        return scores

    def read(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """As `Engine.read`."""
        with self.reading():
            hidden = self.states(*self.numbers(texts))
            return self.tag_scores(hidden).float().log_softmax(-1).cpu().numpy(), hidden.float().cpu().numpy()

    def span_vectors(self, states: Floats, shown: Flags, spans: Ints) -> Floats:
        """As `Engine.span_vectors`."""
        given = [torch.from_numpy(one).to(self.device) for one in (states, shown, spans)]
        with self.reading():
            vectors: Floats = self.linker.spans(*given).float().cpu().numpy()
        return vectors

    def pair_probabilities(self, heads: Floats, tails: Floats, features: PairFeatures) -> Floats:
        """As `Engine.pair_probabilities`."""
        given = [torch.from_numpy(one).to(self.device) for one in (heads, tails)]
        with self.reading():
            told: Floats = self.linker(*given, features).float().sigmoid().cpu().numpy()
        return told

    @contextmanager
    def reading(self) -> Iterator[None]:
        self.eval()
        with torch.inference_mode(), autocast(self.device):
            yield


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
            attention_probs_dropout_prob=config.dropout), add_pooling_layer=False)
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
        return self.scored(heads, tails, head, tail,
                           {name: torch.from_numpy(features.buckets[name]).to(device) for name in self.tables})

    def scored(self, heads: Tensor, tails: Tensor, head: Tensor, tail: Tensor, buckets: Mapping[str, Tensor]) -> Tensor:
        """The same for pairs given by the indices of their ends, with a number for each of the tables."""
        mixed = self.first(heads)[head] + self.second(tails)[tail] + self.both(heads[head] * tails[tail])
        for name, table in self.tables.items():
            mixed = mixed + table(buckets[name])
        scores: Tensor = self.score(mixed)
        return scores


def autocast(device: torch.device) -> torch.autocast:
    """bfloat16 on a graphics card; full precision on a processor, where bfloat16 is many times slower."""
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda")


def fresh_network(config: NetworkConfig, vocabulary: Characters, *, seed: int) -> Network:
    """An untrained network; its weights follow from `seed`, but those of LAC where `config` has them."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        network = Network(config, vocabulary, empty_encoder(config, vocabulary)).eval()
    if network.stem.lexical is not None and isinstance(vocabulary, Vocabulary):
        network.stem.lexical.load_state_dict(lexical_weights(vocabulary))
    return network


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
        encoder: nn.Module = AutoModel.from_config(settings, **extras(settings.model_type))
        return encoder
    plain: nn.Module = BertModel(BertConfig(
        vocab_size=vocabulary.size, hidden_size=config.width, num_hidden_layers=config.layers,
        num_attention_heads=config.heads, intermediate_size=config.feed_forward, max_position_embeddings=config.length,
        hidden_dropout_prob=config.dropout, attention_probs_dropout_prob=config.dropout, type_vocab_size=1,
        pad_token_id=vocabulary.special[0]), add_pooling_layer=False)
    return plain


def extras(kind: str) -> dict[str, Any]:
    """BERT and its like end in a layer for whole texts, which nothing here reads."""
    return {"add_pooling_layer": False} if kind in {"bert", "roberta", "xlm-roberta", "ernie"} else {}


def encoder_width(config: NetworkConfig) -> int:
    return int(json.loads(config.hub)["hidden_size"]) if config.hub else config.width


def heads_of(config: NetworkConfig) -> int:
    return int(json.loads(config.hub)["num_attention_heads"]) if config.hub else config.heads
