"""What two voices of one document say otherwise of one occurrence is one report with both claims."""

import datetime as dt

from factory import make_document, make_parse
from fake_encoder import SETTINGS, FakeEncoder

from tocsin.extract import extract_reports
from tocsin.resources.knowledge import load_knowledge
from tocsin.vocabulary import (
    Attribution,
    DateInterval,
    DateMention,
    DatePrecision,
    EventReport,
    Evidence,
    Field,
    Mentions,
    Place,
    PlacePrecision,
    Saying,
    SourceKind,
    Span,
    Toponym,
)

# Each sentence decides for itself, whatever else its window reads.
NEAR = {
    "place": SETTINGS["place"] | {"same_sentence": 4.0},
    "date_again": SETTINGS["date_again"] | {"same_sentence": 4.0},
    "actors": SETTINGS["actors"] | {"initiator": SETTINGS["actors"]["initiator"] | {"same_sentence": 6.0}},
}
KNOWLEDGE = load_knowledge()


def code(text: str, days: dict[str, int], towns: dict[str, float], trigger: str = "shooting") -> list[EventReport]:
    """The reports of 'X said CONTENT. Y said CONTENT.'; ``days`` of March 2021, ``towns`` by latitude."""
    parse = make_parse(make_document(text))
    document = parse.document
    sayings = []
    for sentence in parse.sentences:
        words = sentence.span.of(text)
        who, said, _ = words.partition(" said ")
        if said:
            start = sentence.span.start
            content = Span(start + len(who) + 6, sentence.span.end)
            source = Evidence.at(document, start, start + len(who))
            cue = Evidence.at(document, start + len(who) + 1, start + len(who) + 5)
            held = Evidence.at(document, content.start, content.end)
            sayings.append(Saying((content,), Attribution(SourceKind.ORGANISATION, source, cue, held)))
    dates = []
    for word, number in days.items():
        at = text.index(word)
        day = dt.date(2021, 3, number)
        interval = DateInterval(day, day, DatePrecision.DAY)
        dates.append(DateMention(Span(at, at + len(word)), word, "date", day.isoformat(), interval))
    toponyms = []
    for word, latitude in towns.items():
        place = Place(word, PlacePrecision.SETTLEMENT, word, None, "GB", latitude, -1.0)
        start = -1
        while (start := text.find(word, start + 1)) >= 0:
            toponyms.append(Toponym(Span(start, start + len(word)), word, place, score=0.9))
    roles = dict.fromkeys((word.casefold() for word in days), "date")
    roles |= dict.fromkeys((word.casefold() for word in towns), "place")
    roles |= {"strikers": "initiator", "soldiers": "initiator"}
    encoder = FakeEncoder({trigger: "attack"}, roles, settings=SETTINGS | NEAR)
    reports = extract_reports(
        parse, Mentions(tuple(dates), tuple(toponyms), sayings=tuple(sayings)), encoder, KNOWLEDGE
    )
    for report in reports:
        report.check(document)
    return list(reports)


def differing(report: EventReport) -> list[tuple[Field, str, list[str]]]:
    return [
        (
            claim.field,
            claim.evidence.quote if claim.evidence else "",
            [source.quote for i in claim.sources if (source := report.sources[i].source)],
        )
        for claim in report.claims
        if claim.differs
    ]


def test_two_voices_on_the_day_of_one_shooting_are_one_report():
    (report,) = code(
        "Police said the shooting in Leeds was on Monday. Relatives said the shooting in Leeds was on Tuesday.",
        {"Monday": 1, "Tuesday": 2},
        {"Leeds": 53.8},
    )
    claim = report.claim(Field.DATE)
    assert claim is not None
    assert claim.evidence is not None
    told = {claim.evidence.quote: [report.sources[i].source.quote for i in claim.sources if report.sources[i].source]}
    told |= {words: who for _, words, who in differing(report)}
    assert told == {"Monday": ["Police"], "Tuesday": ["Relatives"]}
    assert [field for field, *_ in differing(report)] == [Field.DATE]


def test_two_voices_on_the_place_of_one_shooting_are_one_report():
    (report,) = code(
        "Police said the shooting on Monday was in Leeds. Relatives said the shooting on Monday was in Hull.",
        {"Monday": 1},
        {"Leeds": 53.8, "Hull": 50.0},
    )
    assert [(field, who) for field, _, who in differing(report)] in (
        [(Field.PLACE, ["Relatives"])],
        [(Field.PLACE, ["Police"])],
    )


def test_two_voices_that_lay_an_attack_to_two_sides_are_one_report():
    (report,) = code(
        "The mayor said strikers fired in Leeds. The union said soldiers fired in Leeds.", {}, {"Leeds": 53.8}, "fired"
    )
    assert {report.initiators[0].text, *(words for _, words, _ in differing(report))} == {"strikers", "soldiers"}
    assert [field for field, *_ in differing(report)] == [Field.INITIATOR]


def test_one_voice_that_tells_two_days_tells_of_two_shootings():
    reports = code(
        "Police said the shooting in Leeds was on Monday. Police said the shooting in Leeds was on Tuesday.",
        {"Monday": 1, "Tuesday": 2},
        {"Leeds": 53.8},
    )
    assert len(reports) == 2
    assert not any(differing(report) for report in reports)


def test_what_the_document_itself_tells_of_two_days_is_two_shootings():
    reports = code(
        "The shooting in Leeds was on Monday. The shooting in Leeds was on Tuesday.",
        {"Monday": 1, "Tuesday": 2},
        {"Leeds": 53.8},
    )
    assert len(reports) == 2


def test_voices_that_differ_in_day_and_place_tell_of_two_shootings():
    reports = code(
        "Police said the shooting in Leeds was on Monday. Relatives said the shooting in Hull was on Tuesday.",
        {"Monday": 1, "Tuesday": 2},
        {"Leeds": 53.8, "Hull": 50.0},
    )
    assert len(reports) == 2
