"""Cuts page furniture and captions out of one paragraph, by the patterns of the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.resources.furniture import FurniturePattern
from tocsin.vocabulary import BlockKind, Span

_LONGEST = 600
"""Characters of a paragraph that can be furniture as a whole, or of a tail that can be cut off one."""


def cut_furniture(text: str, span: Span, patterns: Sequence[FurniturePattern]) -> list[tuple[Span, BlockKind | None]]:
    """Parts of a paragraph in order, trimmed of white space; None is the kind of what is left as it was."""
    if (kind := _whole(text, span, patterns)) is not None:
        return [(span, kind)]
    parts: list[tuple[Span, BlockKind | None]] = []
    rest = span
    while found := _at_start(text, rest, patterns):
        parts.append(found)
        rest = _trim(text, found[0].end, rest.end)
    tail: list[tuple[Span, BlockKind | None]] = []
    while found := _at_end(text, rest, patterns):
        tail.insert(0, found)
        rest = _trim(text, rest.start, found[0].start)
    for match_span, kind in _inside(text, rest, patterns):
        before = _trim(text, rest.start, match_span.start)
        if len(before):
            parts.append((before, None))
        parts.append((match_span, kind))
        rest = _trim(text, match_span.end, rest.end)
    if len(rest):
        parts.append((rest, None))
    return parts + tail


def _whole(text: str, span: Span, patterns: Iterable[FurniturePattern]) -> BlockKind | None:
    """The kind of a paragraph that patterns cover from end to end, furniture first, else None."""
    if len(span) > _LONGEST:
        return None
    words = span.of(text)
    patterns = tuple(patterns)
    for kind in (BlockKind.FURNITURE, BlockKind.CAPTION):
        reached = {0}
        waiting = [0]
        # Every way of laying patterns side by side: 'Share this story! Advertisement'.
        while waiting:
            at = waiting.pop()
            for entry in patterns:
                if entry.kind != kind:
                    continue
                if entry.pattern.fullmatch(words, at):
                    return kind
                match = entry.pattern.match(words, at)
                if match is None or match.end() == at:
                    continue
                following = match.end() + len(words[match.end() :]) - len(words[match.end() :].lstrip())
                # A cut has to fall on white space, and after a mark that ends something, or furniture eats a sentence.
                if following > match.end() and words[match.end() - 1] in ".!?" and following not in reached:
                    reached.add(following)
                    waiting.append(following)
    return None


def _at_start(text: str, span: Span, patterns: Iterable[FurniturePattern]) -> tuple[Span, BlockKind] | None:
    for entry in patterns:
        if entry.place == "start" and (match := entry.pattern.match(text, span.start, span.end)):
            after = text[match.end() : match.end() + 1]
            if len(match.group()) and (match.end() == span.end or not after.isalnum()):
                return _trim(text, span.start, match.end()), entry.kind
    return None


def _at_end(text: str, span: Span, patterns: Iterable[FurniturePattern]) -> tuple[Span, BlockKind] | None:
    # Patterns see the tail alone: a search for an end through a whole book is slow.
    first = max(span.start, span.end - _LONGEST)
    for entry in patterns:
        if entry.place != "end":
            continue
        for match in entry.pattern.finditer(text, first, span.end):
            cut = _trim(text, match.start(), match.end())
            starts_clean = cut.start == span.start or not text[cut.start - 1].isalnum()
            if cut.end == span.end and len(cut) and starts_clean and _after_sentence(text, span.start, cut.start):
                return cut, entry.kind
    return None


def _inside(text: str, span: Span, patterns: Iterable[FurniturePattern]) -> list[tuple[Span, BlockKind]]:
    found: list[tuple[Span, BlockKind]] = []
    for entry in patterns:
        if entry.place == "anywhere":
            found += [
                (_trim(text, m.start(), m.end()), entry.kind)
                for m in entry.pattern.finditer(text, span.start, span.end)
                if m.end() > m.start()
            ]
    found.sort(key=lambda part: (part[0].start, -part[0].end))
    kept: list[tuple[Span, BlockKind]] = []
    for part in found:
        if not kept or part[0].start >= kept[-1][0].end:
            kept.append(part)
    return kept


def _after_sentence(text: str, start: int, at: int) -> bool:
    """Whether what stands before is nothing, or ends a sentence: a tail is never cut out of a running one."""
    before = text[max(start, at - 20) : at].rstrip()
    return not before or before[-1] in ".!?…\"”’'»)"


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
