"""Role fillers of a message: runs of word pieces that a head gives to a role, grouped into entities.

Made for MUC-4's wire copy: capitals only, so no parser is asked; what a word is comes from the encoder.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.light import Floats, Linear, chance
from benchmarks.pieces import Pieces, read_long
from tocsin.resources.models import EventModel
from tocsin.vocabulary import Span

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")

# A run of pieces is looked at from this probability of its best piece on; what is an entity is decided later.
PEAK = 0.1
# The columns into which the words of the head-word table are hashed.
COLUMNS = 1 << 13

_WORD = re.compile(r"\w+(?:['’.-]\w+)*\.?")
_STOPS = re.compile(r"[,;:()\[\]]|\s--\s|\n\s*\n|\.\s|\b(?:AND|OR|WHO|WHICH|THAT|WHERE|WHILE)\b", re.IGNORECASE)
_OWNER = re.compile(r"['’]S?$", re.IGNORECASE)
_EMPTY = frozenset(
    "a an the of in on at to by from with and or his her their its this these those some several was were".split()
)
# Words before a name that gold leaves out of it.
_TITLES = frozenset(
    "mr mrs dr col gen lt maj capt colonel general lieutenant major captain president minister mayor deputy senator "
    "governor judge father monsignor bishop priest".split()
)


@dataclass(frozen=True)
class Mention:
    """Words that may fill a role. ``text`` is in the form in which gold compares it: small letters, no articles."""

    role: int
    span: Span
    text: str
    peak: float
    mean: float


@dataclass(frozen=True)
class Entity:
    """Mentions of one filler; ``best`` is the one to name it by."""

    role: int
    best: Mention
    mentions: tuple[Mention, ...]


def role_chances(text: str, model: EventModel, head: Linear) -> tuple[Pieces, Floats]:
    """The pieces of a message and their probabilities (pieces, roles)."""
    pieces = read_long(text, model)
    return pieces, chance(head(pieces.hidden)) if pieces.spans else np.zeros((0, len(ROLES)), np.float32)


def find_mentions(text: str, spans: Sequence[Span], chances: Floats) -> list[Mention]:
    """Every run of words with a role, trimmed to what gold would name."""
    words = [Span(*match.span()) for match in _WORD.finditer(text)]
    over = _by_word(words, spans, chances)
    found = []
    for role in range(len(ROLES)):
        for first, last in _runs(text, words, over[:, role]):
            first, last = _trim(text, words, first, last)
            if first > last:
                continue
            span = Span(words[first].start, words[last].start + len(_OWNER.sub("", words[last].of(text))))
            told = over[first : last + 1, role]
            shown = bare(span.of(text))
            if shown:
                found.append(Mention(role, span, shown, float(told.max()), float(told.mean())))
    return found


def _by_word(words: Sequence[Span], spans: Sequence[Span], chances: Floats) -> Floats:
    """(words, roles): the mean over each word's pieces."""
    over = np.zeros((len(words), len(ROLES)), np.float32)
    at = 0
    for i, word in enumerate(words):
        while at < len(spans) and spans[at].end <= word.start:
            at += 1
        last = at
        while last < len(spans) and spans[last].start < word.end:
            last += 1
        if last > at:
            over[i] = chances[at:last].mean(0)
    return over


