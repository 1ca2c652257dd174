"""The report: one self-contained HTML page of coded events, and its JSON twin.

The page needs no network and no offsets: Python cuts the articles where marks begin and end (see marks.py), draws map
and timeline (map.py, timeline.py), and the template under templates/ puts them together. Its script only selects,
filters and zooms; without it the page still reads from top to bottom.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tocsin import __version__
from tocsin.errors import ExportError
from tocsin.export.incidents import incident_record
from tocsin.export.masking import MASKED, SHOWN, mask_names, person_words
from tocsin.resources.map import load_map
from tocsin.tellings import Telling
from tocsin.vocabulary import (
    Attribution,
    Claim,
    Coded,
    DateInterval,
    Document,
    EventReport,
    Field,
    Incident,
)
from tocsin.web import words
from tocsin.web.incidents import agreement_words, told_incidents, view_incident
from tocsin.web.map import draw_map
from tocsin.web.marks import Stretch, cut_document, report_marks
from tocsin.web.timeline import lay_out

TITLE = "Events, and who says so"


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim as the page shows it; ``anchor`` is where its words stand in the article on the same page."""

    value: str
    note: str
    quote: str | None
    anchor: str | None
    sources: tuple[Attribution, ...]
    differs: bool
    reason: str
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Everything the page says of one event."""

    number: int
    report: EventReport
    document: Document
    article: int
    claims: tuple[tuple[str, tuple[Quote, ...]], ...]  # (field in words, its claims)
    sources: tuple[str, ...]
    search: str

    @property
    def anchor(self) -> str:
        """The id of the event's section on the page."""
        return f"e{self.number}"

    @property
    def place(self) -> str:
        """Where, in words."""
        return words.place_words(self.report.place)

    @property
    def date(self) -> str:
        """When, in words."""
        return words.date_words(self.report.date)

    @property
    def country(self) -> str:
        """ISO code of the country, or ''."""
        place = self.report.place
        return place.country or "" if place else ""

    @property
    def differs(self) -> bool:
        """Whether somebody says otherwise."""
        return any(claim.differs for claim in self.report.claims)


@dataclass(frozen=True, slots=True)
class Article:
    """A document as the page shows it: its words, marked."""

    number: int
    document: Document
    notes: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    link: str | None
    events: int


def report_data(coded: Iterable[Coded], incidents: Iterable[Incident] = (), *, unmask: bool = False) -> dict[str, Any]:
    """What the report shows, as JSON-ready data: the page's twin, and embedded in it.

    Args:
        coded: documents with their reports.
        incidents: which reports tell one occurrence, where they were linked.
        unmask: show the names of private persons.

    Returns:
        ``documents`` (with text) and ``events`` in the page's order, by date and unknown dates last. Offsets are
        Unicode code points of the document's text. Unknown is None. ``sources`` of a claim index its event's sources.
        ``incidents`` are those of several documents or contested fields, with every account of them.
    """
    given, linked = list(coded), list(incidents)
    return _data(given, linked, worth_a_look(given, linked, unmask=unmask), unmask)


def worth_a_look(coded: Iterable[Coded], incidents: Iterable[Incident], *, unmask: bool = False) -> list[Telling]:
    """The incidents that several documents tell, or that sources contradict each other about: the contested ones first."""
    found = [
        telling
        for telling in told_incidents(incidents, _unique(coded), unmask=unmask)
        if len(telling.documents) > 1 or telling.contested
    ]
    return sorted(found, key=lambda one: (-len(one.contested), -len(one.documents), one.incident.id))


def _data(
    coded: Iterable[Coded], incidents: Iterable[Incident], tellings: Iterable[Telling], unmask: bool
) -> dict[str, Any]:
    items = [mask_names(item, unmask=unmask) for item in coded]
    pairs = _in_order(items)
    member_of = {member: incident.id for incident in incidents for member in incident.members}
    return {
        "generator": f"tocsin {__version__}",
        "offsets": "Unicode code points of a document's text, [start, end)",
        "private_names": SHOWN if unmask else MASKED,
        "counts": _counts(items),
        "documents": [
            {"id": item.document.id, **_plain(item.document), "notes": list(item.notes)} for item in _unique(items)
        ],
        "events": [{**_event_data(report), "incident": member_of.get(report.id)} for _, report in pairs],
        "incidents": [incident_record(telling, unmask=unmask) for telling in tellings],
    }


