"""The whole way on one page: read > parse > extract and locate > store > link."""

from __future__ import annotations

import datetime as dt
import functools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tocsin.errors import InputError, TocsinError, UnreadableInput
from tocsin.extract import extract_reports
from tocsin.extract.attribution import find_sayings
from tocsin.extract.quantities import find_quantities
from tocsin.link import link_reports
from tocsin.locate.dates import date_mentions
from tocsin.locate.toponyms import locate_toponyms
from tocsin.parse import Parser, load_parser, parse_document
from tocsin.read import parse_published, read_text
from tocsin.resources.fingerprint import code_version, data_versions
from tocsin.resources.gazetteer import Gazetteer, load_gazetteer
from tocsin.resources.knowledge import Knowledge, load_knowledge
from tocsin.resources.models import EventModel, load_event_model
from tocsin.store import Run, Store
from tocsin.vocabulary import (
    Coded,
    Document,
    EventReport,
    Failed,
    Mentions,
    Outcome,
    Parse,
    Skipped,
)

LANGUAGES = ("en",)
"""What documents can be coded in so far."""

NO_DATE = "no published date: relative dates stay unknown"

# How much may be lost when a run is killed: whichever comes first.
BATCH_DOCUMENTS = 16
BATCH_SECONDS = 5.0


@dataclass(frozen=True)
class Coder:
    """Models and lexicons, loaded once. Coding is a pure function of these and the document.

    Attributes:
        parser: the syntax models.
        gazetteer: the places.
        model: the event encoder.
        knowledge: codebook and lexicons.
        versions: what decides the outcome, by name: code, models, lexicons. The same versions code the same.
        today: published dates after this day are noted as in the future.
    """

    parser: Parser
    gazetteer: Gazetteer
    model: EventModel
    knowledge: Knowledge
    versions: Mapping[str, str]
    today: dt.date

    def code_document(self, document: Document) -> Outcome:
        """Code one document. Whatever goes wrong with it becomes its outcome and costs no other document."""
        name = document.name or document.id
        try:
            _check_text(document.text)
            parse = self.parse(document)
            language = parse.document.language
            if language not in LANGUAGES:
                reason = f"its language is {language}; Tocsin codes {', '.join(LANGUAGES)} so far"
                return Skipped(name, reason, parse.document)
            reports = self.extract(parse)
            for report in reports:
                report.check(parse.document)
        except TocsinError as error:
            return Failed(name, _one_line(name, str(error)))
        except Exception as error:  # a fault in our code must not end a run of a million documents
            return Failed(
                name, _one_line(name, f"{type(error).__name__}: {error}. Please report this fault of Tocsin.")
            )
        return Coded(parse.document, reports, tuple(_notes(document, self.today)))

    def parse(self, document: Document) -> Parse:
        """The document's sentences."""
        return parse_document(document, self.parser)

    def mentions(self, parse: Parse) -> Mentions:
        """The document's dates and places, resolved, its numbers and its sayings."""
        return Mentions(
            dates=date_mentions(parse),
            toponyms=locate_toponyms(parse, self.gazetteer),
            quantities=find_quantities(parse),
            sayings=find_sayings(parse),
        )

    def extract(self, parse: Parse) -> tuple[EventReport, ...]:
        """The events of a parsed document, with their dates, places and sources."""
        return extract_reports(parse, self.mentions(parse), self.model, self.knowledge)


def load_coder(today: dt.date | None = None) -> Coder:
    """Load all that coding needs; takes some seconds.

    Args:
        today: for telling published dates in the future; the computer's day by default.

    Raises:
        DataError: a model, a lexicon or the gazetteer is missing or wrong.
    """
    from tocsin import __version__

    parser, gazetteer, model = load_parser(LANGUAGES), load_gazetteer(), load_event_model()
    versions = {
        "tocsin": __version__,
        "code": code_version(),
        "model": model.version,
        **{f"parser.{language}": version for language, version in parser.versions.items()},
        **{f"data.{name}": version for name, version in data_versions().items()},
    }
    return Coder(parser, gazetteer, model, load_knowledge(), versions, today or dt.date.today())


def code(
    text: str,
    *,
    published: str | dt.date | None = None,
    publisher: str | None = None,
    title: str | None = None,
    language: str | None = None,
    coder: Coder | None = None,
) -> tuple[EventReport, ...]:
    """Code one text.

    Args:
        text: the article; offsets in the reports are code points of exactly this string.
        published: the day it was published, as a date or 'YYYY-MM-DD'. Without it relative dates stay unknown.
        publisher: the outlet or account.
        title: its headline, where it is known.
        language: ISO 639-1 code; identified from the text by default.
        coder: from ``load_coder``; loaded at the first call and kept by default.

    Returns:
        The event reports in text order, perhaps none.

    Raises:
        BadDate: ``published`` is no date.
        InputError: the text is in a language that cannot be coded yet.
        TocsinError: coding failed; the message says where.
    """
    document = read_text(
        text, published=parse_published(published), publisher=publisher, title=title, language=language, name="text"
    )
    match (coder or _kept_coder()).code_document(document):
        case Coded(reports=reports):
            return reports
        case Skipped(reason=reason):
            raise InputError(f"The text cannot be coded: {reason}.")
        case Failed(error=error):
            raise TocsinError(error)


