"""The whole way on one page: read > parse > extract and locate > store > link."""

from __future__ import annotations

import datetime as dt
import functools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tocsin.errors import InputError, TocsinError
from tocsin.extract.actor_country import ActorKnowledge
from tocsin.extract.actor_identity import identify_actors
from tocsin.extract.attribution import find_sayings
from tocsin.extract.considered import Considered, consider
from tocsin.extract.events import assemble_reports, read_triggers
from tocsin.extract.gate import STEPS, steps
from tocsin.extract.person_names import PeopleKnowledge
from tocsin.extract.persons import find_people
from tocsin.extract.quantities import find_quantities
from tocsin.link import Linker, Profile, Profiler, block_keys, draw_profiles, settle
from tocsin.locate.dates import date_mentions
from tocsin.locate.home import home_country
from tocsin.locate.plants import add_plants
from tocsin.locate.toponyms import locate_toponyms
from tocsin.parse import Parser, load_parser, parse_document
from tocsin.parse.language import identify_language
from tocsin.parts import check_text
from tocsin.read import parse_published, read_text
from tocsin.resources.actor_codes import load_actor_codes
from tocsin.resources.fingerprint import code_version, data_versions, linking_version
from tocsin.resources.gate import GateModel, load_gate
from tocsin.resources.gazetteer import Gazetteer, load_gazetteer
from tocsin.resources.knowledge import Knowledge, load_knowledge
from tocsin.resources.linking import load_linking
from tocsin.resources.models import EventModel, load_event_model
from tocsin.resources.office_holders import load_office_holders
from tocsin.resources.organisations import load_organisations
from tocsin.resources.person_lexicon import load_person_lexicon
from tocsin.resources.sentences import SentenceEncoder, load_sentence_encoder
from tocsin.store import Run, Store
from tocsin.vocabulary import (
    Coded,
    Document,
    EventReport,
    Failed,
    Incident,
    Judgement,
    Mentions,
    Outcome,
    Parse,
    Person,
    Skipped,
    Verdict,
)

LANGUAGES = ("en",)
"""What documents can be coded in so far."""

OLDEST = 1900
"""The first year that a published date may lie in without a note: earlier ones are mostly slips."""

NO_DATE = "no published date: relative dates stay unknown"
NO_SIGN = "no sign of an event in its words: not read further"

# So many new reports are linked one neighbourhood at a time even in a small run.
FEW_REPORTS = 50

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
        gate: lets documents with no sign of an event end early; None reads every document to the end.
    """

    parser: Parser
    gazetteer: Gazetteer
    model: EventModel
    knowledge: Knowledge
    versions: Mapping[str, str]
    today: dt.date
    gate: GateModel | None = None

    def code_document(self, document: Document) -> Outcome:
        """Code one document. Whatever goes wrong with it becomes its outcome and costs no other document."""
        name = document.name or document.id
        try:
            check_text(document.text)
            language = document.language or identify_language(document.text, "en") or "en"
            document = replace(document, language=language)
            if language not in LANGUAGES:
                reason = f"its language is {language}; Tocsin codes {', '.join(LANGUAGES)} so far"
                return Skipped(name, reason, document)
            if not self.worth_reading(document):
                return Coded(document, (), (NO_SIGN, *_notes(document, self.today)))
            parse = self.parse(document)
            mentions = self.mentions(parse)
            reports, people = self.identify(parse, self.extract(parse, mentions), mentions)
            for report in reports:
                report.check(parse.document)
        except TocsinError as error:
            return Failed(name, _one_line(name, str(error)))
        except Exception as error:  # a fault in our code must not end a run of a million documents
            return Failed(
                name, _one_line(name, f"{type(error).__name__}: {error}. Please report this fault of Tocsin.")
            )
        return Coded(parse.document, reports, tuple(_notes(document, self.today)), people)

    def worth_reading(self, document: Document) -> bool:
        """Whether words, and then the encoder's glance and look, show a sign of an event; True without a gate."""
        return self.gate is None or steps(document.text, document.blocks, self.gate, self.model) == STEPS

    def identify(
        self, parse: Parse, reports: tuple[EventReport, ...], mentions: Mentions
    ) -> tuple[tuple[EventReport, ...], tuple[Person, ...]]:
        """The reports with their actors' identities, and the persons whom the document names: masking needs them."""
        document, title = parse.document, parse.document.title
        headline = self.parse(read_text(title, name="title")) if title and title not in document.text else None
        names = PeopleKnowledge(load_person_lexicon(), load_office_holders(), load_organisations())
        people = find_people(parse, mentions.toponyms, mentions.sayings, names, title=headline)
        actors = ActorKnowledge(self.gazetteer, names.holders, names.organisations, load_actor_codes().nouns)
        return identify_actors(reports, people, actors), people

    def parse(self, document: Document) -> Parse:
        """The document's sentences."""
        return parse_document(document, self.parser)

    def mentions(self, parse: Parse) -> Mentions:
        """The document's dates and places, resolved, its numbers and its sayings."""
        named = locate_toponyms(parse, self.gazetteer)
        toponyms = add_plants(parse, named, load_organisations(), self.gazetteer)
        return Mentions(
            dates=date_mentions(parse),
            toponyms=toponyms,
            quantities=find_quantities(parse),
            sayings=find_sayings(parse),
            home=home_country(toponyms, self.gazetteer),
        )

    def extract(self, parse: Parse, mentions: Mentions | None = None) -> tuple[EventReport, ...]:
        """The events of a parsed document; its mentions are read where they are not given."""
        mentions = mentions or self.mentions(parse)
        read = read_triggers(parse, mentions.dates, self.model, self.knowledge.acts)
        return assemble_reports(parse, mentions, read, self.model.settings, self.knowledge) if read else ()

    def consider(self, document: Document, report: EventReport) -> Considered | None:
        """What was weighed for one report of a coded document; None where this coder reads no such trigger in it."""
        parse = self.parse(document)
        mentions = self.mentions(parse)
        read = read_triggers(parse, mentions.dates, self.model, self.knowledge.acts)
        return consider(parse, mentions, read, self.model.settings, self.knowledge, report)


