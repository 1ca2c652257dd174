"""Events as a table that a person reads: when, where, what, who to whom, how many, and who says so."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.table import Table
from rich.text import Text

from tocsin.cli.console import plain, shorten
from tocsin.export import person_words
from tocsin.vocabulary import (
    Actor,
    Claim,
    Document,
    EventReport,
    Factuality,
    Quantity,
    QuantityRole,
    SourceKind,
)
from tocsin.web.words import date_words, place_words, plain_words, share_words, source_words, value_words

UNKNOWN = Text("–", style="quiet")

# What a number counts, as short as it can be said beside the number.
ROLES = {
    QuantityRole.PARTICIPANTS: "took part",
    QuantityRole.WORKFORCE: "workforce",
    QuantityRole.DETAINED: "detained",
    QuantityRole.INJURED: "injured",
    QuantityRole.KILLED: "killed",
    QuantityRole.SITES: "sites",
    QuantityRole.DURATION_DAYS: "days",
}

# A terminal narrower than this shows when and where in one column.
NARROW = 100

# From here on every number stands on one line.
WIDE = 130


def event_table(rows: Iterable[tuple[Document, EventReport]], width: int, *, publishers: bool = True) -> Table:
    """A table of events in the order given.

    Args:
        rows: reports with their documents.
        width: of the terminal, in characters.
        publishers: whether the one who says so is led by the outlet; False under a heading that names it.
    """
    # Widths that do not hang on the content: the tables of all articles of a call stand in line.
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True, header_style="bold", leading=1
    )
    table.expand = True
    narrow = width < NARROW
    if narrow:
        table.add_column("when, where", ratio=4)
    else:
        table.add_column("when", width=12)
        table.add_column("where", ratio=4)
    table.add_column("what", width=13)
    table.add_column("who → whom", ratio=5)
    table.add_column("how many", width=11 if narrow else 13 if width < WIDE else 18)
    table.add_column("who says so", ratio=4)
    for document, report in rows:
        when, where = _when(report), _where(report)
        table.add_row(
            *((Text("\n").join((when, where)),) if narrow else (when, where)),
            _what(report),
            _who(report),
            _numbers(report),
            _says(document, report, publishers),
        )
    return table


def heading(document: Document, number: int) -> Text:
    """An article's title or name, its outlet and day, and how many events it tells."""
    title = shorten(document.title or document.name or document.id, 90)
    about = [document.publisher, str(document.published) if document.published else "no published date"]
    if document.title and document.name:
        about.insert(0, document.name)
    events = "no events" if not number else "1 event" if number == 1 else f"{number} events"
    return Text.assemble(
        (title, "bold"), "  ", (" · ".join([*filter(None, map(plain, filter(None, about))), events]), "quiet")
    )


def _when(report: EventReport) -> Text:
    date = report.date
    return Text(date_words(date)) if date.start or date.end else UNKNOWN


def _where(report: EventReport) -> Text:
    place = report.place
    if place is None:
        return UNKNOWN
    country = f" {place.country}" if place.country and place.country not in place.name else ""
    return Text.assemble(shorten(place_words(place), 60), (country, "quiet"))


def _what(report: EventReport) -> Text:
    kind = Text(plain_words(report.type), style=report.type.group)
    if report.factuality is not Factuality.ACTUAL:
        kind.append(f"\n{plain_words(report.factuality)}", style=report.factuality.value)
    if report.row_confidence is not None:
        kind.append(f"\n{share_words(report.row_confidence)} sure", style="quiet")
    return kind


def _who(report: EventReport) -> Text:
    initiators, targets = _actors(report.initiators), _actors(report.targets)
    if not initiators and not targets and not report.employer and not report.demands:
        # Nobody is named: the words themselves say at least what it is about.
        told = report.evidence[0] if report.evidence else report.trigger
        return Text(f"“{shorten(person_words(told.quote), 70)}”", style="quiet")
    line = Text(initiators)
    if targets:
        line.append(" → " if initiators else "→ ", style="quiet").append(targets)
    if report.employer and report.employer.casefold() not in line.plain.casefold():
        line.append(f"\nat {shorten(report.employer, 40)}", style="quiet")
    for demand in report.demands[:1]:
        line.append(f"\nover {shorten(demand.text, 60)}", style="quiet")
    return line


def _actors(actors: Iterable[Actor]) -> str:
    return ", ".join(dict.fromkeys(shorten(actor.text, 50) for actor in actors))


def _numbers(report: EventReport) -> Text:
    lines = [_number(quantity) for quantity in dict.fromkeys(report.quantities)]
    return Text("\n").join(lines) if lines else UNKNOWN


def _number(quantity: Quantity) -> Text:
    low, high = quantity.low, quantity.high
    if low is not None and high is not None:
        figure = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    else:
        figure = f"≥ {low:,}" if low is not None else f"≤ {high:,}" if high is not None else "?"
    role = ROLES[quantity.role]
    return Text.assemble((figure, "number"), f" {role.removesuffix('s') if (low, high) == (1, 1) else role}")


def _says(document: Document, report: EventReport, publishers: bool) -> Text:
    names = []
    for source in report.sources:
        if source.kind is SourceKind.AUTHOR and publishers and document.publisher:
            names.append(shorten(document.publisher, 40))
        else:
            names.append(shorten(source_words(source), 50))
    line = Text(", ".join(dict.fromkeys(names))) if names else Text("–", style="quiet")
    for claim in report.claims:
        if claim.differs:
            line.append("\nbut ", style="differs").append(_differing(claim, report), style="differs")
    return line


def _differing(claim: Claim, report: EventReport) -> str:
    """'The clinic: “no more than a long break”'."""
    said = [report.sources[index] for index in claim.sources if 0 <= index < len(report.sources)]
    who = shorten(source_words(said[-1]), 40) if said else "elsewhere"
    what = f"“{shorten(person_words(claim.evidence.quote), 80)}”" if claim.evidence else value_words(claim.value)[0]
    return f"{who}: {what}"
