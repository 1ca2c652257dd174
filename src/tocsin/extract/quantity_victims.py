"""One person without a number: 'a man was killed', 'police arrested Olga Petrova' are [1, 1]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tocsin.extract.attribution_syntax import Tree
from tocsin.resources.number_lexicon import NumberLexicon
from tocsin.vocabulary import Parse, QuantityMention, QuantityRole, Span, Token

_GRAVE = (QuantityRole.KILLED, QuantityRole.INJURED, QuantityRole.DETAINED)
# Verbs that mean harm to a person only with more words beside them ('held', 'fell', 'booked a room').
_WEAK = frozenset(
    {
        "hold",
        "fall",
        "book",
        "capture",
        "burn",
        "drown",
        "beat",
        "round",
        "gun",
        "seize",
        "crush",
        "char",
        "hurt",
        "torch",
        "roast",
    }
)
_NOUNS = {
    **dict.fromkeys(
        ("killing", "murder", "slaying", "assassination", "death", "execution", "lynching"), QuantityRole.KILLED
    ),
    **dict.fromkeys(("arrest", "detention", "imprisonment", "jailing"), QuantityRole.DETAINED),
}
_SINGULAR = ("NN", "NNP")
_ARTICLES = frozenset({"a", "an", "another", "one"})


def find_victims(parse: Parse, tree: Tree, taken: Iterable[Span], lexicon: NumberLexicon) -> Iterator[QuantityMention]:
    """Single persons whom a verb of killing, injuring or detaining is done to.

    Args:
        parse: the document.
        tree: one sentence with syntax.
        taken: numbers already found; a phrase with one of them is not counted again.
        lexicon: which verbs, and which nouns are people.

    Yields:
        [1, 1] mentions, or the number of a list of single persons. The span covers the noun phrases up to the last head noun.
    """
    spans = list(taken)
    for victim, role, reason in _harmed(tree, lexicon):
        members = list(list_members(tree, victim)) or [victim]
        each = [single_person(parse, tree, member, lexicon) for member in members]
        known = [one for one in each if one is not None]
        span = Span(known[0].start, known[-1].end) if known else None
        # A list that holds more than single persons is added up once its numbers are known (quantity_sums).
        if span is None or len(known) < len(members) or any(span.overlaps(other) for other in spans):
            continue
        spans.append(span)
        count = len(members)
        yield QuantityMention(
            span, span, span.of(parse.document.text), count, count, victim.lemma, "people", role, reason
        )


def _harmed(tree: Tree, lexicon: NumberLexicon) -> Iterator[tuple[Token, QuantityRole, str]]:
    """Every noun that something grave is done to, with what and why."""
    for token in tree.tokens:
        if token.pos == "VERB":
            role = _verb_role(tree, token, lexicon)
            if role is None or _is_denied(tree, token):
                continue
            for victim in _undergoers(tree, token):
                yield victim, role, f"one, of '{token.lemma}'"
        elif token.pos in ("NOUN", "PROPN") and token.lemma in _NOUNS:
            role = _NOUNS[token.lemma]
            preposition = next((child for child in tree.children(token) if child.text.lower() == "of"), None)
            owner = (tree.child(preposition, "pobj") if preposition is not None else None) or tree.child(token, "poss")
            if owner is not None:
                yield owner, role, f"one, '{token.lemma}' of"


def _verb_role(tree: Tree, verb: Token, lexicon: NumberLexicon) -> QuantityRole | None:
    if verb.lemma in ("die", "perish", "succumb"):
        return QuantityRole.KILLED
    if verb.lemma == "shoot" and any(child.text.lower() in ("dead", "death") for child in tree.children(verb)):
        return QuantityRole.KILLED
    role = lexicon.places["passive"].get(verb.lemma)
    if role not in _GRAVE or verb.lemma in ("free", "release"):
        return None
    if verb.lemma in _WEAK and tree.child(verb, "auxpass") is None:
        return None
    return role


def _undergoers(tree: Tree, verb: Token) -> Iterator[Token]:
    """Passive subject or object; the subject of 'die'; the noun that a participle or relative clause describes."""
    intransitive = verb.lemma in ("die", "perish", "succumb")
    for child in tree.children(verb):
        if child.dep == "nsubjpass" or (child.dep == "nsubj" and (intransitive or _bare_participle(tree, verb))):
            if child.tag in ("WP", "WDT") and verb.dep == "relcl":
                yield tree.head(verb)
            else:
                yield child
        elif child.dep == "dobj" and not intransitive:
            yield child
    if verb.dep == "acl" and verb.tag == "VBN":
        yield tree.head(verb)


def _bare_participle(tree: Tree, verb: Token) -> bool:
    return verb.tag == "VBN" and tree.child(verb, "aux", "dobj") is None


def _is_denied(tree: Tree, verb: Token) -> bool:
    return tree.child(verb, "neg") is not None


def list_members(tree: Tree, first: Token) -> Iterator[Token]:
    """The nouns of a list that begins with one, itself included; none where the noun stands later in a list."""
    if first.pos not in ("NOUN", "PROPN") or first.dep == "conj":
        return
    token: Token | None = first
    while token is not None:
        yield token
        token = next((t for t in tree.children(token) if t.index > first.index and _goes_on(tree, t)), None)


def _goes_on(tree: Tree, token: Token) -> bool:
    """Whether a noun is the next of its list; 'his son' after 'the man,' is, where the tree takes it for an apposition."""
    if token.pos not in ("NOUN", "PROPN"):
        return False
    owner = tree.child(token, "poss")
    return token.dep == "conj" or (token.dep == "appos" and owner is not None and owner.tag == "PRP$")


def single_person(parse: Parse, tree: Tree, noun: Token, lexicon: NumberLexicon) -> Span | None:
    """The span of a noun phrase that is one person, or None."""
    if noun.tag not in _SINGULAR:
        return None
    start = noun
    for child in tree.children(noun):
        if child.index < start.index and child.dep in ("det", "amod", "compound", "nummod", "poss", "nmod"):
            start = child
    if noun.ent == "PERSON" or (noun.tag == "NNP" and noun.ent == "" and noun.text[0].isupper()):
        return Span(start.span.start, noun.span.end)
    determiner = tree.child(noun, "det", "poss", "nummod")
    if noun.tag == "NN" and lexicon.units.get(noun.lemma) == "people" and noun.lemma not in _COLLECTIVE:
        if determiner is not None and determiner.text.lower() in ("no", "every", "each", "any"):
            return None
        if determiner is not None or parse.document.text.islower():
            return Span(start.span.start, noun.span.end)
    return None


_COLLECTIVE = frozenset(
    {"crowd", "staff", "personnel", "kin", "people", "other", "body", "life", "face", "youth", "head"}
)
