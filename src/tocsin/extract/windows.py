"""Cuts a document into the windows that the event encoder reads. Training and coding share this file, so they see the same.

Two kinds of window, both lists of word pieces with the characters they stand for:

* a detection window holds whole sentences in order, as many as fit;
* an argument window holds one event type's name, the document's first sentence, and the sentences around one trigger,
  which stands between two marker pieces. The argument reader's is longer, opens with the published day, too, and holds
  sentences that tell a date wherever they stand.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tocsin.vocabulary import DateMention, Span

# Pieces of the uncased BERT vocabulary that are never text: [CLS], [SEP] and two unused ones around the trigger.
CLS, SEP, OPEN, CLOSE = 101, 102, 2, 3

# Longest windows, in word pieces. 256 is what the encoder was made for; these are what two cores train in time.
DETECTION_PIECES = 160
ARGUMENT_PIECES = 144
# A second cut of the document for detection: what one cut puts at the edge of a window stands inside in the other.
SHORT_PIECES = 112
LEAD_PIECES = 40
# The argument reader sees more of the document around a trigger, and the day on which it was published. The words of 97 % of
# e2e dev's dates stand in it (python -m training.reader_data dev).
READER_PIECES = 256
READER_LEAD = 64
# So many sentences on either side of the trigger's go before those that tell a date.
READER_NEAR = 2


class Encoding(Protocol):
    """What a tokeniser gives back for one string: piece ids and their character ranges in it."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class PieceTokenizer(Protocol):
    """The part of ``tokenizers.Tokenizer`` that windows need."""

    def encode_batch(self, input: list[str], add_special_tokens: bool = ...) -> list[Encoding]:
        """Encode strings without special tokens."""
        ...


@dataclass(frozen=True, slots=True)
class Pieces:
    """A sentence as word pieces; ``spans`` point into the document's text."""

    sentence: int
    ids: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Word pieces for the encoder.

    ``spans[i]`` is None for a piece that is not text. ``sentences`` lists (sentence index, first piece, one past the
    last) in the order they stand here; a sentence may be cut. ``trigger`` is the piece range of the marked words.
    """

    ids: tuple[int, ...]
    spans: tuple[Span | None, ...]
    sentences: tuple[tuple[int, int, int], ...]
    trigger: tuple[int, int] | None = None


def encode_sentences(text: str, sentences: Sequence[Span], tokenizer: PieceTokenizer) -> list[Pieces]:
    """Word pieces of each sentence, with spans into the text."""
    encodings = tokenizer.encode_batch([span.of(text) for span in sentences], add_special_tokens=False)
    encoded = []
    for number, (span, encoding) in enumerate(zip(sentences, encodings, strict=True)):
        spans = tuple(Span(span.start + start, span.start + end) for start, end in encoding.offsets)
        encoded.append(Pieces(number, tuple(encoding.ids), spans))
    return encoded


def encode_type(kind: str, tokenizer: PieceTokenizer) -> list[int]:
    """The word pieces of an event type's name."""
    return tokenizer.encode_batch([kind.replace("_", " ")], add_special_tokens=False)[0].ids


def detection_windows(encoded: Sequence[Pieces], limit: int = DETECTION_PIECES) -> list[Window]:
    """Whole sentences packed in order; the last sentence of a window opens the next one too, for context."""
    windows: list[Window] = []
    start = 0
    while start < len(encoded):
        end, used = start, 2
        while end < len(encoded) and (end == start or used + len(encoded[end].ids) <= limit):
            used += len(encoded[end].ids)
            end += 1
        windows.append(_pack(encoded[start:end], limit))
        if end >= len(encoded):
            break
        # One sentence of overlap, unless that sentence is the whole window.
        start = end - 1 if end - 1 > start else end
    return windows


def _pack(chosen: Sequence[Pieces], limit: int) -> Window:
    ids, spans, sentences = [CLS], [None], []  # type: list[int], list[Span | None], list[tuple[int, int, int]]
    for pieces in chosen:
        room = limit - 1 - len(ids)
        first = len(ids)
        ids.extend(pieces.ids[:room])
        spans.extend(pieces.spans[:room])
        sentences.append((pieces.sentence, first, len(ids)))
    ids.append(SEP)
    spans.append(None)
    return Window(tuple(ids), tuple(spans), tuple(sentences))


def argument_window(
    encoded: Sequence[Pieces],
    sentence: int,
    trigger: Span,
    type_ids: Sequence[int],
    limit: int = ARGUMENT_PIECES,
    lead_limit: int = LEAD_PIECES,
) -> Window:
    """The trigger's sentence with as many neighbours as fit, the document's first sentence before them.

    Args:
        encoded: all sentences of the document.
        sentence: index of the sentence that holds the trigger.
        trigger: the trigger's words; its pieces stand between OPEN and CLOSE.
        type_ids: word pieces of the event type's name, and of whatever else shall stand before the text.
        limit: longest window, in pieces.
        lead_limit: so much of the document's first sentence, in pieces.
    """
    low = high = sentence
    lead = encoded[0].ids[:lead_limit] if sentence > 0 else ()
    used = 6 + len(type_ids) + len(lead) + len(encoded[sentence].ids)
    # Neighbours in turn, the one before first: what an event is about stands more often before it.
    while True:
        before = low - 1 if low - 1 >= (1 if lead else 0) else None
        after = high + 1 if high + 1 < len(encoded) else None
        grown = False
        if before is not None and used + len(encoded[before].ids) <= limit:
            used += len(encoded[before].ids)
            low, grown = before, True
        if after is not None and used + len(encoded[after].ids) <= limit:
            used += len(encoded[after].ids)
            high, grown = after, True
        if not grown:
            break
    return _assemble(encoded, range(low, high + 1), sentence, trigger, type_ids, limit, lead_limit)


