"""The core types. Every step takes some of these and gives others; none has types of its own to pass on.

The way of one document: Document -> Parse -> EventReports (made of Claims, each with its Evidence and
Attributions) -> Incidents. All types are frozen. Unknown is None, never 0 or "".
Offsets are Unicode code points into ``Document.text``, half-open ``[start, end)``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tocsin.errors import EvidenceMismatch

# --- words of the codebook -------------------------------------------------------------------


class EventType(StrEnum):
    """What kind of act a report tells; definitions stand in data/codebook/."""

    DEMONSTRATION = "demonstration"
    STRIKE = "strike"
    BLOCKADE = "blockade"
    RIOT = "riot"
    OTHER_PROTEST = "other_protest"
    ARREST = "arrest"
    USE_OF_FORCE = "use_of_force"
    RESTRICTION = "restriction"
    LEGAL_ACTION = "legal_action"
    REPRISAL = "reprisal"
    KILLING = "killing"
    ATTACK = "attack"
    BOMBING = "bombing"
    CLASH = "clash"
    PROPERTY_DAMAGE = "property_damage"
    LOCKOUT = "lockout"
    AGREEMENT = "agreement"
    RELEASE = "release"

    @property
    def group(self) -> str:
        """contention, repression, violence, labour or settlement."""
        return _GROUPS[self]


_GROUPS = {
    EventType(name): group
    for group, names in {
        "contention": "demonstration strike blockade riot other_protest",
        "repression": "arrest use_of_force restriction legal_action reprisal",
        "violence": "killing attack bombing clash property_damage",
        "labour": "lockout",
        "settlement": "agreement release",
    }.items()
    for name in names.split()
}


class Factuality(StrEnum):
    """How the text tells the act: as done, hedged, announced, demanded or denied."""

    ACTUAL = "actual"
    POSSIBLE = "possible"
    PLANNED = "planned"
    CALLED_FOR = "called_for"
    DENIED = "denied"


class ActorKind(StrEnum):
    """What an initiator or target is."""

    PROTESTERS = "protesters"
    WORKERS = "workers"
    UNION = "union"
    STUDENTS = "students"
    RESIDENTS = "residents"
    OPPOSITION = "opposition"
    PARTY = "party"
    RELIGIOUS = "religious"
    ETHNIC = "ethnic"
    EMPLOYER = "employer"
    GOVERNMENT = "government"
    HEAD_OF_STATE = "head_of_state"
    POLICE = "police"
    MILITARY = "military"
    COURT = "court"
    MILITIA = "militia"
    REBELS = "rebels"
    CRIMINALS = "criminals"
    MEDIA = "media"
    NGO = "ngo"
    INTERNATIONAL = "international"
    CIVILIANS = "civilians"
    UNKNOWN = "unknown"


class SourceKind(StrEnum):
    """What the one who says so is; AUTHOR is the document in its own voice."""

    AUTHOR = "author"
    NAMED_PERSON = "named_person"
    OFFICIAL = "official"
    ORGANISATION = "organisation"
    MEDIA = "media"
    SOCIAL_POST = "social_post"
    WITNESS = "witness"
    UNNAMED = "unnamed"


class QuantityRole(StrEnum):
    """What a number counts."""

    PARTICIPANTS = "participants"
    WORKFORCE = "workforce"
    DETAINED = "detained"
    INJURED = "injured"
    KILLED = "killed"
    SITES = "sites"
    DURATION_DAYS = "duration_days"


class Issue(StrEnum):
    """The class of a demand."""

    WAGES = "wages"
    CONDITIONS = "conditions"
    JOBS = "jobs"
    ELECTIONS = "elections"
    RIGHTS = "rights"
    VIOLENCE_BY_STATE = "violence_by_state"
    CORRUPTION = "corruption"
    SERVICES = "services"
    ENVIRONMENT = "environment"
    LAND = "land"
    IDENTITY = "identity"
    WAR_PEACE = "war_peace"
    PRICES = "prices"
    OTHER = "other"


class DatePrecision(StrEnum):
    """How exactly the text tells a date."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class PlacePrecision(StrEnum):
    """How exactly the text tells a place."""

    SITE = "site"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    UNKNOWN = "unknown"


class BlockKind(StrEnum):
    """What a stretch of a document is. FURNITURE is kept for its offsets and never coded."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POST = "post"
    CAPTION = "caption"
    FURNITURE = "furniture"


# --- text ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``[start, end)`` in code points of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}:{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, quoted post, caption or piece of page furniture of a document."""

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    language: str | None = None
    account: str | None = None  # who posted it, for kind POST


