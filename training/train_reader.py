"""Train the argument reader on annotated articles and save a checkpoint after each epoch.

python -m training.train_reader --base PATH_OF_MPNET --out out/reader
Then: python -m training.export_reader --checkpoint out/reader/last.pt
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from tocsin.extract.labels import ARGUMENTS, ONE_OF, READER_HEADS
from training.events_data import Example, Record, read
from training.prepare_answers import Answer, key, read_answers
from training.reader import ArgumentReader
from training.reader_data import ReaderLabeller, count_labels, read_mentions
from training.train_events import SEED, argument_loss, batches, blind, inputs

TOKENIZER = Path("src/tocsin/data/models/events/tokenizer.json")

# The lowest layers read words and their order, which 5,000 events do not change; frozen, they cost no backward pass.
FROZEN_LAYERS = 2

# Whether there is an event at all, and which date it has, spoil most rows.
WEIGHTS = {"valid": 3.0, "date_told": 1.0, "lasting": 1.0, "date_precision": 1.0, "initiator_kind": 1.0}


def loss_of(
    model: ArgumentReader, batch: list[Example], share: float, answers: Mapping[bytes, Answer], taught: float
) -> torch.Tensor:
    """The loss of a batch, a share of its word pieces hidden; ``taught`` is how much the teachers' answers count beside gold."""
    ids, mask, pool, trigger = inputs(batch)
    read = model(blind(ids, mask, share), mask, pool, trigger)
    loss = argument_loss(read, batch, mask, READER_HEADS, WEIGHTS)
    return loss if not answers else (1 - taught) * loss + taught * answer_loss(read, batch, mask, answers)


def answer_loss(
    read: tuple[Tensor, Tensor, Tensor], batch: list[Example], mask: Tensor, answers: Mapping[bytes, Answer]
) -> Tensor:
    """Cross-entropy with what the teachers say of these windows, each part counted as ``argument_loss`` counts it."""
    argument, evidence, window = (logits.float() for logits in read)
    pieces, sentences = torch.zeros_like(argument), torch.zeros_like(evidence)
    heads, held = torch.zeros_like(window), torch.zeros_like(evidence)
    weight = mask.float()[:, :, None].expand_as(argument).clone()
    weight[len(batch) :] = 0
    for b, example in enumerate(batch):
        said, told, kinds = (torch.from_numpy(np.asarray(part, np.float32)) for part in answers[key(example.window)])
        pieces[b, : len(said)], sentences[b, : len(told)], heads[b] = said, told, kinds
        held[b, : len(told)] = 1
    entropy = nn.functional.binary_cross_entropy_with_logits
    total = entropy(argument, pieces.sigmoid(), weight=weight, reduction="sum") / weight.sum() * len(ARGUMENTS) * 2
    total = total + (entropy(evidence, sentences.sigmoid(), reduction="none") * held).sum() / held.sum()
    at = 0
    for name, labels in READER_HEADS.items():
        own, theirs = window[: len(batch), at : at + len(labels)], heads[: len(batch), at : at + len(labels)]
        at += len(labels)
        if name in ONE_OF:
            part = nn.functional.cross_entropy(own, theirs.softmax(-1))
        else:
            part = entropy(own, theirs.sigmoid(), reduction="sum") / len(batch)
        total = total + part * WEIGHTS.get(name, 0.5)
    return total


@torch.no_grad()
def watch(model: ArgumentReader, examples: list[Example]) -> dict[str, float]:
    """Mean loss, and the share of windows whose head is right, on articles that are not trained on."""
    model.eval()
    right: dict[str, list[bool]] = {
        name: [] for name in ("valid", "factuality", "date_told", "date_precision", "lasting", "initiator_kind")
    }
    losses = []
    for batch in batches(examples, 3600, random.Random(SEED)):
        ids, mask, pool, trigger = inputs(batch)
        read = model(ids, mask, pool, trigger)
        # With even weights, so that runs with other weights can be compared.
        losses.append(float(argument_loss(read, batch, mask, READER_HEADS)))
        window, at = read[2], 0
        for name, labels in READER_HEADS.items():
            part = window[:, at : at + len(labels)].float()
            at += len(labels)
            if name not in right:
                continue
            for b, example in enumerate(batch):
                if name in example.heads:
                    told = example.heads[name]
                    one = len(labels) == 1
                    right[name].append(bool(part[b, 0] > 0) == bool(told) if one else int(part[b].argmax()) in told)
    model.train()
    return {"loss": round(sum(losses) / max(1, len(losses)), 4)} | {
        name: round(sum(values) / max(1, len(values)), 3) for name, values in right.items()
    }


