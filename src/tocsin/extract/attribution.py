"""Who says what: sources, cues and contents of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tocsin.extract.attribution_frames import Frame, find_frames
from tocsin.extract.attribution_model import frame_features, score_frame
from tocsin.extract.attribution_quotes import attach_quotations, with_quotations
from tocsin.extract.attribution_sources import People, classify_source, find_people, mark_spoken, resolve_source
from tocsin.resources.cue_lexicon import CueLexicon, load_cue_lexicon, load_cue_weights
from tocsin.vocabulary import Attribution, Evidence, Parse, Saying, Sentence, SourceKind, Span

# Kinds of cues by which somebody says so; thoughts and stances say nothing that a claim could rest on.
_SAYING = frozenset({"say", "claim", "deny", "hedge", "ask"})
# In the passive and without a doer these say only that it is said: 'is believed', 'was alleged'.
_HEARSAY = frozenset(
    {
        "believe",
        "suspect",
        "fear",
        "allege",
        "rumour",
        "rumor",
        "understand",
        "suppose",
        "presume",
        "claim",
        "say",
        "think",
    }
)
_BODIES = frozenset({SourceKind.OFFICIAL, SourceKind.ORGANISATION, SourceKind.MEDIA})
_BODY_REACH = 2  # sentences
_RUMOURS = frozenset({"report", "rumour", "rumor", "allegation", "claim", "speculation", "accusation"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame that may be a saying: its cue's kind, and whether quotation marks play a part."""

    frame: Frame
    sentence: Sentence
    kind: str
    quoted: bool
    inside: bool


def find_sayings(parse: Parse, *, broad: bool = False) -> tuple[Saying, ...]:
    """Every place where the document lets somebody else speak.

    Args:
        parse: any Parse; sentences without syntax give none.
        broad: also thoughts, hopes, praise and blame ('the mayor hopes that ...'), by which nobody asserts anything.

    Returns:
        Sayings in the order of their cues. ``nested`` points into this tuple. Where a pronoun or a bare role is
        surely a person named before, the source's evidence is that name, and ``reason`` says so.
    """
    lexicon = load_cue_lexicon()
    chosen = choose(parse, lexicon, broad=broad)
    people = find_people(parse, lexicon)
    sayings: list[Saying] = []
    body: tuple[int, SourceKind] | None = None  # the last body that spoke, for 'it' and 'they'
    for candidate, score in chosen:
        saying = _saying(parse, candidate, score, lexicon, people)
        head = candidate.frame.source_head
        if head is not None and head.text.lower() in ("it", "they"):
            if body is not None and candidate.frame.sentence - body[0] <= _BODY_REACH:
                attribution = replace(saying.attribution, kind=body[1])
                saying = replace(
                    saying, attribution=attribution, reason=f"{saying.reason}; '{head.text.lower()}' is the last body"
                )
        elif saying.attribution.kind in _BODIES and saying.attribution.source is not None:
            body = (candidate.frame.sentence, saying.attribution.kind)
        sayings.append(saying)
    return tuple(_nest(sayings))


def candidates(parse: Parse, lexicon: CueLexicon, nouns: frozenset[str] = frozenset()) -> Iterator[Candidate]:
    """Every frame of a document with its quotations, in the order of cues."""
    frames: list[Frame] = []
    for sentence in parse.sentences:
        if sentence.tokens and any(token.dep for token in sentence.tokens):
            frames.extend(find_frames(parse, sentence, lexicon, nouns))
    given, _ = attach_quotations(parse, frames, lexicon.cues["verb"])
    text = parse.document.text
    for index, frame in enumerate(frames):
        quoted = index in given
        if quoted:
            frame = with_quotations(frame, given[index], text)
        word = frame.head.text.lower() if frame.part == "adverb" else frame.head.lemma
        kind = "say" if frame.part == "phrase" else lexicon.cues[frame.part].get(word, "none")
        inside = any(quotation.span.start <= frame.cue.start < quotation.span.end for quotation in parse.quotations)
        yield Candidate(frame, parse.sentences[frame.sentence], kind, quoted, inside)


def choose(parse: Parse, lexicon: CueLexicon, *, broad: bool) -> list[tuple[Candidate, float]]:
    """The candidates that are sayings, with the model's score."""
    weights = load_cue_weights()
    found = []
    for candidate in candidates(parse, lexicon, weights.nouns):
        if not candidate.frame.content:
            continue
        score = score_candidate(candidate, weights.weights, lexicon)
        if score >= weights.threshold if broad else _is_saying(candidate, score, weights.threshold, lexicon):
            found.append((candidate, score))
    return found


