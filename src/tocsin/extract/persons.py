"""Who is named in a document, and which of them act in a public role: what masking rests on.

Private is what nothing shows to be public: a name that is masked by mistake can be looked up in the article, one that
is shown by mistake cannot be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tocsin.extract.person_names import Named, PeopleKnowledge, find_names, uncased
from tocsin.extract.person_signs import AGE
from tocsin.extract.public_roles import public_role, speaks
from tocsin.resources.names import fold_name
from tocsin.resources.office_holders import Holder
from tocsin.vocabulary import Parse, Person, Saying, Sentence, Span, Toponym

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PARTICLES = frozenset(
    "al el bin ben ibn abu de da di du del della der den des dos das do van von la le las los st mac jr sr y e ii iii "
    "ul ur ter ten af av".split()
)
_BYLINE = re.compile(r"(?:^|\n|\s)(?:[Bb][Yy]|Reporting by|Editing by)\s+(?:[\w.'’ -]+\s+and\s+)?$")
_DATELINE = re.compile(r"\s+[A-Z][A-Z .,'’-]{3,40}(?:,\s+\w+\.?\s+\d{1,2})?\s*\([A-Za-z]{2,12}\)")
_OPENING = 400  # characters in which bylines stand


@dataclass
class _Somebody:
    """A person while the document is read."""

    name: str
    words: frozenset[str]
    named: list[Named] = field(default_factory=list)
    holder: Holder | None = None
    spans: list[Span] = field(default_factory=list)


def find_people(
    parse: Parse,
    toponyms: Sequence[Toponym],
    sayings: Sequence[Saying],
    knowledge: PeopleKnowledge,
    *,
    title: Parse | None = None,
) -> tuple[Person, ...]:
    """The persons that a document names, in the order of the text; those of its title only come last.

    Args:
        parse: the document.
        toponyms: its places: a town is no person.
        sayings: who speaks in it.
        knowledge: roles, office-holders and organisations by name.
        title: its headline, where that does not stand in the text.

    Returns:
        Each person once, with every place where the name or a part of it stands.
    """
    people = _cluster(find_names(parse, toponyms, knowledge))
    _add_parts(parse, people, toponyms, knowledge)
    said = [s.attribution.source.span for s in sayings if s.attribution.source is not None]
    told = [_person(parse, one, said, knowledge) for one in people]
    told.sort(key=lambda person: person.spans[0])
    if title is not None:
        names = {fold_name(person.name) for person in told}
        known = frozenset(word for one in people for word in one.words)
        for one in _cluster(find_names(title, (), knowledge)):
            if fold_name(one.name) not in names and not one.words <= known:
                person = _person(title, one, (), knowledge)
                told.append(Person(person.name, person.public, person.reason))
    return tuple(told)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name that name somebody: folded, without particles and initials."""
    folded = (fold_name(word) for word in _WORD.findall(re.sub(r"['’]s?\b", "", name)))
    return tuple(word for word in folded if len(word) > 1 and word not in _PARTICLES)


def _cluster(names: Sequence[Named]) -> list[_Somebody]:
    """Mentions of one person together: the same name, or one that leaves words of it out."""
    people: list[_Somebody] = []
    for name in sorted(names, key=lambda n: (len(_words(n.text)) < 2, n.span)):
        words = frozenset(_words(name.text)) or frozenset((fold_name(name.text),))
        same = [one for one in people if _same(one, words, name)]
        if same:
            # The one named last before it; a surname that two bear is the nearer one's.
            before = [one for one in same if one.named[0].span.start < name.span.start]
            chosen = max(before, key=lambda one: max(n.span for n in one.named if n.span < name.span), default=same[0])
            chosen.named.append(name)
            if len(words) > len(chosen.words):
                chosen.words, chosen.name = words, name.text
            # A surname alone does not make a namesake the office-holder.
            chosen.holder = chosen.holder or (name.holder if len(words) > 1 else None)
        else:
            people.append(_Somebody(name.text, words, [name], name.holder))
    for one in people:
        one.spans = [name.span for name in one.named]
    return people


def _same(one: _Somebody, words: frozenset[str], name: Named) -> bool:
    if name.holder is not None and one.holder is not None:
        return one.holder.name == name.holder.name
    if len(words) == 1:
        return words <= one.words
    return words <= one.words or (one.words <= words and len(one.words) > 1)


def _add_parts(
    parse: Parse, people: Sequence[_Somebody], toponyms: Sequence[Toponym], knowledge: PeopleKnowledge
) -> None:
    """Find every other place where words of a name stand: a surname, a first name, a whole name that was overlooked."""
    vocabulary = {word: [one for one in people if word in one.words] for one in people for word in one.words}
    if not vocabulary:
        return
    taken = sorted(span for one in people for span in one.spans)
    lower = uncased(parse.document.text)
    for run in _runs(parse.document.text, vocabulary):
        span = Span(run[0].start, run[-1].end)
        if any(span.overlaps(other) for other in taken):
            continue
        words = frozenset(_key(word.of(parse.document.text), vocabulary) for word in run)
        bearers = [one for one in people if words <= one.words]
        if not bearers and len(run) > 1:
            # Words of different persons side by side, one of whom was never named in full.
            bearers = vocabulary[_key(run[-1].of(parse.document.text), vocabulary)]
        if not bearers or (len(run) == 1 and _something_else(parse, span, bearers, toponyms, knowledge, lower)):
            continue
        before = [one for one in bearers if min(one.spans) < span]
        chosen = max(before, key=lambda one: max(s for s in one.spans if s < span), default=bearers[0])
        chosen.spans.append(span)
    for one in people:
        one.spans.sort()


