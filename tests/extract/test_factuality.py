"""Cues of factuality.yaml through the real parser, and a wrong file refused with its place and next step."""

import copy
from importlib import resources

import pytest
import yaml
from factory import make_document

from tocsin.errors import DataError
from tocsin.extract.factuality import read_factuality
from tocsin.parse import load_parser, parse_document
from tocsin.resources.factuality_lexicon import check_factuality_lexicon, load_factuality_lexicon
from tocsin.vocabulary import Span

RAW = yaml.safe_load(resources.files("tocsin").joinpath("data/lexicons/en/factuality.yaml").read_text(encoding="utf-8"))
LEXICON = load_factuality_lexicon()


def read(marked):
    start, end = marked.index("["), marked.index("]") - 1
    parse = parse_document(make_document(marked.replace("[", "").replace("]", "")), load_parser())
    sentence = next(s.index for s in parse.sentences if s.span.overlaps(Span(start, end)))
    return parse, read_factuality(parse, sentence, Span(start, end), LEXICON)


@pytest.mark.parametrize("cue", LEXICON.cues, ids=lambda cue: f"{cue.relation}: {cue.name}")
def test_each_cue_finds_its_sentence_and_skips_the_other(cue):
    reason = f"factuality: {cue.name} ({cue.relation})"
    parse, reading = read(cue.finds)
    assert reading is not None
    assert (reading.reason, reading.value, reading.score) == (reason, cue.value, cue.score)
    reading.cue.check(parse.document)
    _, other = read(cue.skips)
    assert other is None or other.reason != reason


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("Bakers in Zagreb began a planned [strike] on Monday.", "actual"),
        ("Bakers in Zagreb went on [strike] on Monday.", "actual"),
        ("The bishop called for an end to the [strike] in Zagreb.", None),
        ("[Protesters] in Zagreb called for new elections.", None),
        ("[Demonstrators] in Zagreb threatened to block the port.", None),
        ("Two men were [shot] dead, allegedly by a guard.", "actual"),
        ("Police made no [arrests] in Zagreb.", "denied"),
        ("The rally in Zagreb ended without [violence].", None),
        ("If police [fired], the inquiry will say so.", None),
        ("The union called off the [strike] in Zagreb on Monday.", None),
        ("There was no [strike], the manager said.", "denied"),
        ("Nobody was [arrested] in Zagreb.", "denied"),
        ("If the talks fail, bakers will [strike], the union said.", "called_for"),
        ('"We will [march] on Friday," the baker said.', "planned"),
        ("The guild denied that it was planning a [march] in Zagreb.", "denied"),
    ],
)
def test_the_word_that_governs_the_act_decides(marked, value):
    _, reading = read(marked)
    assert (reading.value.value if reading else None) == value


def test_text_without_syntax_gets_no_reading():
    document = make_document("Рабочие начнут забастовку в понедельник.")
    parse = parse_document(document, load_parser())
    assert read_factuality(parse, 0, Span(15, 24), LEXICON) is None
    assert read_factuality(parse, 9, Span(15, 24), LEXICON) is None


def test_a_missing_language_is_named():
    with pytest.raises(DataError, match=r"lexicons/xx/factuality\.yaml is missing"):
        load_factuality_lexicon("xx")


@pytest.mark.parametrize(
    ("number", "key", "value", "message"),
    [
        (0, "relation", "nearby", "entry 1: 'nearby' is no relation"),
        (1, "value", "maybe", "entry 2: 'maybe' is no factuality"),
        (2, "words", [True], "entry 3: 'words' needs a list of words"),
        (3, "of", -1, "entry 4: needs whole numbers"),
        (4, "finds", "No brackets.", "entry 5: 'finds' needs a sentence with the act in"),
        (5, "colour", "red", "entry 6: 'colour' is no key"),
        (1, "words", ["will"], "entry 2: 'will' is already auxiliary of entry 'will'"),
    ],
)
def test_a_wrong_entry_is_named(number, key, value, message):
    raw = copy.deepcopy(RAW)
    raw["cues"][number][key] = value
    with pytest.raises(DataError, match=message):
        check_factuality_lexicon(raw, "factuality.yaml")


def test_a_missing_list_and_a_missing_key_are_named():
    with pytest.raises(DataError, match="the list 'agents' is missing or empty"):
        check_factuality_lexicon({key: value for key, value in RAW.items() if key != "agents"}, "factuality.yaml")
    raw = copy.deepcopy(RAW)
    del raw["cues"][0]["skips"]
    with pytest.raises(DataError, match="entry 1: 'skips' is missing"):
        check_factuality_lexicon(raw, "factuality.yaml")
