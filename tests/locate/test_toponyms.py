import itertools

import pytest

from tocsin.locate.toponyms import find_toponyms, locate_toponyms, resolve_toponyms
from tocsin.parse import load_parser, parse_document
from tocsin.resources.gazetteer import load_gazetteer
from tocsin.resources.gazetteer_words import load_toponym_words
from tocsin.vocabulary import Document, Parse, PlacePrecision, Span, Toponym


def locate(text, **about):
    document = Document(text, **about)
    return locate_toponyms(parse_document(document, load_parser()), load_gazetteer())


def places(text, **about):
    return {t.text: t.place for t in locate(text, **about)}


def given(text, *names, **about):
    """Toponyms given by hand, without a parse: what is tested is the choice among candidates."""
    spans, start = [], 0
    for name in names:
        start = text.index(name, start)
        spans.append(Toponym(Span(start, start + len(name)), name, None))
        start += len(name)
    return resolve_toponyms(Parse(Document(text, **about), ()), spans, load_gazetteer())


def test_a_town_followed_by_its_region_is_the_one_inside():
    for region, expected in (("Illinois", "Illinois"), ("Ore.", "Oregon"), ("Massachusetts", "Massachusetts")):
        town, _ = given(f"Nurses marched in Springfield, {region}, on Monday.", "Springfield", region)
        assert town.place.admin1 == expected
        assert town.reason == "inside the next name"


def test_other_names_of_the_document_draw_a_name_into_their_country():
    near_georgia = given("Crowds in Atlanta, Savannah and Athens.", "Atlanta", "Savannah", "Athens")
    near_greece = given("Crowds in Thessaloniki, Patras and Athens.", "Thessaloniki", "Patras", "Athens")
    assert near_georgia[2].place.country == "US"
    assert near_greece[2].place.country == "GR"


def test_a_local_paper_means_its_own_town():
    (town,) = given("Springfield teachers voted to strike.", "Springfield", url="http://www.masslive.com/x")
    assert town.place.admin1 == "Massachusetts"


def test_a_city_and_its_region_of_the_same_name_are_told_apart():
    city, region = given("Shots in Kunduz. Shelling in Kunduz province.", "Kunduz", "Kunduz province")
    assert city.place.precision is PlacePrecision.SETTLEMENT
    assert region.place.precision is PlacePrecision.ADMIN1
    assert region.place.latitude is None


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("Dockers struck in Trail, B.C., on Monday.", "B.C.", "British Columbia"),
        ("Teachers struck in the UK on Monday.", "UK", "United Kingdom"),
        ("Teachers struck in Chad on Monday.", "Chad", "Chad"),
    ],
)
def test_a_place_written_short_gets_its_full_name(text, name, full):
    assert places(text)[name].name == full


def test_the_people_of_a_region_stand_for_the_region():
    found = places("Thousands of British Columbian dockers and British clerks struck.")
    assert found["British Columbian"].precision is PlacePrecision.ADMIN1
    assert (found["British Columbian"].name, found["British Columbian"].country) == ("British Columbia", "CA")
    assert found["British"].country == "GB"


def test_countries_and_demonyms_carry_no_coordinates():
    found = places("Belarusian police held miners. Officials in Poland protested.")
    assert found["Belarusian"].country == "BY"
    assert found["Belarusian"].precision is PlacePrecision.COUNTRY
    assert found["Poland"].latitude is None
    assert {t.text: t.role for t in locate("Belarusian police held miners.")} == {"Belarusian": "demonym"}


def test_a_site_takes_the_point_of_its_town_and_a_village_has_none():
    found = places("Thousands marched to Tahrir Square in Cairo on Friday.")
    assert found["Tahrir Square"].precision is PlacePrecision.SITE
    assert found["Tahrir Square"].latitude == found["Cairo"].latitude
    village, town = given("Police left Qwertovka near Gomel.", "Qwertovka", "Gomel")
    assert (village.place.country, village.place.latitude) == ("BY", None)
    assert town.place.latitude is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("AHMEDABAD: Shopkeepers marched in the old city.", "AHMEDABAD"),
        ("patna: sugar workers blocked the road.", "patna"),
        ("ONITSHA, May 8 (XYZ) - Traders shut the market.", "ONITSHA"),
        ("SAN SALVADOR (XY) -- Nurses began a strike.", "SAN SALVADOR"),
        ("Traders shut the market A Reporter ONITSHA, May 8 (XYZ) - Traders went home.", "ONITSHA"),
    ],
)
def test_a_dateline_is_found(text, name):
    found = {t.text: t.reason for t in locate(text)}
    assert found[name] == "dateline"


def test_text_in_small_letters_gives_cities_and_not_words():
    text = (
        "patna: police in ranchi held ten men on monday. the reading of a nice verdict was best in march. "
        "mobile phones were taken to new delhi. the union of bihar workers met."
    )
    assert {t.text for t in locate(text)} == {"patna", "ranchi", "new delhi", "bihar"}


def test_a_longer_known_name_wins_over_its_part():
    found = places("British Columbia teachers struck. Police in Ficksburg, Free State, opened fire.")
    assert found["British Columbia"].country == "CA"
    assert "British" not in found
    assert found["Free State"].country == "ZA"


@pytest.mark.parametrize("text", ["", " ", "1234 5678 !!!", "Мinsk Gоmel", "\n\n\n", "🙂 🙂", "a" * 3000])
def test_odd_text_is_no_error(text):
    assert isinstance(locate(text), tuple)


def test_cyrillic_text_is_read_by_gazetteer_and_endings():
    assert places("В Минске и Гродне рабочие вышли на забастовку.")["Гродне"].settlement == "Grodno"
    assert places("Робітники в Харкові оголосили страйк.")["Харкові"].country == "UA"


def test_toponyms_come_in_text_order_and_never_overlap():
    found = locate("Marchers from Springfield, Illinois, reached Chicago; the Illinois State Police watched Chicago.")
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert all(0 <= t.score <= 1 for t in found)


def test_finding_alone_leaves_places_open():
    parse = parse_document(Document("Miners marched in Donetsk."), load_parser())
    (found,) = find_toponyms(parse, load_gazetteer())
    assert (found.text, found.place) == ("Donetsk", None)


@pytest.mark.parametrize("cue", load_toponym_words().near, ids=lambda cue: cue.cue)
def test_a_near_cue_marks_the_name_after_it(cue):
    assert any(t.near for t in locate(cue.finds))
    assert not any(t.near for t in locate(cue.skips))
