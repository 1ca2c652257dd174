"""What readers say of windows, for a student to learn from: the mean of their logits.

A student learns more from how sure its teachers are than from labels alone (Hinton, Vinyals and Dean 2015), and it can learn from windows
that nobody annotated. Runs after prepare_mentions; the teachers are folders as training/export_reader.py writes them.

python -m training.prepare_answers train news plain --teachers out/reader5_model out/reader7_model
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tocsin.extract.encode import window_inputs
from tocsin.extract.windows import Window
from training.events_data import Example, Record, read
from training.reader_data import ReaderLabeller, read_mentions

Floats = NDArray[np.float32]
# Of a window: argument (pieces, arguments), evidence (sentences,), window (all READER_HEADS end to end); logits.
Answer = tuple[Floats, Floats, Floats]
TOKENIZER = Path("src/tocsin/data/models/events/tokenizer.json")
SEED = 20261130


def ask(window: Window, teachers: Sequence[onnxruntime.InferenceSession]) -> Answer:
    """The mean of what the teachers say of a window."""
    fed = dict(zip(("ids", "mask", "pool", "trigger"), window_inputs([window]), strict=True))
    said = [[output[0] for output in teacher.run(None, fed)] for teacher in teachers]
    argument, evidence, heads = (np.mean(parts, axis=0) for parts in zip(*said, strict=True))
    return argument, evidence, heads


def key(window: Window) -> bytes:
    """What a window is known by: its pieces, the marked ones apart."""
    return np.array([*(window.trigger or (0, 0)), *window.ids], np.uint16).tobytes()


def write_answers(path: Path, windows: Iterable[Window], teachers: Sequence[onnxruntime.InferenceSession]) -> int:
    """Write one file of answers, half-precision; gives how many."""
    keys, pieces, sentences = [], [], []  # type: list[bytes], list[int], list[int]
    said: list[Answer] = []
    for window in windows:
        answer = ask(window, teachers)
        keys.append(key(window))
        pieces.append(len(answer[0]))
        sentences.append(len(answer[1]))
        said.append(tuple(part.astype(np.float16) for part in answer))  # type: ignore[arg-type]
    joined = np.frombuffer(b"".join(keys), np.uint16)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        path,
        keys=joined,
        key_lengths=[len(k) // 2 for k in keys],
        pieces=pieces,
        sentences=sentences,
        argument=np.concatenate([a for a, _, _ in said]),
        evidence=np.concatenate([e for _, e, _ in said]),
        window=np.stack([w for _, _, w in said]),
    )
    return len(said)


def read_answers(path: Path) -> dict[bytes, Answer]:
    """The answers of a file, by ``key``."""
    with np.load(path, allow_pickle=False) as file:
        parts = {name: file[name] for name in file.files}

    def cut(name: str, lengths: str) -> list[NDArray[np.generic]]:
        return np.split(parts[name], np.cumsum(parts[lengths])[:-1])

    said = zip(cut("argument", "pieces"), cut("evidence", "sentences"), parts["window"], strict=True)
    return {k.tobytes(): answer for k, answer in zip(cut("keys", "key_lengths"), said, strict=True)}  # type: ignore[misc]


def chosen(
    records: Sequence[Record],
    labeller: ReaderLabeller,
    mentions: dict[str, list[tuple[int, int, str]]],
    others: float,
    most: int,
) -> list[Example]:
    """At most so many windows of some records, drawn evenly."""
    examples = [e for r in records for e in labeller.examples(r, mentions[r["id"]], others)]
    labeller.random.shuffle(examples)
    return examples[:most]


def main() -> None:
    """Write out/answers/NAME.npz for each prepared file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", help="prepared files of whole articles")
    parser.add_argument("--teachers", type=Path, nargs="+", required=True)
    parser.add_argument(
        "--others", type=float, default=0.5, help="share of the encoder's mentions beside gold triggers"
    )
    parser.add_argument("--most", type=int, default=5000, help="windows of one file")
    parser.add_argument("--data", type=Path, default=Path("out/events"))
    parser.add_argument("--out", type=Path, default=Path("out/answers"))
    args = parser.parse_args()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    teachers = [onnxruntime.InferenceSession(str(folder / "model.onnx"), options) for folder in args.teachers]
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    for name in args.names:
        started = time.time()
        labeller = ReaderLabeller(tokenizer, SEED)
        mentions = read_mentions([args.data / f"{name}.mentions.jsonl"])
        examples = chosen(read(args.data / f"{name}.jsonl"), labeller, mentions, args.others, args.most)
        count = write_answers(args.out / f"{name}.npz", (e.window for e in examples), teachers)
        print(f"{name}: {count} windows, {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
