"""Who denies or plays down what a report tells: claims that differ, kept beside it (ruling 4)."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

from tocsin.extract.roles import content_words
from tocsin.resources.cue_list import find_cue
from tocsin.vocabulary import Claim, EventReport, Evidence, Factuality, Field, Parse, Saying, Span


def add_denials(
    parse: Parse, reports: Sequence[EventReport], sayings: Sequence[Saying], denials: Collection[str]
) -> list[EventReport]:
    """Give each denial to the report that it disputes; the denier becomes one of its sources.

    A denial stands in a sentence that tells an act, or names one by the words that another sentence tells it with. Of the reports of that type it disputes the one whose actors or
    employer its source shares a word with ('Management at X' and 'X workers'), else the one that the sentence tells.

    Args:
        parse: the document.
        reports: of the document.
        sayings: of the document.
        denials: words that dispute or play down, beside the verbs of denying.
    """
    changed = list(reports)
    for saying in sayings:
        sentence = parse.sentence_at(saying.content[0].start) if saying.content else None
        if sentence is None or saying.attribution.source is None:
            continue
        cue = find_cue(sentence.span.of(parse.document.text), denials)
        if not saying.denial and cue is None:
            continue
        index = _disputed(
            changed, sentence.span, sentence.span.of(parse.document.text), saying.attribution.source.quote
        )
        if index is not None:
            changed[index] = _with_denial(parse, changed[index], saying, f"denial: {cue or saying.reason}")
    return changed


def _disputed(reports: Sequence[EventReport], sentence: Span, text: str, source: str) -> int | None:
    told = [i for i, r in enumerate(reports) if any(e.span.overlaps(sentence) for e in r.evidence)]
    # A sentence that only plays an act down may be no evidence of it; then it is known by the act's own words.
    told = told or [i for i, r in enumerate(reports) if _singular(r.trigger.quote) & _singular(text)]
    types = {reports[i].type for i in told}
    words = content_words(source)
    ranked = [
        (len(words & _names(report)), i in told, -i)
        for i, report in enumerate(reports)
        if report.type in types and report.factuality is not Factuality.DENIED
    ]
    best = max(ranked, default=None)
    return -best[2] if best and (best[0] or best[1]) else None


def _singular(text: str) -> frozenset[str]:
    """Content words without a plural's s: 'the protest' is one of 'similar protests'."""
    return frozenset(word.removesuffix("s") for word in content_words(text))


def _names(report: EventReport) -> frozenset[str]:
    return content_words(" ".join([*(a.text for a in report.initiators), report.employer or ""]))


def _with_denial(parse: Parse, report: EventReport, saying: Saying, reason: str) -> EventReport:
    sources = report.sources if saying.attribution in report.sources else (*report.sources, saying.attribution)
    content = saying.content[0]
    evidence = Evidence.at(parse.document, content.start, content.end)
    claim = Claim(
        Field.FACTUALITY, Factuality.DENIED, evidence, (sources.index(saying.attribution),), True, None, reason
    )
    return dataclasses.replace(report, claims=(*report.claims, claim), sources=sources)
