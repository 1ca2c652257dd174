"""Sites that a sentence lists by name: 'at other plants, including Vistal and Lubex' is one occurrence at each."""

from __future__ import annotations

from collections.abc import Collection

from tocsin.vocabulary import Parse, Sentence, Span, Token

_LINKS = frozenset(("conj", "appos"))


def listed_sites(parse: Parse, sentence: Sentence, nouns: Collection[str], taken: Collection[Span]) -> list[Span]:
    """The names in a list that follows a plural noun of sites.

    Args:
        parse: the document.
        sentence: the trigger's.
        nouns: lemmas that name a kind of site.
        taken: spans of toponyms, which are places already.

    Returns:
        The names in text order, each as its run of proper nouns; empty unless the sentence lists at least two.
    """
    plural = next((t for t in sentence.tokens if t.tag == "NNS" and t.lemma in nouns), None)
    if plural is None:
        return []
    for token in sentence.tokens[plural.index + 1 :]:
        if token.pos != "PROPN" or (token.ent == "PERSON" and not _in_list(sentence, token)):
            continue
        names = _chain(sentence, token)
        spans = [_name(sentence, name) for name in names]
        spans = [s for s in spans if not any(s.overlaps(t) for t in taken)]
        if len(spans) >= 2:
            return spans
    return []


def _in_list(sentence: Sentence, token: Token) -> bool:
    return token.dep in _LINKS or any(t.head == token.index and t.dep in _LINKS for t in sentence.tokens)


def _chain(sentence: Sentence, first: Token) -> list[Token]:
    """The proper nouns that hang together as a list, from its first member on."""
    chain, at = [first], first
    while True:
        following = next(
            (t for t in sentence.tokens if t.head == at.index and t.index > at.index and t.dep in _LINKS), None
        )
        if following is None:
            return chain
        if following.pos == "PROPN":
            chain.append(following)
        at = following


def _name(sentence: Sentence, head: Token) -> Span:
    """The run of proper nouns that ends with a list's member: 'fertilizer producer [Grodno Azot]'."""
    start = end = head.index
    while start > 0 and sentence.tokens[start - 1].pos == "PROPN":
        start -= 1
    while end + 1 < len(sentence.tokens) and sentence.tokens[end + 1].pos == "PROPN":
        end += 1
    return Span(sentence.tokens[start].span.start, sentence.tokens[end].span.end)
