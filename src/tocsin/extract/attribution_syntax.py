"""The tree of one sentence, for rules that walk it: children, subtrees, subjects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from tocsin.vocabulary import Sentence, Span, Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")


class Tree:
    """A sentence's tokens with their children. Built for each sentence that a rule looks at, and thrown away."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens

    @cached_property
    def _children(self) -> list[list[int]]:
        children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                children[token.head].append(token.index)
        return children

    @cached_property
    def _starts(self) -> list[int]:
        return [token.span.start for token in self.tokens]

    def children(self, token: Token) -> list[Token]:
        """The tokens that hang on one, in text order."""
        return [self.tokens[index] for index in self._children[token.index]]

    def child(self, token: Token, *deps: str) -> Token | None:
        """The first child with one of some relations."""
        for index in self._children[token.index]:
            if self.tokens[index].dep in deps:
                return self.tokens[index]
        return None

    def head(self, token: Token) -> Token:
        """What a token hangs on; the root hangs on itself."""
        return self.tokens[token.head]

    def subtree(self, token: Token, without: Sequence[int] = ()) -> list[int]:
        """Indices of a token and all below it, sorted; branches that begin at ``without`` are left out."""
        found, waiting = [], [token.index]
        while waiting:
            index = waiting.pop()
            found.append(index)
            waiting.extend(child for child in self._children[index] if child not in without)
        return sorted(found)

    def above(self, token: Token) -> Iterator[Token]:
        """The heads of a token from its own up to the root."""
        # A model's tree has no rings, but rings would never end, so steps are counted.
        for _ in self.tokens:
            if token.head == token.index:
                return
            token = self.tokens[token.head]
            yield token

    def at(self, offset: int) -> Token | None:
        """The token that covers a code point or is the last to begin before it."""
        index = bisect_right(self._starts, offset) - 1
        return self.tokens[index] if index >= 0 else None

    def inside(self, span: Span) -> list[Token]:
        """The tokens that share a code point with a span."""
        index = max(0, bisect_right(self._starts, span.start) - 1)
        found = []
        while index < len(self.tokens) and self.tokens[index].span.start < span.end:
            if self.tokens[index].span.end > span.start:
                found.append(self.tokens[index])
            index += 1
        return found
