"""Actors as strings: which country, and which of PLOVER's agent codes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.extract.actor_country import ActorKnowledge, country_of_actor
from tocsin.extract.agent_codes import agent_code
from tocsin.resources.actor_codes import load_actor_codes
from tocsin.resources.alpha3 import load_alpha3
from tocsin.resources.gazetteer import load_gazetteer
from tocsin.resources.office_holders import load_office_holders
from tocsin.resources.organisations import load_organisations

SCORER = "score_actors.py"

# The set's own names for bodies of no country.
_WIDE = {"EU": "EUR", "UN": "UNO", "INT": "IGO"}
# When cases without a day were written: offices are those of that time.
_WRITTEN = dt.date(2023, 1, 1)
# Bodies and persons of no country that no states have founded.
_NOWHERE = ("NGO", "REL", "REB", "LAB", "CVL", "BUS")
_DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y")


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Country and code of each string, with its context and day where the case has them."""
    gazetteer, codes, alpha3 = load_gazetteer(), load_actor_codes(), load_alpha3()
    knowledge = ActorKnowledge(gazetteer, load_office_holders(), load_organisations(), codes.nouns)
    for record in records:
        text, context = record["text"], record.get("context") or ""
        country = country_of_actor(text, knowledge, context=context) or ""
        code = agent_code(text, knowledge, codes, day=_day(record.get("date")), today=_WRITTEN) or ""
        yield {
            "id": record["id"],
            "country": "" if country == "INT" and code in _NOWHERE else _WIDE.get(country) or alpha3.get(country, ""),
            # The set has no code for intergovernmental bodies beside their country.
            "sector": "" if code == "IGO" else code,
        }


def _day(text: str | None) -> dt.date | None:
    if not text:
        return None
    for form in _DAYS:
        try:
            return dt.datetime.strptime(re.sub(r"\s+", " ", text.replace(",", "").strip()), form).date()
        except ValueError:
            continue
    return None