def _runs(text: str, words: Sequence[Span], told: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """First and last word of each run: words near the best one, and no comma, bracket or 'and' between."""
    free = np.ones(len(words), bool)
    for peak in np.argsort(-told):
        if told[peak] < PEAK:
            return
        if not free[peak] or words[peak].of(text).lower() in _EMPTY:
            continue
        least = max(0.08, 0.3 * float(told[peak]))
        first = last = int(peak)
        while first > 0 and free[first - 1] and told[first - 1] >= least and not _parted(text, words, first - 1):
            first -= 1
        while last + 1 < len(words) and free[last + 1] and told[last + 1] >= least and not _parted(text, words, last):
            last += 1
        free[first : last + 1] = False
        yield first, last


def _parted(text: str, words: Sequence[Span], before: int) -> bool:
    """Whether something stands between a word and the next that no filler holds."""
    one, two = words[before], words[before + 1]
    return _STOPS.search(text, one.end - 1, two.start + 1) is not None or bool(
        _STOPS.fullmatch(one.of(text)) or _STOPS.fullmatch(two.of(text))
    )


def _trim(text: str, words: Sequence[Span], first: int, last: int) -> tuple[int, int]:
    """Without empty words at the ends and titles at the start."""
    while first <= last and words[first].of(text).lower() in _EMPTY:
        first += 1
    while first < last and words[first].of(text).lower().strip(".") in _TITLES:
        first += 1
    while first <= last and words[last].of(text).lower() in _EMPTY:
        last -= 1
    return first, last


def bare(text: str) -> str:
    """Small letters, no punctuation, no articles, single spaces."""
    kept = "".join(letter for letter in text.lower() if letter.isalnum() or letter.isspace())
    return " ".join(word for word in kept.split() if word not in ("a", "an", "the"))


def group_mentions(text: str, mentions: Sequence[Mention]) -> list[Entity]:
    """Entities of each role: mentions that share their words, a name's last word, or are a name and its letters."""
    groups: list[list[Mention]] = []
    # Likeliest first, so that a doubtful mention joins a sure one and not the other way round.
    for mention in sorted(mentions, key=lambda m: -m.mean):
        home = next((g for g in groups if g[0].role == mention.role and any(_same(text, mention, m) for m in g)), None)
        if home is None:
            groups.append([mention])
        else:
            home.append(mention)
    return [Entity(group[0].role, max(group, key=lambda m: _fitness(m, group)), tuple(group)) for group in groups]


def _fitness(mention: Mention, group: Sequence[Mention]) -> float:
    """How well a mention names its entity: sure in every word, said more than once, and a victim by the full name."""
    full = 0.15 * min(len(mention.text.split()), 4) if ROLES[mention.role] == "Victim" else 0.0
    return mention.mean + full + 0.1 * float(np.log(sum(other.text == mention.text for other in group)))


def _same(text: str, one: Mention, two: Mention) -> bool:
    a, b = one.text.split(), two.text.split()
    if set(a) <= set(b) or set(b) <= set(a):
        return a[-1] == b[-1] or a[0] == b[0]
    if ROLES[one.role] == "Victim" and a[-1] == b[-1] and not a[-1].endswith("s"):
        return True
    first, second = sorted((one.span, two.span), key=lambda span: span.start)
    between = text[first.end : second.start]
    return len(between) <= 4 and bool(re.fullmatch(r"\s*[\"'\]]?\s*[(\[]\s*\"?", between))


def head_column(role: int, text: str) -> int:
    """Where the head-word table keeps a filler's last word."""
    return zlib.crc32(f"{role}|{text.split()[-1]}".encode()) % COLUMNS


def entity_features(entity: Entity, entities: Sequence[Entity], length: int, table: Floats, relevant: float) -> Floats:
    """What decides whether an entity fills its role; each feature once for all roles and once for its own.

    Args:
        entity: one of ``entities``.
        entities: all of the message.
        length: of the message, in characters.
        table: (COLUMNS,) log-odds that a last word fills a role.
        relevant: log-odds that the message tells an incident at all.
    """
    best, first = entity.best, min(m.span.start for m in entity.mentions)
    sure = np.array([m.mean for m in entity.mentions])
    other = max((e.best.mean for e in entities if e.role != entity.role and e.best.text == best.text), default=0.0)
    ahead = max((e.best.mean for e in entities if e.role == entity.role and e is not entity), default=0.0)
    size = len(best.text.split())
    own = np.array(
        [
            _odds(best.mean),
            _odds(best.peak),
            float(-np.log1p(-np.clip(sure, 0, 0.97)).sum()),
            np.log(len(sure)),
            first / max(1, length),
            float(table[head_column(entity.role, best.text)]),
            relevant,
            1.0,
        ],
        np.float32,
    )
    shared = np.array([other, ahead, float(size == 1), float(size > 4), float(best.text[0].isdigit())], np.float32)
    row = np.zeros(len(own) * (1 + len(ROLES)) + len(shared), np.float32)
    row[: len(own)] = own
    start = len(own) * (1 + entity.role)
    row[start : start + len(own)] = own
    row[-len(shared) :] = shared
    return row


def _odds(share: float) -> float:
    held = min(max(share, 1e-3), 1 - 1e-3)
    return float(np.log(held / (1 - held)))
