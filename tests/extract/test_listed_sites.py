from importlib.resources import files

import pytest
import yaml

from tocsin.errors import DataError
from tocsin.extract.listed_sites import listed_sites
from tocsin.parse import load_parser, parse_document
from tocsin.read import read_text
from tocsin.resources.cue_list import check_cue_list, find_cue, load_cue_list


def entries(name: str):
    path = files("tocsin") / "data" / "lexicons" / "en" / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def names(text: str, taken=()):
    parse = parse_document(read_text(text), load_parser())
    return [
        s.of(text) for sentence in parse.sentences for s in listed_sites(parse, sentence, load_cue_list("sites"), taken)
    ]


@pytest.mark.parametrize("entry", entries("sites"), ids=lambda entry: entry["cue"])
def test_each_kind_of_site_opens_the_list_it_finds_and_not_the_sentence_it_skips(entry):
    assert len(names(entry["finds"])) == 2
    assert names(entry["skips"]) == []


@pytest.mark.parametrize(
    "entry",
    [
        entry
        for name in ("denials", "bounded", "remembered", "wide", "pointing", "apart", "acts_use_of_force")
        for entry in entries(name)
    ],
    ids=lambda entry: entry["cue"],
)
def test_each_plain_cue_stands_in_what_it_finds_and_not_in_what_it_skips(entry):
    assert find_cue(entry["finds"], [entry["cue"]]) == entry["cue"]
    assert find_cue(entry["skips"], [entry["cue"]]) is None


def test_one_name_is_no_list():
    assert names("Workers rallied at plants such as Vistal.") == []


def test_a_name_is_the_whole_run_of_proper_nouns():
    assert names("Pickets stood at mills including Upper Ashworth and Fairlea.") == ["Upper Ashworth", "Fairlea"]


@pytest.mark.parametrize(
    "wrong", [{"cue": "x"}, [{"cue": "x"}], [{"cue": "x", "finds": "", "skips": "b", "source": "c"}]]
)
def test_a_wrong_list_names_its_file(wrong):
    with pytest.raises(DataError, match=r"data/lexicons/en/sites\.yaml"):
        check_cue_list(wrong, "data/lexicons/en/sites.yaml")
