"""Days that are counted from events, from feasts that move, and from elections in the data file; and what is left alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tocsin.errors import DataError
from tocsin.locate.date_calendar import easter, islamic, orthodox_easter
from tocsin.locate.dates import find_dates
from tocsin.resources.date_lexicon import Election, load_date_lexicon, read_elections
from tocsin.vocabulary import DateMention

FRIDAY = dt.date(2020, 8, 14)
AFTER_ALL = dt.date(2026, 6, 1)
LEXICON = load_date_lexicon("en")
assert LEXICON is not None


def mention(words: str, text: str, published: dt.date | None = FRIDAY) -> DateMention:
    (found,) = [found for found in find_dates(text, published) if found.text == words]
    return found


def days(found: DateMention) -> tuple[str, str] | None:
    return None if found.interval is None else (str(found.interval.start), str(found.interval.end))


@pytest.mark.parametrize(
    ("words", "text", "first", "last"),
    [
        ("the day after the vote", "Sunday's vote was close. They met the day after the vote.", "10", "10"),
        ("the day after the vote", "They met the day after the vote, held on 9 August.", "10", "10"),
        ("The night of the vote", "The night of the vote was calm. The vote on Sunday was close.", "09", "09"),
        ("the night after the vote", "Sunday's vote was close. They met the night after the vote.", "09", "10"),
        ("two days before the election", "The election was held on 9 August; two days before the election he fled.", "07", "07"),
        ("the third day of the strike", "The strike began on Monday. On the third day of the strike police came.", "12", "12"),
        ("its fifth day of protests", "Wednesday marked its fifth day of protests.", "12", "12"),
        ("day three of the walkout", "The walkout, which began on Monday, grew on day three of the walkout.", "12", "12"),
        ("Eid al-Adha", "They met on Eid al-Adha.", "30", "01"),
    ],
)  # fmt: skip
def test_an_expression_counts_from_an_event_whose_day_the_text_tells(
    words: str, text: str, first: str, last: str
) -> None:
    found = days(mention(words, text))
    assert found is not None
    assert (found[0][-2:], found[1][-2:]) == (first, last)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("the day after the vote", "They met the day after the vote."),
        ("two weeks after the arrest", "They met two weeks after the arrest."),
        ("the third day of the strike", "They met on the third day of the strike. On Monday they sang."),
        ("the day after the vote", "On Monday protesters came after the march; the day after the vote they left."),
        ("the day after the presidential election", "They met the day after the presidential election."),
    ],
)
def test_an_event_whose_day_nobody_tells_leaves_the_expression_unknown_with_the_reason(words: str, text: str) -> None:
    found = mention(words, text)
    assert found.interval is None
    assert "no day known for 'the " in found.reason


@pytest.mark.parametrize("election", LEXICON.elections, ids=lambda election: f"{election.where[0]} {election.kinds[0]}")
def test_each_election_finds_what_its_brackets_mark_and_skips_its_counterexample(election: Election) -> None:
    before, _, rest = election.finds.partition("[")
    marked, _, after = rest.partition("]")
    found = mention(marked, before + marked + after, AFTER_ALL)
    assert found.interval is not None
    assert "election of" in found.reason
    assert [found.interval for found in find_dates(election.skips, AFTER_ALL)] == [None]


def test_an_election_without_a_year_is_the_last_before_publication() -> None:
    text = "They met the day after the Belarusian presidential election."
    words = "the day after the Belarusian presidential election"
    assert days(mention(words, text, dt.date(2016, 1, 1))) == ("2015-10-12", "2015-10-12")
    assert mention(words, text, dt.date(1995, 1, 1)).interval is None
    assert mention(words, text, None).interval is None


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [(2016, "03-27", "05-01"), (2017, "04-16", "04-16"), (2020, "04-12", "04-19"), (2024, "03-31", "05-05")],
)
def test_easter_is_computed_for_both_reckonings(year: int, western: str, orthodox: str) -> None:
    assert (str(easter(year)), str(orthodox_easter(year))) == (f"{year}-{western}", f"{year}-{orthodox}")


@pytest.mark.parametrize("day", ["2018-06-15", "2019-06-04", "2020-05-24", "2021-05-13", "2023-04-21", "2024-04-10"])
def test_the_computed_end_of_ramadan_is_at_most_a_day_off(day: str) -> None:
    held = dt.date.fromisoformat(day)
    assert abs(islamic(held.year, 10, 1) - held) <= dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "text", "value"),
    [
        ("fiscal 2019", "Losses grew in fiscal 2019.", "2019"),
        ("last fiscal year", "Losses grew last fiscal year.", "2019"),
        ("1399 AH", "The mosque dates from 1399 AH.", ""),
        ("73 BC", "Slaves rose in 73 BC.", "BC0073"),
        ("264-241 BC", "They fought from 264-241 BC.", "BC0264/BC0241"),
    ],
)
def test_years_of_accounts_and_of_other_calendars_are_named_and_left_alone(words: str, text: str, value: str) -> None:
    found = mention(words, text)
    assert (found.value, found.interval) == (value, None)
    assert "; " in found.reason


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The hearing was postponed until Tuesday.", "2020-08-18"),
        ("The court extended his arrest to Tuesday.", "2020-08-18"),
        ("He could be freed as early as Tuesday.", "2020-08-18"),
        ("The siege went on until Tuesday.", "2020-08-11"),
    ],
)
def test_what_is_put_off_lies_ahead(text: str, day: str) -> None:
    (found,) = find_dates(text, FRIDAY)
    assert found.value == day


def test_a_glance_at_a_later_year_does_not_move_a_history() -> None:
    text = (
        "In 1919 the dockers of Hull struck, and in 1920 and 1921 the miners. The pact of 1922 failed in 1923. "
        "On 4 November 1924 the yards closed. Papers opened in 1975 say that on 6 November shots fell."
    )
    assert find_dates(text, dt.date(2009, 12, 19))[-1].value == "1924-11-06"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{where: [x], kinds: [y], finds: a, skips: b}", "entry 1: 'held' needs a list of days"),
        ("{where: [x], kinds: [y], held: [2020-01-02, 2019-01-02], finds: a, skips: b}", "not in order"),
        ("{where: [x], kinds: [y], held: [2020-01-02], finds: a}", "needs the texts 'finds' and 'skips'"),
        ("{kinds: [y], held: [2020-01-02], finds: a, skips: b}", "needs the lists 'where' and 'kinds'"),
    ],
)
def test_a_wrong_election_is_named_with_its_entry(tmp_path: Path, entry: str, message: str) -> None:
    file = tmp_path / "dates_elections.yaml"
    file.write_text(f"elections:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_elections(file, file.name)


MINSK = "Belarus voted. Belarusian police said so. In Belarus workers struck two days after the vote."


def counted(text: str, published: dt.date) -> dt.date | None:
    interval = find_dates(text, published)[-1].interval
    return interval.start if interval else None


def test_a_vote_without_its_country_is_the_late_one_of_the_country_named_most() -> None:
    assert counted(MINSK, dt.date(2020, 8, 14)) == dt.date(2020, 8, 11)
    assert "which the text names most" in find_dates(MINSK, dt.date(2020, 8, 14))[-1].reason


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (MINSK, dt.date(2021, 8, 14)),  # a year on, 'the vote' may be another
        (MINSK.replace("Belarusian", "Local"), dt.date(2020, 8, 14)),  # named twice only
        (MINSK + " Russia spoke. Russian papers wrote. They struck two days after the vote.", dt.date(2020, 8, 14)),
        ("He told us so. They told us. Ask us. They struck two days after the vote.", dt.date(2020, 11, 9)),
    ],
)
def test_a_vote_whose_country_is_not_clear_stays_unknown(text: str, published: dt.date) -> None:
    assert counted(text, published) is None


def test_a_day_that_the_text_gives_the_vote_goes_before_the_file() -> None:
    text = "Belarus held a vote on 2 August. " + MINSK
    assert counted(text, dt.date(2020, 8, 14)) == dt.date(2020, 8, 4)
