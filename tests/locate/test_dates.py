import datetime as dt
import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import DataError
from tocsin.locate.date_patterns import compile_lexicon
from tocsin.locate.dates import date_mentions, find_dates
from tocsin.resources.date_lexicon import DateCue, DateLexicon, load_date_lexicon
from tocsin.vocabulary import DateMention, Document, Parse, Sentence, Span, Token

FRIDAY = dt.date(2020, 8, 14)
LEXICON = load_date_lexicon("en")
assert LEXICON is not None


def days(mention: DateMention) -> tuple[str, str, str] | None:
    if mention.interval is None:
        return None
    return str(mention.interval.start), str(mention.interval.end), mention.interval.precision.value


def one(text: str, published: dt.date | None = FRIDAY) -> DateMention:
    found = find_dates(text, published)
    assert len(found) == 1, [mention.text for mention in found]
    assert text[found[0].span.start : found[0].span.end] == found[0].text
    return found[0]


@pytest.mark.parametrize("cue", LEXICON.cues, ids=lambda cue: cue.cue)
def test_each_cue_finds_what_its_brackets_mark(cue: DateCue) -> None:
    before, _, rest = cue.finds.partition("[")
    marked, _, after = rest.partition("]")
    found = find_dates(before + marked + after, FRIDAY)
    assert marked in [mention.text for mention in found], [mention.text for mention in found]


