"""An article's text cut where marks begin and end, so that a page needs no offsets.

Browsers count UTF-16 units and we count code points; cutting here means that no offset ever reaches a browser.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tocsin.export.masking import person_words
from tocsin.vocabulary import BlockKind, Document, EventReport, Evidence, Field, Span

# Strongest first: where marks of one event overlap, the first of these gives the colour.
ROLES = ("trigger", "number", "date", "place", "actor", "demand", "source", "cue", "evidence")

_FIELD_ROLES = {
    Field.DATE: "date",
    Field.PLACE: "place",
    Field.INITIATOR: "actor",
    Field.TARGET: "actor",
    Field.EMPLOYER: "actor",
    Field.UNION: "actor",
    Field.QUANTITY: "number",
    Field.DEMAND: "demand",
}
_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r]*\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a document that one event uses in one role; ``event`` is the event's number on the page."""

    span: Span
    event: int
    role: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks; ``start`` is its offset, ``uses`` its (event, role) pairs."""

    start: int
    text: str
    uses: tuple[tuple[int, str], ...]

    @property
    def data(self) -> str:
        """The uses as the page's script reads them: '0:trigger 2:evidence'."""
        return " ".join(f"{event}:{role}" for event, role in self.uses)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph, heading, post, caption or piece of furniture, cut into segments."""

    kind: BlockKind
    language: str | None
    account: str | None
    segments: tuple[Segment, ...]


def report_marks(report: EventReport, event: int) -> Iterator[Mark]:
    """Every span that a report quotes, with the part it plays."""

    def mark(evidence: Evidence | None, role: str) -> Iterator[Mark]:
        if evidence is not None and len(evidence.span):
            yield Mark(evidence.span, event, role)

    yield from mark(report.trigger, "trigger")
    for evidence in report.evidence:
        yield from mark(evidence, "evidence")
    for claim in report.claims:
        yield from mark(claim.evidence, _FIELD_ROLES.get(claim.field, "evidence"))
    for source in report.sources:
        yield from mark(source.source, "source")
        yield from mark(source.cue, "cue")


def cut_document(document: Document, marks: Iterable[Mark]) -> list[Stretch]:
    """The whole text as stretches of segments: joined again, they are the text but for the space between stretches.

    Masked names read 'private person 1' here: offsets end in Python, so that nothing need be as long as it was.
    """
    ordered = sorted(marks, key=lambda mark: (mark.span.start, mark.span.end, mark.event, mark.role))
    stretches = []
    for span, kind, language, account in _stretches(document):
        inside = [mark for mark in ordered if mark.span.overlaps(span)]
        stretches.append(Stretch(kind, language, account, tuple(_cut(document.text, span, inside))))
    return stretches


def _stretches(document: Document) -> Iterator[tuple[Span, BlockKind, str | None, str | None]]:
    """The document's blocks, with any text between them as paragraphs of its own."""
    at = 0
    for block in sorted(document.blocks, key=lambda block: block.span):
        start = max(at, block.span.start)
        yield from _paragraphs(document.text, at, start)
        if start < block.span.end:
            yield Span(start, block.span.end), block.kind, block.language, block.account
            at = block.span.end
    yield from _paragraphs(document.text, at, len(document.text))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[Span, BlockKind, None, None]]:
    for gap in [*_PARAGRAPH_BREAK.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        if text[start:stop].strip():
            yield Span(start, stop), BlockKind.PARAGRAPH, None, None
        start = gap.end() if gap else end


def _cut(text: str, span: Span, marks: Sequence[Mark]) -> Iterator[Segment]:
    """Sweep over the borders of the marks; each run between two borders is one segment."""
    opening: dict[int, list[tuple[int, str]]] = defaultdict(list)
    closing: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for mark in marks:
        opening[max(mark.span.start, span.start)].append((mark.event, mark.role))
        closing[min(mark.span.end, span.end)].append((mark.event, mark.role))
    borders = sorted({span.start, span.end, *opening, *closing})
    active: list[tuple[int, str]] = []
    for start, end in pairwise(borders):
        for use in closing[start]:
            active.remove(use)
        active.extend(opening[start])
        uses = sorted(set(active), key=lambda use: (use[0], ROLES.index(use[1])))
        yield Segment(start, person_words(text[start:end]), tuple(uses))