def code_documents(documents: Iterable[Document | Skipped | Failed], coder: Coder) -> Iterator[Outcome]:
    """Code documents one after the other; what could not be read passes through."""
    for document in documents:
        yield coder.code_document(document) if isinstance(document, Document) else document


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What became of the documents given to a run: coded, skipped and failed add up to them.

    Attributes:
        run: the run they are stored in.
        coded, skipped, failed: documents by outcome.
        before: how many of these had been dealt with when an earlier call of the same coder stopped.
        undated: how many coded documents have no published date.
        events: event reports in the run, those of earlier calls too.
        incidents: occurrences that all reports of the run make together.
        problems: (name, 'skipped' or 'failed', reason) in order.
        notes: (name, note) of coded documents, other than a missing date.
    """

    run: Run
    coded: int = 0
    skipped: int = 0
    failed: int = 0
    before: int = 0
    undated: int = 0
    events: int = 0
    incidents: int = 0
    problems: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def documents(self) -> int:
        """How many were given."""
        return self.coded + self.skipped + self.failed


def run_documents(
    documents: Iterable[Document | Skipped | Failed],
    coder: Coder,
    store: Store,
    *,
    settings: Mapping[str, str] | None = None,
    progress: Callable[[Outcome | None], Any] = lambda outcome: None,
) -> RunSummary:
    """Code documents into a store, and link what they tell.

    Outcomes are committed in small batches. A run that was stopped goes on where it was: call it again with the same
    documents, and those already coded by the same coder are passed over.

    Args:
        documents: as read; taken one after the other.
        coder: what codes them; another coder makes another run in the store.
        store: where outcomes go.
        settings: options that change what is coded, kept with the run.
        progress: called with each outcome, with None for a document dealt with before.

    Returns:
        What became of the documents. Outcomes coded when an error or Ctrl-C ends the run are kept.

    Raises:
        StoreError: the store cannot be written.
    """
    run = store.open_run(coder.versions, settings or {})
    tally = _Tally()
    pending = _Pending(store, run)
    try:
        for document in documents:
            before = store.ended(run, document.id) if isinstance(document, Document) else None
            if before is not None:
                tally.add_before(before.name, before.status, before.reason)
                progress(None)
                continue
            outcome = coder.code_document(document) if isinstance(document, Document) else _unread(document)
            pending.add(outcome)
            tally.add(outcome)
            progress(outcome)
    finally:
        pending.save()
    link_run(store, run)
    store.finish_run(run)
    counts = store.counts(run)
    return tally.summary(run, counts.reports, counts.incidents)


def link_run(store: Store, run: Run) -> None:
    """Build the incidents of a run anew from its reports."""
    pairs = [(coded.document, report) for coded in store.load(run) for report in coded.reports]
    store.save_incidents(run, link_reports(pairs))


def incident_of(store: Store, run: Run) -> dict[str, str]:
    """Report id -> incident id, for a whole run."""
    return {member: incident.id for incident in store.incidents(run) for member in incident.members}


@dataclass
class _Pending:
    """Outcomes not yet in the store."""

    store: Store
    run: Run
    outcomes: list[Outcome] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)

    def add(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        if len(self.outcomes) >= BATCH_DOCUMENTS or time.monotonic() - self.since >= BATCH_SECONDS:
            self.save()

    def save(self) -> None:
        if self.outcomes:
            self.store.save(self.run, self.outcomes)
            self.outcomes.clear()
        self.since = time.monotonic()


@dataclass
class _Tally:
    """Counts outcomes while a run goes on."""

    counts: dict[str, int] = field(default_factory=lambda: {"coded": 0, "skipped": 0, "failed": 0})
    before: int = 0
    undated: int = 0
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        match outcome:
            case Coded():
                name = outcome.document.name or outcome.document.id
                self._coded(name, outcome.notes)
            case Skipped():
                self._problem(outcome.name, "skipped", outcome.reason)
            case Failed():
                self._problem(outcome.name, "failed", outcome.error)

    def add_before(self, name: str, status: str, reason: str) -> None:
        self.before += 1
        if status == "coded":
            self._coded(name, tuple(reason.split("\n")) if reason else ())
        else:
            self._problem(name, status, reason)

    def _coded(self, name: str, notes: tuple[str, ...]) -> None:
        self.counts["coded"] += 1
        self.undated += NO_DATE in notes
        self.notes.extend((name, note) for note in notes if note != NO_DATE)

    def _problem(self, name: str, status: str, reason: str) -> None:
        self.counts[status] += 1
        self.problems.append((name, status, reason))

    def summary(self, run: Run, events: int, incidents: int) -> RunSummary:
        return RunSummary(
            run,
            **self.counts,
            before=self.before,
            undated=self.undated,
            events=events,
            incidents=incidents,
            problems=tuple(self.problems),
            notes=tuple(self.notes),
        )


@functools.cache
def _kept_coder() -> Coder:
    return load_coder()


def _unread(outcome: Skipped | Failed) -> Skipped | Failed:
    # The text of a copy belongs to the document it is a copy of: that one may be coded yet.
    return replace(outcome, document=None) if isinstance(outcome, Skipped) else outcome


def _check_text(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableInput(
            f"character {error.start} is half of one (a lone surrogate). Read the text with tocsin.read_documents, "
            "or replace it."
        ) from None


def _notes(document: Document, today: dt.date) -> Iterator[str]:
    if document.published is None:
        yield NO_DATE
    elif document.published > today:
        yield f"its published date {document.published} lies in the future: check it"


def _one_line(name: str, message: str) -> str:
    line = " ".join(message.split())
    return line if line.startswith(name) else f"{name}: {line}"
