"""What a number counts, by syntax: 'police arrested 12', 'a rally of 300', 'a plant of 10,000 workers'."""

from __future__ import annotations

from tocsin.extract.attribution_syntax import Tree
from tocsin.resources.number_lexicon import NumberLexicon
from tocsin.vocabulary import QuantityRole, Token

# Nouns that only hold a number of others: the predicate is looked up for them, the role for what they hold.
_HOLDERS = frozenset(
    [
        "group",
        "crowd",
        "mob",
        "band",
        "gang",
        "total",
        "number",
        "team",
        "force",
        "batch",
        "contingent",
        "column",
        "people",
        "member",
    ]
)
# Prepositions by which a noun holds a number: 'a rally of 300', 'a toll at 12', 'a crowd between 300 and 500'.
_HOLDING = frozenset({"of", "at", "to", "by", "between", "from"})
_WORKERS = frozenset(
    "worker employee member staff labourer laborer workman workmen teacher miner driver seaman seamen docker".split()
)
_QUOTES = frozenset({'"', "”", "’", "''"})
_REMAINS = frozenset({"body", "corpse", "life", "casualty"})
# Bodies whose members are a workforce: 'a 5,200-member union'.
_BODIES = frozenset({"workforce", "union", "staff", "force", "federation", "association"})
_STANDING = frozenset(
    "be reach hit total number stand top exceed climb rise pass near remain swell grow fall include comprise count have".split()
)
_SUFFERING = frozenset({"sustain", "suffer", "receive", "lose", "get", "have"})
_GRAVE = frozenset({QuantityRole.KILLED, QuantityRole.INJURED, QuantityRole.DETAINED})

Reading = tuple[QuantityRole, str]


def read_role(tree: Tree, number: Token, noun: Token | None, unit: str, lexicon: NumberLexicon) -> Reading | None:
    """The role of a number of people, from the words it hangs on.

    Args:
        tree: the sentence.
        number: the head of the number words.
        noun: the head of what is counted, None for a bare number ('783 were injured').
        unit: of the noun.
        lexicon: which words give which role.

    Returns:
        The role and the rule that gave it, or None where syntax does not tell.
    """
    top = noun or number
    if unit == "sites":
        return None
    by_noun = lexicon.places["noun"].get(top.lemma)
    # 'arrests' and 'deaths' count by themselves; of 'prisoners' and 'victims' the verb may tell more.
    if by_noun in _GRAVE and lexicon.units.get(top.lemma) == "people" and top.lemma not in _REMAINS:
        strong = None
    else:
        strong = by_noun
    # In 'thousands of people marched' the verb governs the number, in '300 people marched' the noun.
    governed = number if noun is not None and number in tree.above(noun) else top
    if strong in _GRAVE and strong is not None and noun is not None:
        return strong, f"noun '{top.lemma}'"
    beside = _beside(tree, number, noun, lexicon)
    if beside and (beside[0] in _GRAVE or "'-" in beside[1]):
        return beside
    if unit not in ("people", "other") or (unit == "other" and noun is not None and not _vague_people(noun)):
        return _held(tree, governed, lexicon)
    for reading in (
        _described(tree, noun, lexicon) if noun is not None and noun is not governed else None,
        _predicate(tree, governed, lexicon),
        beside,
        _held(tree, governed, lexicon),
        (by_noun, f"noun '{top.lemma}'") if by_noun else None,
        _next_verb(tree, number, top, lexicon),
        # 'Thousands of workers' are never a staff: nobody counts his staff in thousands.
        _workforce(noun) if number.tag != "NNS" else None,
    ):
        if reading:
            return reading
    return None


def _vague_people(noun: Token) -> bool:
    return noun.ent in ("NORP", "PERSON") or noun.lemma in ("more", "other")


