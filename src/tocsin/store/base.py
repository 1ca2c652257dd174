"""What a store does, whichever database keeps it. Each store passes the contract in tests/store/contract.py."""

from __future__ import annotations

import datetime as dt
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from tocsin.vocabulary import Coded, Document, EventReport, EventType, Incident, Judgement, Outcome, content_id


@dataclass(frozen=True, slots=True)
class Run:
    """What one coder made of the documents it was given. A changed coder is another run, beside the old one.

    ``versions`` name the code, models and lexicons; ``settings`` are the options that change what is coded.
    ``updated`` is when an outcome was last saved; ``finished`` is None while documents may still be missing.
    """

    id: str
    versions: Mapping[str, str]
    settings: Mapping[str, str]
    started: dt.datetime
    updated: dt.datetime
    finished: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which reports to give back; what is None or empty does not select.

    Attributes:
        types: any of these event types.
        country: ISO 3166-1 alpha-2, any case.
        since: the report's dates reach this day or a later one; reports of unknown date are left out.
        until: the report's dates reach this day or an earlier one; reports of unknown date are left out.
        where: part of the name of the place, its settlement or its first-order division, any case.
        says: part of the name of a source, or a kind of source, any case.
        limit: at most so many reports, those of the latest dates first.
        document: the beginning of the document's id, or its name.
        min_confidence: the row confidence that a report has at least; where none was measured it is not asked for.
    """

    types: tuple[EventType, ...] = ()
    country: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    where: str | None = None
    says: str | None = None
    limit: int | None = None
    min_confidence: float = 0.0
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a document ended: 'coded' (``reason`` holds its notes, one a line), 'skipped' or 'failed'."""

    name: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run holds: documents by outcome, reports and incidents."""

    outcomes: Mapping[str, int] = field(default_factory=dict)
    reports: int = 0
    incidents: int = 0


class Store(ABC):
    """Where coded documents are kept. Use it as a context manager; leaving it closes it."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What messages call the store: a path or an address without secrets."""

    @abstractmethod
    def open_run(self, versions: Mapping[str, str], settings: Mapping[str, str]) -> Run:
        """The run of a coder: the one already there if versions and settings are the same, else a new one."""

    @abstractmethod
    def finish_run(self, run: Run) -> None:
        """Note that every document given has been dealt with."""

    @abstractmethod
    def runs(self) -> tuple[Run, ...]:
        """Every run, the last updated first."""

    @abstractmethod
    def ended(self, run: Run, document_id: str) -> Ended | None:
        """How a document ended in a run, None if it was neither coded nor skipped. Failures are tried again."""

    @abstractmethod
    def save(self, run: Run, outcomes: Sequence[Outcome]) -> None:
        """Keep outcomes, all or none. Saving the same again changes nothing; a failure gives way to a later success.

        A document that is stored already keeps its text; what was unknown of it (publisher, title ...) is filled in.

        Raises:
            StoreError: the database cannot be written.
        """

    @abstractmethod
    def outcomes(self, run: Run) -> Iterator[Ended]:
        """How each document of a run ended, by name."""

    @abstractmethod
    def counts(self, run: Run) -> Counts:
        """How much a run holds."""

    @abstractmethod
    def load(self, run: Run, selection: Selection | None = None) -> Iterator[Coded]:
        """Coded documents of a run with their reports as they were saved.

        Without a selection: every coded document, also those without reports, in the order they were coded.
        With one: documents that have a report selected, with those reports only, latest dates first.
        """

    @abstractmethod
    def save_incidents(self, run: Run, incidents: Iterable[Incident]) -> None:
        """Put these in place of all incidents of a run."""

    @abstractmethod
    def incidents(self, run: Run, ids: Iterable[str] | None = None) -> Iterator[Incident]:
        """The incidents of a run, by id; of these ids only, where they are given."""

    @abstractmethod
    def find_incidents(self, run: Run, begins: str) -> tuple[Incident, ...]:
        """Incidents whose id begins so; where there is none, those with a report whose id does."""

    # --- reading one incident with what stands around it ---

    @abstractmethod
    def spans(
        self, run: Run, countries: Iterable[str], first: dt.date, last: dt.date
    ) -> Iterator[tuple[str, EventType, dt.date, dt.date]]:
        """Id, type, first and last day of each incident that has a report in one of these countries and overlaps these days."""

    @abstractmethod
    def told_within(self, run: Run, ids: Iterable[str]) -> set[str]:
        """Ids of the incidents that one document tells these to be part of, or that it tells to be part of these."""

    @abstractmethod
    def members(self, run: Run, ids: Iterable[str]) -> Iterator[Coded]:
        """Coded documents with those of their reports that are in these incidents, by document."""

    @abstractmethod
    def last_told(self, run: Run, countries: Iterable[str], min_confidence: float = 0.0) -> Mapping[str, dt.date]:
        """The last day on which a document with a report in each of these countries was published."""

    # --- linking one more document ---

    @abstractmethod
    def replace_incidents(self, run: Run, incidents: Sequence[Incident]) -> None:
        """Put these in place of every incident of the run that shares a report with one of them."""

    @abstractmethod
    def save_keys(self, run: Run, keys: Mapping[str, Sequence[int]]) -> None:
        """File reports under blocks, by report id, in place of what they were filed under."""

    @abstractmethod
    def blocks(self, run: Run, keys: Iterable[int], largest: int) -> Mapping[int, tuple[str, ...]]:
        """Ids of the reports under each key, sorted, ``largest`` + 1 at most; keys that nobody is under are left out."""

    @abstractmethod
    def reports(self, run: Run, ids: Iterable[str]) -> Iterator[tuple[Document, EventReport]]:
        """These reports of a run with their documents; ids that are not there are passed over."""

    @abstractmethod
    def unlinked(self, run: Run) -> set[str]:
        """Ids of the reports that are in no incident yet."""

    @abstractmethod
    def companions(self, run: Run, ids: Iterable[str]) -> set[str]:
        """Ids of all reports of the incidents that these reports are in."""

    @abstractmethod
    def linking_version(self, run: Run) -> str | None:
        """By which rules the incidents of a run were linked, None before the first time."""

    @abstractmethod
    def set_linking_version(self, run: Run, version: str) -> None:
        """Note by which rules the incidents of a run were linked."""

    # --- people's judgements ---

    @abstractmethod
    def judge(self, run: Run, judgement: Judgement) -> None:
        """Keep what a person decided on two reports of a run; what was decided before stays beside it.

        Raises:
            StoreError: the run has no such report.
        """

    @abstractmethod
    def judgements(self, run: Run) -> tuple[Judgement, ...]:
        """Every judgement on reports of a run, oldest first.

        Judgements are kept for the store, not for a run: where another coder gave a report another id, it is found by
        its document and trigger. Those whose reports are not in the run are left out.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    def latest_run(self) -> Run | None:
        """The run that was last added to, None in an empty store: what is shown and exported by default."""
        return next(iter(self.runs()), None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def run_id(versions: Mapping[str, str], settings: Mapping[str, str]) -> str:
    """16 hex digits that follow from what coded and how: the same coder is the same run."""
    return content_id("run", json.dumps(dict(versions), sort_keys=True), json.dumps(dict(settings), sort_keys=True))
