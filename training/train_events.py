"""Train the event encoder on annotated articles and save a checkpoint after each epoch.

python -m training.train_events --data out/events --base PATH_OF_MINILM --out out/encoder
Then: python -m training.export_events --checkpoint out/encoder/last.pt
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from tocsin.extract.labels import ARGUMENTS, HEADS, ONE_OF, TYPES
from training.encoder import EventEncoder
from training.events_data import Example, Labeller, Record, read
from training.tasks import TASKS
from training.tasks_data import TaskExample, task_examples, task_loss

SEED = 20261123
E = TypeVar("E", Example, TaskExample)


def batches(examples: list[E], pieces: int, generator: random.Random) -> list[list[E]]:
    """Examples of like length together, about ``pieces`` word pieces a batch, in random order."""
    order = sorted(examples, key=lambda e: len(e.window.ids) + generator.random() * 24)
    made: list[list[E]] = []
    while order:
        # From the longest down: the first of a batch fixes its shape.
        count = max(1, pieces // padded(len(order[-1].window.ids) + 24))
        made.append(order[-count:])
        del order[-count:]
    generator.shuffle(made)
    return made


def padded(length: int) -> int:
    """A length rounded up: every new shape costs the bfloat16 kernels more than the padding does."""
    return -(-length // 32) * 32


def inputs(batch: Sequence[Example | TaskExample]) -> tuple[Tensor, ...]:
    """Padded tensors of a batch, as EventEncoder takes them; empty rows fill it up to a shape seen before."""
    t = padded(max(len(e.window.ids) for e in batch))
    rows = max(len(batch), -(-len(batch) // 4) * 4)
    s = 12
    s = max(s, max(len(e.window.sentences) for e in batch))
    ids, mask = np.zeros((rows, t), np.int64), np.zeros((rows, t), np.int64)
    pool, trigger = np.zeros((rows, s, t), np.float32), np.zeros((rows, t), np.float32)
    for b, example in enumerate(batch):
        window = example.window
        ids[b, : len(window.ids)] = window.ids
        mask[b, : len(window.ids)] = 1
        for place, (_, start, end) in enumerate(window.sentences):
            if end > start:
                pool[b, place, start:end] = 1 / (end - start)
        if window.trigger is not None:
            start, end = window.trigger
            trigger[b, start:end] = 1 / max(1, end - start)
    return tuple(torch.from_numpy(a) for a in (ids, mask, pool, trigger))


def blind(ids: Tensor, mask: Tensor, share: float) -> Tensor:
    """Replace a share of the word pieces by [MASK], so that no single word carries an event alone."""
    chosen = (torch.rand(ids.shape) < share) & (ids > 999) & (mask > 0)
    return torch.where(chosen, torch.full_like(ids, 103), ids)


def detection_loss(out: tuple[Tensor, ...], batch: list[Example], mask: Tensor) -> Tensor:
    """Binary cross-entropy of trigger pieces and of sentence types; rare positives weigh more."""
    trigger, sentence = out[0].float(), out[1].float()
    gold, weight = torch.zeros_like(trigger), mask.float()[:, :, None].expand_as(trigger).clone()
    told, counted = torch.zeros_like(sentence), torch.zeros(sentence.shape[:2])
    for b, example in enumerate(batch):
        for i, labels in example.pieces.items():
            gold[b, i, labels] = 1
        for i, label in example.ignore:
            weight[b, i, label] = 0
        for place, labels in example.sentences.items():
            counted[b, place] = 1
            told[b, place, labels] = 1
    entropy = nn.functional.binary_cross_entropy_with_logits
    one = entropy(trigger, gold, weight=weight, pos_weight=torch.tensor(4.0), reduction="sum") / weight.sum() * 18 * 4
    two = entropy(sentence, told, reduction="none", pos_weight=torch.tensor(2.0))
    return one + (two * counted[:, :, None]).sum() / counted.sum().clamp(min=1)


def argument_loss(
    read: tuple[Tensor, Tensor, Tensor],
    batch: list[Example],
    mask: Tensor,
    window_heads: Mapping[str, Sequence[str]] = HEADS,
    weights: Mapping[str, float] | None = None,
) -> Tensor:
    """Losses of argument pieces, of evidence sentences and of the window heads, which count a half where ``weights`` says nothing."""
    argument, evidence, window = (logits.float() for logits in read)
    gold, weight = torch.zeros_like(argument), torch.zeros_like(argument)
    told, counted = torch.zeros_like(evidence), torch.zeros_like(evidence)
    total = torch.zeros(())
    for b, example in enumerate(batch):
        if "factuality" in example.heads:
            weight[b] = mask[b].float()[:, None]
            if example.known is not None:
                weight[b, [i for i in range(weight.shape[1]) if i not in example.known]] = 0
            for place, labels in example.sentences.items():
                counted[b, place] = 1
                told[b, place] = float(bool(labels))
        for i, labels in example.pieces.items():
            gold[b, i, labels] = 1
    entropy = nn.functional.binary_cross_entropy_with_logits
    total = (
        total
        + entropy(argument, gold, weight=weight, pos_weight=torch.tensor(3.0), reduction="sum")
        / weight.sum().clamp(min=1)
        * len(ARGUMENTS)
        * 2
    )
    total = total + (entropy(evidence, told, reduction="none") * counted).sum() / counted.sum().clamp(min=1)
    at, counts = 0, weights or {}
    for name, labels in window_heads.items():
        part = window[:, at : at + len(labels)]
        at += len(labels)
        rows = [b for b, example in enumerate(batch) if name in example.heads]
        if not rows:
            continue
        if name in ONE_OF:
            classes = torch.tensor([batch[b].heads[name][0] for b in rows])
            total = total + nn.functional.cross_entropy(part[rows], classes) * counts.get(name, 0.5)
        else:
            truth = torch.zeros(len(rows), len(labels))
            for row, b in enumerate(rows):
                truth[row, batch[b].heads[name]] = 1
            total = total + entropy(part[rows], truth, reduction="sum") / len(rows) * counts.get(name, 0.5)
    return total


def main() -> None:
    """Train; print a line every minute and one an epoch; write checkpoints and the log."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("out/events"))
    parser.add_argument(
        "--extra", type=Path, nargs="*", default=[], help="further prepared files with sentence-level events"
    )
    parser.add_argument(
        "--base", type=Path, required=True, help="folder with model.safetensors, config.json, tokenizer.json"
    )
    parser.add_argument("--start", type=Path, help="go on from this checkpoint")
    parser.add_argument("--out", type=Path, default=Path("out/encoder"))
    parser.add_argument(
        "--share", type=float, default=0.5, help="share of the extra files' argument windows read in an epoch"
    )
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--negatives", type=float, default=0.35)
    parser.add_argument("--blind", type=float, default=0.06, help="share of word pieces hidden from the encoder")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--tasks", type=Path, nargs="*", default=[], help="prepared records of training/tasks.py")
    parser.add_argument(
        "--float", action="store_true", help="compute in 32 bits; without it in bfloat16 where that helps"
    )
    parser.add_argument("--splits", nargs="*", default=["train", "articles"])
    parser.add_argument(
        "--open-only", action="store_true", help="leave out e2e train, whose texts are publishers' copyright"
    )
    args = parser.parse_args()
    if args.open_only:
        args.splits = [split for split in args.splits if split.startswith("articles")]
        args.tasks = []
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    generator = random.Random(SEED)
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    labeller = Labeller(tokenizer, SEED)
    records: list[Record] = [r for split in args.splits for r in read(args.data / f"{split}.jsonl")]
    labeller.learn_tempting_words(records)
    detection = [e for r in records for e in labeller.detection(r)]
    extra = [r for path in args.extra for r in read(path)]
    detection += [e for r in extra for e in labeller.detection(r)]
    tasks: dict[str, list[TaskExample]] = {name: [] for name in TASKS}
    for example in task_examples((r for path in args.tasks for r in read(path)), tokenizer):
        tasks[example.task].append(example)
    model = EventEncoder.from_minilm(args.base)
    if args.start is not None:
        model.load_state_dict(torch.load(args.start, weights_only=True), strict=False)
    # The word vectors stay as they are: 1,000 events would only bend those of the words they hold.
    model.words.weight.requires_grad_(False)
    heads = [p for n, p in model.named_parameters() if "head" in n]
    body = [p for n, p in model.named_parameters() if "head" not in n and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.rate * 5}], weight_decay=0.01, fused=True
    )
    args.out.mkdir(parents=True, exist_ok=True)
    log = (args.out / "log.jsonl").open("w", encoding="utf-8")
    started, step, last = time.time(), 0, time.time()
    total = 0
    for epoch in range(args.epochs):
        arguments = [e for r in records for e in labeller.arguments(r, args.negatives)]
        # A part of the sentence-level events each epoch: whole records teach more, and must not drown.
        arguments += [
            e for r in extra for e in labeller.arguments(r, args.negatives / 3) if generator.random() < args.share
        ]
        plan: list[tuple[str, list[Any]]] = [("detection", b) for b in batches(detection, 1800, generator)]
        plan += [("argument", b) for b in batches(arguments, 2200, generator)]
        for name, examples in tasks.items():
            read_now = [e for e in examples if generator.random() < TASKS[name].share]
            plan += [("task", b) for b in batches(read_now, 1800, generator) if b]
        generator.shuffle(plan)
        total = total or len(plan) * args.epochs
        if epoch == 0:
            print(
                f"{len(records)} + {len(extra)} records, {len(detection)} + {len(arguments)} windows, {len(plan)} steps an epoch",
                flush=True,
            )
        model.train()
        sums = {"detection": [0.0, 0], "argument": [0.0, 0], "task": [0.0, 0]}
        for task, batch in plan:
            progress = min(1.0, step / total)
            factor = min(1.0, progress / 0.06) * (0.5 * (1 + math.cos(math.pi * progress)) * 0.95 + 0.05)
            optimiser.param_groups[0]["lr"], optimiser.param_groups[1]["lr"] = (
                args.rate * factor,
                args.rate * 5 * factor,
            )
            ids, mask, pool, trigger = inputs(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not args.float):
                out = model(blind(ids, mask, args.blind), mask, pool, trigger)
            if task == "detection":
                loss = detection_loss(out, batch, mask)
            elif task == "argument":
                loss = argument_loss((out[2], out[3], out[4]), batch, mask)
            else:
                loss = task_loss(model, out[5].float(), batch, mask)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_([*body, *heads], 1.0)
            optimiser.step()
            step += 1
            sums[task][0] += float(loss.detach())
            sums[task][1] += 1
            if time.time() - last > 60:
                last = time.time()
                print(
                    f"epoch {epoch} step {step}/{total} {time.time() - started:.0f} s "
                    + " ".join(f"{k} {v[0] / max(1, v[1]):.3f}" for k, v in sums.items()),
                    flush=True,
                )
        row = {
            "epoch": epoch,
            "seconds": round(time.time() - started),
            **{k: round(v[0] / max(1, v[1]), 4) for k, v in sums.items()},
        }
        log.write(json.dumps(row) + "\n")
        log.flush()
        print(row, flush=True)
        torch.save(model.state_dict(), args.out / "last.pt")
    (args.out / "settings.json").write_text(
        json.dumps({k: str(v) for k, v in vars(args).items()} | {"seed": SEED, "types": TYPES}, indent=1),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
