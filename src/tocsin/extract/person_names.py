"""Where a document names persons: entities of the parser, and what words around them show to be names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tocsin.extract.person_signs import AGE
from tocsin.extract.person_things import human, publishes, speaks_for_itself, thing_told, told_anywhere
from tocsin.resources.names import fold_name
from tocsin.resources.office_holders import Holder, OfficeHolders
from tocsin.resources.organisations import Organisations
from tocsin.resources.person_lexicon import PersonLexicon
from tocsin.vocabulary import Document, Parse, Sentence, Span, Token, Toponym

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽЀ-Я"
_PARTICLE = r"(?:van|von|der|den|de|da|di|du|del|della|dos|das|bin|ibn|ben|al|el|ul|ur|la|le|ter|ten|af|av|y|e)"
_NAME_WORD = rf"(?:[{_UPPER}]\.(?:\s?[{_UPPER}]\.)*|(?:[{_UPPER}][\w’']*[^\W\d_](?:-[\w’']+)*))"
# Two to five words with capitals, small particles between them: 'Ana Kos', 'J. M. van der Kos', 'Abdel el-Kos'.
_RUN = re.compile(
    rf"(?<![\w’'-]){_NAME_WORD}(?:[ \t]+(?:{_PARTICLE}[ \t]+){{0,2}}(?:(?:al|el|bin|ben)-)?{_NAME_WORD}){{1,4}}"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*\.?")
_POSSESSIVE = re.compile(r"(?:['’]s?)$")
# 'Dry Taps — Brno', 'Ana Kos/Archive Images': two names.
_JOINED = re.compile(r"\s+[—–|]\s+|(?<=[^\W\d_])/(?=[^\W\d_])")
_INNER_CAPITAL = re.compile(r"^(?!Mc|Mac|O['’]|D['’]|De|Di|La|Le|Du|Fitz|Van|El|Al)\w*[a-z][A-Z]|^[A-Z]{2,6}$")


@dataclass(frozen=True, slots=True)
class Named:
    """A person's name at one place. ``holder`` is who bears it by the file of office-holders, ``sentence`` its index.

    ``shown_by`` is what beside the name shows a person, "" for nothing.
    """

    span: Span
    text: str
    sentence: int
    holder: Holder | None = None
    shown_by: str = ""


@dataclass(slots=True)
class _Bodies:
    """Names that are a body's somewhere in a document: by their own words, or only ``told`` by the words around them."""

    written: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class PeopleKnowledge:
    """What names are looked up in."""

    lexicon: PersonLexicon
    holders: OfficeHolders
    organisations: Organisations


def find_names(parse: Parse, toponyms: Sequence[Toponym], knowledge: PeopleKnowledge) -> list[Named]:
    """Every place where a person is named by more than a shared surname alone, in text order, none overlapping."""
    places = [t.span for t in toponyms if t.place is not None and t.role != "demonym"]
    found: list[Named] = []
    bodies = _Bodies()
    for sentence in parse.sentences:
        found.extend(_in_sentence(parse, sentence, places, knowledge, bodies))
    # What is a body's name once ('the daily La Croix') is so throughout.
    found = [name for name in found if name.holder is not None or fold_name(name.text) not in bodies.written]
    found = _without_things(parse, found, bodies, places, knowledge.lexicon)
    found.sort(key=lambda n: (n.span.start, -n.span.end))
    kept: list[Named] = []
    for name in found:
        if not kept or not name.span.overlaps(kept[-1].span):
            kept.append(name)
        elif len(name.span) > len(kept[-1].span) and kept[-1].holder is None:
            kept[-1] = name
    return kept


def _without_things(
    parse: Parse, found: list[Named], bodies: _Bodies, places: Sequence[Span], lexicon: PersonLexicon
) -> list[Named]:
    """Without names that the document tells to be a thing's, unless something anywhere in it tells a person's."""
    people = {
        fold_name(name.text)
        for name in found
        if name.holder is not None
        or name.shown_by in ("title", "age", "introduced")
        or _full_name_speaks(name, parse, lexicon)
        or human(name.span, parse.sentences[name.sentence], parse.document, lexicon)
    }
    # A word of a longer personal name is that person's: 'Kos' of 'Ana Kos', in 'Kos Transport said' and 'Kos said' too.
    longer = {word for name in found if " " in name.text for word in fold_name(name.text).split()}
    short = {name for body in bodies.written for name in _short_names(body, lexicon)} - longer
    firms = {body.split()[0] for body in bodies.written if body.split()[-1] in lexicon.lists["firms"]} & short
    firms -= lexicon.lists["bodies"] | lexicon.lists["firms"] | lexicon.lists["no_names"]
    owners = [name for word in sorted(firms) for name in _owners(word, parse, places, lexicon)]
    told = {fold_name(name.text) for name in found if told_anywhere(name.text, parse.document, lexicon)}
    things = (bodies.told | told | short) - people - {fold_name(name.text) for name in owners}
    return [name for name in found if name.holder is not None or fold_name(name.text) not in things] + owners


