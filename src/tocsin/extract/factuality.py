"""Whether the words that govern an act say that it was done, planned, called for, hedged or denied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.resources.factuality_lexicon import FactualityCue, FactualityLexicon
from tocsin.vocabulary import Evidence, Factuality, Parse, Span, Token

_VERBS = frozenset(("VERB", "AUX"))
_NOUNS = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_ON_NOUN = frozenset(("compound", "amod", "nmod", "appos", "nummod"))
_OBJECT = frozenset(("dobj", "nsubjpass", "attr", "oprd", "dative", "csubjpass"))
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "attr", "pobj"))
_GOVERNED = frozenset(("dobj", "nsubjpass", "prep", "xcomp", "ccomp", "compound", "advcl"))
_CLAUSE = frozenset(("xcomp", "ccomp", "acl", "advcl", "pcomp"))
_UNDONE = frozenset((Factuality.PLANNED, Factuality.CALLED_FOR))
_PAST_AUXILIARIES = frozenset(("was", "were", "had", "has", "have", "'ve", "been"))

# No act of a news sentence hangs deeper under its cue; the bound also keeps a broken tree from looping.
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class FactualityReading:
    """What the deciding cue makes of an act. ``score`` is the share of that cue's readings that were right on gold."""

    value: Factuality
    score: float
    cue: Evidence | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Found:
    cue: FactualityCue
    token: Token


def read_factuality(parse: Parse, sentence: int, trigger: Span, lexicon: FactualityLexicon) -> FactualityReading | None:
    """Read how the text tells an act, from the words that govern its trigger.

    Args:
        parse: the document.
        sentence: index of the trigger's sentence in ``parse.sentences``.
        trigger: the words that name the act, inside that sentence.
        lexicon: from ``load_factuality_lexicon``.

    Returns:
        The reading of the nearest cue, or None where no cue speaks: no syntax, or a plain mention.
    """
    if not 0 <= sentence < len(parse.sentences):
        return None
    tokens = parse.sentences[sentence].tokens
    inside = [token for token in tokens if token.span.overlaps(trigger)]
    if not inside or not inside[0].dep:
        return None
    found = _Reader(tokens, inside, lexicon).read()
    if found is None:
        return None
    span = found.token.span
    return FactualityReading(
        found.cue.value,
        found.cue.score,
        Evidence.at(parse.document, span.start, span.end),
        f"factuality: {found.cue.name} ({found.cue.relation})",
    )


