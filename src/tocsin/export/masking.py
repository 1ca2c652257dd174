"""Masks the names of private persons. This is the only place that does, and every way out of Tocsin leads through it.

In the text and in quotes a name gives way to as many characters as it has, so that every offset still holds and every
quote is still what the masked text says there: 'Ana Kos' becomes '█1█ █1█', the number being the person's within the
document. In values, titles and all that people read it becomes 'private person 1'. See docs/reference/privacy.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import unquote

from tocsin.errors import ExportError
from tocsin.vocabulary import (
    Actor,
    Attribution,
    Claim,
    Coded,
    DateInterval,
    Demand,
    Document,
    EventReport,
    Evidence,
    Factuality,
    Person,
    Place,
    Quantity,
    Value,
)

BLOCK = "█"
WITHHELD = "its words are withheld: nobody looked for names in it"
MASKED, SHOWN = "masked", "shown"
"""How an output says what became of private names."""

_WORD = re.compile(r"[^\W_]+")
_HIDDEN = re.compile(f"{BLOCK}[{BLOCK}\\d]*")
_BETWEEN = re.compile(r"[\s.'’\-]*")
# Words of names that name nobody by themselves, and titles that stand before many.
_PARTICLES = frozenset(
    "al el bin ben ibn abu de da di du del della der den des dos das do van von vander la le los las san st "
    "mac mc o d l y e i the of and mr mrs ms dr sir".split()
)


def mask_names(coded: Coded, *, unmask: bool = False) -> Coded:
    """A document and its reports without the names of private persons.

    Args:
        coded: with the persons that its document names.
        unmask: give it back as it is.

    Returns:
        A copy with the ids and offsets of the original: each quote reads like the copy's text at its span. A document
        without events in which nobody looked for persons comes back without its words.

    Raises:
        ExportError: nobody looked for persons in this document, so nobody knows what to mask.
    """
    if unmask or coded.masked:
        return coded
    if coded.people is None and not coded.reports:
        return _withheld(coded)
    if coded.people is None:
        raise ExportError(
            f"{coded.document.name or coded.document.id}: who is named in it was never looked for, so names cannot be "
            "masked. Code it again with this version of Tocsin, or unmask on purpose (--unmask)."
        )
    public = tuple(person for person in coded.people if person.public)
    private = tuple(person for person in coded.people if not person.public)
    if not private:
        return replace(coded, people=public, masked=True)
    mask = _Mask(coded.document.text, private, public)
    return Coded(
        mask.document(coded.document),
        tuple(mask.report(report) for report in coded.reports),
        tuple(mask.words(note) for note in coded.notes),
        public,
        masked=True,
    )


def _withheld(coded: Coded) -> Coded:
    document = replace(coded.document, text="", title=None, url=None, blocks=(), kept_id=coded.document.id)
    return replace(coded, document=document, notes=(*coded.notes, WITHHELD), masked=True)


def person_words(text: str) -> str:
    """Masked text as people read it: '█1█ █1█ was held' is 'private person 1 was held'.

    A piece of a mask that was cut off before its number is 'private person'.
    """
    if BLOCK not in text:
        return text
    parts: list[str] = []
    at, number = 0, None
    for hidden in _HIDDEN.finditer(text):
        told = hidden[0].replace(BLOCK, "")
        between = text[at : hidden.start()]
        # One person's words follow each other with nothing but a space, a point or a hyphen between them.
        goes_on = bool(parts) and at and _BETWEEN.fullmatch(between) and (number is None or told in ("", number))
        if goes_on:
            number = number or told or None
            parts[-1] = _label(number)
        else:
            number = told or None
            parts += [between, _label(number)]
        at = hidden.end()
    return "".join(parts) + text[at:]


def names_state(coded: Coded) -> str:
    """'masked' or 'shown': what an output says of private names."""
    return MASKED if coded.masked else SHOWN


class _Mask:
    """The masks of one document."""

    def __init__(self, text: str, private: Sequence[Person], public: Sequence[Person]) -> None:
        letters = list(text)
        for number, person in enumerate(private, 1):
            for span in person.spans:
                for word in _WORD.finditer(text, span.start, span.end):
                    letters[word.start() : word.end()] = _hide(word[0], number)
        self._text = "".join(letters)
        kept = {word.casefold() for person in public for word in _WORD.findall(person.name)}
        self._names = [(_pattern(person, text, kept), number) for number, person in enumerate(private, 1)]

    def words(self, text: str) -> str:
        """Words that have no span in the document, in the form that people read."""
        for pattern, number in self._names:
            text = pattern.sub(_label(str(number)), text)
        return text

    def maybe(self, text: str | None) -> str | None:
        """The same where there may be none."""
        return None if text is None else self.words(text)

    def address(self, text: str | None) -> str | None:
        """A path or web address: 'news/ana-kos-held.html' is 'news/private-person-1-held.html'."""
        if text is None:
            return None
        plain = unquote(text)
        spaced = _folded(plain)
        masked = plain
        for pattern, number in self._names:
            told = _label(str(number)).replace(" ", "-")
            if len(spaced) == len(plain):
                found = [*re.compile(pattern.pattern, re.IGNORECASE).finditer(spaced)]
                for hit in reversed(found):
                    masked = masked[: hit.start()] + told + masked[hit.end() :]
                    spaced = spaced[: hit.start()] + told + spaced[hit.end() :]
                plain = masked
            else:
                masked = plain = re.compile(pattern.pattern, re.IGNORECASE).sub(told, plain)
                spaced = _folded(plain)
        return masked if masked != unquote(text) else text

    def document(self, document: Document) -> Document:
        """A copy that keeps its id."""
        return replace(
            document,
            text=self._text,
            title=self.maybe(document.title),
            url=self.address(document.url),
            name=self.address(document.name),
            publisher=self.maybe(document.publisher),
            blocks=tuple(replace(block, account=self.address(block.account)) for block in document.blocks),
            kept_id=document.id,
        )

    def report(self, report: EventReport) -> EventReport:
        """A copy that keeps its id."""
        return replace(
            report,
            trigger=self._evidence(report.trigger),
            evidence=tuple(self._evidence(evidence) for evidence in report.evidence),
            claims=tuple(self._claim(claim) for claim in report.claims),
            sources=tuple(self._attribution(source) for source in report.sources),
            reason=self.words(report.reason),
            kept_id=report.id,
        )

    def _evidence(self, evidence: Evidence) -> Evidence:
        return Evidence(evidence.span, evidence.span.of(self._text))

    def _maybe_evidence(self, evidence: Evidence | None) -> Evidence | None:
        return self._evidence(evidence) if evidence else None

    def _attribution(self, source: Attribution) -> Attribution:
        return Attribution(
            source.kind,
            self._maybe_evidence(source.source),
            self._maybe_evidence(source.cue),
            self._maybe_evidence(source.content),
        )

    def _claim(self, claim: Claim) -> Claim:
        return replace(
            claim,
            value=self._value(claim.value, claim.evidence),
            evidence=self._maybe_evidence(claim.evidence),
            reason=self.words(claim.reason),
        )

    def _value(self, value: Value, evidence: Evidence | None) -> Value:
        match value:
            case Actor():
                text = self._told(value.text, evidence)
                return value if text == value.text else replace(value, text=text, identity=None)
            case Place():
                return replace(value, name=self._told(value.name, evidence), settlement=value.settlement)
            case Quantity() | Demand():
                return replace(value, text=self._told(value.text, evidence))
            case DateInterval() | Factuality():
                return value
            case _:
                return self._told(str(value), evidence)

    def _told(self, text: str, evidence: Evidence | None) -> str:
        """A value's words: by their place in the text where they are quoted, else by the names in them."""
        at = evidence.quote.find(text) if evidence and text else -1
        if evidence is None or at < 0:
            return self.words(text)
        start = evidence.span.start + at
        return person_words(self._text[start : start + len(text)])