def write_report(
    coded: Sequence[Coded],
    path: Path,
    title: str = TITLE,
    incidents: Sequence[Incident] = (),
    *,
    unmask: bool = False,
) -> None:
    """Write one HTML page with a table, a map, a timeline and each event's words in its article.

    Args:
        coded: documents with their reports.
        path: the file to write; its folder must exist.
        title: the page's heading.
        incidents: which reports tell one occurrence; each of them then leads to the others.
        unmask: show the names of private persons; the page then says so.

    Raises:
        EvidenceMismatch: an article no longer reads like the words a report quotes from it.
        ExportError: the file cannot be written.
    """
    page = render_report(coded, title, incidents, unmask=unmask)
    try:
        # A lone surrogate (broken escapes in JSON input) has no bytes in UTF-8; '?' stands in for it on the page.
        path.write_bytes(page.encode("utf-8", "replace"))
    except OSError as error:
        raise ExportError(f"{path}: cannot write the report ({error.strerror}). Name another file.") from error


def render_report(
    coded: Sequence[Coded], title: str = TITLE, incidents: Sequence[Incident] = (), *, unmask: bool = False
) -> str:
    """The page's HTML; see write_report."""
    found = _unique(coded)
    for item in found:
        for report in item.reports:
            report.check(item.document)
    items = [mask_names(item, unmask=unmask) for item in found]
    pairs = _in_order(items)
    reports = [report for _, report in pairs]
    index = {item.document.id: number for number, item in enumerate(items)}
    own: dict[str, list[tuple[int, EventReport]]] = {item.document.id: [] for item in items}
    for number, (document, report) in enumerate(pairs):
        own[document.id].append((number, report))
    articles = [_article(number, item, own[item.document.id]) for number, item in enumerate(items)]
    rows = [
        _row(number, report, document, articles[index[document.id]]) for number, (document, report) in enumerate(pairs)
    ]
    numbers = {report.id: number for number, report in enumerate(reports)}
    outlines = load_map()
    drawn = draw_map(reports, outlines)
    tellings = worth_a_look(found, incidents, unmask=unmask)
    template = _environment().get_template("report.html")
    return template.render(
        title=title,
        version=__version__,
        counts=_counts(items),
        days=_days(reports),
        rows=rows,
        articles=articles,
        numbers=numbers,
        together=_together(incidents, numbers),
        incidents=[view_incident(telling) for telling in tellings],
        side_by_side={numbers[report.id]: telling.incident.id for telling in tellings for _, report in telling.members},
        names={outline.code: outline.name for outline in outlines if outline.code},
        map=drawn,
        timeline=lay_out(reports),
        types=sorted({report.type for report in reports}),
        factualities=[value for value in type(reports[0].factuality) if value in {r.factuality for r in reports}]
        if reports
        else [],
        countries=sorted({row.country for row in rows if row.country}),
        data=embed_json(_data(items, incidents, tellings, unmask)),
        unmasked=unmask,
    )


