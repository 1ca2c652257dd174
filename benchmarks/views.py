"""What the classification adapters read of a text, part by part: the set's head, hashed words, the event coder's own labels.

Every part gives a logit for each label of the set. How parts add up is in ``benchmarks.blend``.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.encoded import Encoded, Floats, encode_alone, encode_rows
from benchmarks.light import Linear, head_for, load_linear
from benchmarks.ngrams import WordHead, hashed, load_words, plain_grams, weighed
from tocsin.extract.gate import cut_sentences
from tocsin.resources.models import EventModel
from tocsin.vocabulary import Span

# Columns of hashed words, of loose sentences and of everything longer. In folds of glocon_sent train words reach an average
# precision of .620 with 2^13, .642 with 2^14, .657 with 2^15.
COLUMNS, FEWER_COLUMNS = 1 << 15, 1 << 13

# Texts of several sentences, whose labels follow from the most telling of them.
LONG = ("glocon_doc", "ceha")


@dataclass(frozen=True)
class View:
    """What is read of a set's rows, n of them.

    ``pooled`` (n, 768): for the head. ``grams`` (n, columns): counts of hashed words. ``codes`` (n, k): log-odds of the coder's
    event types. ``sentences``: for each row the poolings of its sentences (m, 768), none for rows that are sentences.
    """

    pooled: Floats
    grams: Floats
    codes: Floats
    sentences: tuple[Floats, ...] = ()


def odds(chances: Floats) -> Floats:
    """Log-odds, bounded."""
    return np.asarray(np.log((chances + 1e-3) / (1 - chances + 1e-3)), np.float32)


def view_sentences(text: str, spans: Sequence[Span], model: EventModel) -> View:
    """Sentences of one document, a row each, read among their neighbours."""
    read = encode_rows(text, spans, model)
    return View(read.pooled, grams([span.of(text) for span in spans], FEWER_COLUMNS), _codes(read))


def view_text(text: str, model: EventModel, *, long: bool) -> View:
    """One row of a whole text; of a long one its sentences are looked at as well."""
    whole = encode_alone(text, [Span(0, len(text))], model)
    words = grams([text], FEWER_COLUMNS if long else COLUMNS)
    if not long:
        return View(whole.pooled, words, _codes(whole))
    spans = list(cut_sentences(text, 0, len(text))) or [Span(0, len(text))]
    among = _codes(encode_rows(text, spans, model))
    codes = np.concatenate([among.max(0), among[0], [np.log(len(spans))]])[None]
    return View(whole.pooled, words, np.asarray(codes, np.float32), (encode_alone(text, spans, model).pooled,))


def _codes(read: Encoded) -> Floats:
    return np.concatenate([odds(read.told), odds(read.named)], 1)


def grams(texts: Sequence[str], columns: int) -> Floats:
    """Hashed words; much of this news is in lower case, so case is no part of them."""
    return hashed([plain_grams(text.lower()) for text in texts], columns)


def join(views: Sequence[View]) -> View:
    """Rows of several texts as one view."""
    return View(
        np.concatenate([v.pooled for v in views]),
        np.concatenate([v.grams for v in views]),
        np.concatenate([v.codes for v in views]),
        tuple(s for v in views for s in v.sentences),
    )


@functools.cache
def kept_head(name: str) -> Linear:
    """The head of a set, loaded once."""
    return head_for(name)


@functools.cache
def kept_linear(name: str) -> Linear:
    """A fitted part, loaded once."""
    return load_linear(name)


@functools.cache
def kept_words(name: str) -> WordHead:
    """A fitted head of words, loaded once."""
    return load_words(name)


def read_words(words: WordHead, table: Floats) -> Floats:
    """Logits (n, labels) of counts of hashed words."""
    return words.head(weighed(table, words.rarity))


def parts_of(name: str, view: View) -> Floats:
    """The parts' logits (n, labels, parts): head, words, codes; for glocon_doc also its sentences by glocon_sent's head."""
    parts = [
        kept_head(name)(view.pooled),
        read_words(kept_words(f"{name}-words"), view.grams),
        kept_linear(f"{name}-codes")(view.codes),
    ]
    if name == "glocon_doc":
        parts.append(best_sentences(view))
    return np.stack(parts, -1)


def best_sentences(view: View) -> Floats:
    """(n, 1): the mean of the three sentences that carry most of a protest; one sentence alone may be chance."""
    head = kept_head("glocon_sent")
    return np.array([[np.sort(head(s)[:, 0])[-3:].mean()] for s in view.sentences], np.float32)
