"""Annotated articles -> labelled windows for the argument reader.

python -m training.reader_data dev dev_b      prints which share of the words that gold names stands in the windows
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import Tokenizer

from tocsin.extract.labels import ARGUMENTS, DATES_TOLD
from tocsin.extract.windows import Pieces, Window, reader_window
from tocsin.vocabulary import Span
from training.events_data import Example, Labeller, Record, evidence_spans, occurrences, read, share, triggers

# Start, end and type of words that the event encoder takes for a trigger (training/prepare_mentions.py).
Mention = tuple[int, int, str]

# Gold triggers of one event that are read apart from the encoder's own.
MOST_GOLD = 2


def read_mentions(paths: Iterable[Path]) -> dict[str, list[Mention]]:
    """Document id -> the encoder's mentions in it."""
    found = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["id"]] = [(start, end, kind) for start, end, kind, _ in row["mentions"]]
    return found


def published_day(record: Record) -> dt.date | None:
    """The published date; None where it is missing or no date."""
    try:
        return dt.date.fromisoformat(record.get("published") or "")
    except ValueError:
        return None


def date_told(record: Record, event: Record) -> str:
    """How the text tells the date of an event: one of DATES_TOLD."""
    date = event["date"]
    if date.get("evidence"):
        return "words"
    if not date["start"] and not date["end"]:
        return "unknown"
    return "published" if date["start"] == date["end"] == record.get("published") else "other"


class ReaderLabeller(Labeller):
    """Labels what the encoder's mentions tell: the event that stands there, or none."""

    def around(self, record: Record, encoded: list[Pieces], span: Span, kind: str) -> Window | None:
        """The reader's window of a trigger, None where the trigger stands in no sentence."""
        number = sentence_of(record, span)
        if number is None:
            return None
        return reader_window(encoded, number, span, kind, published_day(record), record["dated"], self.tokenizer)

    def told(self, record: Record, event: Record, evidence: list[Span], window: Window) -> Example:
        """The labels of an argument window, those of the reader's own heads too."""
        example = super().told(record, event, evidence, window)
        if not record.get("partial"):
            date = event["date"]
            example.heads["date_told"] = [DATES_TOLD.index(date_told(record, event))]
            lasting = date["end"] == record.get("published") and (date["start"] or "9999") < (date["end"] or "")
            example.heads["lasting"] = [0] if lasting else []
        return example

    def examples(
        self, record: Record, mentions: list[Mention], others: float = 1.0, tempting: float = 0.0
    ) -> Iterator[Example]:
        """A window for each gold trigger, and for shares of the encoder's other mentions and of other tempting words."""
        encoded = self.encode(record)
        if not encoded:
            return
        gold = [(event, evidence_spans(record, event), triggers(record, event)) for event in record["events"]]
        seen: set[tuple[int, str]] = set()
        for event, evidence, spans in gold:
            for span in spans[:MOST_GOLD]:
                window = self.around(record, encoded, span, event["type"])
                if window is not None:
                    seen.add((span.start, event["type"]))
                    yield self.told(record, event, evidence, window)
        for start, end, kind in mentions:
            span = Span(start, end)
            if self.random.random() > others:
                continue
            if any(s.overlaps(span) for event, _, spans in gold if event["type"] == kind for s in spans[:MOST_GOLD]):
                continue
            window, number = self.around(record, encoded, span, kind), sentence_of(record, span)
            if window is None or number is None:
                continue
            sentence = Span(*record["sentences"][number])
            here = [
                (event, evidence)
                for event, evidence, spans in gold
                if event["type"] == kind
                and (any(s.overlaps(span) for s in spans) or any(share(sentence, e) > 0.5 for e in evidence))
            ]
            seen.add((start, kind))
            if len(here) == 1:
                yield self.told(record, *here[0], window)
            elif not here:
                # Where nobody said what stands there, nothing is known.
                yield Example(window, heads={} if record.get("plain") else {"valid": []})
        if not record.get("partial") and not record.get("plain"):
            yield from self.tempted(record, encoded, gold, seen, tempting)

    def tempted(
        self,
        record: Record,
        encoded: list[Pieces],
        gold: list[tuple[Record, list[Span], list[Span]]],
        seen: set[tuple[int, str]],
        chance: float,
    ) -> Iterator[Example]:
        """Windows around words that are triggers elsewhere, and are none here."""
        folded = record["text"].casefold()
        for word, types in self.tempting.items():
            kind = types.most_common(1)[0][0]
            for span in occurrences(folded, word):
                told = any(e["type"] == kind and any(s.overlaps(span) for s in spans) for e, spans, _ in gold)
                if told or (span.start, kind) in seen or self.random.random() > chance:
                    continue
                window = self.around(record, encoded, span, kind)
                if window is not None:
                    yield Example(window, heads={"valid": []})


def sentence_of(record: Record, span: Span) -> int | None:
    """Index of the first sentence that a span touches."""
    return next((i for i, (start, end) in enumerate(record["sentences"]) if Span(start, end).overlaps(span)), None)


def count_labels(examples: Iterable[Example]) -> Counter[str]:
    """How many windows are of an event, of part of one, of none, and of who knows what."""
    return Counter(
        "unlabelled"
        if not example.heads
        else "none"
        if example.heads == {"valid": []}
        else "part"
        if "date_told" not in example.heads
        else "event"
        for example in examples
    )


def shares_held(records: Iterable[Record], labeller: ReaderLabeller) -> dict[str, float]:
    """Of the events that name a date, a place, an initiator or a target in words: the share whose window holds some of these words."""
    held: dict[str, list[bool]] = {}
    for record in records:
        encoded = labeller.encode(record)
        for event in record["events"]:
            told = {
                "date": bool(event["date"].get("evidence")),
                "place": bool(event["place"].get("evidence")),
                "initiator": bool(event["initiator"]),
                "target": bool(event["target"]),
            }
            for span in triggers(record, event)[:1]:
                window = labeller.around(record, encoded, span, event["type"])
                if window is None:
                    continue
                pieces = labeller.told(record, event, evidence_spans(record, event), window).pieces
                seen = {ARGUMENTS[label] for labels in pieces.values() for label in labels}
                for name in (name for name, words in told.items() if words):
                    held.setdefault(name, []).append(name in seen)
    return {name: sum(each) / len(each) for name, each in held.items()}


def main() -> None:
    """Print a line for each prepared file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", help="prepared files of out/events, without their ending")
    parser.add_argument("--data", type=Path, default=Path("out/events"))
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file("src/tocsin/data/models/events/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    for name in args.names:
        shares = shares_held(read(args.data / f"{name}.jsonl"), ReaderLabeller(tokenizer))
        print(f"{name}: " + ", ".join(f"{part} {value:.3f}" for part, value in shares.items()))


if __name__ == "__main__":
    main()
