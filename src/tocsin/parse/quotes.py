"""Words between quotation marks."""

from __future__ import annotations

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
    while at < len(text):
        mark = _mark(text, at)
        if not mark or not _opens(text, at, mark):
            at += max(1, len(mark))
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


def _mark(text: str, at: int) -> str:
    """The opening mark that stands at an offset, "" if none does."""
    pair = text[at : at + 2]
    if pair in PAIRS:
        return pair
    return text[at] if text[at] in PAIRS else ""


def _opens(text: str, at: int, mark: str) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + len(mark)] if at + len(mark) < len(text) else " "
    return not before.isalnum() and not after.isspace()


def _closing(text: str, inner: int, closers: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the first closing mark begins and ends, or None."""
    for end in range(inner + 1, min(len(text), inner + MAX_LENGTH)):
        closer = next((mark for mark in closers if text.startswith(mark, end)), None)
        if closer is None:
            continue
        after = text[end + len(closer) : end + len(closer) + 1]
        # ‘don’t’: a closing single mark is never followed by a letter; nor is the '' of rajiv''s, an apostrophe.
        if closer in ("’", "''") and after.isalpha():
            continue
        return end, end + len(closer)
    return None