def embed_json(data: object) -> Markup:
    """JSON that can stand inside a script element: no '<' is left that could end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tocsin.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain_words"] = words.plain_words
    environment.filters["interval"] = lambda quantity: words.interval_words(quantity.low, quantity.high)
    environment.filters["day"] = words.day_words
    environment.filters["share"] = words.share_words
    environment.filters["source"] = words.source_words
    environment.filters["agreement"] = agreement_words
    return environment


def _unique(coded: Iterable[Coded]) -> list[Coded]:
    """Each document once, the first time it comes: the same article twice is one document."""
    return list({item.document.id: item for item in reversed(list(coded))}.values())[::-1]


def _in_order(coded: Iterable[Coded]) -> list[tuple[Document, EventReport]]:
    """Every report with its document, by first day, then as documents and texts tell them; unknown days last."""
    pairs = [(item.document, report) for item in _unique(coded) for report in item.reports]
    return sorted(pairs, key=lambda pair: pair[1].date.start or pair[1].date.end or dt.date.max)


def _together(incidents: Iterable[Incident], numbers: dict[str, int]) -> dict[int, list[int]]:
    """For each event on the page that others tell too: the numbers of those others."""
    found: dict[int, list[int]] = {}
    for incident in incidents:
        members = sorted(numbers[member] for member in incident.members if member in numbers)
        if len(members) > 1:
            found.update({member: [other for other in members if other != member] for member in members})
    return found


def _counts(coded: Iterable[Coded]) -> dict[str, int]:
    reports = [report for item in _unique(coded) for report in item.reports]
    return {
        "documents": len(_unique(coded)),
        "events": len(reports),
        "countries": len({report.place.country for report in reports if report.place and report.place.country}),
        "claims": sum(len(report.claims) for report in reports),
        "differing": sum(claim.differs for report in reports for claim in report.claims),
    }


def _days(reports: Sequence[EventReport]) -> str:
    known = [day for report in reports for day in (report.date.start, report.date.end) if day]
    return words.date_words(DateInterval(min(known), max(known))) if known else "no dates told"


def _article(number: int, item: Coded, own: Sequence[tuple[int, EventReport]]) -> Article:
    document = item.document
    marks = [mark for event, report in own for mark in report_marks(report, event)]
    # Only web addresses become links: a 'javascript:' address from a hostile page must not.
    link = document.url if document.url and document.url.startswith(("http://", "https://")) else None
    return Article(number, document, item.notes, tuple(cut_document(document, marks)), link, len(own))


def _row(number: int, report: EventReport, document: Document, article: Article) -> Row:
    starts = {segment.start for stretch in article.stretches for segment in stretch.segments}
    claims = []
    for field in Field:
        own = [claim for claim in report.claims if claim.field is field]
        if own:
            quotes = tuple(_quote(claim, report, article.number, starts) for claim in own)
            claims.append((words.FIELD_WORDS[field], quotes))
    sources = tuple(dict.fromkeys(words.source_words(source) for source in report.sources))
    return Row(number, report, document, article.number, tuple(claims), sources, _search_text(report, document))


def _quote(claim: Claim, report: EventReport, article: int, starts: set[int]) -> Quote:
    value, note = words.value_words(claim.value)
    evidence = claim.evidence
    anchor = f"a{article}-{evidence.span.start}" if evidence and evidence.span.start in starts else None
    sources = tuple(report.sources[index] for index in claim.sources if 0 <= index < len(report.sources))
    return Quote(
        value,
        note,
        person_words(evidence.quote) if evidence else None,
        anchor,
        sources,
        claim.differs,
        claim.reason,
        words.share_words(claim.confidence) if claim.confidence is not None else "",
    )


def _search_text(report: EventReport, document: Document) -> str:
    parts: list[str | None] = [report.type.value.replace("_", " "), document.title, document.publisher, document.name]
    parts += [evidence.quote for evidence in report.all_evidence()]
    if report.place:
        parts += [report.place.name, report.place.settlement, report.place.admin1]
    parts += [actor.text for actor in (*report.initiators, *report.targets)]
    return " ".join(person_words(" ".join(filter(None, parts))).casefold().split())


def _event_data(report: EventReport) -> dict[str, Any]:
    """A report as data: what it is made of, and the readings that follow from its claims."""
    readings = ("factuality", "date", "place", "initiators", "targets", "employer", "union", "sector")
    derived = {name: _plain(getattr(report, name)) for name in (*readings, "quantities", "demands")}
    return {"id": report.id, "group": report.type.group, **derived, **_plain(report)}


def _plain(value: Any) -> Any:
    """Dataclasses, enums and dates as what JSON knows."""
    if is_dataclass(value) and not isinstance(value, type):
        # Ids stand beside; what a masked copy keeps them in is nobody's business outside.
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name != "kept_id"}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
