"""What looks like a person's name and is a company's, a site's or a paper's: told by the words around it.

A thing must be told as one, and nothing in the document may tell of a person of that name: an age, a title, 'she'.
"""

from __future__ import annotations

import re

from tocsin.extract.person_signs import AGE
from tocsin.resources.names import fold_name
from tocsin.resources.person_lexicon import PersonLexicon
from tocsin.vocabulary import Document, Sentence, Span

_LETTERS = re.compile(r"[^\W\d_]+")
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers|himself|herself)\b", re.IGNORECASE)
# 'Ana Kos, owner of the mill' or 'Ana Kos who died'; what a company 'agreed' may stand there too: still a person.
_HUMAN_AFTER = re.compile(r"\s*,\s*(?!and\b|which\b|or\b)[a-z]|\s+(?:who|whose|whom|died|(?:is|was)\s+an?)\b")
_SELF = re.compile(r"\s+\w+\s+(?:that\s+)?(?:he|she|his|her)\b")
_NEXT = 40  # characters of the following sentence in which 'he' or 'she' takes the name up
_HARM_BEFORE, _HARM_AFTER = 60, 80


def thing_told(span: Span, document: Document, lexicon: PersonLexicon) -> bool:
    """Whether the words around a name tell a company, a body or a site.

    Args:
        span: where the name stands.
        document: its document.
        lexicon: from load_person_lexicon.

    Returns:
        True for 'NAME Petroleum Co', 'the Chamber of NAME', 'workers at NAME', 'NAME's management', 'the NAME container
        terminal', and the short form in 'National Workers' Congress (NAME)'.
    """
    text = document.text
    before, after = text[max(0, span.start - 120) : span.start], text[span.end : span.end + 80]
    name, lists = span.of(text), lexicon.lists
    firm = re.match(r"[ \t]+(?:(?:and|&)[ \t]+)?((?:[A-Z][\w-]*[ \t\n]+){0,2})([A-Z][\w]*)\b", after)
    if firm and firm[2].lower() in lists["firms"]:
        return True
    head = re.search(r"([^\W\d_]+)\s+of\s+(?:the\s+)?$", before)
    if head and head[1].lower() in lists["heads"]:
        return True
    if re.search(r"\b[Tt]he\s+$", before):
        # 'the Kos terminal', not 'the terminal of Ana Kos' nor 'the Ana Kos trial'.
        site = re.match(r"((?:\s+[a-z]+){1,2})", after)
        if site and lists["sites"] & set(site[1].split()):
            return True
    crew = re.search(r"([^\W\d_]+)\s+at\s+$", before)
    if crew and crew[1].lower() in lists["crews"] and not re.match(r"['’]", after):
        return True
    own = re.match(r"['’]s?\s+([a-z]+)", after)
    return bool(own and own[1] in lists["owned"]) or _short_form(name, before, after)


def human(span: Span, sentence: Sentence, document: Document, lexicon: PersonLexicon) -> bool:
    """Whether something beside a name tells a person: an age, an apposition, 'who', 'she', an arrest."""
    text = document.text
    before = text[sentence.span.start : span.start]
    after = text[span.end : sentence.span.end]
    if AGE.match(after) or _HUMAN_AFTER.match(after):
        return True
    if _PRONOUN.search(text[span.end : sentence.span.end + _NEXT]):
        return True
    near = set(_LETTERS.findall((before[-_HARM_BEFORE:] + " " + after[:_HARM_AFTER]).lower()))
    # A plant too is held and dismissed from.
    return bool(near & lexicon.lists["harm"]) and not thing_told(span, document, lexicon)


def speaks_for_itself(span: Span, document: Document) -> bool:
    """Whether the word after a name is followed by 'he' or 'she': 'NAME said she was ill'."""
    return bool(_SELF.match(document.text[span.end : span.end + _NEXT]))


def told_anywhere(name: str, document: Document, lexicon: PersonLexicon) -> bool:
    """Whether any place where a name stands tells a thing, also one that the parser does not take for a person's."""
    found = re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", document.text)
    return any(thing_told(Span(*match.span()), document, lexicon) for match in found)


def publishes(span: Span, sentence: Sentence, document: Document) -> bool:
    """Whether the name is that of the document's publisher, and the parser takes it for no person's."""
    if not document.publisher or fold_name(span.of(document.text)) != fold_name(document.publisher):
        return False
    return not any(e.label == "PERSON" and e.span.overlaps(span) for e in sentence.entities)


def _short_form(name: str, before: str, after: str) -> bool:
    """'human rights commission (hrc)': the initials of the words before the bracket."""
    if not before.endswith("(") or not after.startswith(")") or not name.isalpha() or len(name) < 3:
        return False
    words = [word for word in _LETTERS.findall(before) if word.lower() not in ("of", "the", "for", "and")]
    return "".join(word[0] for word in words[-len(name) :]).lower() == name.lower()
