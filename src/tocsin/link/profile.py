"""What linking looks at in a report, drawn out once, so that a pair is compared in microseconds."""

from __future__ import annotations

import datetime as dt
import re
import sys
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from tocsin.link.near_copy import Signature, sign
from tocsin.link.words import Rarity, names_of, stem, words_of
from tocsin.resources.linking import LinkingRules
from tocsin.resources.sentences import SentenceEncoder
from tocsin.vocabulary import Document, EventReport, EventType, Factuality, Issue, Place, PlacePrecision, QuantityRole

# How precisely a place is told: 3 a settlement or a site in one, 2 a region, 1 a country, 0 unknown.
SETTLEMENT, REGION, COUNTRY, NOWHERE = 3, 2, 1, 0

_LEVELS = {
    PlacePrecision.SITE: SETTLEMENT,
    PlacePrecision.SETTLEMENT: SETTLEMENT,
    PlacePrecision.DISTRICT: REGION,
    PlacePrecision.ADMIN1: REGION,
    PlacePrecision.COUNTRY: COUNTRY,
}
_QUOTED = re.compile(r"[\"“«„]([^\"“”«»„]{25,400})[\"”»“]")
_QUOTE_WORDS = 6  # shorter quotations ('we will not give in') are said every week
_KEPT_WORDS, _KEPT_NAMES = 30, 12


@dataclass(frozen=True, slots=True)
class Profile:
    """A report as pairs are compared. Days are ordinals (``date.toordinal``), 0 where unknown; words are stems.

    Attributes:
        id, document, type, factuality: the report's.
        level: SETTLEMENT, REGION, COUNTRY or NOWHERE.
        country, admin1, settlement, site: the place's names, folded; "" where unknown.
        point: degrees north and east; None where unknown.
        first, last, published: days.
        employer, union: words of the names; empty where none is told. A union taken for the employer is no employer.
        identities: actors that the coder could identify, the same in every document and language.
        actors: words of initiators and targets. ``named``: those of them written with a capital.
        kinds: of the initiators.
        quantities: role, low and high; None leaves an end open.
        issues: of the demands.
        trigger: the stem of the trigger's rarest word.
        words, names: the rarest of the evidence.
        signature: of the evidence, for near copies. ``quotes``: hashes of what it quotes.
        language: of the document, "" where unknown.
        meaning: the vector of the evidence, a signed byte a direction; b"" without an encoder.
    """

    id: str
    document: str
    type: EventType
    factuality: Factuality
    level: int
    country: str
    admin1: str
    settlement: str
    site: str
    point: tuple[float, float] | None
    first: int
    last: int
    published: int
    employer: frozenset[str]
    union: frozenset[str]
    identities: frozenset[str]
    actors: frozenset[str]
    named: frozenset[str]
    kinds: frozenset[str]
    quantities: tuple[tuple[QuantityRole, int | None, int | None], ...]
    issues: frozenset[Issue]
    trigger: str
    words: frozenset[str]
    names: frozenset[str]
    signature: Signature
    quotes: frozenset[int]
    language: str = ""
    meaning: bytes = b""


