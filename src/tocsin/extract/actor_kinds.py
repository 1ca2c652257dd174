"""What kind an actor is, told by the words that name it: 'angry demonstrators' are protesters, 'Grodno Azot' is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tocsin.resources.actor_lexicon import ActorCue, ActorLexicon, Hit, Words, split_words
from tocsin.vocabulary import ActorKind

# Words that end the part of a phrase that holds its head noun, and what the part after them does for the one before.
_JOINS = frozenset({"and", "or", "&", "/", ","})
_OPENS = frozenset({"of", "from", "(", "for", "belonging"})  # 'members of the union' is about the union
_BREAKS = frozenset(
    "in at on by with to against near outside inside over under after during through as who whom whose which that "
    "where when ; : )".split()
)
_ENDS = _JOINS | _OPENS | _BREAKS

_STOPS = _ENDS - {"of", "from"}  # where an apposition ends

_FAR = 0.7  # a cue after 'in', 'by', 'who' ... belongs to the head less surely
_BESIDE = 0.65  # so does one that stands beside the name in its sentence
_TITLE = 5  # words before a name that may be its title
_APPOSITION = 8  # words after it that may say what it is


def kind_of_actor(text: str, lexicon: ActorLexicon, *, context: str = "") -> tuple[ActorKind, float] | None:
    """The kind of the initiator or target that these words name.

    The head noun decides, so 'police reporter' is media; words that only point ('leaders', 'supporters') give way to
    what they belong to. Where the words are a bare name, its title or apposition in the context is read.

    Args:
        text: the actor as written, in any case.
        lexicon: from load_actor_lexicon.
        context: the sentence the actor stands in; "" if there is none.

    Returns:
        The kind, and how often the deciding cue is right in gold data, 0 to 1. None if no cue is found.
    """
    found = _read_phrase(split_words(text), lexicon)
    if found is None and context:
        found = _read_beside(text, lexicon, context)
    return found


def _read_phrase(words: Words, lexicon: ActorLexicon) -> tuple[ActorKind, float] | None:
    hits = lexicon.find(words)
    if not hits:
        return None
    best: _Candidate | None = None
    sure = 1.0
    for opener, part in _parts(words, hits):
        found = _decide(part)
        if best is None:
            best = found
            if opener in _BREAKS:
                sure = _FAR
        elif opener in _OPENS:
            best = _give_way(best, found)
            if not best.entry.yields:
                break
        elif opener in _JOINS and best.entry.adjective:
            best = found or best
        else:
            break
    if best is None or best.unproven:
        return None
    return best.entry.kind, best.entry.score * sure


class _Candidate(NamedTuple):
    """The cue that decides so far; ``unproven`` while the kind it needs beside it has not been found."""

    entry: ActorCue
    unproven: bool


def _decide(hits: Sequence[Hit[ActorCue]]) -> _Candidate | None:
    """The deciding cue of one part: the last, which holds the head noun, unless it gives way to one before it."""
    best: _Candidate | None = None
    for hit in hits:
        best = _give_way(_Candidate(hit.entry, bool(hit.entry.needs)), best)
    return best


def _give_way(head: _Candidate, other: _Candidate | None) -> _Candidate:
    if other is None or other.unproven:
        return head
    if head.unproven:
        return _Candidate(head.entry, False) if other.entry.kind in head.entry.needs else other
    # Two words that give way to everything ('federation of women'): the head noun tells more.
    gives_way = other.entry.kind in head.entry.yields and len(other.entry.yields) < len(ActorKind)
    return other if gives_way else head


def _parts(words: Words, hits: Sequence[Hit[ActorCue]]) -> list[tuple[str, list[Hit[ActorCue]]]]:
    """The hits of each part of the phrase, with the word that opens the part; cues may hold such words themselves."""
    parts: list[tuple[str, list[Hit[ActorCue]]]] = [("", [])]
    at = 0
    for hit in hits:
        for i in range(at, hit.start):
            # 'belonging to' opens a part as 'of' does; a bare 'to' breaks.
            if words.lower[i] in _ENDS and words.lower[max(0, i - 1) : i + 1] != ("belonging", "to"):
                parts.append((words.lower[i], []))
        parts[-1][1].append(hit)
        at = hit.end
    return parts


def _read_beside(text: str, lexicon: ActorLexicon, context: str) -> tuple[ActorKind, float] | None:
    """Read what stands beside a name: 'the ANC councillor NAME', 'NAME, a dockworker,', 'NAME (DA)'."""
    start = context.find(text)
    if start < 0 or not text.strip():
        return None
    before = split_words(context[max(0, start - 80) : start].replace("(", " ").replace(")", " "))
    before = Words(before.lower[-_TITLE:], before.written[-_TITLE:])
    title = lexicon.find(before)
    if title and title[-1].end == len(before.lower):
        best = _decide(_parts(before, title)[-1][1])
        if best is not None and not best.unproven:
            return best.entry.kind, best.entry.score * _BESIDE
    after = split_words(context[start + len(text) : start + len(text) + 120])
    if not after.lower or after.lower[0] not in ",(":
        return None
    stop = next((at for at, word in enumerate(after.lower[1:], 1) if word in _STOPS), len(after.lower))
    stop = min(stop, _APPOSITION)
    found = _read_phrase(Words(after.lower[1:stop], after.written[1:stop]), lexicon)
    return (found[0], found[1] * _BESIDE) if found else None