def main() -> None:
    """Train; print a line every minute and one an epoch; write checkpoints and the log."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("out/events"))
    parser.add_argument("--base", type=Path, help="start from this folder with MPNet's model.safetensors")
    parser.add_argument("--encoder", type=Path, help="start a small student from this checkpoint of the event encoder")
    parser.add_argument("--splits", nargs="*", default=["train", "articles", "articles_more", "articles_long"])
    parser.add_argument("--halved", nargs="*", default=[], help="splits of which each epoch reads another half")
    parser.add_argument("--extra", nargs="*", default=["causal_news"], help="files with sentence-level events")
    parser.add_argument("--share", type=float, default=0.3, help="share of the extra files' windows read in an epoch")
    parser.add_argument(
        "--others", type=float, default=0.4, help="share of the encoder's mentions beside gold triggers that are read"
    )
    parser.add_argument("--tempting", type=float, default=0.05, help="share of tempting words that are read")
    parser.add_argument(
        "--watch", nargs="*", default=["dev", "dev_b"], help="measured after each epoch, never trained on"
    )
    parser.add_argument("--start", type=Path, help="go on from this checkpoint")
    parser.add_argument(
        "--answers",
        type=Path,
        help="folder of prepare_answers: learn from the windows of its files for these splits, and from no others",
    )
    parser.add_argument("--taught", type=float, default=0.7, help="how much the teachers count beside gold")
    parser.add_argument("--out", type=Path, default=Path("out/reader"))
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument(
        "--frozen", type=int, default=FROZEN_LAYERS, help="so many of the lowest layers stay as they are"
    )
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument(
        "--steady", action="store_true", help="do not let the rate fall: another run goes on from this one"
    )
    parser.add_argument("--blind", type=float, default=0.06)
    parser.add_argument("--pieces", type=int, default=1800, help="word pieces in a batch")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--open-only", action="store_true", help="leave out e2e train, whose texts are publishers' copyright"
    )
    args = parser.parse_args()
    if args.open_only and args.answers:
        parser.error("--open-only: the teachers have learned from more than open data; leave --answers out.")
    if args.open_only:
        args.splits = [split for split in args.splits if split.startswith("articles")]
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    generator = random.Random(SEED)
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    labeller = ReaderLabeller(tokenizer, SEED)
    records: list[Record] = [r for split in args.splits for r in read(args.data / f"{split}.jsonl")]
    halved = {r["id"] for split in args.halved for r in read(args.data / f"{split}.jsonl")}
    extra = [r for name in args.extra for r in read(args.data / f"{name}.jsonl")]
    watched = [r for split in args.watch for r in read(args.data / f"{split}.jsonl")]
    mentions = read_mentions(args.data / f"{split}.mentions.jsonl" for split in [*args.splits, *args.watch])
    labeller.learn_tempting_words(records)
    seen = [e for r in watched for e in labeller.examples(r, mentions[r["id"]])]
    answers = (
        {k: a for split in args.splits for k, a in read_answers(args.answers / f"{split}.npz").items()}
        if args.answers
        else {}
    )
    # Without answers nothing is drawn here: an epoch draws its own windows below.
    drawn = (e for r in records if answers for e in labeller.examples(r, mentions[r["id"]]))
    taught = [e for e in drawn if key(e.window) in answers]
    if args.start is not None:
        model = ArgumentReader.of(torch.load(args.start, weights_only=True))
    elif args.encoder is not None:
        model = ArgumentReader.from_encoder(torch.load(args.encoder, weights_only=True))
    else:
        model = ArgumentReader.from_mpnet(args.base, args.layers)
    for part in (model.words, *model.layers[: args.frozen]):
        part.requires_grad_(False)
    model = model.bfloat16()
    # Weights are kept in 32 bits and computed with in 16: the steps of AdamW are too small for bfloat16 to hold.
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    kept = [p.detach().float() for _, p in named]
    heads = [k for k, (n, _) in zip(kept, named, strict=True) if "head" in n]
    body = [k for k, (n, _) in zip(kept, named, strict=True) if "head" not in n]
    faster = 5
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.rate * faster}], weight_decay=0.01, fused=True
    )
    args.out.mkdir(parents=True, exist_ok=True)
    log = (args.out / "log.jsonl").open("w", encoding="utf-8")
    started, last, step, total = time.time(), time.time(), 0, 0
    for epoch in range(args.epochs):
        examples = taught
        if not answers:
            chosen = [r for r in records if r["id"] not in halved or generator.random() < 0.5]
            examples = [e for r in chosen for e in labeller.examples(r, mentions[r["id"]], args.others, args.tempting)]
            examples += [e for r in extra for e in labeller.examples(r, []) if generator.random() < args.share]
        plan = batches(examples, args.pieces, generator)
        total = total or len(plan) * args.epochs
        if epoch == 0:
            pieces = sum(len(e.window.ids) for e in examples)
            print(
                f"{len(records)} + {len(extra)} records, {dict(count_labels(examples))}, {pieces} pieces, {len(plan)} steps an epoch",
                flush=True,
            )
        loss_sum = 0.0
        for number, batch in enumerate(plan, 1):
            progress = min(1.0, step / total)
            falling = 1.0 if args.steady else 0.5 * (1 + math.cos(math.pi * progress)) * 0.97 + 0.03
            factor = min(1.0, step / (0.06 * total + 1)) * falling
            for group, rate in zip(optimiser.param_groups, (args.rate, args.rate * faster), strict=True):
                group["lr"] = rate * factor
            loss = loss_of(model, batch, args.blind, answers, args.taught)
            model.zero_grad(set_to_none=True)
            loss.backward()
            with torch.no_grad():
                for k, (_, p) in zip(kept, named, strict=True):
                    k.grad = None if p.grad is None else p.grad.float()
                nn.utils.clip_grad_norm_(kept, 1.0)
                optimiser.step()
                for k, (_, p) in zip(kept, named, strict=True):
                    p.copy_(k)
            step += 1
            loss_sum += float(loss.detach())
            if time.time() - last > 60:
                last = time.time()
                print(
                    f"epoch {epoch} step {step}/{total} {time.time() - started:.0f} s {loss_sum / number:.3f}",
                    flush=True,
                )
        row = {
            "epoch": epoch,
            "seconds": round(time.time() - started),
            "train": round(loss_sum / len(plan), 4),
            **watch(model, seen),
        }
        log.write(json.dumps(row) + "\n")
        log.flush()
        print(row, flush=True)
        state = {n: p.detach().float() for n, p in model.state_dict().items()}
        state.update({n: k for k, (n, _) in zip(kept, named, strict=True)})
        torch.save(state, args.out / "last.pt")


if __name__ == "__main__":
    main()
