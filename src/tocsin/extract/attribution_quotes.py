"""Which frame a quotation belongs to: '"...", X said', 'X said: "..."', and quotations that go on after it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tocsin.extract.attribution_frames import Frame
from tocsin.vocabulary import Parse, Quotation, Span

# Shorter ones are scare quotes or words picked out; syntax puts them inside the content anyway.
MIN_WORDS = 4
# How far a cue may stand from its quotation, in code points: 'said Jan Novak, the deputy head of the miners' union in ...'
REACH = 160
_STOP = re.compile(r"[.!?…](?=\s+[\"“‘'`A-Z]|\s*$)")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Col|Lt|Sgt|St|Prof|Rev|Hon|U\.S|[A-Z])\.$")
_TAIL = re.compile(r"[\s.,;:!?—–-]*")


def attach_quotations(
    parse: Parse, frames: Sequence[Frame], quotative: Mapping[str, str]
) -> tuple[dict[int, list[Quotation]], list[Quotation]]:
    """Give each quotation to the frame that introduces, interrupts or follows it.

    Args:
        parse: the document.
        frames: its candidates, in text order.
        quotative: verbs that can carry a quotation (lemma -> kind); others never get one.

    Returns:
        Index of a frame -> its quotations in text order; and the quotations that nobody got.
    """
    given: dict[int, list[Quotation]] = {}
    left: list[Quotation] = []
    carriers = [
        (index, frame)
        for index, frame in enumerate(frames)
        if (frame.part == "phrase" or (frame.part == "verb" and frame.head.lemma in quotative))
        and not _inside(frame.head.span.start, parse.quotations)
    ]
    last: tuple[int, int] | None = None  # the frame that got the quotation before, and where its words end
    for quotation in parse.quotations:
        words = quotation.inner.of(parse.document.text).split()
        ended = bool(words) and words[-1][-1] in ".!?,"
        if len(words) < MIN_WORDS and not (ended and len(words) > 1):
            continue
        found = _nearest(parse, quotation, carriers)
        if found is None and last is not None and _goes_on(parse, last[1], quotation):
            found = last[0]
        if found is None:
            left.append(quotation)
            last = None
            continue
        given.setdefault(found, []).append(quotation)
        frame = frames[found]
        ends = [quotation.span.end, frame.cue.end]
        if frame.source is not None:
            ends.append(frame.source.end)
        last = (found, max(ends))
    return given, left


def with_quotations(frame: Frame, quotations: Sequence[Quotation], text: str) -> Frame:
    """The frame with its quotations for content, and what syntax has beside them where that is part of the saying."""
    first = quotations[0].span
    kept = []
    if frame.shape in ("ccomp", "clause", "dobj", "xcomp"):
        for span in frame.content:
            if any(span.overlaps(quotation.span) for quotation in quotations):
                # A clause that the tree begins before a quotation which the cue follows has run over a sentence end.
                start = max(span.start, first.start) if frame.cue.start > first.end else span.start
                if start < span.end:
                    kept.append(Span(start, span.end))
            elif frame.cue.end <= span.start and frame.shape == "ccomp":
                kept.append(span)
    spans = _union([*kept, *(quotation.span for quotation in quotations)], text)
    own = [span for span in spans if not (span.start < frame.cue.end and frame.cue.start < span.end)]
    return replace(frame, content=tuple(own or spans), shape="quote")


def _union(spans: Sequence[Span], text: str) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and (span.start <= found[-1].end or not text[found[-1].end : span.start].strip()):
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _inside(offset: int, quotations: Sequence[Quotation]) -> bool:
    return any(quotation.span.start <= offset < quotation.span.end for quotation in quotations)


def _nearest(parse: Parse, quotation: Quotation, carriers: Sequence[tuple[int, Frame]]) -> int | None:
    text = parse.document.text
    best: tuple[float, int] | None = None
    for index, frame in carriers:
        if frame.cue.end <= quotation.span.start:
            gap = text[frame.cue.end : quotation.span.start]
            if len(gap) > REACH or _breaks(gap) or ("\n" in gap and not gap.rstrip().endswith(":")):
                continue
            # 'X said: "' and 'X said, "' introduce; 'X, who said no, "' does not, but is rare.
            cost = len(gap) * (
                0.5 if gap.rstrip().endswith((":", ",")) or gap.rstrip().endswith("that") or not gap.strip() else 1.5
            )
        elif frame.cue.start >= quotation.span.end:
            gap = text[quotation.span.end : frame.cue.start]
            if len(gap) > REACH or _breaks(gap) or "\n" in gap:
                continue
            inner = quotation.inner.of(text).rstrip()
            open_ended = inner.endswith((",", "?", "!", "—", "-", "…", ";")) or gap.lstrip().startswith((",", "—", "-"))
            if inner.endswith(".") and not gap.lstrip().startswith((",", "—", "-")):
                continue  # '... "we won." He said later'
            cost = len(gap) * (0.5 if open_ended else 2.0)
        else:
            continue
        if best is None or cost < best[0]:
            best = (cost, index)
    return best[1] if best else None


def _breaks(gap: str) -> bool:
    return any(not _TITLE.search(gap[: match.end()]) for match in _STOP.finditer(gap))


def _goes_on(parse: Parse, end: int, quotation: Quotation) -> bool:
    """Whether a quotation follows the last one's sentence with nothing told between."""
    gap = parse.document.text[end : quotation.span.start]
    if len(gap) > REACH or gap.count("\n") > 2:
        return False
    stops = [match for match in _STOP.finditer(gap) if not _TITLE.search(gap[: match.end()])]
    if not stops:
        return not gap.strip(" \t\n.,;:!?—–-") or gap.lstrip().startswith(",")
    # '..., said Jan Novak on Monday. "...': the rest of that sentence may stand between, no other sentence may.
    return not gap[stops[0].end() :].strip()
