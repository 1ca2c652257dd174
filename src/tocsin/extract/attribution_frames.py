"""Places where somebody may say something: a cue with the source and content that syntax gives it.

Frames are candidates. Which of them are sayings is for attribution.py to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tocsin.extract.attribution_syntax import SUBJECTS, Tree
from tocsin.resources.cue_lexicon import CueLexicon
from tocsin.vocabulary import Parse, Quotation, Sentence, Span, Token

# Prepositions that complete what is said of an object: 'accused the guards of', 'described it as', 'thanked them for'.
_COMPLETING = frozenset({"as", "of", "for", "into", "against", "from", "over", "about", "to", "with"})
_EDGE = " \t\r\n,;:-–—"
_COMPLEMENTS = ("ccomp", "xcomp")
# What a verb has beside its content: who is told, when, where, and what happens meanwhile.
_BESIDE = frozenset(
    "advmod npadvmod aux auxpass neg punct cc conj advcl mark prep dative agent expl prt preconj dep intj meta".split()
)
# Verbs whose object is who is told, not what is said.
_NOMINAL = ("NOUN", "PROPN", "PRON")
# Verbs of saying sure enough to look for a source beside them without the tree's help.
_REPORTING = frozenset(
    "say add tell claim allege state announce declare insist explain argue assert warn report note reply deny inform confirm".split()
)
_DATELINE = re.compile(
    r"^.*\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? ?(?:\([^)]*\) ?)?[-–—]+\s*|^.*?\([A-Z][\w /-]{1,20}\)\s*[-–—:]+\s*"
    r"|^[A-Z][A-Z .,]+[-–—]+\s+|^[a-z ]{3,20}:\s+",
    re.DOTALL,
)
_TELLING = frozenset(
    {
        "tell",
        "inform",
        "assure",
        "remind",
        "notify",
        "warn",
        "brief",
        "advise",
        "promise",
        "convince",
        "persuade",
        "reassure",
    }
)
_ADDRESSED = frozenset(
    {"ask", "urge", "call", "order", "invite", "beg", "request", "encourage", "press", "want", "expect"}
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with what hangs on it; spans point into the document.

    ``shape`` tells how the content hangs on the cue: ccomp, xcomp, dobj, prep, clause (the cue stands inside what is
    said), quote, none. ``link`` tells how the source was found: nsubj, agent, poss, by, shared, antecedent, none.
    """

    sentence: int
    head: Token
    part: str
    cue: Span
    source: Span | None
    source_head: Token | None
    content: tuple[Span, ...]
    shape: str
    link: str
    passive: bool = False
    negated: bool = False


def find_frames(parse: Parse, sentence: Sentence, lexicon: CueLexicon, nouns: frozenset[str]) -> Iterator[Frame]:
    """Every candidate of a sentence, in order of the cue.

    Args:
        parse: the document.
        sentence: one of its sentences, with syntax.
        lexicon: nouns, adverbs and phrases that can be cues; every verb is a candidate.
        nouns: further nouns that can be cues.
    """
    tree = Tree(sentence)
    for token in tree.tokens:
        if token.text.lower() == "according":
            frame = _according(parse, tree, token)
        elif token.pos == "VERB" and token.dep not in ("amod", "aux"):
            frame = _verb(parse, tree, token)
        elif token.pos in ("NOUN", "PROPN") and (token.lemma in lexicon.cues["noun"] or token.lemma in nouns):
            frame = _noun(parse, tree, token)
        elif token.text.lower() in lexicon.cues["adverb"]:
            frame = _adverb(parse, tree, token)
        else:
            continue
        if frame is not None:
            yield frame


def pieces(parse: Parse, tree: Tree, indices: Iterable[int]) -> tuple[Span, ...]:
    """The spans that a set of tokens covers, without punctuation at their edges; gaps of punctuation are bridged."""
    text = parse.document.text
    runs: list[list[int]] = []
    for index in sorted(indices):
        if runs and all(tree.tokens[gap].pos == "PUNCT" for gap in range(runs[-1][-1] + 1, index)):
            runs[-1].append(index)
        else:
            runs.append([index])
    found = []
    for run in runs:
        start, end = tree.tokens[run[0]].span.start, tree.tokens[run[-1]].span.end
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        if any(character.isalnum() for character in text[start:end]):
            found.append(Span(start, end))
    return tuple(found)