def score_candidate(candidate: Candidate, weights: Mapping[str, float], lexicon: CueLexicon) -> float:
    """The model's probability for a candidate."""
    return score_frame(
        frame_features(candidate.frame, candidate.sentence, lexicon, candidate.quoted, candidate.inside), weights
    )


def _is_saying(candidate: Candidate, score: float, threshold: float, lexicon: CueLexicon) -> bool:
    """Whether somebody asserts something here: words of saying with a shape that tells what is said."""
    frame = candidate.frame
    if candidate.kind not in _SAYING:
        # 'Two miners are believed dead': a thought becomes hearsay in the passive.
        return candidate.kind == "think" and frame.passive and frame.head.lemma in _HEARSAY
    if candidate.kind == "deny" and _of_people(candidate, lexicon):
        return False  # 'The mill dismissed 40 drivers.'
    if candidate.quoted or frame.part in ("phrase", "adverb"):
        return True
    if frame.part == "noun" and frame.shape == "ccomp" and (frame.source is not None or frame.head.lemma in _RUMOURS):
        return True  # 'reports that ...', 'the union's claim that ...'
    if frame.shape in ("ccomp", "clause") and (frame.source is not None or frame.passive) and frame.part == "verb":
        return candidate.kind != "ask" or score >= threshold / 2
    return score >= threshold


def _of_people(candidate: Candidate, lexicon: CueLexicon) -> bool:
    """Whether the verb's object is a person: people are dismissed or rejected, only words are denied."""
    head = candidate.frame.head
    for token in candidate.sentence.tokens:
        if token.dep in ("dobj", "dative", "nsubjpass") and token.head == head.index and token.index != head.index:
            word = token.text.lower()
            return token.ent == "PERSON" or (
                any(
                    form in table
                    for form in (word, token.lemma)
                    for table in (lexicon.stand_ins, lexicon.speakers, lexicon.source_words)
                )
                and token.lemma not in lexicon.cues["noun"]
            )
    return False


def _saying(parse: Parse, candidate: Candidate, score: float, lexicon: CueLexicon, people: People) -> Saying:
    frame = candidate.frame
    document = parse.document
    reason = f"{frame.part} '{frame.head.text.lower()}', {frame.shape}, source by {frame.link}, score {score:.2f}"
    kind = classify_source(parse, frame, lexicon, people)
    source = Evidence.at(document, frame.source.start, frame.source.end) if frame.source is not None else None
    resolved = resolve_source(parse, candidate.sentence, frame, lexicon, people)
    if resolved is not None:
        named, why = resolved
        source = named.evidence
        if kind is not SourceKind.OFFICIAL:
            kind = people.kinds.get(named.surname, SourceKind.NAMED_PERSON)
            if kind not in (SourceKind.OFFICIAL, SourceKind.MEDIA):
                kind = SourceKind.NAMED_PERSON
        reason += f"; {why}"
    mark_spoken(people, source)
    if frame.source is not None and frame.source_head is not None and kind is SourceKind.OFFICIAL:
        # 'chief minister narendra modi' is named once with his office, then by the last word.
        people.kinds.setdefault(frame.source.of(document.text).lower().split()[-1], kind)
    start, end = frame.content[0].start, max(span.end for span in frame.content)
    # One evidence holds one span: from the first word said to the last of the same stretch.
    first = frame.content[0] if len(frame.content) > 1 else Span(start, end)
    before = document.text[max(0, frame.cue.start - 24) : frame.cue.end].lower()
    hedge = (
        candidate.kind == "hedge"
        or (frame.source is None and frame.passive and frame.head.lemma in _HEARSAY)
        or any(words in before for words in lexicon.unvouched)
        or (frame.part == "noun" and frame.source is None and frame.head.lemma in _RUMOURS)
    )
    return Saying(
        content=frame.content,
        attribution=Attribution(
            kind=kind,
            source=source,
            cue=Evidence.at(document, frame.cue.start, frame.cue.end),
            content=Evidence.at(document, first.start, first.end),
        ),
        hedge=hedge,
        denial=candidate.kind == "deny",
        reason=reason,
    )


def _nest(sayings: list[Saying]) -> Iterator[Saying]:
    """Each saying with the index of the smallest other one that its cue stands inside."""
    for index, saying in enumerate(sayings):
        cue = saying.attribution.cue
        around: tuple[int, int] | None = None
        for other, host in enumerate(sayings):
            if other == index or cue is None:
                continue
            size = sum(len(span) for span in host.content)
            own = host.attribution.cue
            if own is not None and any(span.contains(own.span) for span in saying.content):
                continue
            if any(span.contains(cue.span) for span in host.content) and (around is None or size < around[0]):
                around = (size, other)
        yield replace(saying, nested=around[1]) if around else saying