def _label(number: str | None) -> str:
    return f"private person {number}" if number else "private person"


def _hide(word: str, number: int) -> str:
    shown = str(number)
    return f"{BLOCK}{shown}".ljust(len(word), BLOCK) if len(word) > len(shown) else BLOCK * len(word)


def _pattern(person: Person, text: str, kept: Iterable[str]) -> re.Pattern[str]:
    """What names a person in words that stand elsewhere: the whole name, and each word that no public person has."""
    kept = frozenset(kept)
    forms = {person.name, *(span.of(text) for span in person.spans)}
    words = {word for form in forms for word in _WORD.findall(form)}
    alone = {w for w in words if len(w) > 1 and w.casefold() not in _PARTICLES and w.casefold() not in kept}
    whole = [
        r"(?<![^\W\d_])" + r"[\W_]*".join(map(re.escape, _WORD.findall(form))) + r"(?![^\W\d_])"
        for form in forms
        if len(_WORD.findall(form)) > 1
    ]
    shapes = {shape for word in alone for shape in (word, word.upper(), word.title(), _folded(word))}
    single = "|".join(sorted(map(re.escape, shapes), key=lambda shape: (-len(shape), shape)))
    # Two words of one name in a row are one person: 'Ana Kos' is not two.
    runs = [rf"(?<![^\W_])(?:{single})(?:[\s._\-+]+(?:{single}))*(?:e?s)?(?![^\W_])"] if single else []
    found = sorted(set(whole), key=lambda shape: (-len(shape), shape)) + runs
    return re.compile("|".join(found) if found else r"(?!)")


def _folded(text: str) -> str:
    """Without accents; of the same length wherever each letter has one plain letter."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in split if not unicodedata.combining(letter))