def _owners(word: str, parse: Parse, places: Sequence[Span], lexicon: PersonLexicon) -> Iterator[Named]:
    """Where the first word of a company's name is a person's: 'Kos said she', 'Mr Kos', 'Ana Kos' of Kos Transport."""
    text = parse.document.text
    for found in re.finditer(rf"(?<![\w-])(?i:{re.escape(word)})(?![\w-])(?![ \t]+[{_UPPER}])", text):
        sentence = parse.sentence_at(found.start())
        if sentence is None or not found[0][0].isupper():
            continue
        span = Span(*found.span())
        first = re.search(rf"([{_UPPER}][\w.'’-]*)[ \t]+$", text[sentence.span.start : span.start])
        named = first is not None and first[1].lower() not in lexicon.lists["no_names"]
        if any(place.overlaps(span) for place in places) or span.of(text).isupper():
            continue
        if named or speaks_for_itself(span, parse.document):
            yield Named(span, found[0], sentence.index, shown_by="said")


def _short_names(body: str, lexicon: PersonLexicon) -> Iterator[str]:
    """What a body is called besides: 'Korvelin' and 'Korvelin Marine' of Korvelin Marine Terminals Ltd."""
    words = body.split()
    yield from words[:1] if len(words) > 1 else ()
    while len(words) > 2 and words[-1] in lexicon.lists["firms"]:
        words.pop()
        yield " ".join(words)


def _full_name_speaks(name: Named, parse: Parse, lexicon: PersonLexicon) -> bool:
    """Whether a name of several words is said to speak where neither words nor parser take it for a company's."""
    if name.shown_by != "said" or " " not in name.text or thing_told(name.span, parse.document, lexicon):
        return False
    entities = parse.sentences[name.sentence].entities
    return not any(e.label == "ORG" and e.span.overlaps(name.span) for e in entities)


def uncased(text: str) -> bool:
    """Whether a text is written without capitals, but for a stray one."""
    return sum(map(str.isupper, text)) * 250 < len(text)


def _in_sentence(
    parse: Parse, sentence: Sentence, places: Sequence[Span], knowledge: PeopleKnowledge, bodies: _Bodies
) -> Iterator[Named]:
    document = parse.document
    words = sentence.span.of(document.text)
    # A paper that writes without capitals is looked up with them.
    lower = uncased(document.text)
    shown = words.title() if words.islower() and len(words.title()) == len(words) else words
    known = [
        Named(_moved(hit.start, hit.end, sentence), words[hit.start : hit.end], sentence.index, hit.holder)
        for hit in knowledge.holders.find(shown)
        if not _namesake(shown, hit.start, hit.end, sentence, knowledge)
    ]
    yield from known
    spans = [(_widened(e.span, sentence) if lower else e.span, True) for e in sentence.entities if e.label == "PERSON"]
    spans += [
        (run, False)
        for run in (_moved(m.start(), m.end(), sentence) for m in _RUN.finditer(words))
        if all(t.pos in ("PROPN", "") or t.text[0].islower() or t.pos == "PUNCT" for t in _tokens(sentence, run))
    ]
    spans += [(span, False) for span in _after_titles(words, sentence, knowledge.lexicon)]
    others = [e.span for e in sentence.entities if e.label in ("GPE", "ORG", "LOC", "FAC", "NORP", "EVENT", "LAW")]
    foreign = not any(token.pos for token in sentence.tokens) and sentence.language != (document.language or "en")
    for span, entity in _apart(document, spans):
        clean = _clean(document, span, knowledge)
        if clean is None or any(clean.overlaps(name.span) for name in known):
            continue
        text = clean.of(document.text)
        if text.islower() and not lower:
            continue
        shown_by = _shown(clean, sentence, document, knowledge.lexicon)
        if any(h.start <= 4 for h in knowledge.organisations.find(span.of(document.text))) or _is_body(
            text, clean, document, knowledge
        ):
            # 'Mr Keramin's' workers do not make a person a body.
            if shown_by not in ("age", "introduced"):
                bodies.written.add(fold_name(text))
            continue
        told = thing_told(clean, document, knowledge.lexicon) or publishes(clean, sentence, document)
        if told and shown_by in ("", "said", "relation"):
            bodies.told.add(fold_name(text))
        single = len(_WORD.findall(text)) == 1
        placed = any(p.contains(clean) for p in places)
        # 'Reporter JOHANNESBURG, April 20' is a dateline, not a reporter.
        if placed and (shown_by not in ("title", "age", "introduced") or (single and text.isupper())):
            continue
        if not shown_by and any(p.overlaps(clean) for p in places) and _inside(document, clean):
            continue
        if entity:
            if single and not shown_by and not text.islower():
                continue
        elif not (shown_by or foreign) or (any(o.overlaps(clean) for o in others) and shown_by not in _SURE):
            continue
        yield Named(clean, text, sentence.index, shown_by=shown_by)


