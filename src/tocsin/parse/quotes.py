"""Words between quotation marks."""

from __future__ import annotations

import functools
import re

from tocsin.vocabulary import Quotation, Span

# Opening mark -> the marks that close it. Straight quotes close themselves. Wire copy of the nineties writes ``so'',
# and some archives double the single mark: ''so''.
PAIRS = {
    "``": ("''", "``", '"'),
    "''": ("''",),
    "“": ("”", '"', "''"),
    "«": ("»",),
    "„": ("“", "”"),
    '"': ('"', "”", "''"),
    "‘": ("’",),
}

# '``' before what begins like it.
_MARK = re.compile("|".join(map(re.escape, sorted(PAIRS, key=len, reverse=True))))

# A quotation that runs on for longer than this has lost its closing mark.
MAX_LENGTH = 3000


def find_quotations(text: str, start: int = 0) -> tuple[Quotation, ...]:
    """Every quotation of a text, outermost only, in order.

    Args:
        text: one block of a document, so that a lost mark costs that block and no other.
        start: what to add to offsets, where the block begins in its document.

    Returns:
        Quotations with their marks (``span``) and without (``inner``). An opening mark whose block ends before a
        closing one counts up to the block's end: newspapers leave it out where the next paragraph goes on quoting.
    """
    found = []
    at = 0
    while (candidate := _MARK.search(text, at)) is not None:
        at, mark = candidate.start(), candidate.group()
        if not _opens(text, at, mark):
            at += len(mark)
            continue
        inner = at + len(mark)
        closing = _closing(text, inner, PAIRS[mark])
        if closing is None:
            # A single mark that never closes is an apostrophe ('tis), and a straight one an inch sign.
            if mark in ("“", "„", "``") and len(text) - at <= MAX_LENGTH:
                found.append(Quotation(Span(start + at, start + len(text)), Span(start + inner, start + len(text))))
                break
            at = inner
            continue
        end, after = closing
        found.append(Quotation(Span(start + at, start + after), Span(start + inner, start + end)))
        at = after
    return tuple(found)


def _opens(text: str, at: int, mark: str) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + len(mark)] if at + len(mark) < len(text) else " "
    return not before.isalnum() and not after.isspace()


@functools.cache
def _one_of(closers: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, closers)))


def _closing(text: str, inner: int, closers: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the first closing mark begins and ends, or None."""
    for found in _one_of(closers).finditer(text, inner + 1):
        end, closer = found.start(), found.group()
        if end >= inner + MAX_LENGTH:
            break
        after = text[found.end() : found.end() + 1]
        # ‘don’t’: a closing single mark is never followed by a letter; nor is the '' of rajiv''s, an apostrophe.
        if closer in ("’", "''") and after.isalpha():
            continue
        return end, end + len(closer)
    return None