def _cue(tree: Tree, verb: Token) -> Span:
    """The verb with its auxiliaries, negation and the adverbs between them."""
    start = end = verb
    for child in tree.children(verb):
        if child.dep in ("aux", "auxpass", "neg") and child.index < start.index:
            start = child
        if child.dep == "prt" and child.index == end.index + 1:
            end = child
    return Span(start.span.start, end.span.end)


def _subject(tree: Tree, verb: Token) -> tuple[Token | None, str]:
    """Who does what the verb says, and how we know."""
    passive = _is_passive(tree, verb)
    if passive:
        agent = tree.child(verb, "agent")
        by = tree.child(agent, "pobj") if agent is not None else None
        return (by, "agent") if by is not None else (None, "none")
    subjects = [child for child in tree.children(verb) if child.dep in ("nsubj", "csubj")]
    before = [child for child in subjects if child.index < verb.index]
    # Of two the nearer is meant: a headline or a title before the name is read as a subject of its own.
    own = before[-1] if before else subjects[0] if subjects else None
    if own is not None and own.index < verb.index and tree.child(verb, "ccomp", "parataxis") is None:
        # '"Full panic mode," said Jan Novak': the tree takes the end of a quotation for the subject.
        between = tree.sentence.tokens[own.index + 1 : verb.index]
        behind = next(
            (child for child in tree.children(verb) if child.index > verb.index and child.dep in ("dobj", "nsubj")),
            None,
        )
        if (
            behind is not None
            and any(token.text in ('"', "”", "''") for token in between)
            and between[-1].text in ('"', "”", "''")
        ):
            return behind, "nsubj"
    if own is not None:
        if own.tag in ("WP", "WDT") and verb.dep == "relcl":
            return tree.head(verb), "antecedent"
        return own, "nsubj"
    head = tree.head(verb)
    if verb.dep == "acl" and verb.tag == "VBG":
        return head, "antecedent"
    if (
        verb.dep == "pcomp"
        and head.text.lower() == "as"
        and tree.head(head).lemma in ("quote", "cite", "report", "describe")
    ):
        # 'The paper quoted the clerk as saying'
        quoted = tree.child(tree.head(head), "dobj", "nsubjpass")
        if quoted is not None:
            return quoted, "shared"
    if verb.dep == "relcl" and tree.child(verb, "nsubj") is None:
        return head, "antecedent"
    if verb.dep in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "dep", "parataxis") or verb.tag == "VBG":
        for above in tree.above(verb):
            if above.pos not in ("VERB", "AUX"):
                if above.dep == "prep" or above.pos == "ADP":
                    continue
                break
            if verb.dep == "xcomp" and (given := tree.child(above, "dobj")) is not None and above.lemma in _ADDRESSED:
                return given, "shared"  # 'asked the minister to explain'
            subject = tree.child(above, "nsubj") if not _is_passive(tree, above) else tree.child(above, "nsubjpass")
            if subject is not None:
                if subject.tag in ("WP", "WDT") and above.dep == "relcl":
                    return tree.head(above), "shared"
                return subject, "shared"
    return None, "none"


def _is_passive(tree: Tree, verb: Token) -> bool:
    if tree.child(verb, "auxpass", "nsubjpass") is not None:
        return True
    return verb.tag == "VBN" and verb.dep in ("acl", "advcl") and tree.child(verb, "aux") is None