def _apart(document: Document, spans: Sequence[tuple[Span, bool]]) -> Iterator[tuple[Span, bool]]:
    """The spans, those that a dash or a stroke divides in pieces."""
    for span, entity in spans:
        start = span.start
        for cut in _JOINED.finditer(document.text, span.start, span.end):
            yield Span(start, cut.start()), entity
            start = cut.end()
        yield Span(start, span.end), entity


_SURE = ("title", "age", "introduced", "said")


def _namesake(words: str, start: int, end: int, sentence: Sentence, knowledge: PeopleKnowledge) -> bool:
    """Whether a surname known by itself stands behind another first name: Ana Lukashenko is no president."""
    before = re.search(r"([^\W\d_][\w'’.-]*)[ \t]+$", words[:start])
    if " " in words[start:end] or before is None or not before[1][0].isupper():
        return False
    low = before[1].lower().rstrip(".")
    lexicon = knowledge.lexicon
    if low in lexicon.lists["no_names"] | lexicon.lists["titles"] or lexicon.role_at_end((low,)):
        return False
    token = next((t for t in sentence.tokens if t.span.start == sentence.span.start + before.start(1)), None)
    return token is None or (token.pos in ("PROPN", "") and token.ent not in ("NORP", "ORG", "GPE"))


def _inside(document: Document, span: Span) -> bool:
    """Whether 'in' or 'at' stands before it and nothing of a person after it."""
    before = document.text[max(0, span.start - 6) : span.start].lower()
    return before.endswith((" in ", " at ", " near ")) and document.text[span.end : span.end + 1] not in ("'", "’")


def _tokens(sentence: Sentence, span: Span) -> list[Token]:
    return [token for token in sentence.tokens if token.span.overlaps(span)]


def _widened(span: Span, sentence: Sentence) -> Span:
    """In a text without capitals the parser often sees half a name: with the proper nouns on either side."""
    start, end = span.start, span.end
    names = {t.index: t for t in sentence.tokens if t.pos == "PROPN"}
    inside = _tokens(sentence, span)
    if not inside:
        return span
    at = inside[0].index - 1
    while at in names:
        start, at = names[at].span.start, at - 1
    at = inside[-1].index + 1
    while at in names:
        end, at = names[at].span.end, at + 1
    return Span(start, end)


def _moved(start: int, end: int, sentence: Sentence) -> Span:
    return Span(sentence.span.start + start, sentence.span.start + end)


def _after_titles(words: str, sentence: Sentence, lexicon: PersonLexicon) -> Iterator[Span]:
    """'Mr Kos': a single word is a name after a title."""
    for match in re.finditer(rf"(?<!\w)([\w-]+)\.?[ \t]+({_NAME_WORD})", words):
        if match[1].lower() in lexicon.lists["titles"] and match[1][0].isupper():
            yield _moved(*match.span(2), sentence)