@pytest.mark.parametrize("cue", LEXICON.cues, ids=lambda cue: cue.cue)
def test_each_cue_skips_its_counterexample(cue: DateCue) -> None:
    own = f"dates.yaml {cue.cue!r}"
    assert own not in [mention.reason.split(";")[0] for mention in find_dates(cue.skips, FRIDAY)]


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("Nurses rallied on Thursday in Grodno.", "2020-08-13", ("2020-08-13", "2020-08-13", "day")),
        ("Nurses rallied on Friday in Grodno.", "2020-08-14", ("2020-08-14", "2020-08-14", "day")),
        ("Nurses will rally on Monday in Grodno.", "2020-08-17", ("2020-08-17", "2020-08-17", "day")),
        ("Nurses will rally on Friday in Grodno.", "2020-08-14", ("2020-08-14", "2020-08-14", "day")),
        ("A strike called for Tuesday was banned.", "2020-08-18", ("2020-08-18", "2020-08-18", "day")),
        ("Many boycotted last Sunday's vote.", "2020-08-09", ("2020-08-09", "2020-08-09", "day")),
        ("Shops were looted last weekend.", "2020-W32-WE", ("2020-08-08", "2020-08-09", "week")),
        ("Shops were looted last week.", "2020-W32", ("2020-08-03", "2020-08-09", "week")),
        ("Shops were looted this week.", "2020-W33", ("2020-08-10", "2020-08-14", "week")),
        ("Shops were looted earlier this month.", "2020-08", ("2020-08-01", "2020-08-14", "month")),
        ("Shops were looted in recent days.", "PXD", ("2020-08-07", "2020-08-14", "week")),
        ("Shops were looted over the past two weeks.", "P2W", ("2020-07-31", "2020-08-14", "week")),
        ("Shops were looted on Tuesday night.", "2020-08-11TNI", ("2020-08-11", "2020-08-11", "day")),
        ("Shots fell on the night of 9 August in Brest.", "2020-08-09TNI", ("2020-08-09", "2020-08-09", "day")),
        ("Shots fell on Aug. 9 in Brest.", "2020-08-09", ("2020-08-09", "2020-08-09", "day")),
        ("Shots fell on August 9, 2019 in Brest.", "2019-08-09", ("2019-08-09", "2019-08-09", "day")),
        ("Shots fell on 9 Aug in Brest.", "2020-08-09", ("2020-08-09", "2020-08-09", "day")),
        ("Shops closed on March 1-5 in Brest.", "2020-03-01/2020-03-05", ("2020-03-01", "2020-03-05", "day")),
        ("Shops closed on May 27 and 28 in Brest.", "2020-05-27/2020-05-28", ("2020-05-27", "2020-05-28", "day")),
        ("The photo is of 13/08/2020.", "2020-08-13", ("2020-08-13", "2020-08-13", "day")),
        ("They fought in 2001.", "2001", ("2001-01-01", "2001-12-31", "year")),
        ("They fought in the 1990s.", "199", ("1990-01-01", "1999-12-31", "year")),
        ("They fought in the early 1980s.", "198", ("1980-01-01", "1983-12-31", "year")),
        ("They fought two years ago.", "2018", ("2018-01-01", "2018-12-31", "year")),
        ("They fought three months ago.", "2020-05", ("2020-05-01", "2020-05-31", "month")),
        ("They fought three days ago.", "2020-08-11", ("2020-08-11", "2020-08-11", "day")),
        ("They fought a few days ago.", "PAST_REF", ("2020-08-05", "2020-08-13", "week")),
        ("They fought last September.", "2019-09", ("2019-09-01", "2019-09-30", "month")),
        ("They fought in October.", "2019-10", ("2019-10-01", "2019-10-31", "month")),
        ("They fought in the 20th century.", "19", ("1900-01-01", "1999-12-31", "year")),
        ("They fought on New Year's Eve.", "2019-12-31", ("2019-12-31", "2019-12-31", "day")),
        ("They fought on Easter Monday.", "2020-04-13", ("2020-04-13", "2020-04-13", "day")),
        ("Miners have been out since Monday.", "2020-08-10", ("2020-08-10", "2020-08-14", "day")),
        ("Miners will be out until Tuesday.", "2020-08-18", ("2020-08-14", "2020-08-18", "day")),
        ("The 13-day-old strike goes on.", "P13D", ("2020-08-01", "2020-08-14", "day")),
        ("The siren sounded at 10 a.m. Wednesday.", "2020-08-12T10:00", ("2020-08-12", "2020-08-12", "day")),
        ("POLICE FIRED ON THURSDAY.", "2020-08-13", ("2020-08-13", "2020-08-13", "day")),
        ("police fired on march 15.", "2020-03-15", ("2020-03-15", "2020-03-15", "day")),
        ("They fought on ١٥ March ٢٠١٩.", "2019-03-15", ("2019-03-15", "2019-03-15", "day")),
        ("They fought on 15 March 2019.", "2019-03-15", ("2019-03-15", "2019-03-15", "day")),
        ("They fought in 1992-93.", "1992/1993", ("1992-01-01", "1993-12-31", "year")),
        ("They fought in the third quarter of 1984.", "1984-Q3", ("1984-07-01", "1984-09-30", "month")),
        ("This story is from March 15, 2002", "2002-03-15", ("2002-03-15", "2002-03-15", "day")),
        ("ESSEN, West Germany, March 9 - Dockers struck.", "2020-03-09", ("2020-03-09", "2020-03-09", "day")),
        ("BRITS, May 8 (ANA) - Dockers struck.", "2020-05-08", ("2020-05-08", "2020-05-08", "day")),
        ("Women marched on this day in 1956.", "1956-08-14", ("1956-08-14", "1956-08-14", "day")),
    ],
)
def test_an_expression_means_these_days(text: str, value: str, interval: tuple[str, str, str]) -> None:
    mention = one(text)
    assert (mention.value, days(mention)) == (value, interval)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("The road was blocked for three days.", "P3D", "duration"),
        ("A 48-hour strike shut the port.", "PT48H", "duration"),
        ("They met every Monday.", "XXXX-WXX-1", "set"),
        ("They met daily.", "P1D", "set"),
    ],
)
def test_durations_and_sets_have_no_days(text: str, value: str, kind: str) -> None:
    mention = one(text)
    assert (mention.value, mention.kind, mention.interval) == (value, kind, None)