def load_coder(today: dt.date | None = None, *, gate: bool = True) -> Coder:
    """Load all that coding needs; takes some seconds.

    Args:
        today: for telling published dates in the future; the computer's day by default.
        gate: leave documents early whose words show no sign of an event; without it coding them takes many times as long.

    Raises:
        DataError: a model, a lexicon or the gazetteer is missing or wrong.
    """
    from tocsin import __version__

    parser, gazetteer, model = load_parser(LANGUAGES), load_gazetteer(), load_event_model()
    kept = load_gate() if gate else None
    versions = {
        "tocsin": __version__,
        "code": code_version(),
        "model": model.version,
        **({"gate": kept.version} if kept else {}),
        **{f"parser.{language}": version for language, version in parser.versions.items()},
        **{f"data.{name}": version for name, version in data_versions().items()},
    }
    return Coder(parser, gazetteer, model, load_knowledge(), versions, today or dt.date.today(), kept)


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
    link_new(store, run)
    store.finish_run(run)
    counts = store.counts(run)
    return tally.summary(run, counts.reports, counts.incidents)


def link_run(
    store: Store,
    run: Run,
    progress: Callable[[int], Any] = lambda number: None,
    sentences: SentenceEncoder | None = None,
) -> None:
    """Build the incidents of a run anew from its reports and people's judgements.

    ``progress`` is called with the number of reports read so far, and with -1 when they are all being compared.
    ``sentences`` compares what is told in two languages; the run stays linked so.
    """
    rules = load_linking()
    profiler = Profiler(rules, sentences)
    told = ((coded.document, report) for coded in store.load(run) for report in coded.reports)
    profiles = draw_profiles(_counted(told, progress), profiler)
    progress(-1)
    linker = Linker(rules, profiler, settle(store.judgements(run)))
    store.save_keys(run, {identity: block_keys(profile, rules) for identity, profile in profiles.items()})
    store.save_incidents(run, linker.link([profiles[identity] for identity in sorted(profiles)]))
    store.set_linking_version(run, linking_version(sentences.version if sentences else ""))


def _counted(
    told: Iterable[tuple[Document, EventReport]], progress: Callable[[int], Any]
) -> Iterator[tuple[Document, EventReport]]:
    for number, one in enumerate(told, 1):
        progress(number)
        yield one