def _clean(document: Document, span: Span, knowledge: PeopleKnowledge) -> Span | None:
    """A name without titles, roles, possessives and the town of a dateline; None if nothing is left that names."""
    text, lexicon = document.text, knowledge.lexicon
    # A line's end and a full stop without a space after it end a name.
    cut = re.search(r"\n|(?<=[^\W\d_]{3})[.,;:!?](?=\w)", text[span.start : span.end])
    end = span.start + cut.start() if cut else span.end
    words = [Span(span.start + w.start(), span.start + w.end()) for w in _WORD.finditer(text[span.start : end])]
    not_names = lexicon.lists["no_names"] | lexicon.lists["titles"]

    def low(word: Span) -> str:
        return _POSSESSIVE.sub("", word.of(text)).lower().rstrip(".")

    # 'Correctional Services Minister Ana Kos', 'Lt-Col Kos': the name begins after the last title.
    for at in range(len(words) - 2, -1, -1):
        parts = tuple(low(words[at]).split("-"))
        titled = words[at].of(text)[0].isupper() or words[-1].of(text).islower()
        if titled and (parts in lexicon.by_words or set(parts) <= lexicon.lists["titles"]):
            words = words[at + 1 :]
            break
    while words and (low(words[0]) in not_names or (low(words[0]),) in lexicon.by_words):
        words.pop(0)
    # 'bjp mps ana kos', where nothing is written with capitals.
    while len(words) > 1 and words[0].of(text).islower() and knowledge.organisations.named(low(words[0]).upper()):
        words.pop(0)
        while len(words) > 1 and low(words[0]) in not_names:
            words.pop(0)
    while words and low(words[-1]) in lexicon.lists["no_names"]:
        words.pop()
    # 'Ana Kos COLIGNY, May 8': the town of the dateline is no part of the name.
    while len(words) > 1 and words[-1].of(text).isupper() and len(words[-1]) > 3 and not words[0].of(text).isupper():
        words.pop()
    if len(words) > 2 and words[-1].of(text).isupper() and all(w.of(text).isupper() for w in words):
        words = words[:2]
    if not words or any(low(word) in not_names and word.of(text)[0].isupper() for word in words[1:-1]):
        return None
    stop = words[-1].start + len(_POSSESSIVE.sub("", words[-1].of(text)))
    if text[stop - 1] == "." and stop - words[-1].start > 3:
        stop -= 1
    if stop - words[0].start < 2 or any(letter.isdigit() for letter in text[words[0].start : stop]):
        return None
    return Span(words[0].start, stop)


def _is_body(text: str, span: Span, document: Document, knowledge: PeopleKnowledge) -> bool:
    """Whether the name is an organisation's: known as one, written as one, or followed by 'plant', 'workers' ..."""
    words = _WORD.findall(text)
    last = words[-1].lower()
    lists = knowledge.lexicon.lists
    if last == "co" and len(words) > 2:
        last = words[-2].lower()
    endings = {last, " ".join(words[-2:]).lower()}
    if endings & ((lists["bodies"] | lists["firms"]) - lists["surnames"]) or any(
        h.start <= 2 for h in knowledge.organisations.find(text)
    ):
        return True
    previous = re.search(r"([^\W\d_]+)\s+$", document.text[max(0, span.start - 30) : span.start])
    if previous and previous[1] in lists["media"]:
        return True
    if len(words) > 1:
        return False
    following = re.match(r"(?:['’]s?)?\s+([^\W\d_]+)", document.text[span.end : span.end + 40])
    before = document.text[max(0, span.start - 5) : span.start].lower()
    if before.endswith(("the ", " at ")):
        return True
    return bool(_INNER_CAPITAL.search(text)) or bool(following and following[1].lower() in lists["bodies"])


def _shown(span: Span, sentence: Sentence, document: Document, lexicon: PersonLexicon) -> str:
    """What shows a name to be a person's: 'title', 'age', 'introduced', 'said', 'relation'; "" if nothing does."""
    before = document.text[sentence.span.start : span.start]
    after = document.text[span.end : sentence.span.end]
    words = [word.lower().rstrip(".") for word in re.findall(r"[^\W\d_]+\.?", before[-60:].replace("-", " "))]
    if (words and words[-1] in lexicon.lists["titles"]) or lexicon.role_at_end(tuple(words[-4:])):
        return "title"
    if AGE.match(after):
        return "age"
    tail = " ".join(words[-4:])
    if any(tail.endswith(cue) for cue in lexicon.lists["introduce"]):
        return "introduced"
    sayings = lexicon.lists["sayings"]
    following = re.match(r"\s*(?:,[^,.]{1,60},|,)?\s*([a-z]+)", after)
    if (following and following[1] in sayings) or (words and words[-1] in sayings):
        return "said"
    if (words and words[-1] in lexicon.lists["relations"]) or re.match(r"\s*,\s*(?:a|an|the|her|his|who)\b", after):
        return "relation"
    if re.match(r"\s+(?:was|were|is|has|had|died|who)\b", after):
        return "relation"
    return ""
