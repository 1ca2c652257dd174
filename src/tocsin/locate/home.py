"""The country of a document that does not name it."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.resources.gazetteer import Gazetteer
from tocsin.vocabulary import Place, PlacePrecision, Toponym, country_of


def home_country(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> Place | None:
    """The country in which most of a document's places lie, None where a word names it or its people.

    A paper seldom names its own country: 'they demanded a ban on the party' is told of all of it.

    Args:
        toponyms: every place name of the document, resolved.
        gazetteer: knows the country's name.
    """
    code = country_of(toponyms)
    named = {t.place.country for t in toponyms if t.place and t.place.precision is PlacePrecision.COUNTRY}
    country = gazetteer.country(code) if code is not None and code not in named else None
    if country is None:
        return None
    return Place(country.name, PlacePrecision.COUNTRY, country=code, geonameid=country.geonameid)