def _beside(tree: Tree, number: Token, noun: Token | None, lexicon: NumberLexicon) -> Reading | None:
    """'6 dead', '14 injured in Naples', 'a 10,000-strong march', 'a 5,200-member union'."""
    cues = lexicon.places["beside"]
    suffix = _suffix(tree, number)
    if suffix in cues:
        role = cues[suffix]
        if noun is not None and noun.lemma in _BODIES:
            role = QuantityRole.WORKFORCE
        elif noun is not None and lexicon.places["head"].get(noun.lemma) is QuantityRole.PARTICIPANTS:
            role = QuantityRole.PARTICIPANTS
        return role, f"beside '{suffix}'"
    last = noun or number
    for token in tree.tokens[number.index + 1 : last.index + 3]:
        if token.text in _QUOTES:
            continue
        if token.index > last.index and token.pos not in ("ADJ", "VERB", "NOUN", "ADP", "AUX"):
            break
        word = token.text.lower()
        if word in cues and cues[word] in _GRAVE and (token.head in (last.index, number.index) or token.pos != "NOUN"):
            if token.pos == "VERB" and _is_active(tree, token):
                break
            return cues[word], f"beside '{word}'"
        if word in cues and noun is not None and token.index == noun.index and token.index == number.index + 1:
            return cues[word], f"beside '{word}'"
    return None


def _suffix(tree: Tree, number: Token) -> str:
    """'-strong' of '10,000-strong', '-member' of '20,000 member'; "" if nothing is joined on."""
    _, dash, suffix = number.text.lower().rpartition("-")
    if dash:
        return f"-{suffix}"
    behind = [token.text.lower() for token in tree.tokens[number.index + 1 : number.index + 3]]
    if len(behind) == 2 and behind[0] == "-":
        return f"-{behind[1]}"
    return f"-{behind[0]}" if behind and behind[0] in ("member", "strong") else ""


def _is_active(tree: Tree, verb: Token) -> bool:
    """'14 killed a policeman' is no number of killed: the verb has an object of its own."""
    return tree.child(verb, "dobj") is not None and tree.child(verb, "auxpass") is None


def _predicate(tree: Tree, top: Token, lexicon: NumberLexicon) -> Reading | None:
    """The verb that the phrase is subject, object or agent of, or that describes it."""
    described = _described(tree, top, lexicon)
    if described and described[0] in _GRAVE:
        return described
    found = _governed(tree, top, lexicon)
    return found or described


def _governed(tree: Tree, top: Token, lexicon: NumberLexicon) -> Reading | None:
    for _ in range(4):
        head = tree.head(top)
        if top.dep in ("conj", "appos") and head.pos in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
            top = head
        elif top.dep == "pobj" and head.text.lower() == "of" and tree.head(head).lemma in _HOLDERS:
            top = tree.head(head)
        else:
            break
    head = tree.head(top)
    if top.dep == "nsubjpass":
        return _of_verb(tree, head, "passive", lexicon)
    if top.dep == "nsubj":
        if head.tag == "VBN" and tree.child(head, "aux", "auxpass") is None:
            # 'left 14 injured', headlines: 'two killed in blast'.
            return _of_verb(tree, head, "passive", lexicon) or _of_verb(tree, head, "active", lexicon)
        return _of_verb(tree, head, "active", lexicon)
    if top.dep in ("dobj", "dative", "oprd"):
        return _of_verb(tree, head, "object", lexicon)
    if top.dep == "pobj":
        verb = tree.head(head)
        if head.dep == "agent" or (head.text.lower() == "by" and verb.tag == "VBN"):
            role = lexicon.places["active"].get(verb.lemma)
            return (role, f"agent of '{verb.lemma}'") if role else None
        if verb.pos in ("NOUN", "PROPN"):
            role = lexicon.places["head"].get(verb.lemma) or lexicon.places["noun"].get(verb.lemma)
            if role in _GRAVE and head.text.lower() in ("of", "to", "against", "on"):
                return role, f"'{verb.lemma}' {head.text.lower()}"
            if role is QuantityRole.PARTICIPANTS and head.text.lower() in ("by", "of", "with", "involving"):
                return role, f"'{verb.lemma}' {head.text.lower()}"
    if top.dep == "attr":
        subject = tree.child(head, "nsubj")
        role = lexicon.places["head"].get(subject.lemma) if subject else None
        return (role, f"is '{subject.lemma}'") if role and subject else None
    return None


