"""The explanation of one event, line by line, for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from tocsin.cli.console import plain, shorten
from tocsin.export import person_words
from tocsin.extract.considered import Candidate, Considered
from tocsin.vocabulary import Claim, Coded, Document, EventReport, Field, Place, Span, Value
from tocsin.web.words import (
    FIELD_WORDS,
    date_words,
    place_words,
    plain_words,
    share_words,
    source_words,
    value_words,
)

# What has less of a field's share is not worth a line, and more than so many are not read.
LEAST_SHARE = 0.01
MOST_CANDIDATES = 4
# So many characters are shown on either side of words in a sentence that was quoted before, or is not the event's own.
AROUND = 60
# So many of a sentence quoted for the first time.
MOST_AROUND = 240


def explanation(coded: Coded, number: int, considered: Considered | None) -> Iterator[RenderableType]:
    """What a person who doubts a row wants to read.

    Args:
        coded: the document with its reports, names masked or not.
        number: of the report, from 0.
        considered: what was weighed for it; None where that cannot be told.
    """
    document, report = coded.document, coded.reports[number]
    yield _head(report, number)
    yield Text()
    yield Text("What", "bold").append(f"  {plain_words(report.type)}", style=report.type.group)
    quotes = _Quotes(document, report)
    yield quotes.mark(report.trigger.span)
    if considered is not None:
        yield from _read_as(considered)
    else:
        yield from _below(report.reason)
    for other in report.evidence:
        if not other.span.contains(report.trigger.span):
            yield from _below(f"told again: “{shorten(person_words(other.quote), 160)}”")
    if report.part_of is not None:
        whole = next((i for i, one in enumerate(coded.reports, 1) if one.id == report.part_of), None)
        if whole is not None:
            yield from _below(f"part of e{whole}, {plain_words(coded.reports[whole - 1].type)}")
    for field in Field:
        claims = [claim for claim in report.claims if claim.field is field]
        weighed = considered.fields.get(field, ()) if considered is not None else ()
        if claims or (field in _ALWAYS and weighed):
            yield Text()
            yield from _field(quotes, field, claims, weighed)
    if report.sources:
        yield Text()
        yield Text("Who says so", "bold")
        for source in report.sources:
            line = plain(person_words(source_words(source)))
            cue = f", “{plain(person_words(source.cue.quote))}”" if source.cue else ""
            yield from _below(f"{line} ({plain_words(source.kind)}){cue}")
    if considered is None:
        yield Text()
        yield Text(
            "What else was weighed cannot be told: this version of Tocsin reads the article otherwise. Code it again with: "
            "tocsin run",
            style="skipped",
        )


# Worth a word even where nothing was chosen: a row without a date or place raises the question.
_ALWAYS = (Field.DATE, Field.PLACE, Field.INITIATOR)


def _head(report: EventReport, number: int) -> Text:
    line = Text.assemble((f"e{number + 1}  ", "bold"), (plain_words(report.type), f"bold {report.type.group}"))
    line.append(f", {plain(place_words(report.place))}, {date_words(report.date)}", style="bold")
    line.append(f"\n{report.id}", style="quiet")
    if report.confidence is not None:
        line.append(f"  such events are there: {share_words(report.confidence)}", style="quiet")
    if report.row_confidence is not None:
        line.append(f"; such rows are wholly right: {share_words(report.row_confidence)}", style="quiet")
    return line


def _read_as(considered: Considered) -> Iterator[RenderableType]:
    yield from _below(
        f"encoder: sentence {considered.told:.2f}, word {considered.named:.2f}, window {considered.valid:.2f}; "
        f"weighed {considered.score:.2f}"
    )
    if considered.types:
        others = ", ".join(f"{plain_words(kind)} {score:.2f}" for kind, score in considered.types)
        yield from _below(f"also read in these words: {others}")


def _field(
    quotes: _Quotes, field: Field, claims: Iterable[Claim], weighed: Iterable[Candidate]
) -> Iterator[RenderableType]:
    name, report = FIELD_WORDS[field], quotes.report
    chosen: list[Claim] = []
    for claim in claims:
        value, note = value_words(claim.value)
        line = Text.assemble((name, "bold"), "  ", plain(person_words(value)))
        if note:
            line.append(f"  {note}", style="quiet")
        if claim.differs:
            line.append("  differs", style="differs")
        else:
            chosen.append(claim)
        if claim.confidence is not None:
            line.append(f"  {share_words(claim.confidence)} sure", style="quiet")
        yield line
        if claim.evidence is not None:
            yield quotes.mark(claim.evidence.span)
        score = f"{claim.reason}; score {claim.score:.2f}" if claim.score is not None else claim.reason
        yield from _below(score)
        said = [report.sources[i] for i in claim.sources if 0 <= i < len(report.sources)]
        if said:
            yield from _below("said by " + ", ".join(plain(person_words(source_words(one))) for one in said))
    if not chosen:
        yield Text.assemble((name, "bold"), "  ", ("not told", "quiet"))
    yield from _not_chosen(quotes.document, chosen, weighed)


def _not_chosen(document: Document, chosen: Iterable[Claim], weighed: Iterable[Candidate]) -> Iterator[RenderableType]:
    """One line for each candidate that did not become a value of the row."""
    values = [claim.value for claim in chosen]
    spans = [claim.evidence.span for claim in chosen if claim.evidence]
    left = [
        one
        for one in weighed
        if one.share >= LEAST_SHARE
        # The winner, and words inside it: a site holds the name of its town.
        and not (one.value is not None and any(_same(one.value, value) for value in values))
        and not (one.span is not None and any(span.overlaps(one.span) for span in spans))
        and (values or one.span is not None or one.value is not None)
    ]
    for number, one in enumerate(left[:MOST_CANDIDATES]):
        lead = "not chosen: " if number == 0 else "            "
        yield Padding(
            Text(f"{lead}{one.share:.2f}  {_candidate(document, one)}", style="quiet"), (0, 0, 0, 4), expand=False
        )


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, Place) and isinstance(other, Place):
        # A site is told with its town: the town was chosen too.
        return one.country == other.country and one.name.casefold() in other.name.casefold()
    return one == other


def _candidate(document: Document, one: Candidate) -> str:
    words = shorten(person_words(one.span.of(document.text)), 40) if one.span else ""
    value = plain(person_words(value_words(one.value)[0])) if one.value is not None else ""
    if words and value:
        return value if value.casefold().startswith(words.casefold()) else f"“{words}”, {value}"
    if words:
        return f"“{words}”"
    return f"{value}, {one.reason}" if value and one.reason else value or one.reason


def _below(words: str) -> Iterator[RenderableType]:
    if words:
        yield Padding(Text(plain(words), style="quiet"), (0, 0, 0, 4), expand=False)


class _Quotes:
    """Quotes of one event: a sentence is told in full the first time, later only what stands around the words."""

    def __init__(self, document: Document, report: EventReport) -> None:
        self.document, self.report = document, report
        self._told: set[Span] = set()

    def mark(self, span: Span) -> RenderableType:
        """The sentence, or what stands around, with the words in brackets: a pipe has no colours."""
        text = self.document.text
        sentence = next((e.span for e in self.report.evidence if e.span.contains(span) and e.span != span), None)
        most = AROUND if sentence is None or sentence in self._told else MOST_AROUND
        if sentence is not None:
            self._told.add(sentence)
        else:
            sentence = next((b.span for b in self.document.blocks if b.span.contains(span)), Span(0, len(text)))
        before = _cut_left(plain_part(text[sentence.start : span.start]), most)
        after = _cut_right(plain_part(text[span.end : sentence.end]), most)
        words = plain(person_words(span.of(text)))
        line = Text.assemble("“", before, ("[", "bold"), (words, "bold"), ("]", "bold"), after, "”")
        return Padding(line, (0, 0, 0, 4), expand=False)


def plain_part(text: str) -> str:
    """``plain`` that keeps one space at each end where the text has white space there."""
    told = plain(person_words(text))
    if not told:
        return " " if text else ""
    return " " * text[:1].isspace() + told + " " * text[-1:].isspace()


def _cut_left(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[-most:]
    return "…" + cut[cut.find(" ") :]


def _cut_right(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[:most]
    return cut[: cut.rfind(" ") + 1] + "…"