@pytest.mark.parametrize(
    "text",
    [
        "Thousands are to march 15 km to the capital.",
        "They may march to the court.",
        "The sun rose and they sat down.",
        "Some 1987 workers were dismissed.",
        "The fine is $1990 or 1,987 rupees.",
        "12 345 6789 0.5 1/2 3:2 99999999999999999999",
        "A 25-year-old man was hurt.",
        "On 30 February nothing happens.",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert [mention.text for mention in find_dates(text, FRIDAY) if mention.interval is not None] == []


@pytest.mark.parametrize("word", ["Thursday", "yesterday", "last week", "two years ago", "this month"])
def test_relative_words_stay_unresolved_without_a_published_date(word: str) -> None:
    mention = one(f"Dockers rallied {word} in Gdynia.", None)
    assert mention.interval is None
    assert "no published date" in mention.reason


def test_absolute_dates_resolve_without_a_published_date() -> None:
    assert days(one("Dockers rallied on 3 May 1982 in Gdynia.", None)) == ("1982-05-03", "1982-05-03", "day")


def test_the_day_after_counts_from_the_date_spoken_of_last() -> None:
    found = find_dates("On August 3 they met. The next day they struck; a week earlier they had voted.", FRIDAY)
    assert [mention.value for mention in found[:2]] == ["2020-08-03", "2020-08-04"]
    assert days(found[2]) == ("2020-07-27", "2020-08-02", "week")


def test_a_history_reads_bare_dates_as_following_one_another() -> None:
    text = (
        "In 1919 the dockers of Hull struck, and in 1920 and 1921 the miners. The pact of 1922 failed in 1923. "
        "On 4 November 1924 the yards closed. On 30 December the army came. In January the mayor fled. "
        "That year the union was banned."
    )
    values = [mention.value for mention in find_dates(text, dt.date(2009, 12, 19))]
    assert values[-4:] == ["1924-11-04", "1924-12-30", "1925-01", "1925"]


def test_the_verb_of_the_parse_decides_between_last_and_next_monday() -> None:
    def parsed(tag: str, helper: str) -> Parse:
        text = f"They {helper} march Monday"
        words = [
            ("They", "PRON", "PRP", "nsubj", 2),
            (helper, "AUX", tag, "aux", 2),
            ("march", "VERB", "VB", "ROOT", 2),
        ]
        words.append(("Monday", "PROPN", "NNP", "npadvmod", 2))
        tokens = []
        for index, (word, pos, word_tag, dep, head) in enumerate(words):
            start = text.index(word)
            tokens.append(Token(index, Span(start, start + len(word)), word, word.lower(), pos, word_tag, dep, head))
        sentence = Sentence(0, Span(0, len(text)), 0, "en", tuple(tokens))
        return Parse(Document(text, FRIDAY, language="en"), (sentence,))

    assert date_mentions(parsed("MD", "will"))[0].value == "2020-08-17"
    assert date_mentions(parsed("VBD", "did"))[0].value == "2020-08-10"


def test_a_given_tense_wins_over_the_words_around() -> None:
    text = "They rallied on Monday."
    assert find_dates(text, FRIDAY, tense_at=lambda offset: "future")[0].value == "2020-08-17"


def test_a_language_without_a_lexicon_gives_nothing() -> None:
    assert find_dates("Am Montag", FRIDAY, language="xx") == ()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.none() | st.dates())
def test_any_text_is_read_without_an_error(text: str, published: dt.date | None) -> None:
    for mention in find_dates(text, published):
        assert text[mention.span.start : mention.span.end] == mention.text


_PIECES = st.sampled_from(
    ["last", "next", "the", "9999", "century", "years", "ago", "March", "31", "30", "February", "Monday", "-", ",", "'68", "1000",
     "week", "of", "a few", "later", "weekend", "until", "since", "quarter", "BC", "Easter", "99th", "fortnight", "decades"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=8), st.sampled_from([None, dt.date.min, dt.date.max, FRIDAY]))
def test_odd_rows_of_time_words_are_read_without_an_error(words: list[str], published: dt.date | None) -> None:
    found = find_dates(" ".join(words), published)
    for earlier, later in itertools.pairwise(found):
        assert earlier.span.end <= later.span.start


def test_six_hundred_words_take_less_than_a_blink() -> None:
    text = " ".join(
        ["Police in Lublin said on Thursday that some 400 workers had walked out two days earlier over pay."] * 35
    )
    find_dates(text, FRIDAY)
    started = time.perf_counter()
    find_dates(text, FRIDAY)
    assert time.perf_counter() - started < 0.25  # some 10 ms on a quiet machine


@pytest.mark.parametrize("cue", ["{nothing}", "[the ", "[the]", "a)b"])
def test_a_wrong_template_is_named_with_its_entry(cue: str) -> None:
    broken = DateLexicon(
        "en", LEXICON.words, (DateCue(cue, "month", "", ""),), {}, *(frozenset[str]() for _ in range(8))
    )
    with pytest.raises(DataError, match="entry 1"):
        compile_lexicon(broken)
