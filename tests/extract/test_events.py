import datetime as dt
from dataclasses import replace

import pytest
from factory import make_document, make_parse
from fake_encoder import SETTINGS, FakeEncoder

from tocsin.extract import extract_reports
from tocsin.parse import load_parser, parse_document
from tocsin.read import read_text
from tocsin.resources.knowledge import load_knowledge
from tocsin.vocabulary import (
    ActorKind,
    Attribution,
    DateInterval,
    DateMention,
    DatePrecision,
    EventType,
    Evidence,
    Factuality,
    Field,
    Mentions,
    Place,
    PlacePrecision,
    QuantityMention,
    Saying,
    SourceKind,
    Span,
    Toponym,
)

KNOWLEDGE = load_knowledge()


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def town(text: str, words: str, lat: float, lon: float, country: str = "GB") -> Toponym:
    place = Place(words, PlacePrecision.SETTLEMENT, words, None, country, lat, lon)
    return Toponym(span_of(text, words), words, place, score=0.9)


def day(text: str, words: str, date: dt.date) -> DateMention:
    return DateMention(
        span_of(text, words), words, "date", date.isoformat(), DateInterval(date, date, DatePrecision.DAY)
    )


def code(text: str, encoder: FakeEncoder, *, syntax: bool = False, **mentions):
    parse = parse_document(read_text(text), load_parser()) if syntax else make_parse(make_document(text))
    reports = extract_reports(parse, Mentions(**mentions), encoder, KNOWLEDGE)
    for report in reports:
        report.check(parse.document)
    return reports


def test_a_report_has_type_trigger_evidence_and_actor_with_their_words():
    text = "Bakers marched through Leeds. It rained."
    encoder = FakeEncoder(
        {"marched": "demonstration"}, {"bakers": "initiator", "leeds": "place"}, {("initiator_kind", "workers"): 0.9}
    )
    (report,) = code(text, encoder, toponyms=(town(text, "Leeds", 53.8, -1.55),))
    assert report.type is EventType.DEMONSTRATION
    assert report.trigger.quote == "marched"
    assert [e.quote for e in report.evidence] == ["Bakers marched through Leeds."]
    assert [(a.text, a.kind) for a in report.initiators] == [("Bakers", ActorKind.WORKERS)]
    assert report.place is not None
    assert report.place.name == "Leeds"
    claim = report.claim(Field.PLACE)
    assert claim is not None
    assert claim.evidence is not None
    assert claim.evidence.quote == "Leeds"


def test_two_mentions_of_one_march_are_one_report_with_both_sentences():
    text = "Bakers marched on Friday. The march ended quietly."
    (report,) = code(text, FakeEncoder({"marched": "demonstration", "march": "demonstration"}))
    assert len(report.evidence) == 2


def test_marches_in_two_towns_are_two_reports():
    text = "Bakers marched in Leeds. Bakers marched in Hull."
    encoder = FakeEncoder({"marched": "demonstration"}, {"leeds": "place", "hull": "place"})
    # The window reads both towns as places: the sentence decides.
    encoder.settings = SETTINGS | {"place": SETTINGS["place"] | {"same_sentence": 3.0}}
    towns = (town(text, "Leeds", 53.8, -1.55), town(text, "Hull", 53.74, -0.33))
    assert [r.place.name for r in code(text, encoder, toponyms=towns) if r.place] == ["Leeds", "Hull"]


def test_a_list_of_towns_is_one_report_each():
    text = "Bakers marched in Leeds, Hull and York."
    encoder = FakeEncoder({"marched": "demonstration"}, {"leeds": "place", "hull": "place", "york": "place"})
    towns = tuple(
        town(text, name, lat, lon)
        for name, lat, lon in (("Leeds", 53.8, -1.55), ("Hull", 53.74, -0.33), ("York", 53.96, -1.08))
    )
    reports = code(text, encoder, toponyms=towns)
    assert sorted(r.place.name for r in reports if r.place) == ["Hull", "Leeds", "York"]
    assert len({r.id for r in reports}) == 3


def test_words_that_point_at_a_place_named_elsewhere_are_no_site():
    text = "Leeds was calm. Bakers marched in the city."
    encoder = FakeEncoder({"marched": "demonstration"}, {"leeds": "place", "city": "place"})
    (report,) = code(text, encoder, toponyms=(town(text, "Leeds", 53.8, -1.55),))
    assert report.place is not None
    assert report.place.name == "Leeds"


def test_the_plant_is_the_one_named_before_it():
    text = "Bakers of Ashmill spoke. They marched at the plant near Leeds. Fairmill stood still."
    mill, other = (
        Toponym(span_of(text, name), name, Place(f"{name}, {at}", PlacePrecision.SITE, at, None, "GB"), "plant", 1.0)
        for name, at in (("Ashmill", "Hull"), ("Fairmill", "York"))
    )
    encoder = FakeEncoder({"marched": "demonstration"}, {"plant": "place", "the": "place", "leeds": "place"})
    (report,) = code(text, encoder, syntax=True, toponyms=(mill, town(text, "Leeds", 53.8, -1.55), other))
    assert report.place is not None
    assert report.place.name == "Ashmill, Hull"
    claim = report.claim(Field.PLACE)
    assert claim is not None
    assert claim.evidence is not None
    assert claim.evidence.quote.startswith("the plant")


def test_a_listed_plant_that_is_known_stands_where_it_stands():
    text = "Bakers marched at plants including Ashmill and Fairmill."
    place = Place("Ashmill, Hull", PlacePrecision.SITE, "Hull", None, "GB", 53.74, -0.33)
    known = Toponym(span_of(text, "Ashmill"), "Ashmill", place, "plant", 1.0)
    found = code(text, FakeEncoder({"marched": "demonstration"}), syntax=True, toponyms=(known,))
    assert sorted(r.place.name for r in found if r.place) == ["Ashmill, Hull", "Fairmill"]