class _Reader:
    """One sentence with one trigger. Climbs from the act to the words that govern it, the nearest first."""

    def __init__(self, tokens: Sequence[Token], inside: Sequence[Token], lexicon: FactualityLexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.children: dict[int, list[Token]] = defaultdict(list)
        for token in tokens:
            if token.head != token.index:
                self.children[token.head].append(token)
        self.inside = {token.index for token in inside}
        tops = [token for token in inside if token.head not in self.inside or token.head == token.index]
        # 'walk out', 'the march': the top that is a verb or noun names the act, not a stray mark or particle.
        act = next((token for token in tops if token.pos in _VERBS | _NOUNS), tops[0] if tops else inside[0])
        if act.pos == "ADP":  # 'without any arrests'
            act = next((kid for kid in self._kids(act) if kid.dep == "pobj" and kid.index in self.inside), act)
        self.act = act
        # 'planned' waits here until the climb is done: a planned strike may have begun.
        self.pending: _Found | None = None

    def read(self) -> _Found | None:
        if self.act.lemma in self.lexicon.lists["agents"] and self.act.pos in _NOUNS:
            found = self._on_noun(self.act)
            return found if found and found.cue.value is Factuality.DENIED else None
        found = self._own() or self._climb()
        if found is None or found.cue.value is Factuality.ACTUAL:
            return self._doubted() or found
        if found.cue.relation == "negation" and self.act.lemma in self.lexicon.lists["frames"]:
            return None
        return self._withdrawn(found) or self._conditional(found)

    def _withdrawn(self, found: _Found) -> _Found | None:
        """A plan or call that is itself denied: 'denied that they were planning a march'."""
        if found.cue.value not in _UNDONE:
            return None
        verb = found.token if found.token.pos in _VERBS and found.token.dep != "aux" else self.tokens[found.token.head]
        if verb.dep not in _CLAUSE or verb.head == verb.index:
            return None
        above = self._clause(verb, self.tokens[verb.head])
        return above if above and above.cue.value is Factuality.DENIED else None

    def _doubted(self) -> _Found | None:
        """'... but this has not been confirmed': said of the sentence as a whole."""
        for token in self.tokens:
            if token.pos in _VERBS and (cue := self._unconfirmed(token)):
                return _Found(cue, token)
        for token, after in zip(self.tokens, self.tokens[1:], strict=False):
            if after.pos == "ADJ" or after.tag == "VBN":
                if cue := self.lexicon.find("sentence", f"{token.text.lower()} {after.text.lower()}"):
                    return _Found(cue, token)
        return None

    # --- the act itself ------------------------------------------------------------------

    def _own(self) -> _Found | None:
        """Cues that stand inside the trigger or hang on it: 'called for vigils', 'no arrests', 'alleged assault'."""
        if self._lemma(self.act) in self.lexicon.lists["speak_inside"] and not self._negated(self.act):
            for child in self._kids(self.act):
                if child.index in self.inside and child.dep in _GOVERNED:
                    through = child.lemma if child.dep == "prep" else ""
                    cue = self._find("object", self.act, through)
                    if self.act.pos in _VERBS:
                        cue = cue or self._find("complement", self.act) or self._said(self.act)
                    cue = cue or self._noun(self.act, through)
                    # '[demanding a rise]', '[threatening messages]': the asking is itself the act.
                    if cue is not None and not (self.act.tag == "VBG" and cue.value is Factuality.CALLED_FOR):
                        return _Found(cue, self.act)
        if self.act.pos in _VERBS:
            return None
        return self._on_noun(self.act)

    def _on_noun(self, noun: Token) -> _Found | None:
        """Determiners, adjectives and participles of a noun."""
        for child in self._kids(noun):
            if child.dep in ("det", "neg", "advmod", "preconj") and (
                cue := self.lexicon.find("negation", child.text.lower())
            ):
                return _Found(cue, child)
            if child.dep in ("amod", "acl", "relcl", "compound"):
                word = child.text.lower() if child.dep in ("amod", "compound") else self._lemma(child)
                cue = self.lexicon.find("modifier", word)
                if cue is None and child.dep in ("acl", "relcl") and child.tag == "VBN":
                    cue = self._find("object", child)
                # 'a march to be held on Friday'; but 'an agreement to end' is done.
                passive = any(kid.dep == "auxpass" for kid in self._kids(child))
                if cue is None and child.dep in ("acl", "relcl") and passive and self._to(child):
                    cue = self.lexicon.find("auxiliary", "to")
                if cue is None:
                    continue
                if cue.value is Factuality.POSSIBLE:
                    return _Found(cue, child)
                self.pending = self.pending or _Found(cue, child)
        return None

    # --- the way up ----------------------------------------------------------------------

    def _climb(self) -> _Found | None:
        node = self.act
        if node.pos in _VERBS:
            return self._verb(node)
        for _ in range(_DEPTH):
            head = self.tokens[node.head]
            if head is node:
                break
            if node.dep == "conj":
                node = head
                if node.pos in _VERBS:
                    return self._verb(node) or self.pending
                if found := self._on_noun(node):
                    return found
            elif node.dep in _ON_NOUN and head.pos in _NOUNS:
                if cue := self.lexicon.find("noun", head.lemma):
                    return self._noun_cue(head, cue)
                node = head
                if found := self._on_noun(node):
                    return found
            elif node.dep == "pobj":
                above = self.tokens[head.head]
                if cue := self.lexicon.find("negation", head.lemma):
                    return _Found(cue, head)
                if above.pos in _VERBS and head.lemma == "to":
                    cue = self._find("complement", above)
                    if cue and cue.value is Factuality.CALLED_FOR and not self._negated(above):
                        return _Found(cue, above)  # 'threatened to court arrest', read as a noun
                if above.pos in _VERBS:
                    return self._governed(above, head.lemma) or self.pending
                cue = self._noun(above, head.lemma) or self.lexicon.find("report", above.lemma)
                if cue and head.lemma in ("of", "for", "to", "about", "by", "on"):
                    return self._noun_cue(above, cue) or self.pending
                if above.lemma not in self.lexicon.lists["containers"]:
                    break
                node = above
                if found := self._on_noun(node):
                    return found
            elif node.dep in _OBJECT and head.pos in _VERBS:
                if node.dep in ("attr", "oprd") and head.lemma != "be":
                    break  # 'what it called a strike'
                return self._governed(head, "", node.dep) or self.pending
            elif node.dep == "nsubj" and head.pos in _VERBS:
                return self._subject(head) or self.pending
            else:
                # Headlines and clauses without a verb: 'Strike threatened', 'release of prisoners demanded'.
                if head.pos in _VERBS and node.dep in _CLAUSE:
                    return self._clause(node, head) or self.pending
                break
        return self.pending

    def _governed(self, verb: Token, preposition: str, dep: str = "pobj") -> _Found | None:
        """The act is the object of a verb, or stands after one of its prepositions."""
        cue = self._find("object", verb, preposition)
        if cue is None and dep == "nsubjpass":
            cue = self._find("passive_object", verb)
        if cue is None and preposition in ("", "of"):
            cue = self._unconfirmed(verb)
        if cue is not None:
            return None if self._negated(verb) and cue.relation != "unconfirmed" else _Found(cue, verb)
        if not preposition and self.lexicon.find("object", self._lemma(verb)):
            # 'called a strike' without a day does not tell whether it began; 'will call a strike' does.
            return self._verb(verb, tense=False)
        key = "bear_preposition" if preposition else "bear_object"
        word = f"{verb.lemma} {preposition}" if preposition else verb.lemma
        if word == "be" or word in self.lexicon.lists[key]:
            return self._verb(verb)
        return None

    def _subject(self, verb: Token) -> _Found | None:
        """The act is the subject of a verb: only a verb of happening passes its tense on."""
        if verb.lemma == "be":
            told = next((child for child in self._kids(verb) if child.dep in ("acomp", "attr")), None)
            if told is not None:
                # 'a strike is likely', 'is due to begin'; but 'was due to wages', 'could be a turning point'.
                cue = self.lexicon.find("complement", told.lemma)
                begins = any(kid.dep == "xcomp" and self._bears(kid) for kid in self._kids(told))
                ends = not any(kid.dep == "xcomp" or kid.lemma == "to" for kid in self._kids(told))
                return _Found(cue, told) if cue and (begins or ends) else None
        return self._verb(verb) if verb.lemma in self.lexicon.lists["bear_subject"] else None

    def _bears(self, verb: Token) -> bool:
        passive = any(child.dep == "auxpass" for child in self._kids(verb))
        return verb.lemma in self.lexicon.lists["bear_object" if passive else "bear_subject"]

    def _noun_cue(self, noun: Token, cue: FactualityCue) -> _Found | None:
        """A noun governs the act: 'threat of', 'call for', 'rumours that', 'decision to'."""
        head = self.tokens[noun.head]
        if noun.dep in _ARGUMENTS and head.pos in _VERBS:
            denial = self._find("complement", head)
            if cue.value not in _UNDONE and denial and denial.value is Factuality.DENIED and not self._negated(head):
                return _Found(denial, head)
            if unconfirmed := self._unconfirmed(head):
                return _Found(unconfirmed, head)
        if cue.relation == "report":
            there = head.lemma == "be" and any(child.dep == "expl" for child in self._kids(head))
            doubted = any(
                child.dep == "amod" and self.lexicon.find("report", child.lemma) for child in self._kids(noun)
            )
            if not there and not doubted:
                return None
        return _Found(cue, noun)

    def _unconfirmed(self, verb: Token) -> FactualityCue | None:
        cue = self.lexicon.find("unconfirmed", verb.lemma)
        return cue if cue and self._negated(verb) else None

    # --- verbs ---------------------------------------------------------------------------

    def _verb(self, verb: Token, tense: bool = True) -> _Found | None:
        """Negation, auxiliaries and adverbs of the verb that tells the act, then what governs it, then its tense."""
        if found := self._denied(verb) or self._hedged(verb):
            return found
        node = verb
        found = self._auxiliary(node)
        for _ in range(_DEPTH):
            head = self.tokens[node.head]
            if head is node or node.dep == "relcl":
                break
            if node.dep == "conj" and head.pos in _VERBS:
                # 'would stop work and march' shares its auxiliary; 'will meet and said' does not.
                if found is None and self._shares(node, head):
                    found = self._denied(head) or self._auxiliary(head)
                elif found is None and node.tag in ("VBD", "VBZ", "VBP"):
                    break
                node = head
                continue
            if node.dep not in _CLAUSE:
                break
            above = self._clause(node, head)
            if above is not None and (found is None or self._stronger(above, found)):
                return above
            if found is not None or node.dep not in ("xcomp", "pcomp") or head.lemma not in self.lexicon.lists["light"]:
                break
            found = self._denied(head) or self._auxiliary(head)
            node = head
        if found or not tense:
            return found
        return self._past(verb) or (self._past(node) if node is not verb else None)

    @staticmethod
    def _stronger(above: _Found, found: _Found) -> bool:
        """Whether the governing word beats the auxiliary: a denial, a hedge or a call does; a mere plan adds nothing."""
        return above.cue.value is not Factuality.PLANNED and found.cue.value is not Factuality.DENIED

    def _clause(self, node: Token, head: Token) -> _Found | None:
        """A verb, adjective or noun governs the act's clause: 'plan to', 'ready to', 'denied that', 'decision to'."""
        if head.pos in _NOUNS:
            cue = self._noun(head, "to") or self.lexicon.find("report", head.lemma)
            if cue is None or node.dep == "relcl":
                return None
            if cue.value is Factuality.PLANNED and self._lemma(node) in self.lexicon.lists["settled"]:
                return None
            # 'the report told of' is a participle; what a noun governs is 'to march' or 'that they marched'.
            clause = self._to(node) or any(child.dep == "mark" for child in self._kids(node))
            return self._noun_cue(head, cue) if clause else None
        if head.pos == "ADP":
            above = self.tokens[head.head]
            cue = self.lexicon.find("negation", head.lemma)
            if cue is not None:
                return _Found(cue, head)
            cue = self.lexicon.find("object", above.lemma, head.lemma) or self._noun(above, head.lemma)
            return _Found(cue, above) if cue and not self._negated(above) else None
        if unconfirmed := self._unconfirmed(head):
            return _Found(unconfirmed, head)
        if node.dep == "advcl" and not self._to(node):
            return None
        cue = self._said(head) if self._to(node) else None
        if cue is None:
            cue = self._find("complement", head)
            if cue is None and self._to(node):
                cue = self._find("infinitive", head)
            if cue and cue.value is Factuality.PLANNED and self._lemma(node) in self.lexicon.lists["settled"]:
                return None
            if cue and cue.value in _UNDONE and not self._irrealis(node):
                return None
            # 'they rallied ... to protest' is a purpose: a verb that only plans needs its own infinitive.
            if cue and node.dep == "advcl" and cue.name == "plan to":
                return None
        if cue is None:
            cue = self._gerund(node, head)
        return None if cue is None or self._negated(head) else _Found(cue, head)

    def _said(self, verb: Token) -> FactualityCue | None:
        passive = any(child.dep == "auxpass" for child in self._kids(verb))
        return self.lexicon.find("passive_complement", verb.lemma) if passive else None

    def _gerund(self, node: Token, head: Token) -> FactualityCue | None:
        return self._find("object", head) if node.tag == "VBG" and node.dep == "xcomp" else None

    def _denied(self, verb: Token) -> _Found | None:
        """'did not fire', 'no one was charged', 'no shots were fired'."""
        for child in self._kids(verb):
            if child.dep in ("neg", "advmod", "nsubj", "nsubjpass"):
                # '[did not allow]', '[will not vote]': what is named is the refusal.
                if child.index in self.inside and (
                    verb.lemma in self.lexicon.lists["allowing"] or any(kid.tag == "MD" for kid in self._kids(verb))
                ):
                    continue
                cue = self.lexicon.find("negation", child.text.lower())
                if cue:
                    return _Found(cue, child)
            if child.dep in _ARGUMENTS:
                for grandchild in self._kids(child):
                    if grandchild.dep in ("det", "neg") and grandchild.text.lower() in ("no", "none"):
                        cue = self.lexicon.find("negation", "no")
                        if cue:
                            return _Found(cue, grandchild)
        return None

    def _hedged(self, verb: Token) -> _Found | None:
        """'reportedly walked out'; but 'shot dead, allegedly by a guard' doubts the doer alone (ruling 3)."""
        for child in self._kids(verb):
            if child.dep != "advmod":
                continue
            cue = self.lexicon.find("adverb", child.lemma)
            after = self.tokens[child.index + 1].lemma if child.index + 1 < len(self.tokens) else ""
            if cue and after != "by":
                return _Found(cue, child)
        return None

    def _auxiliary(self, verb: Token) -> _Found | None:
        kids = self._kids(verb)
        have = any(child.dep == "aux" and child.lemma in ("have", "'ve") for child in kids)
        for child in kids:
            if child.dep != "aux" or child.tag == "TO":
                continue
            word = "would" if child.text.lower() in ("'d", "would") else child.text.lower()
            if child.tag == "MD" and have:
                if cue := self.lexicon.find("auxiliary", f"{word} have"):
                    return _Found(cue, child)
            if cue := self.lexicon.find("auxiliary", word):
                return _Found(cue, child)
        # 'are to appear', 'was to address': a form of be that has the infinitive as its complement.
        head = self.tokens[verb.head]
        if verb.dep == "xcomp" and head.lemma == "be" and self._to(verb):
            if cue := self.lexicon.find("auxiliary", "to"):
                return _Found(cue, head)
        if head.text.lower() == "going" and verb.dep == "xcomp" and self._to(verb):
            if cue := self.lexicon.find("auxiliary", "going"):
                return _Found(cue, head)
        return None

    def _past(self, verb: Token) -> _Found | None:
        """'went on strike', 'have been arrested': told as done."""
        cue = self.lexicon.find("past", "past")
        supposed = any(
            child.dep == "mark" and self.lexicon.find("condition", child.text.lower()) for child in self._kids(verb)
        )
        if cue is None or supposed:
            return None
        done = verb.tag == "VBD" or (
            verb.tag in ("VBN", "VBG")
            and any(
                child.dep in ("aux", "auxpass") and child.text.lower() in _PAST_AUXILIARIES
                for child in self._kids(verb)
            )
        )
        return _Found(cue, verb) if done else None

    # --- conditions ----------------------------------------------------------------------

    def _conditional(self, found: _Found) -> _Found:
        """A plan under a condition is a threat (ruling 5): 'will strike unless'."""
        if found.cue.value is not Factuality.PLANNED:
            return found
        for token in self.tokens:
            if token.dep in ("mark", "advmod", "prep") and (cue := self.lexicon.find("condition", token.text.lower())):
                clause = self.tokens[token.head]
                # The act must not itself stand inside the condition, nor the condition under another noun.
                if clause.dep == "advcl" and clause.index not in self._way(self.act):
                    return _Found(cue, token)
            elif token.dep == "nsubj" and (cue := self.lexicon.find("condition", token.text.lower())):
                clause = self.tokens[token.head]
                subject = self.tokens[clause.head]
                # 'those who stay away will be dismissed': the subject of the act's own verb, narrowed.
                if clause.dep == "relcl" and subject.dep in ("nsubj", "nsubjpass") and subject.head == self.act.index:
                    return _Found(cue, token)
        return found

    # --- small helpers -------------------------------------------------------------------

    def _lemma(self, token: Token) -> str:
        """The lemma with its particle: 'call off' is not 'call'."""
        particle = next((child.lemma for child in self._kids(token) if child.dep == "prt"), "")
        return f"{token.lemma} {particle}" if particle else token.lemma

    def _find(self, relation: str, token: Token, preposition: str = "") -> FactualityCue | None:
        cue = self.lexicon.find(relation, self._lemma(token), preposition)
        if cue and cue.beside:
            low = max(0, self.act.index - 4)
            near = self.tokens[low : self.act.index + 9]
            if not any(other.text.lower() in cue.beside for other in near):
                return None
        return cue

    def _noun(self, noun: Token, through: str) -> FactualityCue | None:
        if noun.pos in _VERBS:
            return None
        return self.lexicon.find("noun", noun.lemma, through) or self.lexicon.find("noun", noun.lemma)

    def _irrealis(self, verb: Token) -> bool:
        """Whether a clause tells what shall be: 'to march', 'that he be freed', 'that they would march'."""
        kids = self._kids(verb)
        return (
            verb.tag == "VB"
            or any(child.tag in ("TO", "MD") for child in kids)
            or any(child.dep == "auxpass" and child.text.lower() == "be" for child in kids)
        )

    def _way(self, token: Token) -> set[int]:
        return {above.index for above in self._above(token)}

    def _above(self, token: Token) -> Iterator[Token]:
        for _ in range(2 * _DEPTH):
            yield token
            if token.head == token.index:
                return
            token = self.tokens[token.head]

    def _kids(self, token: Token) -> Sequence[Token]:
        return self.children.get(token.index, ())

    def _to(self, verb: Token) -> bool:
        return any(child.tag == "TO" for child in self._kids(verb))

    def _negated(self, verb: Token) -> bool:
        return any(child.dep == "neg" for child in self._kids(verb))

    def _shares(self, node: Token, head: Token) -> bool:
        own = any(child.dep in ("aux", "auxpass", "nsubj", "nsubjpass") for child in self._kids(node))
        return not own and node.tag in ("VB", "VBN", "VBG") and (node.tag == head.tag or node.tag == "VB")
