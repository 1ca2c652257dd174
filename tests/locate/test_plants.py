import pytest
from factory import make_document, make_parse

from tocsin.locate.plants import add_plants
from tocsin.resources.gazetteer import load_gazetteer
from tocsin.resources.organisations import load_organisations
from tocsin.vocabulary import Place, PlacePrecision, Span, Toponym


def plants(text: str, *toponyms: Toponym) -> tuple[Toponym, ...]:
    return add_plants(make_parse(make_document(text)), toponyms, load_organisations(), load_gazetteer())


def test_a_plant_known_by_name_is_a_site_in_its_town():
    (toponym,) = plants("Workers at BelAZ walked out.")
    assert toponym.span == Span(11, 16)
    assert toponym.role == "plant"
    place = toponym.place
    assert place is not None
    assert (place.name, place.settlement, place.country) == ("BelAZ, Zhodino", "Zhodino", "BY")
    assert place.precision is PlacePrecision.SITE
    assert place.latitude == pytest.approx(54.1, abs=0.1)


def test_a_plant_named_in_other_letters_is_the_same_plant():
    names = [toponym.place.name for toponym in plants("BelAZ stood still. Белаз did not work.") if toponym.place]
    assert names == ["BelAZ, Zhodino", "BelAZ, Zhodino"]


def test_a_person_of_a_like_name_is_no_plant():
    assert plants("Maz spoke to the crowd.") == ()
    assert [t.place.name for t in plants("The MAZ plant stopped.") if t.place] == ["MAZ, Minsk"]


def test_place_names_stay_and_nothing_is_told_twice():
    known = Toponym(Span(11, 16), "BelAZ", Place("BelAZ", PlacePrecision.SITE, country="BY"))
    assert plants("Workers at BelAZ walked out.", known) == (known,)


def test_every_plant_lies_in_a_town_that_the_gazetteer_knows():
    organisations, gazetteer = load_organisations(), load_gazetteer()
    towns = {(o.at, o.country) for forms in organisations.forms.values() for _, o in forms if o.at}
    assert towns
    for town, country in towns:
        found = [c for c in gazetteer.candidates(town) if c.kind == "settlement" and c.country == country]
        assert found, f"{town}, {country}"