def test_workers_who_act_at_a_plant_known_by_name_work_for_it():
    text = "Bakers marched at Ashmill. Bakers marched in Leeds."
    place = Place("Ashmill, Hull", PlacePrecision.SITE, "Hull", None, "GB", 53.74, -0.33)
    known = Toponym(span_of(text, "Ashmill"), "Ashmill", place, "plant", 1.0)
    roles = {"bakers": "initiator", "ashmill": "place", "leeds": "place"}
    encoder = FakeEncoder({"marched": "demonstration"}, roles, {("initiator_kind", "workers"): 0.9})
    encoder.settings = SETTINGS | {"place": SETTINGS["place"] | {"same_sentence": 3.0}}
    found = code(text, encoder, toponyms=(known, town(text, "Leeds", 53.8, -1.55)))
    assert [r.values(Field.EMPLOYER) for r in found] == [("Ashmill",), ()]


def test_a_second_march_is_another_one():
    one = "Bakers held a march. The march ended quietly."
    two = "Bakers held a march. A second march ended quietly."
    encoder = FakeEncoder({"march": "demonstration"})
    assert len(code(one, encoder, syntax=True)) == 1
    assert len(code(two, encoder, syntax=True)) == 2


def test_a_date_far_away_does_not_reach_the_act():
    text = "The mayor spoke on Monday. Bakers marched."
    encoder = FakeEncoder({"marched": "demonstration"})
    (report,) = code(text, encoder, dates=(day(text, "Monday", dt.date(2021, 3, 1)),))
    assert report.date == DateInterval()


def test_a_date_that_the_window_reads_is_the_date_with_its_words():
    text = "Bakers marched on Monday."
    encoder = FakeEncoder({"marched": "demonstration"}, {"monday": "date"})
    (report,) = code(text, encoder, dates=(day(text, "Monday", dt.date(2021, 3, 1)),))
    assert report.date.start == dt.date(2021, 3, 1)
    claim = report.claim(Field.DATE)
    assert claim is not None
    assert claim.evidence is not None
    assert claim.evidence.quote == "Monday"


def test_a_planned_march_and_one_that_took_place_stay_apart():
    text = "Bakers marched. Bakers will march."
    done = FakeEncoder({"marched": "demonstration"})
    planned = FakeEncoder(
        {"march": "demonstration"}, heads={("factuality", "planned"): 0.98, ("factuality", "actual"): 0.02}
    )
    assert code(text, done)[0].factuality is Factuality.ACTUAL
    assert code(text, planned)[0].factuality is Factuality.PLANNED


def test_numbers_take_the_role_that_the_window_reads():
    text = "Some 300 bakers marched past a mill of 900 hands."
    encoder = FakeEncoder({"marched": "demonstration"}, {"300": "participants", "900": "workforce"})
    numbers = (
        QuantityMention(
            span_of(text, "Some 300 bakers"), span_of(text, "Some 300"), "Some 300 bakers", 270, 330, "baker", "people"
        ),
        QuantityMention(span_of(text, "900 hands"), span_of(text, "900"), "900 hands", 900, 900, "hand", "people"),
    )
    (report,) = code(text, encoder, quantities=numbers)
    assert [(q.role.value, q.low, q.high) for q in report.quantities] == [
        ("participants", 270, 330),
        ("workforce", 900, 900),
    ]


def test_a_denial_is_kept_beside_the_report_with_its_source():
    text = "Bakers struck; the mill said no baker struck."
    parse = make_parse(make_document(text))
    mill = Evidence.at(parse.document, *_ends(text, "the mill"))
    said = Evidence.at(parse.document, *_ends(text, "said"))
    content = span_of(text, "no baker struck")
    denial = Saying((content,), Attribution(SourceKind.ORGANISATION, mill, said), denial=True, reason="cue 'said no'")
    (report,) = code(text, FakeEncoder({"struck": "strike"}), sayings=(denial,))
    assert report.factuality is Factuality.ACTUAL
    (claim,) = [c for c in report.claims if c.differs]
    assert claim.value is Factuality.DENIED
    assert claim.evidence is not None
    assert claim.evidence.quote == "no baker struck"
    assert [report.sources[i].source.quote for i in claim.sources if report.sources[i].source] == ["the mill"]


def _ends(text: str, words: str) -> tuple[int, int]:
    span = span_of(text, words)
    return span.start, span.end


def test_an_arrest_at_a_march_is_part_of_it():
    text = "Bakers marched. Police arrested two."
    march, arrest = code(text, FakeEncoder({"marched": "demonstration", "arrested": "arrest"}))
    assert arrest.part_of == march.id
    assert march.part_of is None


def test_a_sentence_in_a_language_that_the_encoder_cannot_read_tells_nothing():
    text = "Bakers spoke. Пекари marched."
    parse = make_parse(make_document(text))
    foreign = replace(parse, sentences=(parse.sentences[0], replace(parse.sentences[1], language="ru")))
    assert extract_reports(foreign, Mentions(), FakeEncoder({"marched": "demonstration"}), KNOWLEDGE) == ()


@pytest.mark.parametrize("text", ["", "   ", "12 34 56", "?!"])
def test_texts_without_events_give_none(text):
    assert code(text, FakeEncoder({"marched": "demonstration"})) == ()


def test_the_same_text_gives_the_same_reports_again():
    text = "Bakers marched in Leeds. Police arrested two."
    encoder = FakeEncoder({"marched": "demonstration", "arrested": "arrest"})
    assert code(text, encoder) == code(text, encoder)
