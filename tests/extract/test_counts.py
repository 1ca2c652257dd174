"""One person told without a number is counted where the window reads one, and nobody is counted twice."""

import pytest
from factory import make_document
from fake_encoder import FakeEncoder

from tocsin.extract import extract_reports
from tocsin.extract.quantities import find_quantities
from tocsin.parse import load_parser, parse_document
from tocsin.resources.knowledge import load_knowledge
from tocsin.vocabulary import Field, Mentions


@pytest.mark.parametrize(
    ("text", "roles", "counted"),
    [
        ("Police arrested the club's kit manager on the pitch.", {"kit": "detained", "manager": "detained"}, [(1, 1)]),
        ("Police arrested the kit managers on the pitch.", {"kit": "detained", "managers": "detained"}, []),
        ("Police arrested the goalkeeper and the coach.", {"goalkeeper": "detained", "coach": "detained"}, [(1, 1)]),
        ("Police arrested 12 kit managers.", {"12": "detained", "managers": "detained"}, [(12, 12)]),
        ("Police arrested them on the pitch.", {"them": "detained"}, []),
    ],
)
def test_words_for_one_person_count_one(text, roles, counted):
    parse = parse_document(make_document(text), load_parser())
    mentions = Mentions(quantities=find_quantities(parse))
    (report,) = extract_reports(parse, mentions, FakeEncoder({"arrested": "arrest"}, roles), load_knowledge())
    report.check(parse.document)
    assert [(q.low, q.high) for q in report.values(Field.QUANTITY)] == counted


def test_an_actor_ends_at_the_verb_of_its_clause():
    text = "The coach said referees arrested the goalkeeper."
    parse = parse_document(make_document(text), load_parser())
    roles = {"coach": "initiator", "said": "initiator", "referees": "initiator"}
    (report,) = extract_reports(parse, Mentions(), FakeEncoder({"arrested": "arrest"}, roles), load_knowledge())
    assert "said" not in " ".join(actor.text for actor in report.initiators)
    assert report.initiators
