"""Employers known by name that have one plant: 'BelAZ' in a text is a site in Zhodino, though no gazetteer has it."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.resources.gazetteer import Gazetteer
from tocsin.resources.names import fold_name
from tocsin.resources.organisations import Organisations
from tocsin.vocabulary import Parse, Place, PlacePrecision, Span, Toponym


def add_plants(
    parse: Parse, toponyms: Sequence[Toponym], organisations: Organisations, gazetteer: Gazetteer
) -> tuple[Toponym, ...]:
    """The document's place names and the plants that it names, in text order.

    Args:
        parse: the document.
        toponyms: its place names, resolved; none of them is covered again.
        organisations: from ``load_organisations``; those with a town ('at') have their plant there.
        gazetteer: knows the town.

    Returns:
        Toponyms; a plant has role 'plant', the precision of a site, and its town's point.
    """
    found: list[Toponym] = []
    for sentence in parse.sentences:
        words = sentence.span.of(parse.document.text)
        for hit in organisations.find(words):
            span = Span(sentence.span.start + hit.start, sentence.span.start + hit.end)
            town = hit.organisation.at
            if town is None or any(span.overlaps(toponym.span) for toponym in toponyms):
                continue
            written, own = span.of(parse.document.text), hit.organisation.name
            # The same name in other letters ('Белаз' in a caption) is the same plant.
            name = own if fold_name(written) == fold_name(own) else written
            place = plant_place(name, town, hit.organisation.country, gazetteer)
            found.append(Toponym(span, place.name, place, "plant", 1.0, reason="a plant known by name"))
    return tuple(sorted((*toponyms, *found), key=lambda toponym: toponym.span))


def plant_place(name: str, town: str, country: str, gazetteer: Gazetteer) -> Place:
    """A plant as a place: its name with its town's, and the town's point where the gazetteer has it."""
    known = next((c for c in gazetteer.candidates(town) if c.kind == "settlement" and c.country == country), None)
    latitude, longitude = (known.lat, known.lon) if known else (None, None)
    region = known.admin1 if known else None
    return Place(f"{name}, {town}", PlacePrecision.SITE, town, region, country, latitude, longitude)