def sentences_of(store: Store, run: Run) -> SentenceEncoder | None:
    """What compared two languages when the run was last linked, None if nothing did; MissingExtra where it is gone."""
    return load_sentence_encoder() if (store.linking_version(run) or "").count(".") > 1 else None


def link_new(
    store: Store,
    run: Run,
    progress: Callable[[int], Any] = lambda number: None,
    sentences: SentenceEncoder | None = None,
) -> None:
    """Link what has come into a run since it was last linked; everything, where that is most of it. See ``link_run``."""
    sentences = sentences or sentences_of(store, run)
    new = store.unlinked(run)
    few = len(new) <= max(FEW_REPORTS, store.counts(run).reports // 10)
    if few and store.linking_version(run) == linking_version(sentences.version if sentences else ""):
        link_again(store, run, new)
    else:
        link_run(store, run, progress, sentences)


def link_again(store: Store, run: Run, ids: Iterable[str]) -> tuple[Incident, ...]:
    """Link some reports, and what they are connected to; the rest of the run is not looked at.

    Args:
        store: where the run is, linked before by the same rules.
        run: what holds the reports.
        ids: reports that are new, or that people judged since.

    Returns:
        The incidents put in place of those before, the same that ``link_run`` would make.
    """
    rules = load_linking()
    profiler = Profiler(rules, sentences_of(store, run))
    stored = _StoredNeighbours(store, run, profiler)
    wanted = set(ids)
    fresh = stored.profiles(sorted(wanted))
    store.save_keys(run, {identity: block_keys(profile, rules) for identity, profile in fresh.items()})
    wanted |= store.companions(run, wanted)
    incidents = Linker(rules, profiler, settle(store.judgements(run))).relink(sorted(wanted), stored)
    store.replace_incidents(run, incidents)
    return incidents


def judge(
    store: Store, run: Run, left: str, right: str, verdict: Verdict, *, who: str, note: str = ""
) -> tuple[Incident, ...]:
    """Keep what a person decided on two reports, and link them again by it.

    Args:
        store: where the run is.
        run: what holds both reports.
        left: id of one report; ``right`` of another.
        right: see ``left``.
        verdict: the same occurrence, different ones, or open: as if nobody had judged.
        who: the person's name.
        note: why, in the person's words.

    Returns:
        The incidents put in place of those before.

    Raises:
        StoreError: the run has no such report.
        InputError: both ids are one.
    """
    if left == right:
        raise InputError(f"report {left} cannot be judged against itself. Name two reports.")
    one, other = sorted((left, right))
    store.judge(run, Judgement(one, other, verdict, who, dt.datetime.now(dt.UTC), note))
    return link_again(store, run, (one, other))


@dataclass
class _StoredNeighbours:
    """The reports of a run as linking asks for them, each read once."""

    store: Store
    run: Run
    profiler: Profiler
    kept: dict[str, Profile] = field(default_factory=dict)
    filed: dict[int, tuple[int, tuple[str, ...]]] = field(default_factory=dict)  # how many were asked for, and ids

    def profiles(self, ids: Iterable[str]) -> Mapping[str, Profile]:
        wanted = list(ids)
        missing = [identity for identity in wanted if identity not in self.kept]
        self.kept.update(draw_profiles(self.store.reports(self.run, missing), self.profiler))
        return {identity: self.kept[identity] for identity in wanted if identity in self.kept}

    def blocks(self, keys: Iterable[int], largest: int) -> Mapping[int, tuple[str, ...]]:
        wanted = list(keys)
        missing = [key for key in wanted if self.filed.get(key, (0, ()))[0] < largest]
        there = self.store.blocks(self.run, missing, largest)
        self.filed.update((key, (largest, tuple(there.get(key, ())))) for key in missing)
        return {key: self.filed[key][1][: largest + 1] for key in wanted}


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
        self.notes.extend((name, note) for note in notes if note not in (NO_DATE, NO_SIGN))

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


def _notes(document: Document, today: dt.date) -> Iterator[str]:
    if document.published is None:
        yield NO_DATE
    elif document.published > today:
        yield f"its published date {document.published} lies in the future: check it"
    elif document.published.year < OLDEST:
        yield f"its published date {document.published} lies before {OLDEST}: check it"


def _one_line(name: str, message: str) -> str:
    line = " ".join(message.split())
    return line if line.startswith(name) else f"{name}: {line}"
