"""Annotated articles -> labelled windows for the event encoder."""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tocsin.extract.labels import (
    ARGUMENTS,
    FACTUALITIES,
    ISSUES,
    KINDS,
    PLACE_PRECISIONS,
    PRECISIONS,
    SOURCE_KINDS,
    TYPES,
)
from tocsin.extract.windows import (
    Pieces,
    PieceTokenizer,
    Window,
    argument_window,
    detection_windows,
    encode_sentences,
    encode_type,
)
from tocsin.vocabulary import Span

Record = dict[str, Any]


@dataclass
class Example:
    """A window with its gold. Labels that are absent from a dict carry no loss."""

    window: Window
    pieces: dict[int, list[int]] = field(default_factory=dict)  # piece -> labels of the piece head
    ignore: set[tuple[int, int]] = field(default_factory=set)  # (piece, label) of unknown truth
    known: set[int] | None = None  # pieces whose arguments are annotated; None: all of them
    sentences: dict[int, list[int]] = field(default_factory=dict)  # place in window.sentences -> labels
    heads: dict[str, list[int]] = field(default_factory=dict)  # window head -> labels that hold


def read(path: Path) -> list[Record]:
    """The prepared records of a split."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def occurrences(text: str, quote: str | None) -> list[Span]:
    """Every place where a quote stands in a text, at word bounds."""
    # The plain search first: nearly every tempting word is absent from nearly every text.
    if not quote or quote not in text:
        return []
    return [Span(*found.span()) for found in re.finditer(r"(?<!\w)" + re.escape(quote) + r"(?!\w)", text)]


def evidence_spans(record: Record, event: Record) -> list[Span]:
    """Where the evidence of an event stands."""
    spans = []
    for quote in event["evidence"]:
        start = record["text"].find(quote)
        if start >= 0:
            spans.append(Span(start, start + len(quote)))
    return spans


def triggers(record: Record, event: Record) -> list[Span]:
    """Where the trigger stands inside the evidence, else anywhere; the first is the main one."""
    evidence = evidence_spans(record, event)
    found = occurrences(record["text"], event["trigger"])
    return [s for e in evidence for s in found if e.contains(s)] or found[:1]


class Labeller:
    """Turns records into examples with one tokeniser and one list of tempting words."""

    def __init__(self, tokenizer: PieceTokenizer, seed: int = 20261123) -> None:
        self.tokenizer = tokenizer
        self.random = random.Random(seed)
        self.tempting: dict[str, Counter[str]] = {}

    def learn_tempting_words(self, records: Iterable[Record]) -> None:
        """Which words were triggers of which types: their other uses are the hard negatives."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for record in records:
            for event in record["events"]:
                counts[event["trigger"].casefold()][event["type"]] += 1
        self.tempting = dict(counts)

    def detection(self, record: Record) -> Iterator[Example]:
        """Windows with the types of each piece (triggers) and of each sentence (evidence)."""
        encoded = self.encode(record)
        marks: list[tuple[Span, int]] = []
        spans: list[tuple[Span, int, bool]] = []
        for event in record["events"]:
            kind = TYPES.index(event["type"])
            found = triggers(record, event)
            marks.extend((span, kind) for span in found)
            for evidence in evidence_spans(record, event):
                spans.append((evidence, kind, any(evidence.contains(span) for span in found)))
        for window in detection_windows(encoded):
            example = Example(window)
            for i, span in enumerate(window.spans):
                if span is None:
                    continue
                labels = {kind for mark, kind in marks if mark.overlaps(span)}
                if labels:
                    example.pieces[i] = sorted(labels)
                # Evidence without the trigger word tells the act in other words: which, we do not know.
                for evidence, kind, has in spans:
                    if not has and evidence.overlaps(span):
                        example.ignore.add((i, kind))
            for place, (number, _, _) in enumerate(window.sentences):
                sentence = Span(*record["sentences"][number])
                labels = {k for evidence, k, _ in spans if share(sentence, evidence) > 0.5}
                labels |= {kind for mark, kind in marks if mark.overlaps(sentence)}
                example.sentences[place] = sorted(labels)
            yield example

    def encode(self, record: Record) -> list[Pieces]:
        """The word pieces of a record's sentences."""
        return encode_sentences(record["text"], [Span(*s) for s in record["sentences"]], self.tokenizer)

    def arguments(self, record: Record, negatives: float) -> Iterator[Example]:
        """A window for each trigger with everything that the event's record says, and windows for tempting words."""
        encoded = self.encode(record)
        if not encoded:
            return
        taken: list[tuple[Span, str]] = []
        for event in record["events"]:
            evidence = evidence_spans(record, event)
            taken.extend((span, event["type"]) for span in evidence)
            for span in triggers(record, event)[:3]:
                taken.append((span, event["type"]))
                window = self.around(record, encoded, span, event["type"])
                if window is not None:
                    yield self.told(record, event, evidence, window)
        folded = record["text"].casefold()
        for word, types in self.tempting.items():
            for span in occurrences(folded, word):
                kind = types.most_common(1)[0][0]
                if any(t == kind and taken_span.overlaps(span) for taken_span, t in taken):
                    continue
                if self.random.random() > negatives:
                    continue
                window = self.around(record, encoded, span, kind)
                if window is not None:
                    yield Example(window, heads={"valid": []})

    def around(self, record: Record, encoded: list[Pieces], span: Span, kind: str) -> Window | None:
        """The argument window of a trigger, None where the trigger stands in no sentence."""
        for number, (start, end) in enumerate(record["sentences"]):
            if Span(start, end).overlaps(span):
                return argument_window(encoded, number, span, encode_type(kind, self.tokenizer))
        return None

    def told(self, record: Record, event: Record, evidence: list[Span], window: Window) -> Example:
        """The labels of an argument window."""
        text = record["text"]
        example = Example(window)
        wanted: list[tuple[str, str | None]] = []
        wanted += [("initiator", actor["text"]) for actor in event["initiator"]]
        wanted += [("target", actor["text"]) for actor in event["target"]]
        wanted += [("place", event["place"].get("evidence")), ("place", event["place"].get("name"))]
        wanted += [("date", event["date"].get("evidence"))]
        wanted += [("employer", event.get("employer")), ("union", event.get("union"))]
        wanted += [("demand", demand["text"]) for demand in event["demands"]]
        wanted += [(quantity["role"], quantity.get("evidence")) for quantity in event["quantities"]]
        for source in event["sources"]:
            wanted += [("source", source["text"]), ("cue", source.get("cue"))]
        partial = bool(record.get("partial"))
        for role, quote in wanted:
            label = ARGUMENTS.index(role)
            found = occurrences(text, quote)
            near = [span for span in found if any(e.contains(span) for e in evidence)]
            # A cue ('said') stands everywhere: only inside the evidence does it belong to this event.
            spans = near or ([] if role == "cue" or partial else found)
            for i, piece in enumerate(window.spans):
                if piece is not None and any(span.overlaps(piece) for span in spans):
                    example.pieces.setdefault(i, []).append(label)
        for place, (number, _, _) in enumerate(window.sentences):
            sentence = Span(*record["sentences"][number])
            example.sentences[place] = [0] if any(share(sentence, e) > 0.5 for e in evidence) else []
        if partial:
            return self.told_in_part(record, event, evidence, example)
        kinds = {actor["kind"] for actor in event["initiator"]}
        targets = {actor["kind"] for actor in event["target"]}
        example.heads = {
            "valid": [0],
            "factuality": [FACTUALITIES.index(event["factuality"])],
            "initiator_kind": [KINDS.index(kind) for kind in kinds],
            "target_kind": [KINDS.index(kind) for kind in targets],
            "source_kind": sorted({SOURCE_KINDS.index(source["kind"]) for source in event["sources"]}),
            "date_precision": [PRECISIONS.index(event["date"]["precision"] or "unknown")],
            "place_precision": [PLACE_PRECISIONS.index(event["place"]["precision"] or "unknown")],
            "issue": sorted({ISSUES.index(demand["issue"]) for demand in event["demands"]}),
        }
        return example

    def told_in_part(self, record: Record, event: Record, evidence: list[Span], example: Example) -> Example:
        """Labels where only the trigger's sentence was annotated: elsewhere, and in what it leaves out, nothing is known."""
        example.sentences = {}
        example.known = {
            i
            for i, span in enumerate(example.window.spans)
            if span is not None and any(e.overlaps(span) for e in evidence)
        }
        example.heads = {"valid": [0], "factuality": [FACTUALITIES.index(event["factuality"])]}
        for role in ("initiator", "target"):
            if event[role]:
                example.heads[f"{role}_kind"] = sorted({KINDS.index(actor["kind"]) for actor in event[role]})
        return example


def share(sentence: Span, evidence: Span) -> float:
    """Which part of the shorter of two spans the other covers."""
    common = min(sentence.end, evidence.end) - max(sentence.start, evidence.start)
    return max(0, common) / max(1, min(len(sentence), len(evidence)))
