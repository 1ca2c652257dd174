"""Text -> paragraphs. A blank line always cuts; a single line end cuts unless the text is wrapped.

Wire copy breaks its lines at some sixty characters wherever the words happen to fall; web copy has a paragraph a line.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from tocsin.vocabulary import Span

_WIDEST_WRAP = 100
"""Columns: terminals and agencies wrapped at 60 to 80; a longer line was not wrapped for a screen."""

_RUNNING_SHARE = 0.4
"""Lines that end inside a sentence, from which a text counts as wrapped: in sampled news
the least share of a wrapped text was 0.6, the median of texts with a paragraph a line 0.1."""

_RAGGED = 6
"""Columns by which a wrapped line may be shorter than it had to be."""

_ENDS = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*\Z")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LIST_MARK = re.compile(r"(?:[-*•–—▪]|\d{1,2}[.)])\s|#{1,6}\s|>")


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span  # without white space at either end
    indent: int
    words: str


def split_paragraphs(text: str) -> list[Span]:
    """Spans of the paragraphs, trimmed of white space, in order; together they hold every other character."""
    chunks = _chunks(text)
    width = _wrap_width([line for chunk in chunks for line in chunk[:-1]])
    spans: list[Span] = []
    for chunk in chunks:
        start = chunk[0].span.start
        for line, following in itertools.pairwise(chunk):
            if not _runs_on(line, following, width):
                spans.append(Span(start, line.span.end))
                start = following.span.start
        spans.append(Span(start, chunk[-1].span.end))
    return spans


def ends_sentence(words: str) -> bool:
    """Whether the words end with a mark that ends a sentence or introduces the next."""
    return _ENDS.search(words[-8:]) is not None


def _chunks(text: str) -> list[list[_Line]]:
    """Lines between blank lines."""
    chunks: list[list[_Line]] = [[]]
    start = 0
    for end, following in [*((m.start(), m.end()) for m in _LINE_ENDS.finditer(text)), (len(text), len(text))]:
        raw = text[start:end]
        words = raw.strip()
        if words:
            indent = len(raw) - len(raw.lstrip())
            span = Span(start + indent, start + indent + len(words))
            chunks[-1].append(_Line(span, indent, words))
        elif chunks[-1]:
            chunks.append([])
        start = following
    return [chunk for chunk in chunks if chunk]


def _wrap_width(lines: list[_Line]) -> int | None:
    """The column at which the text was wrapped, None if it was not. ``lines`` are followed by another in their chunk."""
    if not lines:
        return None
    narrow = [len(line.words) for line in lines if len(line.words) <= _WIDEST_WRAP]
    running = sum(not ends_sentence(line.words) for line in lines)
    if len(narrow) < 0.9 * len(lines) or running < _RUNNING_SHARE * len(lines):
        return None
    # The widest tenth may be a table or a web address.
    return sorted(narrow)[int(0.9 * (len(narrow) - 1))]


def _runs_on(line: _Line, following: _Line, width: int | None) -> bool:
    """Whether the break between two lines falls inside a paragraph."""
    if following.indent >= line.indent + 2 or _LIST_MARK.match(following.words):
        return False
    open_ended = not ends_sentence(line.words)
    if open_ended and following.words[0].islower() and not line.words.isupper():
        return True
    if width is None or width < 30:
        return False
    if _shouts(line.words) and not _shouts(following.words):  # a headline in capitals over its story
        return False
    first_word = following.words.split(maxsplit=1)[0]
    no_room = len(line.words) + 1 + len(first_word) > width - (_RAGGED if open_ended else 0)
    return no_room or (open_ended and len(line.words) >= 0.7 * width)


def _shouts(words: str) -> bool:
    return words.isupper() and sum(character.isalpha() for character in words) >= 8
