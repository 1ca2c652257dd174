"""How the product links what it codes itself: invented articles (``invented/linking.txt``), coded as shipped, then linked.

Gold are marks in the texts: the words that name an occurrence, with its key. A mark is found if a report's trigger
stands on its words; B-cubed and pairwise F1 are over the marks that are found.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clusters import b_cubed, pairwise
from tocsin.link import link_reports
from tocsin.pipeline import load_coder
from tocsin.vocabulary import Coded, Document, EventReport, EventType, Span

ARTICLES = Path(__file__).parent / "invented" / "linking.txt"
_MARK = re.compile(r"\[([a-z-]+): ([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Article:
    """An invented article; ``marks`` are spans of its text with the key of their occurrence."""

    document: Document
    marks: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking made of the marks: ``gold`` and ``found`` are sets of report ids by key and by incident."""

    marks: int
    found: int
    b3: float
    pair_f1: float
    wrong: tuple[str, ...]


def read_articles(path: Path = ARTICLES) -> Iterator[Article]:
    """The articles of a file: '## publisher, day', then a text with '[key: words]' around what names an occurrence."""
    for entry in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, marked = entry.partition("\n")
        publisher, _, day = head.rpartition(", ")
        text, marks, last = "", [], 0
        marked = marked.strip()
        for found in _MARK.finditer(marked):
            text += marked[last : found.start()]
            marks.append((Span(len(text), len(text) + len(found.group(2))), found.group(1)))
            text, last = text + found.group(2), found.end()
        document = Document(text + marked[last:], dt.date.fromisoformat(day.strip()), publisher, language="en")
        yield Article(document, tuple(marks))


def measure(articles: Sequence[Article], coded: Sequence[Coded]) -> Linked:
    """Link the reports and compare them with the marks."""
    key_of: dict[str, str] = {}
    candidates: list[tuple[str, list[EventReport]]] = []
    told: dict[str, tuple[Document, EventReport]] = {}
    for article, one in zip(articles, coded, strict=True):
        told.update((report.id, (one.document, report)) for report in one.reports)
        for span, key in article.marks:
            candidates.append((key, [report for report in one.reports if report.trigger.span.overlaps(span)]))
    # Words may tell two acts, a walkout and a protest: what most articles call the occurrence is meant.
    types: dict[str, Counter[EventType]] = defaultdict(Counter)
    for key, on in candidates:
        types[key].update(report.type for report in on)
    for key, on in candidates:
        if on:
            counts = [types[key][report.type] for report in on]
            key_of[on[counts.index(max(counts))].id] = key
    incidents = link_reports(told.values())
    gold: dict[str, set[str]] = defaultdict(set)
    for identity, key in key_of.items():
        gold[key].add(identity)
    found = [kept for incident in incidents if (kept := {one for one in incident.members if one in key_of})]
    wrong = [*_split(gold, found), *_mixed(found, key_of)]
    wanted = list(gold.values())
    marks = sum(len(article.marks) for article in articles)
    return Linked(marks, len(key_of), b_cubed(wanted, found), pairwise(wanted, found), tuple(wrong))


def main() -> int:
    """Print the figures, and every occurrence that is split or mixed."""
    articles, coder = list(read_articles()), load_coder()
    coded = [one for article in articles if isinstance(one := coder.code_document(article.document), Coded)]
    result = measure(articles, coded)
    print(f"# links: {len(articles)} invented articles, {result.marks} marks, coded as shipped, then linked")
    print(f"found {result.found} of {result.marks} marks; B3 F1 {result.b3:.3f}, pairwise F1 {result.pair_f1:.3f}")
    for line in result.wrong:
        print(line)
    return 0


def _split(gold: dict[str, set[str]], found: Sequence[set[str]]) -> Iterator[str]:
    for key, members in sorted(gold.items()):
        parts = sorted((len(members & one) for one in found if members & one), reverse=True)
        if len(parts) > 1:
            yield f"split  {key}: {' + '.join(map(str, parts))}"


def _mixed(found: Sequence[set[str]], key_of: dict[str, str]) -> Iterator[str]:
    for members in found:
        keys = sorted({key_of[one] for one in members})
        if len(keys) > 1:
            yield f"mixed  {', '.join(keys)}"
