"""What an actor is in PLOVER's codes of agents: GOV, MIL, REB, LEG ... An office-holder's code hangs on the day.

Source: PLOVER codebook, Open Event Data Alliance (2023), agent codes.
"""

from __future__ import annotations

import datetime as dt
import re

from tocsin.extract.actor_country import ActorKnowledge, homes_in
from tocsin.resources.actor_codes import ActorCodes, CodeCue, words_of
from tocsin.resources.office_holders import FORMER
from tocsin.resources.organisations import Hit

# Where the part of a phrase ends that holds its head noun.
_ENDS = frozenset(
    "in of at from to who whom whose which that with against for across outside near by on during after over ( , and "
    "inside under around behind".split()
)
_FORMER = re.compile(r"\b(?:former|ex|deposed|ousted|late|disgraced former)\b", re.IGNORECASE)
# Codes of those who are the elite when they hold office no more.
_OFFICES = frozenset(("GOV", "LEG", "JUD", "PTY", "SPY"))
# A body's own forces and people keep its code; any other word about it says what the actor is.
_OF_BODY = frozenset(("UAF", "REB", "PRM", "CVL", "MIL", "OPP"))


def agent_code(
    text: str, knowledge: ActorKnowledge, codes: ActorCodes, *, day: dt.date | None = None, today: dt.date | None = None
) -> str | None:
    """The code of an actor.

    Args:
        text: the actor as written.
        knowledge: persons, organisations and places by name.
        codes: the words that tell a code.
        day: when the text was published.
        today: the day that stands for it where it is unknown; without it offices that have no end count.

    Returns:
        A code of three letters; None where the words do not tell, or name a mere country or place.
    """
    people = knowledge.holders.find(text)
    cue = _cue(text, codes)
    if people:
        code = people[-1].holder.code(day or today)
        # 'Foreign Minister NAME' is one for its text, whatever happened since.
        titled = day is None and cue is not None and cue.weight > 1 and not _FORMER.search(text)
        return cue.code if titled and cue is not None and code == FORMER else code
    if not knowledge.organisations.find(text) and _only_place(text, knowledge):
        return _place_code(text, knowledge)
    bodies = _bodies(text, knowledge)
    if not bodies and knowledge.organisations.find(text) and cue is None:
        bodies = knowledge.organisations.find(text)
    if bodies:
        body = bodies[0].organisation
        # What stands beside the name counts: the World Bank is no bank.
        cue = _cue(text[: bodies[0].start] + " " + text[bodies[0].end :], codes)
        own = [term.what for term in body.codes if day is None or term.holds(day)] or [body.codes[-1].what]
        # Without a day the last code holds.
        code = own[0] if day is not None else own[-1]
        told = cue.code if cue is not None and cue.weight > 1 else None
        if told is None or told in _OF_BODY or code not in ("GOV", "IGO", "REL", "PTY", "BUS", "EDU"):
            found = code
        else:
            found = told
    elif cue is not None:
        found = cue.code
    else:
        return _place_code(text, knowledge)
    return FORMER if found in _OFFICES and _FORMER.search(text) else found


def _bodies(text: str, knowledge: ActorKnowledge) -> tuple[Hit, ...]:
    """The organisations named, without those that another country's name makes other ones: 'Kenyan House of ...'."""
    homes = [home for home in homes_in(text, knowledge) if home.told in ("demonym", "country")]
    return tuple(
        hit
        for hit in knowledge.organisations.find(text)
        if not any(home.end <= hit.start and home.country != hit.organisation.country for home in homes)
    )


def _cue(text: str, codes: ActorCodes) -> CodeCue | None:
    """The strongest cue of the head part, of equals the last; the later parts where the head has none."""
    words = words_of(text)
    parts: list[list[tuple[int, int, CodeCue]]] = [[]]
    at = 0
    while at < len(words):
        for length in range(min(codes.longest, len(words) - at), 0, -1):
            cue = codes.phrases.get(words[at : at + length])
            if cue is not None:
                parts[-1].append((cue.weight, length, cue))
                at += length
                break
        else:
            if words[at] in _ENDS:
                parts.append([])
            at += 1
    for part in parts:
        if part:
            strongest = max(weight for weight, _, _ in part)
            return [cue for weight, _, cue in part if weight == strongest][-1]
    return None


def _only_place(text: str, knowledge: ActorKnowledge) -> bool:
    """Whether the text is the name of a place and nothing else: the West Bank is no bank."""
    name = text.strip()
    homes = [home for home in homes_in(name, knowledge) if home.told in ("country", "region", "town")]
    return len(homes) == 1 and len(name.removeprefix("the ")) - 4 < homes[0].end - homes[0].start


def _place_code(text: str, knowledge: ActorKnowledge) -> str | None:
    """A capital alone stands for its government ('Beijing'), another town for its people."""
    name = text.strip()
    homes = [*homes_in(name, knowledge)]
    if len(homes) != 1 or homes[0].told != "town" or homes[0].end - homes[0].start < len(name) - 4:
        return None
    towns = [c for c in knowledge.gazetteer.candidates(name) if c.kind == "settlement"]
    return "GOV" if any(town.capital for town in towns) else "CVL"
