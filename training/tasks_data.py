"""Prepared records of other gold -> windows with the labels of the light heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from tocsin.extract.windows import PieceTokenizer, Window, detection_windows, encode_sentences
from tocsin.vocabulary import Span
from training.encoder import EventEncoder
from training.tasks import TASKS

# A text that is read as one row is cut here; the head of an article tells what it is about.
WHOLE_PIECES = 200


@dataclass
class TaskExample:
    """A window of one task. ``rows``: piece ranges and labels; ``pieces``: labels of pieces."""

    task: str
    window: Window
    rows: list[tuple[list[tuple[int, int]], list[int]]] = field(default_factory=list)
    pieces: dict[int, list[int]] = field(default_factory=dict)


def pieces_of(window: Window, span: Span) -> tuple[int, int] | None:
    """First piece and one past the last that a span of text covers in a window."""
    real = [i for i, s in enumerate(window.spans) if s is not None]
    if not real or window.spans[real[0]].start >= span.end or window.spans[real[-1]].end <= span.start:
        return None
    inside = [i for i in real if window.spans[i].start < span.end and span.start < window.spans[i].end]
    return (inside[0], inside[-1] + 1) if inside else None


def task_examples(records: Iterable[dict[str, Any]], tokenizer: PieceTokenizer) -> Iterator[TaskExample]:
    """Every window of every record."""
    for record in records:
        task = TASKS[record["task"]]
        encoded = encode_sentences(record["text"], [Span(*s) for s in record["sentences"]], tokenizer)
        one = len(record["sentences"]) == 1
        for window in detection_windows(encoded, WHOLE_PIECES) if one else detection_windows(encoded):
            example = TaskExample(record["task"], window)
            for row in record["rows"]:
                labels = [task.labels.index(label) for label in row["labels"] if label in task.labels]
                found = [pieces_of(window, Span(*span)) for span in row["spans"]]
                if task.over == "piece":
                    for part in found:
                        for i in range(*part) if part else ():
                            example.pieces.setdefault(i, []).extend(labels)
                elif all(found):
                    example.rows.append(([part for part in found if part], labels))
            if example.rows or task.over == "piece":
                yield example
            if one:
                break


def task_loss(model: EventEncoder, hidden: Tensor, batch: list[TaskExample], mask: Tensor) -> Tensor:
    """The loss of a batch of one task from the last layer (B, T, size)."""
    name = batch[0].task
    task, head = TASKS[name], model.task_heads[name]
    entropy = nn.functional.binary_cross_entropy_with_logits
    if task.over == "piece":
        logits = head(hidden)
        gold = torch.zeros_like(logits)
        for b, example in enumerate(batch):
            for i, labels in example.pieces.items():
                gold[b, i, labels] = 1
        weight = mask.float()[:, :, None].expand_as(logits)
        return entropy(logits, gold, weight=weight, pos_weight=torch.tensor(3.0), reduction="sum") / weight.sum() * 20
    features, truth = [], torch.zeros(sum(len(e.rows) for e in batch), len(task.labels))
    for b, example in enumerate(batch):
        for parts, labels in example.rows:
            truth[len(features), labels] = 1
            features.append(torch.cat([*(hidden[b, first:last].mean(0) for first, last in parts), hidden[b, 0]]))
    logits = head(torch.stack(features))
    if task.one_of:
        return nn.functional.cross_entropy(logits, truth.argmax(1)) * 0.5
    return entropy(logits, truth, reduction="sum") / len(features)