def _of_verb(tree: Tree, verb: Token, how: str, lexicon: NumberLexicon) -> Reading | None:
    if custody := _with_preposition(tree, verb, ("into", "in", "under"), ("custody", "detention", "arrest")):
        return QuantityRole.DETAINED, f"'{verb.lemma} {custody}'"
    if how == "object":
        for where in ("passive", "object"):
            if verb.lemma in lexicon.places[where]:
                return lexicon.places[where][verb.lemma], f"object of '{verb.lemma}'"
        return None
    for below in tree.children(verb):
        # 'were reported killed', 'were shot dead', 'are dead', 'is in hospital'
        if below.dep in ("oprd", "acomp", "xcomp", "advcl", "ccomp") and below.tag in ("VBN", "JJ", "VBD"):
            role = lexicon.places["beside"].get(below.text.lower()) or (
                lexicon.places["passive"].get(below.lemma) if below.tag == "VBN" and below.dep != "advcl" else None
            )
            if role in _GRAVE and not _is_active(tree, below):
                return role, f"'{verb.lemma} {below.text.lower()}'"
    if how == "active" and _with_preposition(tree, verb, ("on",), ("strike", "hunger", "street", "streets")):
        return QuantityRole.PARTICIPANTS, "on strike"
    if how == "active" and verb.lemma in _SUFFERING and (harm := tree.child(verb, "dobj")) is not None:
        if harm.lemma in ("injury", "wound", "burn"):
            return QuantityRole.INJURED, f"'{verb.lemma} {harm.lemma}'"
        if harm.lemma == "life" and verb.lemma == "lose":
            return QuantityRole.KILLED, "'lose life'"
    if verb.lemma in lexicon.places[how]:
        return lexicon.places[how][verb.lemma], f"{how} subject of '{verb.lemma}'"
    for below in tree.children(verb):
        # 'decided to strike', 'marched and were beaten': the next verb of the same subject.
        if below.dep in ("xcomp", "conj") and below.pos == "VERB" and tree.child(below, "nsubj", "nsubjpass") is None:
            joined = below.dep == "conj" and below.tag == "VBN" and how == "passive"
            place = "passive" if joined or tree.child(below, "auxpass") else "active"
            if below.lemma in lexicon.places[place]:
                return lexicon.places[place][below.lemma], f"subject of '{below.lemma}'"
    if how == "passive" and lexicon.places["object"].get(verb.lemma):
        return lexicon.places["object"][verb.lemma], f"object of '{verb.lemma}'"
    return None


def _with_preposition(tree: Tree, verb: Token, prepositions: tuple[str, ...], objects: tuple[str, ...]) -> str:
    for preposition in tree.children(verb):
        if preposition.dep == "prep" and preposition.text.lower() in prepositions:
            target = tree.child(preposition, "pobj")
            if target is not None and target.lemma in objects:
                return f"{preposition.text.lower()} {target.lemma}"
    return ""


def _described(tree: Tree, top: Token, lexicon: NumberLexicon) -> Reading | None:
    """'people killed in the blast', 'workers marching', 'people who were detained', 'arrested workers'."""
    for child in tree.children(top):
        if child.dep == "acl" and child.tag in ("VBN", "VBD"):
            if child.lemma in lexicon.places["passive"]:
                return lexicon.places["passive"][child.lemma], f"participle '{child.text.lower()}'"
        elif child.dep == "acl" and child.tag == "VBG":
            if child.lemma in lexicon.places["active"]:
                return lexicon.places["active"][child.lemma], f"participle '{child.text.lower()}'"
        elif child.dep == "relcl":
            how = "passive" if tree.child(child, "nsubjpass", "auxpass") else "active"
            if reading := _of_verb(tree, child, how, lexicon):
                return reading
        elif child.dep == "amod" and child.text.lower() in lexicon.places["beside"]:
            return lexicon.places["beside"][child.text.lower()], f"adjective '{child.text.lower()}'"
        elif child.dep in ("amod", "compound") and child.text.lower() in ("striking", "protesting", "marching"):
            return QuantityRole.PARTICIPANTS, f"adjective '{child.text.lower()}'"
        elif child.dep == "prep" and child.text.lower() in ("on", "in", "under"):
            target = tree.child(child, "pobj")
            if target is not None and target.lemma == "strike":
                return QuantityRole.PARTICIPANTS, "on strike"
            if target is not None and target.lemma in ("custody", "detention", "jail", "prison"):
                return QuantityRole.DETAINED, f"in {target.lemma}"
    return None


