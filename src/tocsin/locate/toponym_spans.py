"""Every stretch of a document that may be a place name, each described by features that a person can read."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tocsin.locate.places_rank import holds
from tocsin.resources.gazetteer import Candidate, Gazetteer, fold
from tocsin.resources.gazetteer_words import ToponymWords, load_common_words, load_toponym_words
from tocsin.vocabulary import Entity, Parse, Sentence, Span, Token

PLACE_CUES = frozenset({"in", "at", "near", "outside", "across", "around", "into", "inside", "within", "throughout"})
LONGEST = 5  # tokens in a name looked up without an entity around it
DATELINE_KINDS = frozenset({"metropolis", "big", "town", "hamlet", "admin1", "country"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_EDGE = re.compile(r"^(?:the\s+|[\s\"'“”‘’(\[,.-])+|(?:['’]s?|[\s\"'“”‘’)\],;:-])+$", re.IGNORECASE)
# 'ONITSHA, May 8 (Agency)' anywhere near the top: the headline may stand before it without a break.
_WIRE = re.compile(
    r"\b([A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,3}),?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b"
)
# 'MINSK, Aug. 13 (Agency) -', 'new delhi:', 'GOMEL - ': a place, then a date, an agency or a dash.
_DATELINE = re.compile(
    r"\s*([^\W\d_][\w .,'’-]{1,60}?)\s*(?:,\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}[^\n—–:-]{0,30})?"
    r"(?:\s*\([^()\n]{1,40}\))?\s*(?:—|–|--|\s-\s|-\s|:)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class SpanCandidate:
    """A stretch that may be a place name. ``features`` are the names of those that hold."""

    span: Span
    text: str
    kind: str  # of the best known place: country, admin1, region, big, town, hamlet, admin2; demonym, wide, short, unknown
    label: str  # entity label of exactly this stretch, '' if none
    features: list[str] = field(default_factory=list)
    dateline: bool = False
    tagged: bool = True  # whether the sentence was parsed: without parts of speech another model judges


def describe_spans(parse: Parse, gazetteer: Gazetteer, home: Candidate | None) -> list[SpanCandidate]:
    """All stretches worth judging, in text order; they may overlap."""
    words, common = load_toponym_words(), load_common_words()
    text = parse.document.text
    dateline = find_dateline(text, gazetteer)
    found: list[SpanCandidate] = []
    inside: list[tuple[Sentence, int, int]] = []
    small = is_small(text)
    lower = {token.text.lower() for s in parse.sentences for token in s.tokens if token.text.islower()}
    for sentence in parse.sentences:
        tagged = any(token.pos for token in sentence.tokens)
        for start, end, label in sorted(_stretches(sentence, text, gazetteer, words, common, small)):
            span = Span(sentence.tokens[start].span.start, sentence.tokens[end - 1].span.end)
            span = _trim(span, text)
            if not len(span):
                continue
            kind = best_kind(span.of(text), gazetteer)
            found.append(SpanCandidate(span, span.of(text), kind, label, dateline=span == dateline, tagged=tagged))
            inside.append((sentence, start, end))
    if dateline is not None and not any(c.span == dateline for c in found):
        sentence_at = parse.sentence_at(dateline.start)
        tokens = sentence_at.tokens if sentence_at else ()
        hit = [i for i, token in enumerate(tokens) if token.span.overlaps(dateline)]
        if sentence_at is not None and hit:
            name = dateline.of(text)
            found.append(SpanCandidate(dateline, name, best_kind(name, gazetteer), "", dateline=True))
            inside.append((sentence_at, hit[0], hit[-1] + 1))
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in parse.sentences:
        for entity in sentence.entities:
            labels[fold(entity.span.of(text))][entity.label] += 1
    near_home = _HomeTest(home, gazetteer)
    used = _uses(found, inside)
    opening = fold(dateline.of(text)) if dateline else None
    countries = _countries(found, inside, gazetteer)
    starts = {c.span.start for c in found if c.kind != "unknown"}
    outer = {c.span.start: c.text for c in found if c.kind in ("country", "admin1", "admin2", "short")}
    ends = {c.span.end for c in found if c.kind != "unknown"}
    for candidate, (sentence, start, end) in zip(found, inside, strict=True):
        # In this order: the later ones look at what the earlier ones found.
        candidate.features += _own(candidate, sentence, start, end, words, common, lower, small)
        candidate.features += _around(candidate, sentence, start, end, words, text, starts, ends)
        candidate.features += _elsewhere(candidate, labels, used)
        candidate.features += _in_country(candidate, countries, gazetteer, small)
        candidate.features += near_home(candidate)
        if "place_next" in candidate.features and _inside_next(candidate, sentence, end, outer, gazetteer):
            candidate.features += ["inside_next", f"inside_next&{candidate.label}"]
        if fold(candidate.text) == opening and not candidate.dateline:
            candidate.features.append("dateline_name")
        candidate.features = list(dict.fromkeys(candidate.features))
    return found


# --- which stretches --------------------------------------------------------------------------


def _stretches(
    sentence: Sentence, text: str, gazetteer: Gazetteer, words: ToponymWords, common: frozenset[str], small: bool
) -> set[tuple[int, int, str]]:
    tokens = sentence.tokens
    caseless = small or is_caseless(tokens)
    labelled: dict[tuple[int, int], str] = {}
    for entity in sentence.entities:
        ends = _tokens_of(entity, tokens)
        if ends is None:
            continue
        start, end = _shrink(*ends, tokens)
        known = (
            end > start and best_kind(text[tokens[start].span.start : tokens[end - 1].span.end], gazetteer) != "unknown"
        )
        if end > start and (entity.label in PLACE_LABELS or known):
            labelled[start, end] = entity.label
    spans = dict(labelled)
    for start, token in enumerate(tokens):
        if not _may_start(token, caseless):
            continue
        for end in range(min(len(tokens), start + LONGEST), start, -1):
            last = tokens[end - 1]
            if not _may_start(last, caseless) and last.text.lower() not in words.generic:
                continue
            if any(t.text in ',;:()"“”' or "\n" in t.text for t in tokens[start:end]):
                continue
            name = text[token.span.start : last.span.end]
            if "\n\n" in name:
                continue
            key = fold(name)
            if caseless and end - start == 1 and key in common:
                continue
            kind = best_kind(name, gazetteer)
            if kind == "unknown" or (key in words.not_places and (start, end) not in labelled):
                continue
            if caseless and kind in ("hamlet", "admin2") and end - start == 1:
                continue
            spans.setdefault((start, end), labelled.get((start, end), ""))
            if kind not in ("hamlet", "short"):
                break
    return {(start, end, label) for (start, end), label in spans.items()}


def is_caseless(tokens: Sequence[Token]) -> bool:
    """Whether a sentence says nothing by its capitals: all small letters, or nearly all capitals."""
    words = [t.text for t in tokens if t.text.isalpha() and len(t.text) > 1]
    if not words:
        return False
    capitals = sum(w.isupper() for w in words)
    return all(w.islower() for w in words) or (len(words) > 3 and capitals >= 0.7 * len(words))


def is_small(text: str) -> bool:
    """Whether a document is written in small letters throughout but for a line of furniture."""
    letters = sum(c.islower() for c in text)
    return letters > 0 and sum(c.isupper() for c in text) < 0.01 * letters


def _may_start(token: Token, caseless: bool) -> bool:
    first = token.text[:1]
    return first.isalpha() and (caseless or first.isupper() or not (first.islower() or first.isupper()))


def _tokens_of(entity: Entity, tokens: Sequence[Token]) -> tuple[int, int] | None:
    hit = [i for i, token in enumerate(tokens) if token.span.overlaps(entity.span)]
    return (hit[0], hit[-1] + 1) if hit else None


def _shrink(start: int, end: int, tokens: Sequence[Token]) -> tuple[int, int]:
    while start < end and (tokens[start].text.lower() == "the" or not any(c.isalnum() for c in tokens[start].text)):
        start += 1
    while start < end and (
        tokens[end - 1].text in ("'s", "’s", "'", "’") or not any(c.isalnum() for c in tokens[end - 1].text)
    ):
        end -= 1
    return start, end


def _trim(span: Span, text: str) -> Span:
    words = span.of(text)
    start, end = span.start, span.end
    head = _EDGE.match(words)
    if head and head.end() < len(words):
        start += head.end()
    tail = re.search(r"(?:['’]s?|[\s\"'“”‘’)\],;:-])+$", text[start:end])
    if tail and tail.start() > 0:
        end = start + tail.start()
    return Span(start, end)


def best_kind(name: str, gazetteer: Gazetteer) -> str:
    """The rank of the most prominent place of that name, 'unknown' if the gazetteer has none."""
    if gazetteer.demonym(name) is not None:
        return "demonym"
    if gazetteer.short_form(name):
        return "short"
    found = gazetteer.candidates(name) if gazetteer.knows(name) or not name.isascii() else ()
    if not found:
        return "wide" if gazetteer.wide_demonym(name) else "unknown"
    kinds = {c.kind for c in found if c.main or c.kind != "admin1"} | {c.kind for c in found if c.kind == "country"}
    for kind in ("country", "region", "admin1"):
        if kind in kinds:
            return kind
    people = max(((c.population or 0) if c.main else (c.population or 0) / 4) for c in found)
    if not kinds & {"settlement"} and {c.kind for c in found} == {"admin2"}:
        return "admin2"
    return "metropolis" if people >= 500_000 else "big" if people >= 50_000 else "town" if people >= 5_000 else "hamlet"


def find_dateline(text: str, gazetteer: Gazetteer) -> Span | None:
    """The place that opens a wire story or its second paragraph, None if there is no such opening."""
    lines = [0, *(match.end() for match in re.finditer(r"\n\s*", text[:300]))]
    matches = [_DATELINE.match(text, start, start + 200) for start in lines]
    for match in (*matches, _WIRE.search(text, 0, 300)):
        span = _dateline_place(match, gazetteer) if match else None
        if span is not None:
            return span
    return None


def _dateline_place(match: re.Match[str], gazetteer: Gazetteer) -> Span | None:
    name = match[1].split(",")[0].strip()
    words = name.split()
    # The last words may be the name where the byline runs into it.
    for first in range(max(0, len(words) - 4), len(words)):
        tail = " ".join(words[first:])
        if first and not (tail.isupper() and len(tail) > 3):
            continue
        kind, key = best_kind(tail, gazetteer), fold(tail)
        if kind not in DATELINE_KINDS or (kind == "hamlet" and not tail.isupper()):
            continue
        if key in load_toponym_words().not_places or (key in load_common_words() and not tail.isupper()):
            continue
        start = match.start(1) + match[1].index(tail) if tail in match[1] else match.start(1)
        return Span(start, start + len(tail)) if tail in match[1] else None
    return None


# --- their features ---------------------------------------------------------------------------


def _own(
    candidate: SpanCandidate, sentence: Sentence, start: int, end: int,
    words: ToponymWords, common: frozenset[str], lower: set[str], small: bool,
) -> Iterator[str]:  # fmt: skip
    tokens = sentence.tokens[start:end]
    label = candidate.label or _label_around(sentence, candidate.span)
    caseless = small or is_caseless(sentence.tokens)
    yield "always"
    yield f"kind={candidate.kind}"
    yield f"label={label}"
    yield f"{label}&{candidate.kind}"
    if caseless:
        yield f"caseless&{candidate.kind}"
        yield f"caseless&{label}"
    if candidate.dateline:
        yield "dateline"
    key = fold(candidate.text)
    if key in words.not_places:
        yield "not_place"
    if key in common or all(part in common for part in key.split()):
        yield "common_word"
        if caseless:
            yield "caseless&common_word"
    if not caseless and candidate.text.lower() in lower:
        yield "small_in_document"
    yield f"tokens={min(end - start, 3)}"
    if tokens and all(t.pos == "PROPN" for t in tokens):
        yield "proper"
    elif tokens and tokens[0].pos in ("ADJ", "NOUN", "VERB", "ADV"):
        yield f"pos={tokens[0].pos}"
    if candidate.text.isupper() and len(candidate.text) > 3 and not caseless:
        yield "capitals"
    if candidate.text.isupper() and len(candidate.text) <= 3:
        yield "letters"
    if start == 0:
        yield "sentence_start"
    last = key.split()[-1] if key else ""
    if last in words.sites:
        yield "site_word"
        yield f"site_word&{candidate.kind}"
    if last in words.generic and end - start > 1:
        yield "generic_last"
        yield f"generic_last&{candidate.kind}"


def _label_around(sentence: Sentence, span: Span) -> str:
    for entity in sentence.entities:
        if entity.span == span:
            return entity.label
        if entity.span.overlaps(span):
            label = entity.label if entity.label in ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP") else "OTHER"
            if entity.span.contains(span) and entity.span.end - span.end <= 2 and span.start - entity.span.start <= 4:
                return f"as_{label}"
            return f"opens_{label}" if span.start <= entity.span.start + 4 else f"in_{label}"
    return "none"


def _around(
    candidate: SpanCandidate, sentence: Sentence, start: int, end: int,
    words: ToponymWords, text: str, starts: set[int], ends: set[int],
) -> Iterator[str]:  # fmt: skip
    tokens = sentence.tokens
    before = tokens[start - 1].text if start else ""
    earlier = tokens[start - 2].text if start > 1 else ""
    after = tokens[end].text if end < len(tokens) else ""
    later = tokens[end + 1].text if end + 1 < len(tokens) else ""
    small = before.lower()
    if small in words.prepositions or (small == "the" and earlier.lower() in words.prepositions):
        yield "preposition"
        yield f"preposition&{candidate.kind}"
        yield f"word_before={small if small != 'the' else earlier.lower()}"
    if small.rstrip(".") in words.titles:
        yield "title_before"
    if before[:1].isupper() and start and not is_caseless(tokens):
        yield "capital_before"
        yield f"capital_before&{candidate.kind}"
    if small in words.directions:
        yield "direction_before"
    if after[:1].isupper() and not is_caseless(tokens):
        yield "capital_after"
        yield f"capital_after&{candidate.kind}"
    if fold(after) in words.generic:
        yield "generic_after"
        yield "generic_after&capital" if after[:1].isupper() else "generic_after&small"
    if fold(after) in words.sites and after[:1].isupper():
        yield "site_after"
    if after in ("'s", "’s"):
        yield "possessive"
    if after in ("-", "–") or before in ("-", "–"):
        yield "hyphen"
    if after == "," and end + 1 < len(tokens) and tokens[end + 1].span.start in starts:
        yield "place_next"
        yield f"place_next&{candidate.kind}"
    if before == "," and start > 1 and tokens[start - 2].span.end in ends:
        yield "place_before"
        yield f"place_before&{candidate.kind}"
    if after == "," and later.isdigit():
        yield "number_next"
    if before == "," and earlier.isdigit():
        yield "number_before"
    if before.isdigit():
        yield "digits_before"
    if before == "(" or after == ")":
        yield "bracket"
    if after.lower() in ("said", "says", "told", "added"):
        yield "speaks"
    if after.lower() in ("police", "government", "officials", "authorities", "residents", "court"):
        yield "office_after"


def _uses(found: Sequence[SpanCandidate], inside: Sequence[tuple[Sentence, int, int]]) -> Counter[str]:
    """How often each name stands where only a place can: after 'in', or as the dateline."""
    used: Counter[str] = Counter()
    for candidate, (sentence, start, _) in zip(found, inside, strict=True):
        before = sentence.tokens[start - 1].text.lower() if start else ""
        if candidate.dateline or before in PLACE_CUES:
            used[fold(candidate.text)] += 1
    return used


def _countries(
    found: Sequence[SpanCandidate], inside: Sequence[tuple[Sentence, int, int]], gazetteer: Gazetteer
) -> tuple[str, ...]:
    """The one or two countries that the surest names of the document point to."""
    votes: Counter[str] = Counter()
    for candidate, (sentence, start, _) in zip(found, inside, strict=True):
        before = sentence.tokens[start - 1].text.lower() if start else ""
        sure = candidate.kind in ("country", "demonym", "short") or (
            candidate.kind in ("admin1", "metropolis", "big")
            and (candidate.dateline or candidate.label == "GPE" or before in PLACE_CUES)
        )
        if sure:
            code = gazetteer.demonym(candidate.text)
            top = (gazetteer.short_form(candidate.text) or gazetteer.candidates(candidate.text))[:1]
            code = code or (top[0].country if top else None)
            if code:
                votes[code] += 3 if candidate.dateline else 1
    total = sum(votes.values())
    return tuple(code for code, count in votes.most_common(2) if count >= 0.3 * total)


def _in_country(
    candidate: SpanCandidate, countries: tuple[str, ...], gazetteer: Gazetteer, caseless: bool
) -> Iterator[str]:
    if candidate.kind in ("unknown", "demonym", "wide", "short"):
        return
    places = gazetteer.candidates(candidate.text)
    yield f"candidates={'one' if len(places) == 1 else 'few' if len(places) < 4 else 'many'}"
    if not candidate.tagged and not candidate.text.isascii():
        sure = candidate.kind in ("country", "region", "admin1", "metropolis", "big")
        near = candidate.kind == "town" and any(c.country in countries for c in places)
        # Two capitals in a row are a person: Владимир Петров.
        if (sure or near) and "capital_after" not in candidate.features:
            yield "untagged_other_script"
        if "preposition" in candidate.features:
            yield "untagged_other_script&preposition"
    if candidate.kind == "country":
        return
    if countries:
        inside = [c for c in places if c.country in countries]
        yield "in_main_country" if inside else "not_in_main_country"
        if inside:
            yield f"in_main_country&{candidate.kind}"
            if places[0].country not in ("US", "GB", "CA", "AU"):
                if (
                    caseless
                    and "common_word" not in candidate.features
                    and candidate.kind in ("metropolis", "big", "admin1")
                ):
                    yield "small_in_main_country"


def _inside_next(
    candidate: SpanCandidate, sentence: Sentence, end: int, outer: dict[int, str], gazetteer: Gazetteer
) -> bool:
    """Whether the name after the comma can contain this one: 'Aurora, Colo.', 'Amman, Jordan'."""
    name = outer.get(sentence.tokens[end + 1].span.start, "")
    above = (*gazetteer.short_form(name), *gazetteer.candidates(name)[:10])
    return any(holds(o, c) for o in above for c in gazetteer.candidates(candidate.text)[:60])


def _elsewhere(candidate: SpanCandidate, labels: dict[str, Counter[str]], used: Counter[str]) -> Iterator[str]:
    key = fold(candidate.text)
    own = "preposition" in candidate.features or candidate.dateline
    if used[key] - own > 0:
        yield "used_as_place"
        yield f"used_as_place&{candidate.kind}"
    seen = labels.get(fold(candidate.text))
    if seen:
        place = seen["GPE"] + seen["LOC"] - (candidate.label in ("GPE", "LOC"))
        if place > 0:
            yield "place_elsewhere"
        if seen["PERSON"] - (candidate.label == "PERSON") > 0:
            yield "person_elsewhere"
            if not used[key]:
                yield "person_elsewhere&never_used_as_place"
        if seen["ORG"] - (candidate.label == "ORG") > 0:
            yield "org_elsewhere"


class _HomeTest:
    """Whether a name means a place near the publisher's home; asked for every candidate of a document."""

    def __init__(self, home: Candidate | None, gazetteer: Gazetteer) -> None:
        self._home = home
        self._gazetteer = gazetteer

    def __call__(self, candidate: SpanCandidate) -> Iterator[str]:
        home = self._home
        if home is None or home.admin1 is None or candidate.kind in ("country", "demonym", "wide", "unknown"):
            return
        near = False
        for place in self._gazetteer.candidates(candidate.text)[:60]:
            if place.country == home.country and place.kind in ("settlement", "admin2"):
                away = _square_away(place, home)
                near |= away < 150
        yield "near_home" if near else "far_from_home"
        if near:
            yield f"near_home&{candidate.kind}"


def _square_away(one: Candidate, other: Candidate) -> float:
    """Kilometres between two places, on a flat map: good enough for 'near'."""
    return float(111.2 * (((one.lat - other.lat) ** 2) + ((one.lon - other.lon) * 0.77) ** 2) ** 0.5)