def _source_span(parse: Parse, tree: Tree, head: Token, verb: Token) -> Span | None:
    """The source phrase as written: the subtree of its head that does not hold the cue."""
    if head.tag in ("PRP", "PRP$", "WP", "WDT"):
        return head.span
    if head.dep == "poss":
        marks = [child.index for child in tree.children(head) if child.dep == "case"]
        owner = pieces(parse, tree, tree.subtree(head, without=marks))
        return owner[-1] if owner else None
    barred = [
        index
        for index in tree.subtree(head)
        if tree.tokens[index].dep in ("relcl", "acl") and verb.index in tree.subtree(tree.tokens[index])
    ]
    indices = tree.subtree(head, without=barred)
    if verb.index in indices:
        indices = [index for index in indices if index < verb.index] if head.index < verb.index else [head.index]
    around = [span for span in pieces(parse, tree, indices) if span.start <= head.span.start < span.end]
    return around[0] if around else None


def _past_dateline(parse: Parse, tree: Tree, span: Span, head: Token) -> tuple[Span, Token]:
    """Source and head without 'PARIS, June 2 - ' before the first name of a story."""
    found = _DATELINE.match(parse.document.text[span.start : span.end])
    if found is None or span.start != tree.sentence.span.start:
        return span, head
    rest = Span(span.start + found.end(), span.end)
    inside = {token.index for token in tree.inside(rest)} if len(rest) else set()
    heads = [tree.tokens[index] for index in sorted(inside) if tree.tokens[index].head not in inside]
    if not heads:
        return span, head
    return rest, head if head.index in inside else heads[-1]


def _verb(parse: Parse, tree: Tree, verb: Token) -> Frame | None:
    passive = _is_passive(tree, verb)
    subject, link = _subject(tree, verb)
    content, shape = _complement(tree, verb, passive)
    own = set(tree.subtree(verb))
    closing = _closing_source(tree, verb)
    if closing is not None:
        # 'Miners rallied in Bytom, an agency reporter said': the tree may hang the last clause on the town's name.
        subject, link, passive, shape = closing, "nsubj", False, "ccomp"
        opening = min(tree.subtree(closing, without=list(own)))
        content = list(range(opening - 1))
    if not content and verb.dep in ("ccomp", "parataxis", "advcl", "dep") and subject is not None:
        # 'The plan, he said, is dead': the cue stands inside what is said.
        host = tree.head(verb)
        content = [index for index in tree.subtree(host) if index not in own]
        shape = "clause"
    spans: tuple[Span, ...] = pieces(parse, tree, content)
    source = _source_span(parse, tree, subject, verb) if subject is not None else None
    if source is not None and subject is not None:
        source, subject = _past_dateline(parse, tree, source, subject)
    if source is None and not passive and verb.lemma in _REPORTING and verb.tag in ("VBD", "VBZ", "VBP"):
        subject = _beside_verb(tree, verb)
        source = _stretch(parse, tree, subject, verb) if subject is not None else None
        link = "beside"
    if source is not None and any(source.start < span.end and span.start < source.end for span in spans):
        spans = tuple(piece for span in spans for piece in _without(parse, span, source))
    return Frame(
        sentence=tree.sentence.index,
        head=verb,
        part="verb",
        cue=_cue(tree, verb),
        source=source,
        source_head=subject,
        content=spans,
        shape=shape if spans else "none",
        link=link if source is not None else "none",
        passive=passive,
        negated=tree.child(verb, "neg") is not None,
    )


def _closing_source(tree: Tree, verb: Token) -> Token | None:
    """Who says the sentence before the comma, where its last clause was read as a remark on the noun before."""
    head = tree.head(verb)
    if verb.lemma not in _REPORTING or verb.dep not in ("acl", "relcl") or verb.tag not in ("VBD", "VBN"):
        return None
    if head.dep != "appos" or head.lemma not in _TELLERS or verb.index != head.index + 1:
        return None
    opening = min(tree.subtree(head, without=tree.subtree(verb)))
    before = tree.tokens[opening - 1] if opening else None
    last = all(token.pos != "VERB" for token in tree.tokens[verb.index + 1 :])
    return head if before is not None and before.text == "," and last and opening > 3 else None


# Nouns of those who tell news, by which a closing clause is told from a remark.
_TELLERS = frozenset(
    "correspondent reporter agency newspaper daily spokesman spokeswoman spokesperson witness official police".split()
)


