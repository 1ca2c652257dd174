"""How sure a place is: read off a measured curve, never off the ranker's score alone."""

import json

import pytest
from factory import make_document, make_parse

from tocsin.errors import DataError
from tocsin.locate.toponyms import resolve_toponyms
from tocsin.resources import gazetteer_words
from tocsin.resources.gazetteer import load_gazetteer
from tocsin.resources.gazetteer_words import load_place_confidence
from tocsin.vocabulary import Span, Toponym


def resolved(text: str, *names: str) -> list[Toponym]:
    given = [Toponym(Span(text.index(name), text.index(name) + len(name)), name, None) for name in names]
    return list(resolve_toponyms(make_parse(make_document(text)), given, load_gazetteer()))


def test_a_place_is_as_sure_as_places_scored_so_were_right():
    (sure, unsure) = resolved("Miners marched in Soligorsk, others in San Antonio.", "Soligorsk", "San Antonio")
    assert sure.confidence is not None
    assert unsure.confidence is not None
    assert 0 < unsure.confidence <= sure.confidence < 1


def test_a_name_beside_a_town_is_less_sure_than_the_town():
    town, site = resolved("Miners marched in Soligorsk near the Zzyzxov gate.", "Soligorsk", "Zzyzxov")
    assert site.reason == "beside Soligorsk"
    assert site.confidence == load_place_confidence()["beside"][1][0]
    assert town.confidence is not None
    assert site.confidence < town.confidence


def test_a_name_without_a_place_has_no_confidence():
    (unknown,) = resolved("They met at Zzyzxov.", "Zzyzxov")
    assert unknown.place is None
    assert unknown.confidence is None


def test_chances_never_fall_as_scores_rise():
    scores, chances = load_place_confidence()["resolved"]
    assert list(scores) == sorted(scores)
    assert list(chances) == sorted(chances)


@pytest.mark.parametrize(
    "curve",
    [{}, {"scores": [], "chances": []}, {"scores": [1, 0], "chances": [0, 1]}, {"scores": [0], "chances": [0, 1]}],
)
def test_a_broken_curve_is_named_with_the_next_step(curve, tmp_path, monkeypatch):
    (tmp_path / "place_confidence.json").write_text(json.dumps({"resolved": curve, "beside": curve}))
    monkeypatch.setattr(gazetteer_words, "FOLDER", tmp_path)
    with pytest.raises(DataError, match=r"place_confidence\.json cannot be read .* training/calibrate_places\.py"):
        load_place_confidence.__wrapped__()
