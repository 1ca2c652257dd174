"""The argument reader: the lower layers of MPNet, or a smaller student of them, with heads over pieces, sentences and windows.

It reads what the event encoder found: one window around each trigger. It is larger than the encoder, since who did what
to whom on which day is harder to read than whether a sentence tells a strike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from tocsin.extract.labels import ARGUMENTS, READER_HEADS
from training.encoder import Layer

# MPNet keeps BERT's vocabulary behind four pieces of its own. Its pieces for the bounds of a text and for a hidden word,
# by BERT's numbers: so one tokeniser serves encoder and reader.
OWN_PIECES = {0: 1, 101: 0, 102: 2, 103: 30526}
BERT_PIECES, SHIFT = 30522, 4
FIRST_POSITION = 2
BUCKETS, FARTHEST = 32, 128
EPSILON = 1e-5


def buckets(length: int) -> Tensor:
    """(T, T): the bucket of each distance, fine near and coarse afar.

    Source: relative positions of T5 (Raffel et al. 2020, JMLR 21), as MPNet (Song et al. 2020) uses them.
    """
    places = torch.arange(length)
    gap = places[:, None] - places[None, :]
    half, near = BUCKETS // 2, BUCKETS // 4
    far = near + (torch.log(gap.abs().clamp(min=1).float() / near) / math.log(FARTHEST / near) * (half - near)).long()
    return torch.where(gap < 0, half, 0) + torch.where(gap.abs() < near, gap.abs(), far.clamp(max=half - 1))


def count_layers(weights: Mapping[str, Tensor]) -> int:
    """How many layers a checkpoint has."""
    return 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))


class ArgumentReader(nn.Module):
    """Inputs: ids (B, T) of BERT's vocabulary, mask (B, T), pool (B, S, T) with rows that sum to 1 (or 0), trigger (B, T) likewise.

    Outputs, all logits: argument (B, T, arguments), evidence (B, S), window (B, all READER_HEADS end to end).
    """

    def __init__(
        self, layers: int = 6, size: int = 768, inner: int = 3072, heads: int = 12, dropout: float = 0.1
    ) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(BERT_PIECES, size), nn.Embedding(512, size)
        self.distances = nn.Embedding(BUCKETS, heads)
        self.norm, self.dropout = nn.LayerNorm(size, eps=EPSILON), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(size, inner, heads, EPSILON) for _ in range(layers))
        self.argument_head = nn.Linear(size, len(ARGUMENTS))
        self.evidence_head = nn.Linear(2 * size, 1)
        self.window_head = nn.Sequential(
            nn.Linear(2 * size, size),
            nn.Tanh(),
            nn.Dropout(dropout),
            nn.Linear(size, sum(map(len, READER_HEADS.values()))),
        )
        self.register_buffer("buckets", buckets(512), persistent=False)

    def forward(self, ids: Tensor, mask: Tensor, pool: Tensor, trigger: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """See the class."""
        t = ids.shape[1]
        x = self.dropout(self.norm(self.words(ids) + self.positions(torch.arange(t, device=ids.device))))
        apart = self.distances(self.buckets[:t, :t]).permute(2, 0, 1)[None]
        bias = apart + ((1.0 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        first = x[:, :1]
        pool, trigger = pool.to(x.dtype), trigger.to(x.dtype)
        sentences = torch.cat([pool @ x, first.expand(-1, pool.shape[1], -1)], -1)
        marked = torch.cat([(trigger[:, None, :] @ x).squeeze(1), first.squeeze(1)], -1)
        return self.argument_head(x), self.evidence_head(sentences).squeeze(-1), self.window_head(marked)

    @classmethod
    def of(cls, weights: Mapping[str, Tensor]) -> ArgumentReader:
        """The network of a checkpoint, of whatever size it is."""
        inner, size = weights["layers.0.up.weight"].shape
        model = cls(count_layers(weights), size, inner, weights["distances.weight"].shape[1])
        model.load_state_dict(dict(weights))
        return model

    @classmethod
    def from_encoder(cls, weights: Mapping[str, Tensor]) -> ArgumentReader:
        """Start a small student from a checkpoint of the event encoder, which has read argument windows, too.

        Heads that only the reader has start at random, and how far apart pieces stand starts without weight.
        """
        inner, size = weights["layers.0.up.weight"].shape
        model = cls(count_layers(weights), size, inner)
        state = {name: value.float() for name, value in weights.items() if name in model.state_dict()}
        state["positions.weight"] = state["positions.weight"] + weights["kind"].float()
        state["distances.weight"] = torch.zeros_like(model.distances.weight)
        for part in ("weight", "bias"):
            known, name = weights[f"window_head.3.{part}"].float(), f"window_head.3.{part}"
            # The reader's heads open with the encoder's.
            state[name] = torch.cat([known, model.state_dict()[name][len(known) :]])
        model.load_state_dict(state)
        return model

    @classmethod
    def from_mpnet(cls, folder: Path, layers: int = 6) -> ArgumentReader:
        """Start from the lowest layers of MPNet-base."""
        model = cls(layers)
        weights = load_file(str(folder / "model.safetensors"))
        words = weights["embeddings.word_embeddings.weight"]
        ours = words[SHIFT : SHIFT + BERT_PIECES].clone()
        for piece, row in OWN_PIECES.items():
            ours[piece] = words[row]
        state = {
            "words.weight": ours,
            "positions.weight": weights["embeddings.position_embeddings.weight"][FIRST_POSITION:],
            "distances.weight": weights["encoder.relative_attention_bias.weight"],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        names = {
            "query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v", "out": "attention.attn.o",
            "norm1": "attention.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
        }  # fmt: skip
        for number in range(layers):
            for mine, theirs in names.items():
                for part in ("weight", "bias"):
                    state[f"layers.{number}.{mine}.{part}"] = weights[f"encoder.layer.{number}.{theirs}.{part}"]
        missing, unexpected = model.load_state_dict(state, strict=False)
        if unexpected or any("head" not in name for name in missing):
            raise ValueError(f"{folder}: not MPNet-base; missing {missing}, unexpected {unexpected}")
        return model