def _beside_verb(tree: Tree, verb: Token) -> Token | None:
    """The noun right before or after a verb of saying, where the tree gives it no subject: lower-case text, odd names."""
    before = verb.index - 1
    if before >= 2 and tree.tokens[before].text == "," and tree.tokens[before - 1].pos == "ADV":
        before -= 3 if tree.tokens[before - 2].text == "," else 0  # ', however,'
    if before >= 0 and tree.tokens[before].pos in _NOMINAL and tree.tokens[before].tag not in ("WDT",):
        return tree.tokens[before]
    opens = before < 0 or tree.tokens[before].pos == "PUNCT"
    if opens and verb.index + 1 < len(tree.tokens) and tree.tokens[verb.index + 1].pos in (*_NOMINAL, "DET", "ADJ"):
        for token in tree.tokens[verb.index + 1 : verb.index + 8]:
            if token.pos in _NOMINAL:
                return token
    return None


def _stretch(parse: Parse, tree: Tree, noun: Token, verb: Token) -> Span | None:
    """The run of nominal words that a noun beside a verb belongs to."""
    step = -1 if noun.index < verb.index else 1
    end = noun.index
    while 0 <= end + step < len(tree.tokens):
        token = tree.tokens[end + step]
        if token.pos not in (*_NOMINAL, "ADP", "DET", "ADJ", "PART", "NUM") or token.dep == "mark":
            break
        end += step
    low, high = sorted((end, noun.index))
    while low < high and tree.tokens[low].pos in ("ADP", "PART"):
        low += 1
    while high > low and tree.tokens[high].pos in ("ADP", "DET", "PART"):
        high -= 1
    spans = pieces(parse, tree, range(low, high + 1))
    return spans[0] if spans and len(spans[0]) <= 120 else None


def _without(parse: Parse, span: Span, hole: Span) -> Iterator[Span]:
    text = parse.document.text
    for start, end in ((span.start, min(span.end, hole.start)), (max(span.start, hole.end), span.end)):
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        if start < end and any(character.isalnum() for character in text[start:end]):
            yield Span(start, end)


def _complement(tree: Tree, verb: Token, passive: bool) -> tuple[list[int], str]:
    """The tokens of what is said, and how they hang on the verb."""
    children = tree.children(verb)
    clauses = [child for child in children if child.dep == "ccomp" or (child.dep == "acl" and child.tag != "VBN")]
    infinitives = [child for child in children if child.dep == "xcomp"]
    objects = [child for child in children if child.dep in ("dobj", "oprd", "attr")]
    if clauses:
        return [
            index for clause in clauses for index in tree.subtree(clause, without=_next_clauses(tree, clause))
        ], "ccomp"
    if infinitives:
        indices = [index for clause in infinitives for index in tree.subtree(clause)]
        if verb.lemma not in _TELLING and not passive:
            indices += [index for thing in objects for index in tree.subtree(thing)]
        if passive and (subject := tree.child(verb, "nsubjpass", "nsubj")) is not None:
            indices += tree.subtree(subject)
        return indices, "xcomp"
    if passive:
        subject = tree.child(verb, "nsubjpass", "csubjpass")
        if subject is not None:
            rest = [child for child in children if child.dep in ("prep", "oprd") and child.dep != "agent"]
            return [*tree.subtree(subject), *(index for child in rest[:1] for index in tree.subtree(child))], "subject"
        return [], "none"
    if objects and not (verb.lemma in _TELLING and len(objects) == 1):
        indices = [index for thing in objects for index in tree.subtree(thing)]
        for child in children:
            if child.dep == "prep" and child.index > objects[0].index and child.text.lower() in _COMPLETING:
                indices += tree.subtree(child)
        return indices, "dobj"
    if verb.dep == "relcl" and (relative := tree.child(verb, "dobj")) is not None:
        return [relative.index], "dobj"
    for child in children:
        if (
            child.dep == "prep"
            and child.index > verb.index
            and child.text.lower() in ("of", "for", "about", "on", "against", "with", "to", "over", "at", "in")
        ):
            target = tree.child(child, "pobj", "pcomp")
            if target is not None and target.ent not in ("DATE", "TIME"):
                return tree.subtree(target), "prep"
    return [], "none"