def _runs(text: str, vocabulary: dict[str, list[_Somebody]]) -> Iterator[list[Span]]:
    """Words of known names that follow each other with nothing but a space, an initial or a particle between them."""
    run: list[Span] = []
    for match in _WORD.finditer(text):
        if _key(match[0], vocabulary) not in vocabulary:
            continue
        bare = re.sub(r"['’]s?$", "", match[0])
        span = Span(match.start(), match.start() + len(bare))
        if run and not re.fullmatch(
            r"[ \t]+(?:[^\W\d_]\.?[ \t]+|(?:van|von|de|der|al|el|bin|da|dos)[ \t]+)*", text[run[-1].end : span.start]
        ):
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _key(word: str, vocabulary: dict[str, list[_Somebody]]) -> str:
    """The word as it is filed: without possessive, and 'the Petrovs' as Petrov."""
    key = fold_name(re.sub(r"['’]s?$", "", word))
    if key not in vocabulary and key.endswith("s"):
        for short in (key[:-1], key[:-2]):
            if short in vocabulary and word[0].isupper():
                return short
    return key


def _something_else(
    parse: Parse,
    span: Span,
    bearers: Sequence[_Somebody],
    toponyms: Sequence[Toponym],
    knowledge: PeopleKnowledge,
    lower: bool,
) -> bool:
    """Whether a lone word of a name means something else here: a month, a town, a common word, another person."""
    text = parse.document.text
    word = span.of(text)
    if _saint(text, span, knowledge):
        return True
    capital = word[0].isupper() or not word[0].isalpha() or word[0] == word[0].upper()
    if not capital and not lower and any(name.text[0].isupper() for one in bearers for name in one.named):
        return True
    lists = knowledge.lexicon.lists
    if word.lower() in lists["no_names"] or (lower and word.lower() in lists["bodies"]):
        return True
    sentence = parse.sentence_at(span.start)
    labels = {e.label for e in sentence.entities if e.span.overlaps(span)} if sentence else set()
    placed = any(t.span.contains(span) and t.place is not None for t in toponyms)
    return placed and bool(labels & {"GPE", "LOC", "FAC"})


def _saint(text: str, span: Span, knowledge: PeopleKnowledge) -> bool:
    """'St. James Methodist Church': the name of a building or a body, whoever else is called James."""
    if not re.search(r"\b(?:St|Saint)\.?\s+$", text[max(0, span.start - 8) : span.start]):
        return False
    after = re.match(r"(?:['’]s)?((?:[ \t]+[A-Z][\w-]+){1,3})", text[span.end : span.end + 60])
    return after is not None and bool(knowledge.lexicon.lists["bodies"] & set(after[1].lower().split()))


def _before(parse: Parse, sentence: Sentence, span: Span, knowledge: PeopleKnowledge) -> str:
    """The sentence up to a name, and the one before it where that ends in an abbreviated title: 'spokesman Capt.'"""
    text = parse.document.text
    before = text[sentence.span.start : span.start]
    previous = parse.sentences[sentence.index - 1] if sentence.index else None
    if before.strip() or previous is None:
        return before
    last = re.search(r"([^\W\d_]{2,6})\.\s*$", text[previous.span.start : span.start])
    lexicon = knowledge.lexicon
    if last and ((last[1].lower(),) in lexicon.by_words or last[1].lower() in lexicon.lists["titles"]):
        return text[previous.span.start : span.start]
    return before


def _harmed(around: str, knowledge: PeopleKnowledge) -> bool:
    return bool(knowledge.lexicon.lists["harm"] & set(re.findall(r"[a-z]+", around.lower())))


def _person(parse: Parse, one: _Somebody, said: Sequence[Span], knowledge: PeopleKnowledge) -> Person:
    reason = _public(parse, one, said, knowledge)
    spans = tuple(sorted(set(one.spans)))
    return Person(one.name, reason is not None, reason or "nothing shows a public role", spans)


def _public(parse: Parse, one: _Somebody, said: Sequence[Span], knowledge: PeopleKnowledge) -> str | None:
    """Why a person is public; None if nothing says so."""
    text = parse.document.text
    if one.holder is not None:
        return f"known: {one.holder.terms[-1].what}"
    speaking = any(span.overlaps(source) for span in one.spans for source in said)
    roles: list[str] = []
    for span in one.spans:
        sentence = parse.sentence_at(span.start)
        if sentence is None:
            continue
        before, after = _before(parse, sentence, span, knowledge), text[span.end : sentence.span.end]
        if span.start < _OPENING and (_BYLINE.search(text[: span.start]) or _DATELINE.match(text[span.end :])):
            return "author of the report"
        role = public_role(before, after, knowledge.lexicon)
        speaking = speaking or speaks(before, after, knowledge.lexicon)
        if role is not None and not role.speaks:
            return f"role: {role.words}"
        if role is not None:
            roles.append(role.words)
        # Who is held or hurt, or stands there with an age like any passer-by, does not speak in a role.
        if AGE.match(after) or _harmed(before[-60:] + " " + after[:80], knowledge):
            return None
    return f"speaks as {roles[0]}" if roles and speaking else None
