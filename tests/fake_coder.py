"""A coder without models: documents are cut by rule, and a function of yours says what they tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from factory import make_parse, make_report

from tocsin.pipeline import Coder
from tocsin.vocabulary import Block, Document, EventReport, Mentions, Parse, Person, Span

Extract = Callable[[Document], tuple[EventReport, ...]]


def one_strike(document: Document) -> tuple[EventReport, ...]:
    """A strike in Maribor on 4 March 2021, whatever the document says."""
    return (make_report(document),)


class FakeCoder(Coder):
    """Counts what it is given in ``seen``."""

    def __init__(self, extract: Extract = one_strike, versions: Mapping[str, str] | None = None) -> None:
        nothing: Any = None
        super().__init__(nothing, nothing, nothing, {}, versions or {"code": "fake"}, dt.date(2022, 1, 1))
        object.__setattr__(self, "seen", [])
        object.__setattr__(self, "_extract", extract)

    seen: list[str]
    _extract: Extract

    def parse(self, document: Document) -> Parse:
        self.seen.append(document.name or document.id)
        blocks = document.blocks or (Block(Span(0, len(document.text))),)
        language = document.language or "en"
        return make_parse(
            Document(
                document.text,
                document.published,
                document.publisher,
                document.title,
                document.url,
                language,
                document.name,
                blocks,
            )
        )

    def extract(self, parse: Parse, mentions: Mentions | None = None) -> tuple[EventReport, ...]:
        return self._extract(parse.document)

    def mentions(self, parse: Parse) -> Mentions:
        return Mentions()

    def consider(self, document: Document, report: EventReport) -> None:
        return None

    def identify(
        self, parse: Parse, reports: tuple[EventReport, ...], mentions: Mentions
    ) -> tuple[tuple[EventReport, ...], tuple[Person, ...]]:
        return reports, ()
