"""Whether the words beside a name give the person a public role: 'Mayor NAME', 'NAME, president of the union'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.resources.person_lexicon import PersonLexicon, RoleCue

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BEFORE, _AFTER = 140, 160  # characters read on either side
# 'the mayor of Brno, NAME': words between a role and its name.
_ROLE_OF = re.compile(r"([\w\s'’.-]{3,60}?)\s+(?:of|for|in|at|from)\s+[\w\s'’&().-]{2,70}?,?\s*$", re.IGNORECASE)
_STOPS = frozenset("of for in at from to on with who which that whose by said told says and but was is has had".split())
_WHO_HEADS = re.compile(r"\s*,?\s*(?:\([^)]*\)\s*)?,?\s*who\s+(?:heads|leads|chairs|runs|headed|led)\b", re.IGNORECASE)
_IS = re.compile(r"\s+(?:is|was|became|serves as|served as)\s+", re.IGNORECASE)
_AGE = re.compile(r"^\s*,\s*(?:aged\s+)?\d{1,3}\s*(?=,)")
_SKIPPED = frozenset("dr mr mrs ms adv prof sir comrade".split())


@dataclass(frozen=True, slots=True)
class Role:
    """A role as written, and whether it is public only for one who speaks in it."""

    words: str
    speaks: bool


def public_role(before: str, after: str, lexicon: PersonLexicon) -> Role | None:
    """The public role that the words around a name give to the person.

    Args:
        before: the sentence up to the name.
        after: the sentence from the end of the name.
        lexicon: from load_person_lexicon.

    Returns:
        The role nearest to the name; None if the words give none, or give it to somebody else.
    """
    return _title(before[-_BEFORE:], lexicon) or _apposition(after[:_AFTER], lexicon)


def speaks(before: str, after: str, lexicon: PersonLexicon) -> bool:
    """Whether a word of saying stands right beside the name: 'said NAME', 'NAME, an organiser, told'."""
    sayings = lexicon.lists["sayings"]
    # Past the apposition: 'NAME, who heads the union, said'.
    plain = re.sub(r"^\s*,[^.!?\"“”]{0,120}?,", " ", after[:_AFTER])
    first = [word.lower() for word in _WORD.findall(after[:40])[:2] + _WORD.findall(plain[:40])[:2]]
    last = [word.lower() for word in _WORD.findall(before[-80:])[-8:]]
    return bool(sayings & set(first)) or bool(sayings & set(last) and not re.search(r"[.;]\s*$", before))


def _title(before: str, lexicon: PersonLexicon) -> Role | None:
    tail = re.split(r"[.!?;]\s+(?=[A-Z“\"])", before)[-1] if not re.search(r"\b[A-Z]\w{1,4}\.\s*$", before) else before
    stripped = tail.rstrip(" ,(“\"'")
    words = [word.lower() for word in _WORD.findall(stripped.replace("-", " "))]
    while words and words[-1] in _SKIPPED:
        words.pop()
    found = lexicon.role_at_end(tuple(words))
    # 'asked the mayor, NAME' gives the role; 'left the mayor. NAME' was cut off above.
    if found is not None and not _of_relation(words[: -len(found[0].split())], lexicon):
        return _role(found)
    match = _ROLE_OF.search(tail)
    if match and ("," in tail[match.start(1) :] or re.search(r"(?:of|for|in|at)\s+[A-Z\w][^,]*$", tail)):
        inner = [word.lower() for word in _WORD.findall(match[1].replace("-", " "))]
        found = lexicon.role_at_end(tuple(inner))
        ends = tail.rstrip().endswith(",")
        if found is not None and (ends or found[0].startswith("spokes")):
            if not _of_relation(inner[: -len(found[0].split())], lexicon):
                return _role(found)
    return None


def _of_relation(words: list[str], lexicon: PersonLexicon) -> bool:
    """'the wife of the [minister]': the role is another's."""
    near = words[-4:]
    return any(word in lexicon.lists["relations"] for word in near) and "of" in near


def _apposition(after: str, lexicon: PersonLexicon) -> Role | None:
    if _WHO_HEADS.match(after):
        return Role("who heads", False)
    rest = _AGE.sub("", after)
    if rest.lstrip().startswith((",", "(", "–", "—", " - ")):
        start = len(rest) - len(rest.lstrip(" ,(–—-"))
    elif (found := _IS.match(rest)) is not None:
        start = found.end()
    else:
        return None
    words: list[str] = []
    for match in re.finditer(r"[^\W_]+(?:['’][^\W_]+)?|[,.;:)(]", rest[start:].replace("-", " ")):
        word = match[0].lower()
        if word in _STOPS or not word[0].isalnum() or len(words) > 8:
            break
        words.append(word)
    if not words or set(words) & lexicon.lists["relations"]:
        return None
    return _role(lexicon.role_at_end(tuple(words)))


def _role(found: tuple[str, RoleCue] | None) -> Role | None:
    return Role(found[0], found[1].speaks) if found else None