def _held(tree: Tree, top: Token, lexicon: NumberLexicon) -> Reading | None:
    """'a rally of 300', 'the death toll rose to 31', 'a workforce of 4,000'."""
    for _ in range(3):
        if top.dep in ("conj", "appos") and tree.head(top).pos in ("NUM", "NOUN"):
            top = tree.head(top)
    if top.dep in ("appos", "dobj", "attr", "npadvmod", "dep", "nummod"):
        holder = tree.head(top)
        if holder.pos in ("VERB", "AUX"):
            # 'the death toll reached 31', 'the death toll is 31'
            if holder.lemma not in _STANDING:
                return None
            holder = tree.child(holder, "nsubj", "nsubjpass") or holder
        return _holder(tree, holder, lexicon)
    if top.dep != "pobj" or tree.head(top).text.lower() not in _HOLDING:
        return None
    holder = tree.head(tree.head(top))
    if holder.pos in ("VERB", "AUX"):
        given = tree.child(holder, "dobj")
        if given is not None and given.lemma in ("number", "toll", "count", "total", "figure"):
            return _holder(tree, given, lexicon)  # 'put the number of deaths at 60'
        subject = tree.child(holder, "nsubj", "nsubjpass")
        if subject is None or tree.head(top).text.lower() == "of":
            return None
        holder = subject
        if holder.lemma not in (
            "number",
            "toll",
            "count",
            "figure",
            "total",
            "crowd",
            "attendance",
            "turnout",
            "workforce",
        ):
            return None
    return _holder(tree, holder, lexicon)


def _holder(tree: Tree, holder: Token, lexicon: NumberLexicon) -> Reading | None:
    cues = lexicon.places["head"]
    if holder.lemma in ("number", "count", "figure", "total", "estimate"):
        preposition = tree.child(holder, "prep")
        counted = tree.child(preposition, "pobj") if preposition else None
        if counted is None:
            return None
        words = (counted.lemma, counted.text.lower())
        role = next((table[word] for table in (cues, lexicon.places["noun"]) for word in words if word in table), None)
        return (role, f"number of '{counted.lemma}'") if role else None
    if holder.lemma == "toll":
        kinds = {child.text.lower() for child in tree.children(holder) if child.dep in ("compound", "amod", "poss")}
        if kinds & {"injury", "injured"}:
            return QuantityRole.INJURED, "toll"
        return None if kinds & {"road", "bridge"} else (QuantityRole.KILLED, "toll")
    role = cues.get(holder.lemma)
    return (role, f"held by '{holder.lemma}'") if role else None


def _next_verb(tree: Tree, number: Token, top: Token, lexicon: NumberLexicon) -> Reading | None:
    """The next finite verb, where the tree hangs the phrase elsewhere: datelines, headlines, lower-case text."""
    head = tree.head(top)
    if top.dep in ("pobj", "dobj", "poss") and head.text.lower() != "of":
        return None
    if top.dep == "pobj" and tree.head(head).pos == "NUM" and tree.head(head).index != number.index:
        return None  # of '300 of the 500 growers' only the 300 act
    for token in tree.tokens[top.index + 1 : top.index + 12]:
        if token.text in (";", ":") or token.dep in ("relcl",):
            return None
        if token.pos == "VERB" and token.tag in ("VBD", "VBZ", "VBP", "VBN") and token.dep not in ("acl", "relcl"):
            subject = tree.child(token, "nsubj", "nsubjpass")
            if subject is not None and subject.index > top.index:
                return None
            passive = tree.child(token, "auxpass") is not None
            reading = _of_verb(tree, token, "passive" if passive else "active", lexicon)
            return (reading[0], f"next verb, {reading[1]}") if reading else None
    return None


def _workforce(noun: Token | None) -> Reading | None:
    """Workers and members of whom nothing else is told: 'the mill's 800 employees', '(10,000+ workers)'."""
    if noun is not None and (noun.lemma in _WORKERS or noun.text.lower().endswith("workers")):
        return QuantityRole.WORKFORCE, f"noun '{noun.lemma}'"
    return None