class Profiler:
    """Draws profiles by one set of rules; equal word sets are kept once, for there are millions."""

    def __init__(self, rules: LinkingRules, sentences: SentenceEncoder | None = None) -> None:
        """Profiles by these rules; with vectors where ``sentences`` is given."""
        self._rules = rules
        self._sentences = sentences
        self._rarity = Rarity(rules.words)
        self._kept: dict[frozenset[str], frozenset[str]] = {}

    def __call__(self, document: Document, report: EventReport) -> Profile:
        """The profile of a report; the document gives its published date."""
        place, (first, last) = report.place, _days(report)
        told = " ".join(evidence.quote for evidence in report.evidence) or report.trigger.quote
        running = words_of(told)
        stems = {stem(word) for word in running} - self._rules.empty_words
        names = {word for word in names_of(told) if self._rarity(stem(word)) > self._rules.name_rarity}
        who = [actor.text for actor in (*report.initiators, *report.targets)]
        named = {word for text in (*who, report.employer or "", report.union or "") for word in names_of(text)}
        employer, union = self._words([report.employer or ""]), self._words([report.union or ""])
        trigger = max((stem(word) for word in words_of(report.trigger.quote)), key=self._order, default="")
        return Profile(
            id=report.id,
            document=report.document_id,
            type=report.type,
            factuality=report.factuality,
            level=_level(place),
            country=sys.intern((place.country or "").casefold()) if place else "",
            admin1=sys.intern((place.admin1 or "").casefold()) if place else "",
            settlement=sys.intern((place.settlement or _bare_name(place)).casefold()) if place else "",
            site=_site(place),
            point=(place.latitude, place.longitude)
            if place and place.latitude is not None and place.longitude is not None
            else None,
            first=first,
            last=last,
            published=document.published.toordinal() if document.published else 0,
            employer=frozenset() if employer <= union else employer,
            union=union,
            identities=self._keep(
                actor.identity for actor in (*report.initiators, *report.targets) if actor.identity is not None
            ),
            actors=self._words(who),
            named=self._keep(stem(word) for word in named if stem(word) not in self._rules.empty_words),
            kinds=self._keep(actor.kind.value for actor in report.initiators),
            quantities=tuple((quantity.role, quantity.low, quantity.high) for quantity in report.quantities),
            issues=frozenset(demand.issue for demand in report.demands),
            trigger=sys.intern(trigger),
            words=self._rarest(stems, _KEPT_WORDS),
            names=self._rarest({stem(word) for word in names}, _KEPT_NAMES),
            signature=sign(running),
            quotes=frozenset(_quotes(told)),
            language=sys.intern(document.language or ""),
            meaning=self._sentences(told) if self._sentences else b"",
        )

    def rarity(self, word: str) -> float:
        """How much a shared stem says."""
        return self._rarity(word)

    def _order(self, word: str) -> tuple[float, str]:
        return self._rarity(word), word

    def _rarest(self, words: Iterable[str], count: int) -> frozenset[str]:
        ordered = sorted(words, key=self._order, reverse=True)
        return frozenset(sys.intern(word) for word in ordered[:count])

    def _words(self, texts: Iterable[str]) -> frozenset[str]:
        return self._keep(stem(word) for text in texts for word in words_of(text) if not self._says_nothing(word))

    def _says_nothing(self, word: str) -> bool:
        return word in self._rules.empty_words or stem(word) in self._rules.empty_words

    def _keep(self, words: Iterable[str]) -> frozenset[str]:
        found = frozenset(sys.intern(word) for word in words)
        return self._kept.setdefault(found, found)


def _days(report: EventReport) -> tuple[int, int]:
    # An open end ends where it starts: how long it went on is not told.
    start, end = report.date.start, report.date.end
    first, last = start or end, end or start
    return (_ordinal(first), _ordinal(last)) if first and last else (0, 0)


def _ordinal(day: dt.date) -> int:
    return day.toordinal()


def _level(place: Place | None) -> int:
    if place is None:
        return NOWHERE
    level = _LEVELS.get(place.precision, NOWHERE)
    if level == SETTLEMENT and not (place.settlement or place.precision is PlacePrecision.SETTLEMENT):
        # A site that nobody placed in a settlement: no nearer than its region or country.
        level = REGION if place.admin1 else COUNTRY
    if level == NOWHERE:
        level = SETTLEMENT if place.settlement else REGION if place.admin1 else COUNTRY if place.country else NOWHERE
    return level if level == NOWHERE or place.country or place.settlement or place.admin1 else NOWHERE


def _bare_name(place: Place) -> str:
    return place.name if place.precision is PlacePrecision.SETTLEMENT else ""


def _site(place: Place | None) -> str:
    # 'Keramin, Minsk': the town says nothing about which of its sites is meant.
    return place.name.partition(",")[0].casefold() if place and place.precision is PlacePrecision.SITE else ""


def _quotes(text: str) -> Iterable[int]:
    for found in _QUOTED.finditer(text):
        words = words_of(found.group(1))
        if len(words) >= _QUOTE_WORDS:
            # The first words are enough: papers cut quotations short at the end.
            yield zlib.crc32(" ".join(words[:_QUOTE_WORDS]).encode("utf-8", "surrogatepass"))
