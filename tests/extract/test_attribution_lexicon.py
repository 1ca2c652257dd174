"""Wrong cues.yaml and sources.yaml are refused with the file, the entry and the next step."""

import copy
from importlib import resources

import pytest
import yaml

from tocsin.errors import DataError
from tocsin.resources.cue_lexicon import check_cue_lexicon, load_cue_lexicon, load_cue_weights
from tocsin.vocabulary import SourceKind


def raw(name: str) -> dict:
    place = resources.files("tocsin").joinpath(f"data/lexicons/en/{name}.yaml")
    return yaml.safe_load(place.read_text(encoding="utf-8"))


CUES, SOURCES = raw("cues"), raw("sources")


def test_the_english_lexicon_is_whole():
    lexicon = load_cue_lexicon()
    assert lexicon.cues["verb"]["deny"] == "deny"
    assert lexicon.source_words["ministry"] is SourceKind.OFFICIAL
    assert "president" in lexicon.weak_words


def test_weights_have_a_threshold_between_0_and_1():
    assert 0 < load_cue_weights().threshold < 1


def test_missing_files_are_named():
    with pytest.raises(DataError, match=r"lexicons/xx/cues\.yaml is missing"):
        load_cue_lexicon("xx")
    with pytest.raises(DataError, match=r"cue_weights\.json is missing"):
        load_cue_weights("xx")


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("kind", "sing", "cues.yaml, entry 1: 'sing' is no kind"),
        ("part", "comma", "cues.yaml, entry 1: 'comma' is no part"),
        ("skips", "", "cues.yaml, entry 1: 'skips' is missing"),
    ],
)
def test_a_wrong_cue_is_named(key, value, message):
    cues = copy.deepcopy(CUES)
    cues["cues"][0][key] = value
    with pytest.raises(DataError, match=message):
        check_cue_lexicon(cues, SOURCES, "cues.yaml", "sources.yaml")


def test_a_wrong_source_kind_is_named():
    sources = copy.deepcopy(SOURCES)
    sources["sources"][1]["kind"] = "oracle"
    with pytest.raises(DataError, match=r"sources\.yaml, entry 2: 'oracle' is no kind"):
        check_cue_lexicon(CUES, sources, "cues.yaml", "sources.yaml")


def test_a_missing_list_is_named():
    with pytest.raises(DataError, match=r"sources\.yaml: the list 'speakers' is missing"):
        check_cue_lexicon(CUES, {"sources": [], "stand_ins": []}, "cues.yaml", "sources.yaml")