@dataclass(frozen=True, slots=True)
class Document:
    """One published text. Its text is fixed once read; every offset of every report points into it."""

    text: str
    published: dt.date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    name: str | None = None  # where it was read from: a path, or path#record
    blocks: tuple[Block, ...] = ()
    kept_id: str | None = None  # of a copy with masked names: the id of the document as read

    @property
    def id(self) -> str:
        """24 hex digits of the SHA-256 of text and published date: the same article twice is one document."""
        if self.kept_id is not None:
            return self.kept_id
        published = self.published.isoformat() if self.published else ""
        return content_id("document", published, self.text, digits=24)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that was read and on purpose not coded."""

    name: str
    reason: str
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that could not be read or coded, and the one-line error that says why."""

    name: str
    error: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark with its syntax. ``head`` is an index into the same sentence's tokens (the root's is its own)."""

    index: int
    span: Span
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str = ""  # entity label, "" outside entities


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity as the parser saw it; label in spaCy's OntoNotes names (PERSON, ORG, GPE, DATE ...)."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block. Sentences of blocks in languages we do not parse have tokens without syntax."""

    index: int
    span: Span
    block: int
    language: str
    tokens: tuple[Token, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks: ``span`` with the marks, ``inner`` without."""

    span: Span
    inner: Span


@dataclass(frozen=True, slots=True)
class Parse:
    """A document with its sentences, tokens, entities and quotations."""

    document: Document
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...] = ()

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers a code point, or None (furniture and white space are in none)."""
        low, high = 0, len(self.sentences)
        while low < high:
            mid = (low + high) // 2
            if self.sentences[mid].span.end <= offset:
                low = mid + 1
            else:
                high = mid
        if low < len(self.sentences) and self.sentences[low].span.start <= offset:
            return self.sentences[low]
        return None


# --- what a report is made of ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why we say so: a span, and the words that stood there when we coded it."""

    span: Span
    quote: str

    @classmethod
    def at(cls, document: Document, start: int, end: int) -> Evidence:
        """The evidence at ``[start, end)`` of a document."""
        return cls(Span(start, end), document.text[start:end])

    def check(self, document: Document) -> None:
        """Raise EvidenceMismatch if the document no longer reads like the quote."""
        found = document.text[self.span.start : self.span.end]
        if found != self.quote:
            raise EvidenceMismatch(
                f"{document.id} {self.span.start}:{self.span.end} reads {found!r}, the report quotes {self.quote!r}. "
                "Was the text changed after reading? Read and code this document again."
            )


@dataclass(frozen=True, slots=True)
class Attribution:
    """One who says so. ``source`` is None where the document asserts in its own voice or no noun names the source."""

    kind: SourceKind
    source: Evidence | None = None
    cue: Evidence | None = None
    content: Evidence | None = None


@dataclass(frozen=True, slots=True)
class DateInterval:
    """When: first and last day, both inclusive, and how exactly the text tells it. An open end is None."""

    start: dt.date | None = None
    end: dt.date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the name as written, and what the gazetteer makes of it. Coordinates in degrees, WGS 84."""

    name: str
    precision: PlacePrecision = PlacePrecision.UNKNOWN
    settlement: str | None = None
    admin1: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    latitude: float | None = None
    longitude: float | None = None
    geonameid: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An initiator or target: name or description as written, and its kind.

    ``identity`` is the same for one person or organisation in every document and script, None where the words do not
    name one. ``country`` is the country it belongs to, ISO 3166-1 alpha-2, None if unknown or of no country.
    """

    text: str
    kind: ActorKind = ActorKind.UNKNOWN
    identity: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people, sites or days as an interval; None leaves that end open. Words as written."""

    role: QuantityRole
    low: int | None
    high: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked for, as written, and its issue class."""

    text: str
    issue: Issue = Issue.OTHER


# --- mentions: what parse, locate and extract find in the text before any event is known -------


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression. ``kind`` is TIMEX3's: date, time, duration or set; a duration has no interval.

    ``value`` is the TIMEX3 value ('2020-08-13', '2020-W33', 'P3D'), "" if it could not be told. ``interval`` is None
    where the expression cannot be resolved (a weekday with no published date); ``reason`` says by which rule.
    """

    span: Span
    text: str
    kind: str
    value: str
    interval: DateInterval | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name as written, and the gazetteer's answer. ``place`` is None where no candidate is good enough.

    ``role`` is 'location' for a place, 'demonym' for an adjective or people ('Belarusian'), 'site' for a building or
    square inside a settlement, 'plant' for a plant known by its employer's name. ``score`` is the resolver's, 0 to 1; ``near`` is set for 'near X', 'outside X'.
    ``confidence`` is how often places scored so are right (within 161 km), None where there is no place.
    """

    span: Span
    text: str
    place: Place | None
    role: str = "location"
    score: float = 0.0
    near: bool = False
    reason: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number with what it counts. ``span`` covers the phrase ('some 6,000 people'), ``number`` the number words.

    ``low`` and ``high`` follow the codebook's table, None is open. ``noun`` is the head of what is counted, lemmatised
    ('worker'), "" if none is told; ``unit`` is 'people', 'days', 'sites', 'money', 'percent', 'age' or 'other'.
    ``role`` is the reading from syntax alone, None where syntax does not tell.
    """

    span: Span
    number: Span
    text: str
    low: int | None
    high: int | None
    noun: str = ""
    unit: str = "other"
    role: QuantityRole | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody says something: source, cue and content found together. ``content`` may be several spans of one saying.

    ``nested`` is the index of the saying inside whose content this one stands, None at the top.
    ``hedge`` marks a cue that does not vouch ('allegedly', 'there are reports').
    """

    content: tuple[Span, ...]
    attribution: Attribution
    nested: int | None = None
    hedge: bool = False
    denial: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything found in one document before events are coded, each tuple in text order.

    ``home`` is the country in which most of its places lie, where no word names that country or its people.
    """

    dates: tuple[DateMention, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    sayings: tuple[Saying, ...] = ()
    home: Place | None = None


class Field(StrEnum):
    """The fields of a report that claims give values to."""

    FACTUALITY = "factuality"
    DATE = "date"
    PLACE = "place"
    INITIATOR = "initiator"
    TARGET = "target"
    EMPLOYER = "employer"
    UNION = "union"
    SECTOR = "sector"
    QUANTITY = "quantity"
    DEMAND = "demand"


Value = Factuality | DateInterval | Place | Actor | Quantity | Demand | str
"""What a claim can say: the type follows from its field (employer, union and sector are plain text)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of one field of a report: the words it comes from and who says so.

    ``sources`` index the report's attributions, outermost first. ``differs`` marks a claim that contradicts the
    report's reading of the field (management's 'nothing more than a meeting' under a demonstration): it is kept
    beside it and never replaces it. ``reason`` names the rule or model head that made the value. ``score`` ranks values
    of one field; ``confidence`` is how often values scored so are right where the event is, None where not measured.
    """

    field: Field
    value: Value
    evidence: Evidence | None
    sources: tuple[int, ...] = ()
    differs: bool = False
    score: float | None = None
    reason: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class EventReport:
    """One occurrence as one document tells it.

    ``score`` ranks events. ``confidence`` is how often events scored so are there at all, ``row_confidence`` how often
    every field of the row is right with them; both None where not measured.
    """

    document_id: str
    type: EventType
    trigger: Evidence
    evidence: tuple[Evidence, ...]
    claims: tuple[Claim, ...] = ()
    sources: tuple[Attribution, ...] = ()
    part_of: str | None = None  # id of another report of the same document
    score: float | None = None
    reason: str = ""
    kept_id: str | None = None  # of a copy with masked names: the id of the report as coded
    confidence: float | None = None
    row_confidence: float | None = None

    @property
    def id(self) -> str:
        """16 hex digits that follow from document, type, trigger, factuality, place, date and initiators."""
        if self.kept_id is not None:
            return self.kept_id
        place, date = self.place, self.date
        parts = [self.document_id, self.type.value, str(self.trigger.span.start), str(self.trigger.span.end)]
        parts.extend((self.factuality.value, place.name if place else "", str(date.start), str(date.end)))
        parts.extend(actor.text for actor in self.initiators)
        return content_id("report", *parts)

    def values(self, field: Field) -> tuple[Value, ...]:
        """The report's own reading of a field: every claim that does not differ, in order."""
        return tuple(claim.value for claim in self.claims if claim.field == field and not claim.differs)

    def claim(self, field: Field) -> Claim | None:
        """The first claim that the report holds for a field."""
        return next((claim for claim in self.claims if claim.field == field and not claim.differs), None)

    @property
    def factuality(self) -> Factuality:
        """Actual unless a claim says otherwise."""
        values = self.values(Field.FACTUALITY)
        return values[0] if values and isinstance(values[0], Factuality) else Factuality.ACTUAL

    @property
    def date(self) -> DateInterval:
        """When; precision unknown if the text does not tell."""
        values = self.values(Field.DATE)
        return values[0] if values and isinstance(values[0], DateInterval) else DateInterval()

    @property
    def place(self) -> Place | None:
        """Where, or None if the text does not tell."""
        values = self.values(Field.PLACE)
        return values[0] if values and isinstance(values[0], Place) else None

    @property
    def initiators(self) -> tuple[Actor, ...]:
        """Who acts."""
        return tuple(value for value in self.values(Field.INITIATOR) if isinstance(value, Actor))

    @property
    def targets(self) -> tuple[Actor, ...]:
        """To whom, or against whom."""
        return tuple(value for value in self.values(Field.TARGET) if isinstance(value, Actor))

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every number told of the whole group."""
        return tuple(value for value in self.values(Field.QUANTITY) if isinstance(value, Quantity))

    @property
    def demands(self) -> tuple[Demand, ...]:
        """What is asked for."""
        return tuple(value for value in self.values(Field.DEMAND) if isinstance(value, Demand))

    @property
    def employer(self) -> str | None:
        """The employer of a labour event."""
        return self._text(Field.EMPLOYER)

    @property
    def union(self) -> str | None:
        """The union of a labour event."""
        return self._text(Field.UNION)

    @property
    def sector(self) -> str | None:
        """The sector of a labour event: an ISIC section's name."""
        return self._text(Field.SECTOR)

    def _text(self, field: Field) -> str | None:
        values = self.values(field)
        return values[0] if values and type(values[0]) is str else None

    def all_evidence(self) -> Iterator[Evidence]:
        """Every piece of evidence in the report, for checking against the document."""
        yield self.trigger
        yield from self.evidence
        for claim in self.claims:
            if claim.evidence is not None:
                yield claim.evidence
        for source in self.sources:
            yield from (part for part in (source.source, source.cue, source.content) if part is not None)

    def check(self, document: Document) -> None:
        """Raise EvidenceMismatch at the first quote that the document does not read like."""
        for evidence in self.all_evidence():
            evidence.check(document)


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom a document names.

    ``name`` is the fullest form in the document, ``spans`` are all places where it or a part of it stands. ``public``
    persons act in a public role that ``reason`` tells; everybody else is private, for names are masked when in doubt.
    """

    name: str
    public: bool
    reason: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Coded:
    """A document and the reports coded from it (perhaps none).

    ``people`` are the persons it names, in the order of the text; None if nobody looked for them. ``masked`` marks a
    copy in which the private ones cannot be read.
    """

    document: Document
    reports: tuple[EventReport, ...] = ()
    notes: tuple[str, ...] = field(default=())  # what the reader of a summary should know, e.g. 'no published date'
    people: tuple[Person, ...] | None = None
    masked: bool = False

    def at_least(self, confidence: float) -> Coded:
        """Without the reports whose row is less sure; one whose row confidence nobody measured stays."""
        kept = tuple(r for r in self.reports if r.row_confidence is None or r.row_confidence >= confidence)
        return self if len(kept) == len(self.reports) else replace(self, reports=kept)


@dataclass(frozen=True, slots=True)
class Link:
    """Why two reports are held to tell one occurrence: their ids, the smaller first, a score 0 to 1, and the reasons."""

    left: str
    right: str
    score: float
    reason: str


class Verdict(StrEnum):
    """What a person decided about two reports. OPEN takes an earlier verdict back and leaves them to the scores."""

    SAME = "same"
    DIFFERENT = "different"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision whether two reports tell one occurrence. The newest of a pair counts, none is erased.

    ``left`` is the smaller report id. ``made`` carries its time zone. Judgements outrank every score.
    """

    left: str
    right: str
    verdict: Verdict
    who: str
    made: dt.datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """One occurrence as all documents together tell it: a set of reports, and the links that hold it together.

    Every report is in exactly one incident, perhaps alone. Incidents follow from scores and judgements alone:
    they are rebuilt, never edited.
    """

    type: EventType
    members: tuple[str, ...]  # report ids, sorted
    links: tuple[Link, ...] = ()

    @property
    def id(self) -> str:
        """16 hex digits that follow from the members."""
        return content_id("incident", *self.members)


Outcome = Coded | Skipped | Failed
"""Each document in ends as exactly one of these."""


def country_of(toponyms: Sequence[Toponym]) -> str | None:
    """The country that most of a document's place names lie in, None without any."""
    counts = Counter(t.place.country for t in toponyms if t.place and t.place.country)
    return counts.most_common(1)[0][0] if counts else None


def content_id(kind: str, *parts: str, digits: int = 16) -> str:
    """An id that follows from content: the first hex digits of the SHA-256 of kind and parts."""
    digest = hashlib.sha256()
    for part in (kind, *parts):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()[:digits]


def count_outcomes(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many were coded, skipped and failed; the three add up to the documents in."""
    counts = {"coded": 0, "skipped": 0, "failed": 0}
    for outcome in outcomes:
        counts[type(outcome).__name__.lower()] += 1
    return counts
