"""Every number of a document with what it counts: people, sites, days, money, and the role that syntax gives it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from tocsin.extract.attribution_syntax import Tree
from tocsin.extract.number_words import NumberPhrase, read_numbers, read_quantity
from tocsin.extract.quantity_durations import read_duration
from tocsin.extract.quantity_roles import read_role
from tocsin.extract.quantity_sums import add_lists
from tocsin.extract.quantity_victims import find_victims
from tocsin.resources.number_lexicon import NumberLexicon, load_number_lexicon
from tocsin.vocabulary import Parse, QuantityMention, QuantityRole, Sentence, Span, Token

__all__ = ["find_quantities", "read_quantity"]

_MONEY_BEFORE = re.compile(r"(?:[$£€¥₹₽₴]|\b(?:Rs|rs|Rs\.|USD|EUR|INR|US\$|R))\s?$")
_PERCENT_AFTER = re.compile(r"[\s-]*(?:%|per\s?cent\b|percent\b|pct\b|percentage\b)", re.IGNORECASE)
_AGE_AFTER = re.compile(r"[\s-]*(?:years?|yrs?|months?)[\s-]+old\b|\s?y/?o\b", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"\b(?:aged?|age of)\s*(?:between\s*)?$", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\.?"
_DATE_BEFORE = re.compile(rf"\b{_MONTH}\s*$", re.IGNORECASE)
_DATE_AFTER = re.compile(rf"(?:st|nd|rd|th)?\s*(?:of\s+)?{_MONTH}(?![a-z])", re.IGNORECASE)
_CLOCK_AFTER = re.compile(r"\s*(?:[ap]\.?m\b|o['’]clock|hrs\b|GMT\b)", re.IGNORECASE)
_LABEL_BEFORE = re.compile(
    r"\b(?:section|sections|article|no\.|number|page|chapter|phase|update|route|highway|level|channel|"
    r"room|flight|version|part|act|resolution|sector|ward|platform|gate)\s*$",
    re.IGNORECASE,
)
_NO_PEOPLE = re.compile(
    r"\b(no|zero)[\s-]+(?:one|(?:\w+\s+){0,2}?(?:deaths?|injur\w+|casualt\w+|fatalit\w+|arrests?|detentions?|people|persons?|"
    r"protesters?|workers?|demonstrators?))\b|\b(nobody|none)\b",
    re.IGNORECASE,
)
_IN_EVERY = re.compile(r"\s+(?:in|out of)(?:\s+every)?\s+", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\s+(?:out\s+)?of\s+(?:the|its|their|all|some|about|(?:[\w.&-]+\s+){0,2}[\w.&-]+['’]s?)?\s*", re.IGNORECASE
)
_RISEN = re.compile(
    r"\b(?:gone|went|go|goes|going|rose|risen|rising|rises|shot|climbed|mounted|jumped)\s*$", re.IGNORECASE
)

_ALL_OF_THEM = (None, QuantityRole.PARTICIPANTS, QuantityRole.WORKFORCE)


def find_quantities(parse: Parse) -> tuple[QuantityMention, ...]:
    """Every number of a document, in text order, by the codebook's table.

    Args:
        parse: any Parse; sentences without syntax give numbers in digits without noun or role.

    Returns:
        Mentions. Money, shares, ages and bare dates are among them, told apart by ``unit``; ordinals and clock times
        are left out, except where they count days ('the second day').
    """
    lexicon = load_number_lexicon()
    found: list[QuantityMention] = []
    for sentence in parse.sentences:
        found.extend(_of_sentence(parse, sentence, lexicon))
    return tuple(sorted(found, key=lambda mention: (mention.span.start, mention.span.end)))


def _of_sentence(parse: Parse, sentence: Sentence, lexicon: NumberLexicon) -> list[QuantityMention]:
    text = parse.document.text
    tree = Tree(sentence)
    base = sentence.span.start
    words = sentence.span.of(text)
    parsed = bool(sentence.tokens) and any(token.dep for token in sentence.tokens)
    found = []
    taken: list[Span] = []
    phrases = read_numbers(words, lexicon)
    shares = _shares(words, phrases, lexicon)
    wholes = {whole for part, whole in itertools.pairwise(phrases) if _OF_ALL.fullmatch(words[part.end : whole.start])}
    for phrase in phrases:
        if phrase in shares or (not parsed and not phrase.digits):
            continue
        mention = _mention(parse, tree, phrase, base, lexicon, parsed)
        if mention is not None and phrase in wholes and mention.unit == "people":
            # '300,000 of the 500,000 farmers took part', 'two of the three men were hurt': it is those counted first.
            role = QuantityRole.WORKFORCE if mention.role in _ALL_OF_THEM else None
            mention = replace(mention, role=role, reason="all, of whom the number before it tells some")
        if mention is not None:
            found.append(mention)
            if mention.unit != "age":  # 'a 19-year-old boy' is one boy
                taken.append(mention.span)
    if parsed:
        for mention in (*read_duration(parse, tree, lexicon), *_none_at_all(parse, tree, lexicon)):
            if not any(span.overlaps(mention.span) for span in taken):
                found.append(mention)
                taken.append(mention.span)
        found.extend(find_victims(parse, tree, taken, lexicon))
        found = add_lists(parse, tree, found, lexicon)
    return found


def _shares(words: str, phrases: Sequence[NumberPhrase], lexicon: NumberLexicon) -> frozenset[NumberPhrase]:
    """Numbers that only tell a share: 'one in ten workers', 'three out of every five nurses'."""
    found = set[NumberPhrase]()
    for part, whole in itertools.pairwise(phrases):
        noun = re.match(r"\s+([^\W\d_]+)", words[whole.end :])
        if (
            _IN_EVERY.fullmatch(words[part.end : whole.start])
            and (part.high or 0) < (whole.low or 0) <= 100
            and noun is not None
            and any(lexicon.units.get(form) == "people" for form in (noun[1], noun[1].removesuffix("s")))
        ):
            found |= {part, whole}
    return frozenset(found)


def _mention(
    parse: Parse, tree: Tree, phrase: NumberPhrase, base: int, lexicon: NumberLexicon, parsed: bool
) -> QuantityMention | None:
    text = parse.document.text
    start, end = base + phrase.start, base + phrase.end
    number = Span(base + phrase.number_start, base + phrase.number_end)
    tokens = tree.inside(number)
    unit = _special(text, tree.sentence.span, phrase, number)
    if _RISEN.search(text[max(tree.sentence.span.start, start - 24) : start]) and phrase.effect == "up_to":
        # 'the toll has gone up to 3' tells where it stands, not a ceiling.
        phrase = replace(phrase, low=phrase.base[0], high=phrase.base[1], effect="exact")
    top = _top(tokens)
    noun = _noun(tree, tokens, top) if parsed and top is not None else None
    if (
        unit is None
        and noun is not None
        and noun.lemma in lexicon.units
        and lexicon.units[noun.lemma] in ("money", "percent")
    ):
        unit = (lexicon.units[noun.lemma], f"noun '{noun.lemma}'")
    if unit is not None:
        return QuantityMention(
            Span(start, end), number, text[start:end], phrase.low, phrase.high, "", unit[0], None, unit[1]
        )
    if top is None or not parsed:
        return QuantityMention(Span(start, end), number, text[start:end], phrase.low, phrase.high)
    if not _someday(text, number):
        duration = read_duration(parse, tree, lexicon, phrase=phrase, number=number, noun=noun)
        if duration:
            return duration[0]
    if _is_pronoun(tree, top, phrase, number, text, noun):
        return None
    kind = _unit(noun, lexicon)
    reading = read_role(tree, top, noun, kind, lexicon)
    if reading is None and kind == "sites":
        reading = (QuantityRole.SITES, f"noun '{noun.lemma}'" if noun else "site")
    role, reason = reading or (None, "")
    if role is not None and role is not QuantityRole.SITES and kind == "other":
        kind = "people"
    end = max(end, noun.span.end) if noun is not None and 0 <= noun.span.end - end < 80 else end
    return QuantityMention(
        Span(start, end),
        number,
        text[start:end],
        phrase.low,
        phrase.high,
        noun.lemma if noun else "",
        kind,
        role,
        reason,
    )


def _special(text: str, sentence: Span, phrase: NumberPhrase, number: Span) -> tuple[str, str] | None:
    """Unit and reason of a number that counts neither people, sites nor days."""
    before = text[max(sentence.start, number.start - 24) : number.start]
    after = text[number.end : number.end + 24]
    if _MONEY_BEFORE.search(before):
        return "money", "currency sign"
    if _PERCENT_AFTER.match(after):
        return "percent", "percent sign"
    if _AGE_AFTER.match(after) or _AGE_BEFORE.search(before):
        return "age", "age"
    if _DATE_BEFORE.search(before) and phrase.digits and (phrase.high or 0) <= 31:
        return "other", "day of a month"
    if phrase.digits and _DATE_AFTER.match(after) and (phrase.high or 0) <= 31:
        return "other", "day of a month"
    if _CLOCK_AFTER.match(after):
        return "other", "clock time"
    if _LABEL_BEFORE.search(before):
        return "other", "label"
    if (
        phrase.digits.isdigit()
        and len(phrase.digits) == 4
        and 1500 <= int(phrase.digits) <= 2100
        and phrase.low == int(phrase.digits)
    ):
        # '2,012 people' has its comma; a bare 2012 before a noun of people is a count only if a count of heads follows.
        if not re.match(r"\s+(?:people|persons|workers|protesters|members|employees)\b", after):
            return "other", "year"
    if re.match(r"[-–]\d", after) or (re.search(r"\d[-–]$", before) and phrase.low == phrase.high):
        return "other", "score or code"
    if (
        phrase.digits
        and re.match(r"\s*,\s*(?:was|who|of|from|has|had|is)\b|\s*,\s", after)
        and re.search(r"[^\W\d_]{2,}\s*,\s*$", before)
    ):
        if 10 <= (phrase.low or 0) <= 99 and phrase.effect == "exact" and "," not in phrase.digits:
            return "age", "between commas"
    return None


def _top(tokens: list[Token]) -> Token | None:
    indices = {token.index for token in tokens}
    for token in tokens:
        if token.head not in indices or token.head == token.index:
            return token
    return tokens[0] if tokens else None


def _noun(tree: Tree, tokens: list[Token], top: Token) -> Token | None:
    """The head of what is counted."""
    inside = {token.index for token in tokens}
    for token in tokens:
        for child in tree.children(token):
            if child.index not in inside and child.dep == "prep" and child.text.lower() == "of":
                counted = tree.child(child, "pobj")
                if counted is not None and counted.index not in inside:
                    return _past_holder(tree, counted)
    head = tree.head(top)
    if top.dep in ("nummod", "amod", "compound", "nmod", "quantmod", "det", "poss") and head.index not in inside:
        while head.dep in ("compound", "nummod", "quantmod", "nmod") and tree.head(head).index > head.index:
            head = tree.head(head)
        if head.pos in ("NOUN", "PROPN", "ADJ", "VERB", "PRON") and head.index > top.index:
            if head.pos not in ("NOUN", "PROPN", "PRON") and head.lemma not in ("other", "more"):
                return _next_noun(tree, tokens)
            return _plural(tree, head, top)
        if head.pos in ("NOUN", "PROPN") and top.dep == "appos":
            return None
    return _next_noun(tree, tokens)


def _plural(tree: Tree, noun: Token, number: Token) -> Token:
    """The noun itself, or the plural that it only describes: '600 office and technical workers'."""
    if noun.tag in ("NN", "NNP", "JJ") and number.text.lower() not in ("1", "one"):
        for token in tree.tokens[noun.index + 1 : noun.index + 5]:
            if token.tag in ("NNS", "NNPS"):
                return token
            if token.pos not in ("NOUN", "PROPN", "ADJ", "CCONJ") and token.text != ",":
                break
    return noun


def _past_holder(tree: Tree, noun: Token) -> Token:
    if noun.lemma in ("group", "member", "kind", "lot") and noun.lemma != "member":
        child = tree.child(noun, "prep")
        inner = tree.child(child, "pobj") if child is not None and child.text.lower() == "of" else None
        return inner or noun
    return noun


def _next_noun(tree: Tree, tokens: list[Token]) -> Token | None:
    """The noun right after the number with only adjectives between, for where the tree went wrong."""
    index = tokens[-1].index + 1
    noun = None
    for token in tree.tokens[index : index + 6]:
        if token.text == "-" or token.text.lower() in ("strong", "odd", "plus", "+"):
            continue
        if token.pos in ("NOUN", "PROPN"):
            noun = token
        elif noun is not None or token.pos not in ("ADJ", "NUM") or token.lemma in ("dead",):
            break
    return noun


def _unit(noun: Token | None, lexicon: NumberLexicon) -> str:
    if noun is None:
        return "other"
    lemma = noun.lemma
    if noun.pos == "PRON" and noun.text.lower() in ("they", "them", "us", "we"):
        return "people"
    for form in (lemma, lemma.removesuffix("s"), lemma.replace("-", " "), lemma.removesuffix("es")):
        if form in lexicon.units:
            return lexicon.units[form]
    if noun.ent in ("NORP", "PERSON") and noun.tag in ("NNS", "NNPS"):
        return "people"
    # Nouns of doers: 'weavers', 'bricklayers', 'anarchists', 'salesmen'.
    if noun.tag in ("NNS", "NNPS") and re.search(
        r"(?:workers?|men|women|ists?|[^aeiou]ers|ors|ants|walas?)$", noun.text.lower()
    ):
        return "people"
    return "other"


def _someday(text: str, number: Span) -> bool:
    """Whether 'one day' means some day: 'one day it will end', but not 'for one day' nor 'a one-day strike'."""
    if number.of(text).lower() != "one" or text[number.end : number.end + 1] == "-":
        return False
    return not re.search(
        r"\b(?:for|than|least|lasted|lasting|only|just|a)\s*$", text[max(0, number.start - 12) : number.start]
    )


def _is_pronoun(tree: Tree, top: Token, phrase: NumberPhrase, number: Span, text: str, noun: Token | None) -> bool:
    """'one' where it is nobody's number: 'no one', 'one of the reasons', 'this one', 'one day', 'one another'."""
    word = number.of(text).lower()
    if word != "one" or phrase.effect not in ("exact",):
        return False
    if re.search(r"\bno[\s-]$", text[max(0, number.start - 4) : number.start], re.IGNORECASE):
        return True
    before = tree.tokens[top.index - 1].text.lower() if top.index else ""
    after = tree.tokens[top.index + 1].text.lower() if top.index + 1 < len(tree.tokens) else ""
    if before in ("no", "this", "that", "the", "every", "any", "each", "which", "some", "only") or after in (
        "another",
        "-",
        "that",
        "who",
        "thing",
    ):
        return True
    if noun is not None and noun.lemma in (
        "day",
        "time",
        "thing",
        "way",
        "point",
        "hand",
        "side",
        "reason",
        "part",
        "example",
    ):
        return True
    return top.pos == "PRON" or (noun is None and top.dep not in ("nsubjpass", "dobj", "nsubj", "nummod"))


def _none_at_all(parse: Parse, tree: Tree, lexicon: NumberLexicon) -> list[QuantityMention]:
    """'no injuries', 'no one was hurt': [0, 0]."""
    text = parse.document.text
    found = []
    for match in _NO_PEOPLE.finditer(text, tree.sentence.span.start, tree.sentence.span.end):
        span = Span(match.start(), match.end())
        tokens = tree.inside(span)
        if not tokens:
            continue
        last = tokens[-1]
        reading = read_role(
            tree, last, last if last.pos == "NOUN" and last.lemma not in ("none", "nobody") else None, "people", lexicon
        )
        if reading is None and last.lemma not in ("casualty",):
            continue
        role, reason = reading or (QuantityRole.KILLED, "noun 'casualty'")
        number = Span(match.start(), match.start() + len(match[1] or match[2]))
        found.append(QuantityMention(span, number, match.group(), 0, 0, last.lemma, "people", role, reason))
    return found
