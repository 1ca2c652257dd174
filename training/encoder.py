"""The event encoder: MiniLM-L6 with heads over pieces, sentences and windows."""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from tocsin.extract.labels import ARGUMENTS, HEADS, TYPES
from training.tasks import PARTS, TASKS


class Layer(nn.Module):
    """One transformer layer, post-norm: BERT's, and MPNet's with another ``epsilon`` and a bias for how far apart pieces stand."""

    def __init__(self, size: int, inner: int, heads: int, epsilon: float = 1e-12) -> None:
        super().__init__()
        self.heads, self.width = heads, size // heads
        self.query, self.key, self.value = nn.Linear(size, size), nn.Linear(size, size), nn.Linear(size, size)
        self.out, self.norm1 = nn.Linear(size, size), nn.LayerNorm(size, eps=epsilon)
        self.up, self.down, self.norm2 = nn.Linear(size, inner), nn.Linear(inner, size), nn.LayerNorm(size, eps=epsilon)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """(B, T, size) and an additive bias that broadcasts to (B, heads, T, T) -> (B, T, size)."""
        b, t, size = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(b, t, self.heads, self.width).transpose(1, 2)

        # No dropout inside: on two cores its random numbers cost more than the attention itself. Plain products
        # instead of the fused call: in bfloat16 they run on the matrix units, which the fused one leaves idle.
        asked = split(self.query(x) / math.sqrt(self.width))
        weights = asked @ split(self.key(x)).transpose(2, 3) + bias
        mixed = torch.softmax(weights, -1).to(x.dtype) @ split(self.value(x))
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(b, t, size)))
        return self.norm2(x + self.down(nn.functional.gelu(self.up(x))))


class EventEncoder(nn.Module):
    """Inputs: ids (B, T), mask (B, T), pool (B, S, T) with rows that sum to 1 (or 0), trigger (B, T) likewise.

    Outputs, all logits: trigger (B, T, types), sentence (B, S, types), argument (B, T, arguments),
    evidence (B, S), window (B, all HEADS end to end); and hidden (B, T, size), the last layer itself, for the light
    heads of ``TASKS``, which are not part of the exported network.
    """

    def __init__(
        self,
        layers: int = 6,
        size: int = 384,
        inner: int = 1536,
        heads: int = 12,
        vocabulary: int = 30522,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(vocabulary, size), nn.Embedding(512, size)
        self.kind = nn.Parameter(torch.zeros(size))
        self.norm, self.dropout = nn.LayerNorm(size, eps=1e-12), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(size, inner, heads) for _ in range(layers))
        self.trigger_head = nn.Linear(size, len(TYPES))
        self.sentence_head = nn.Linear(2 * size, len(TYPES))
        self.argument_head = nn.Linear(size, len(ARGUMENTS))
        self.evidence_head = nn.Linear(2 * size, 1)
        self.window_head = nn.Sequential(
            nn.Linear(2 * size, size), nn.Tanh(), nn.Dropout(dropout), nn.Linear(size, sum(map(len, HEADS.values())))
        )
        self.task_heads = nn.ModuleDict(
            {name: nn.Linear(size * PARTS[task.over], len(task.labels)) for name, task in TASKS.items()}
        )

    def forward(self, ids: Tensor, mask: Tensor, pool: Tensor, trigger: Tensor) -> tuple[Tensor, ...]:
        """See the class."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.positions(positions) + self.kind))
        bias = (1.0 - mask.float())[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        first = x[:, :1]
        sentences = torch.cat([pool @ x, first.expand(-1, pool.shape[1], -1)], -1)
        marked = torch.cat([(trigger[:, None, :] @ x).squeeze(1), first.squeeze(1)], -1)
        return (
            self.trigger_head(x),
            self.sentence_head(sentences),
            self.argument_head(x),
            self.evidence_head(sentences).squeeze(-1),
            self.window_head(marked),
            x,
        )

    @classmethod
    def from_minilm(cls, folder: Path, dropout: float = 0.1) -> EventEncoder:
        """Start from the weights of a BERT-shaped safetensors model."""
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        model = cls(
            config["num_hidden_layers"],
            config["hidden_size"],
            config["intermediate_size"],
            config["num_attention_heads"],
            config["vocab_size"],
            dropout,
        )
        weights = {
            name.removeprefix("bert."): tensor for name, tensor in load_file(str(folder / "model.safetensors")).items()
        }
        state = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"],
            "kind": weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        names = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
        }  # fmt: skip
        for number in range(config["num_hidden_layers"]):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    state[f"layers.{number}.{ours}.{part}"] = weights[f"encoder.layer.{number}.{theirs}.{part}"]
        missing, unexpected = model.load_state_dict(state, strict=False)
        if unexpected or any("head" not in name for name in missing):
            raise ValueError(f"{folder}: not a BERT-shaped model; missing {missing}, unexpected {unexpected}")
        return model