def _next_clauses(tree: Tree, clause: Token) -> list[int]:
    """Clauses joined to the end of what is said that have a subject of their own: '..., and others warned that'."""
    return [
        child.index
        for child in tree.children(clause)
        if child.dep == "conj"
        and child.index > clause.index
        and tree.child(child, "nsubj") is not None
        and (tree.child(child, "ccomp") is not None)
    ]


def _noun(parse: Parse, tree: Tree, noun: Token) -> Frame | None:
    """'claims by the union that ...', 'the mayor's criticism of ...', 'reports that ...'."""
    source: Token | None = tree.child(noun, "poss")
    link = "poss" if source is not None else "none"
    content: list[int] = []
    shape = "none"
    for child in tree.children(noun):
        if child.dep == "prep":
            target = tree.child(child, "pobj", "pcomp")
            if target is None:
                continue
            word = child.text.lower()
            if word in ("by", "from") and source is None:
                source, link = target, "by"
            elif word in ("of", "for", "about", "on", "against", "over", "to", "regarding", "in") and not content:
                content, shape = tree.subtree(target), "prep"
        elif child.dep in ("acl", "ccomp", "relcl") and child.index > noun.index:
            # spaCy often reads the 'that' of 'reports that guards beat them' as a pronoun.
            first = tree.tokens[min(tree.subtree(child))].text.lower()
            subject = tree.child(child, "nsubj", "nsubjpass")
            marked = first in ("that", "whether", "if") and subject is not None and subject.text.lower() != "that"
            if marked or child.dep == "ccomp" or (child.dep == "acl" and child.tag == "VB"):
                content, shape = tree.subtree(child), "ccomp"
    if not content and source is None:
        return None
    if source is None:
        head = tree.head(noun)
        if noun.dep == "dobj" and head.pos == "VERB":
            subject, _ = _subject(tree, head)
            if subject is not None:
                source, link = subject, "shared"
    spans = pieces(parse, tree, content)
    span = _source_span(parse, tree, source, noun) if source is not None else None
    return Frame(tree.sentence.index, noun, "noun", noun.span, span, source, spans, shape if spans else "none", link)


def _adverb(parse: Parse, tree: Tree, adverb: Token) -> Frame | None:
    host = tree.head(adverb)
    content = [index for index in tree.subtree(host) if index != adverb.index]
    spans = pieces(parse, tree, content)
    return Frame(
        tree.sentence.index, adverb, "adverb", adverb.span, None, None, spans, "clause" if spans else "none", "none"
    )


def _according(parse: Parse, tree: Tree, according: Token) -> Frame | None:
    to = tree.child(according, "prep", "pcomp", "prt")
    name = tree.child(to, "pobj") if to is not None else None
    if to is None or name is None or to.index <= according.index:
        return None
    below = set(tree.subtree(according))
    host = tree.head(according)
    # What is said is the whole clause that the phrase hangs in, up to its verb.
    while host.pos not in ("VERB", "AUX") and host.head != host.index:
        host = tree.head(host)
    content = [index for index in tree.subtree(host) if index not in below]
    if tree.child(host, "nsubj", "nsubjpass") is None and host.dep not in ("ROOT",):
        for above in tree.above(host):
            if above.pos in ("VERB", "AUX"):
                content = [index for index in tree.subtree(above) if index not in below]
                break
    source = _source_span(parse, tree, name, according)
    cue = Span(according.span.start, to.span.end)
    return Frame(
        tree.sentence.index, according, "phrase", cue, source, name, pieces(parse, tree, content), "clause", "nsubj"
    )


def outside_quotations(offset: int, quotations: Sequence[Quotation]) -> bool:
    """Whether a code point stands outside all quotation marks."""
    return not any(quotation.span.start <= offset < quotation.span.end for quotation in quotations)


__all__ = ["SUBJECTS", "Frame", "find_frames", "outside_quotations", "pieces"]