def _assemble(
    encoded: Sequence[Pieces],
    chosen: Sequence[int],
    sentence: int,
    trigger: Span,
    opening: Sequence[int],
    limit: int,
    lead_limit: int,
) -> Window:
    """The opening pieces, the lead unless the trigger stands in it, and the chosen sentences in order, [SEP] where some are left out."""
    ids: list[int] = [CLS, *opening, SEP]
    spans: list[Span | None] = [None] * len(ids)
    sentences: list[tuple[int, int, int]] = []
    marked: tuple[int, int] | None = None
    lead = encoded[0].ids[:lead_limit] if sentence > 0 else ()
    if lead:
        sentences.append((0, len(ids), len(ids) + len(lead)))
        ids.extend(lead)
        spans.extend(encoded[0].spans[: len(lead)])
        ids.append(SEP)
        spans.append(None)
    for number in chosen:
        pieces = encoded[number]
        if number - 1 not in chosen and ids[-1] != SEP:
            ids.append(SEP)
            spans.append(None)
        first = len(ids)
        inside = [i for i, span in enumerate(pieces.spans) if span.overlaps(trigger)] if number == sentence else []
        for i, (piece, span) in enumerate(zip(pieces.ids, pieces.spans, strict=True)):
            if inside and i == inside[0]:
                ids.append(OPEN)
                spans.append(None)
            ids.append(piece)
            spans.append(span)
            if inside and i == inside[-1]:
                ids.append(CLOSE)
                spans.append(None)
                marked = (len(ids) - 1 - (inside[-1] - inside[0] + 1), len(ids) - 1)
        sentences.append((number, first, len(ids)))
    return _cut(ids, spans, sentences, marked, limit)


def _cut(
    ids: list[int],
    spans: list[Span | None],
    sentences: list[tuple[int, int, int]],
    marked: tuple[int, int] | None,
    limit: int,
) -> Window:
    """Close the window with [SEP]; a single sentence longer than the limit loses its far end, never its trigger."""
    if len(ids) >= limit:
        drop = 0
        if marked is not None and marked[1] >= limit - 2:
            drop = marked[1] - limit // 2
        head = sentences[-1][1]
        ids = ids[:head] + ids[head + drop :][: limit - 1 - head]
        spans = spans[:head] + spans[head + drop :][: limit - 1 - head]
        if marked is not None:
            marked = (marked[0] - drop, marked[1] - drop)
        sentences = [(number, first, min(end, len(ids))) for number, first, end in sentences]
    return Window((*ids, SEP), (*spans, None), tuple(sentences), marked)


def reader_window(
    encoded: Sequence[Pieces],
    sentence: int,
    trigger: Span,
    kind: str,
    published: dt.date | None,
    dated: Collection[int],
    tokenizer: PieceTokenizer,
) -> Window:
    """The window of the argument reader: the type's name, the published day, then text around the trigger and where dates are told.

    Args:
        encoded: all sentences of the document.
        sentence: index of the sentence that holds the trigger.
        trigger: the trigger's words.
        kind: the event type.
        published: the document's published date; nothing stands for one that is unknown.
        dated: indices of the sentences that tell a date (``dated_sentences``).
        tokenizer: makes the word pieces.
    """
    words = [kind.replace("_", " ")]
    if published is not None:
        words.append(
            f"{_WEEKDAYS[published.weekday()]} {_MONTHS[published.month - 1]} {published.day} {published.year}"
        )
    first, *rest = tokenizer.encode_batch(words, add_special_tokens=False)
    opening = [*first.ids, *(piece for encoding in rest for piece in (SEP, *encoding.ids))]
    lead = len(encoded[0].ids[:READER_LEAD]) if sentence > 0 else 0
    used = 6 + len(opening) + lead + len(encoded[sentence].ids)
    chosen = {sentence}
    for number in _by_worth(len(encoded), sentence, dated):
        # The lead stands in the window already, and where sentences are left out a [SEP] stands.
        if not (lead and number == 0) and used + len(encoded[number].ids) + 1 <= READER_PIECES:
            used += len(encoded[number].ids) + 1
            chosen.add(number)
    return _assemble(encoded, sorted(chosen), sentence, trigger, opening, READER_PIECES, READER_LEAD)


def _by_worth(count: int, sentence: int, dated: Collection[int]) -> list[int]:
    """The other sentences: the nearest, then those that tell a date, then the rest; of each kind the nearer first, of two as near the one before."""
    others = sorted((i for i in range(count) if i != sentence), key=lambda i: (abs(i - sentence), i))
    near = [i for i in others if abs(i - sentence) <= READER_NEAR]
    far = others[len(near) :]
    return near + [i for i in far if i in dated] + [i for i in far if i not in dated]


def dated_sentences(sentences: Sequence[Span], dates: Iterable[DateMention]) -> frozenset[int]:
    """Indices of the sentences in which a date or a time is told, not a duration or a habit."""
    starts = [span.start for span in sentences]
    told = (bisect_right(starts, date.span.start) - 1 for date in dates if date.kind in ("date", "time"))
    return frozenset(number for number in told if number >= 0)


# Not strftime: the reader learned these words, whatever the computer's language is.
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
