"""Who a source is: its kind by the codebook, and the name that a pronoun or a bare role stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tocsin.extract.attribution_frames import Frame
from tocsin.resources.cue_lexicon import CueLexicon
from tocsin.vocabulary import Entity, Evidence, Parse, Sentence, SourceKind, Token

_SINGULAR = frozenset({"he", "she", "him", "her", "his"})
_MALE, _FEMALE = frozenset({"he", "him", "his"}), frozenset({"she", "her"})
_MR, _MRS = (
    re.compile(r"\b(?:mr|sir|king|lord|brother|father)\b\.?", re.I),
    re.compile(r"\b(?:mrs|ms|miss|lady|queen|sister|mother)\b\.?", re.I),
)
_POSTING = frozenset({"tweet", "retweet", "post", "blog"})
_POSTED_ON = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:on|via|in a)\s+(?:his |her |its |their )?(?:twitter|facebook|telegram|instagram|x\b|tweet|facebook post|vkontakte)",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+(?:[.'’/-][^\W\d_]+)*")
# A name is looked for this many sentences back, no further: later ones are rarely still spoken of.
LOOK_BACK = 6


@dataclass(slots=True)
class Named:
    """A person the text has named: where, and what it says they are."""

    evidence: Evidence
    surname: str
    sentence: int
    start: int
    words: str  # title and description around the name, lower case
    spoke: bool = False


@dataclass(slots=True)
class People:
    """The persons a document names, in order, with what is known of each surname."""

    named: list[Named] = field(default_factory=list)
    kinds: dict[str, SourceKind] = field(default_factory=dict)


def find_people(parse: Parse, lexicon: CueLexicon) -> People:
    """Every PERSON entity with the words around it that tell an office."""
    people = People()
    text = parse.document.text
    for sentence in parse.sentences:
        for entity in sentence.entities:
            if entity.label != "PERSON":
                continue
            before = text[max(sentence.span.start, entity.span.start - 60) : entity.span.start].lower()
            after = text[entity.span.end : min(sentence.span.end, entity.span.end + 80)].lower()
            title = re.split(r"[,.;:]\s", before)[-1]
            behind = after[1:].split(",")[0] if after.startswith(",") else ""
            words = f"{title} {behind}"
            surname = _surname(entity, text)
            people.named.append(
                Named(Evidence(entity.span, entity.span.of(text)), surname, sentence.index, entity.span.start, words)
            )
            kind = _office(words, lexicon)
            if kind is not None:
                people.kinds.setdefault(surname, kind)
    return people


def classify_source(parse: Parse, frame: Frame, lexicon: CueLexicon, people: People) -> SourceKind:
    """The codebook's kind of a frame's source.

    Args:
        parse: the document.
        frame: with a source or without.
        lexicon: words for kinds of sources.
        people: from find_people.
    """
    if frame.source is None or frame.source_head is None:
        return SourceKind.UNNAMED
    text = parse.document.text
    phrase = frame.source.of(text).lower()
    head = frame.source_head
    after = text[frame.cue.end : frame.cue.end + 60]
    if frame.head.lemma in _POSTING or _POSTED_ON.match(after):
        return SourceKind.SOCIAL_POST
    lead = _lead(phrase)
    said = _words_of(lead, lexicon)
    if _names_person(parse, frame, head, lexicon):
        return _person(phrase, head, said, lexicon, people)
    if head.lemma in lexicon.speakers or head.text.lower() in lexicon.speakers:
        return said.best(SourceKind.ORGANISATION)
    word = head.text.lower()
    own = lexicon.source_words.get(word) or lexicon.source_words.get(head.lemma)
    if (
        own is not None
        and (head.tag not in ("NNP", "NNPS") or (head.ent == "ORG" and own is not SourceKind.SOCIAL_POST))
        and not said.is_weak(word, head.lemma, lexicon)
    ):
        # 'police sources', 'union sources', 'media reports'
        return said.best(own) if own is SourceKind.UNNAMED else own
    if said.any:
        return said.best(SourceKind.UNNAMED)
    if head.ent in ("GPE", "LOC", "FAC"):
        return SourceKind.OFFICIAL
    if head.ent in ("ORG", "PRODUCT", "WORK_OF_ART", "LAW", "NORP"):
        return SourceKind.ORGANISATION
    if head.pos == "PROPN" or _bare_name(phrase, head, lexicon):
        return people.kinds.get(word, SourceKind.NAMED_PERSON)
    return SourceKind.UNNAMED


@dataclass(frozen=True, slots=True)
class _Words:
    """The kinds that the words of a phrase speak for."""

    strong: frozenset[SourceKind]
    weak: bool

    @property
    def any(self) -> bool:
        return bool(self.strong) or self.weak

    def best(self, default: SourceKind) -> SourceKind:
        for kind in (SourceKind.OFFICIAL, SourceKind.MEDIA, SourceKind.ORGANISATION, SourceKind.WITNESS):
            if kind in self.strong:
                return kind
        return SourceKind.OFFICIAL if self.weak else default

    def is_weak(self, word: str, lemma: str, lexicon: CueLexicon) -> bool:
        return word in lexicon.weak_words or lemma in lexicon.weak_words


def _words_of(phrase: str, lexicon: CueLexicon) -> _Words:
    words = _WORD.findall(phrase)
    strong: set[SourceKind] = set()
    weak, at = False, 0
    while at < len(words):
        for size in (3, 2, 1):
            word = " ".join(words[at : at + size])
            form = word if word in lexicon.source_words else word.removesuffix("s")
            kind = lexicon.source_words.get(form)
            if kind is not None and at + size <= len(words):
                if form in lexicon.weak_words:
                    weak = True
                elif kind not in (SourceKind.UNNAMED, SourceKind.SOCIAL_POST) and (
                    kind is not SourceKind.WITNESS or len(words) < 4
                ):
                    strong.add(kind)
                at += size
                break
        else:
            at += 1
    return _Words(frozenset(strong), weak)


def _names_person(parse: Parse, frame: Frame, head: Token, lexicon: CueLexicon) -> bool:
    """Whether the phrase names a person: its head, or an apposition ('a spokesman for the plant, Jan Novak')."""
    if head.ent == "PERSON":
        return True
    if frame.source is None:
        return False
    sentence = parse.sentences[frame.sentence]
    lead = frame.source.of(parse.document.text)
    for entity in sentence.entities:
        if entity.label == "PERSON" and frame.source.contains(entity.span):
            before = lead[: entity.span.start - frame.source.start].rstrip()
            behind = lead[entity.span.end - frame.source.start :]
            if behind.startswith(("'", "’")):
                continue
            at_end = not behind and not before.endswith((" of", " by", " for"))
            if not before or before.endswith(",") or at_end:
                return True
    return _ends_in_name(lead, head, lexicon)


def _ends_in_name(phrase: str, head: Token, lexicon: CueLexicon) -> bool:
    """'police commissioner p c pande', '..., Jan Novak': words that no lexicon knows after a title or a comma."""
    if head.tag in ("NNS", "NNPS") or "'" in phrase.split(",")[-1]:
        return False
    words = _WORD.findall(phrase.lower())
    unknown = 0
    while unknown < len(words) and not _is_word(words[-1 - unknown], lexicon):
        unknown += 1
    if not 1 <= unknown <= 4 or unknown == len(words):
        return False
    title = words[-1 - unknown]
    if re.search(r",\s*[^\W\d_a-z]\w+\s+[^\W\d_a-z]\w+$", phrase):
        return True  # '..., Jan Novak'
    return title in lexicon.speakers or title in lexicon.stand_ins or title in lexicon.weak_words or title in _TITLES


_TITLES = frozenset(
    "minister commissioner inspector superintendent constable mla mp judge mayor governor collector prof professor dr mr mrs ms magistrate".split()
)


def _is_word(word: str, lexicon: CueLexicon) -> bool:
    return word in lexicon.source_words or word in lexicon.speakers or word in lexicon.stand_ins or word in _SMALL


_SMALL = frozenset("of the a an and for in at from with by s on to who which sources group".split())


def _bare_name(phrase: str, head: Token, lexicon: CueLexicon) -> bool:
    """One or two words of lower-case text without an article that no lexicon knows: 'hashmi said'."""
    words = _WORD.findall(phrase)
    return (
        0 < len(words) <= 3
        and head.pos in ("NOUN", "ADJ", "X", "VERB")
        and head.tag not in ("NNS", "NNPS")
        and words[0] not in ("a", "an", "the", "this", "that", "one", "some", "any", "no", "many", "most")
        and not any(word in lexicon.source_words or word in lexicon.stand_ins for word in words)
    )


def resolve_source(
    parse: Parse, sentence: Sentence, frame: Frame, lexicon: CueLexicon, people: People
) -> tuple[Named, str] | None:
    """The person that 'he', 'she' or 'the spokesman' stands for, and by which rule, or None where that is not sure."""
    head = frame.source_head
    if head is None or frame.source is None:
        return None
    word = head.text.lower()
    back = list(_back(people, sentence.index, frame.source.start))
    if word in _SINGULAR:
        fits = [named for named in back if _gender_fits(word, named)]
        spoken = next((named for named in fits if named.spoke), None)
        near = fits[0] if fits else None
        if near is not None and near.sentence == sentence.index and near.start > sentence.span.start + 40:
            # 'Kuzmin met Novak before he said': two names in one sentence leave it open.
            near = None if spoken is None else spoken
        chosen = spoken or near
        return (chosen, f"'{word}' is the last person named") if chosen else None
    definite = parse.document.text[frame.source.start : frame.source.start + 4].lower().startswith("the ")
    if definite and (head.lemma in lexicon.stand_ins or head.lemma in lexicon.speakers) and head.ent != "PERSON":
        if len(_WORD.findall(frame.source.of(parse.document.text))) > 3:
            return None
        for named in back:
            if re.search(rf"\b{re.escape(head.lemma)}", named.words):
                return named, f"'the {head.lemma}' was named before"
    return None


def _back(people: People, sentence: int, start: int) -> Iterator[Named]:
    for named in reversed(people.named):
        if named.start < start and sentence - named.sentence <= LOOK_BACK:
            yield named


def _gender_fits(pronoun: str, named: Named) -> bool:
    title = named.words.split(" ")
    joined = " ".join(title[-4:]) + " " + named.evidence.quote
    if pronoun in _MALE:
        return not _MRS.search(joined)
    return not _MR.search(joined)


def _surname(entity: Entity, text: str) -> str:
    words = _WORD.findall(entity.span.of(text).lower())
    words = [word for word in words if word not in ("s", "jr", "sr")]
    return words[-1] if words else ""


def _person(phrase: str, head: Token, said: _Words, lexicon: CueLexicon, people: People) -> SourceKind:
    whole = _words_of(phrase, lexicon)
    private = SourceKind.ORGANISATION in whole.strong
    if SourceKind.OFFICIAL in said.strong or (SourceKind.OFFICIAL in whole.strong and not private):
        return SourceKind.OFFICIAL
    if re.search(r"\b(?:reporter|correspondent|journalist)\b", phrase):
        return SourceKind.MEDIA
    if whole.weak and not whole.strong:
        return SourceKind.OFFICIAL
    if not whole.any and people.kinds.get(head.text.lower()) is SourceKind.OFFICIAL:
        return SourceKind.OFFICIAL
    return SourceKind.NAMED_PERSON


def _lead(phrase: str) -> str:
    """The phrase up to its first clause: 'the union, which called the strike' is a union."""
    return re.split(r",| who | which | that | whose ", phrase, maxsplit=1)[0]


def _office(words: str, lexicon: CueLexicon) -> SourceKind | None:
    """What the title or description around a name makes its bearer; None if nothing does."""
    found = _words_of(words, lexicon)
    if SourceKind.OFFICIAL in found.strong or (found.weak and not found.strong):
        return SourceKind.OFFICIAL
    return SourceKind.NAMED_PERSON if found.strong else None


def mark_spoken(people: People, source: Evidence | None) -> None:
    """Remember that a named person has spoken: pronouns look for speakers first."""
    if source is None:
        return
    for named in people.named:
        if source.span.overlaps(named.evidence.span):
            named.spoke = True
