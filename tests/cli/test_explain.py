from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from factory import full_coded, make_report
from fake_coder import FakeCoder
from rich.console import Console
from typer.testing import CliRunner

import tocsin.pipeline
from tocsin.cli import app
from tocsin.cli.why import explanation
from tocsin.errors import InputError
from tocsin.extract.considered import Candidate, Considered
from tocsin.vocabulary import (
    Coded,
    DateInterval,
    DatePrecision,
    Document,
    EventReport,
    EventType,
    Factuality,
    Field,
    Person,
    Place,
    Span,
)

cli = CliRunner()
TEXT = full_coded().document.text
SURE = {"confidence": 0.84, "row_confidence": 0.31}


def as_factory(document: Document) -> tuple[EventReport, ...]:
    strike, arrest = full_coded().reports
    return dataclasses.replace(strike, **SURE), dataclasses.replace(arrest, confidence=0.6, row_confidence=0.12)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(tocsin.pipeline, "load_coder", lambda **options: FakeCoder(as_factory))
    Path("strike.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def ask(*arguments: str) -> str:
    result = cli.invoke(app, [*arguments, "--published", "2021-03-05"], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def filled() -> str:
    ask("run", "strike.txt", "--store", "tocsin.db")
    return "tocsin.db"


def printed(coded: Coded, considered: Considered | None = None) -> str:
    console = Console(width=80, record=True, file=open("/dev/null", "w"), highlight=False)  # noqa: SIM115, PTH123
    for line in explanation(coded, 0, considered):
        console.print(line)
    return console.export_text()


def test_without_an_event_the_events_are_listed_with_numbers_and_ids() -> None:
    told = ask("explain", "strike.txt")
    for report, number in zip(full_coded().reports, ("e1", "e2"), strict=True):
        assert number in told
        assert report.id in told
    assert "31 % sure" in told


def test_each_value_has_its_sentence_marked_words_rule_and_source() -> None:
    told = ask("explain", "strike.txt", "--event", "e1")
    flat = " ".join(told.split())
    assert "Some 400 nurses [walked out]" in flat
    assert "[Some 400 nurses] walked out" in flat
    assert "Number Some 400 nurses participants: 360–440" in flat
    assert "the union Sestre (organisation), “said”" in flat
    assert "such events are there: 84 %; such rows are wholly right: 31 %" in flat
    assert "differs" in flat


def test_nothing_is_wider_than_the_terminal() -> None:
    assert max(map(len, ask("explain", "strike.txt", "--event", "e1").splitlines())) <= 80


@pytest.mark.parametrize("event", ["1", "e1", full_coded().reports[0].id, full_coded().reports[0].id[:6]])
def test_an_event_is_named_by_its_number_or_its_id(event: str) -> None:
    assert ask("explain", "strike.txt", "--event", event).startswith("e1  strike")


@pytest.mark.parametrize("document", ["strike.txt", full_coded(name="strike.txt").document.id[:8]])
def test_a_document_of_a_store_is_told_as_the_store_has_it(document: str, here: Path) -> None:
    store = filled()
    (here / "strike.txt").unlink()
    assert ask("explain", document, "--event", "e2", "--store", store).startswith("e2  arrest")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["strike.txt", "--event", "e9"], "no event 'e9'; its events are e1 to e2. See: tocsin explain strike.txt"),
        (["nowhere.txt"], "is no file, and there is no store"),
        (["."], "is a folder"),
        (["feed.jsonl"], "holds 2 articles"),
    ],
)
def test_what_cannot_be_explained_is_told_with_the_next_step(arguments: list[str], problem: str) -> None:
    Path("feed.jsonl").write_text('{"text": "One day in Split."}\n{"text": "Another in Zadar."}\n', encoding="utf-8")
    with pytest.raises(InputError, match=problem.replace("(", r"\(")):
        cli.invoke(app, ["explain", *arguments], catch_exceptions=False)


def test_what_was_weighed_and_not_chosen_stands_below_its_field() -> None:
    coded = full_coded()
    friday, maribor = Span(TEXT.index("Thursday"), TEXT.index("Thursday") + 8), Place("Ptuj", country="SI")
    considered = Considered(
        0.97,
        0.9,
        0.8,
        0.875,
        ((EventType.DEMONSTRATION, 0.42),),
        {
            Field.DATE: (
                Candidate(friday, coded.reports[0].date, 0.7),
                Candidate(None, DateInterval(coded.document.published, None, DatePrecision.DAY), 0.2, "published"),
                Candidate(None, None, 0.004, "no date told"),
            ),
            Field.PLACE: (Candidate(None, maribor, 0.25, "ranked"),),
            Field.FACTUALITY: (Candidate(None, Factuality.ACTUAL, 0.9), Candidate(None, Factuality.PLANNED, 0.1)),
        },
    )
    told = " ".join(printed(coded, considered).split())
    assert "encoder: sentence 0.97, word 0.90, window 0.80; weighed 0.88" in told
    assert "also read in these words: demonstration 0.42" in told
    assert "not chosen: 0.20 from 5 Mar 2021, published" in told
    assert "not chosen: 0.25 Ptuj" in told
    assert "not chosen: 0.10 planned" in told
    assert "0.70" not in told
    assert "no date told" not in told


def test_a_field_without_a_value_says_what_was_weighed_for_it() -> None:
    document = full_coded().document
    coded = Coded(document, (make_report(document, trigger="walked out", place=None),))
    candidate = Candidate(Span(TEXT.index("Maribor"), TEXT.index("Maribor") + 7), None, 0.3)
    considered = Considered(0.9, 0.9, 0.9, 0.9, (), {Field.PLACE: (candidate,)})
    told = " ".join(printed(coded, considered).split())
    assert "Where not told not chosen: 0.30 “Maribor”" in told


def test_names_that_are_masked_stay_masked() -> None:
    at = TEXT.index("Sestre")
    coded = dataclasses.replace(full_coded(), people=(Person("Sestre", False, "test", (Span(at, at + 6),)),))
    from tocsin.export import mask_names

    told = printed(mask_names(coded))
    assert "Sestre" not in told
    assert "private person 1" in told
    assert "█" not in told


def test_rows_less_sure_than_asked_for_are_left_out_and_counted() -> None:
    store = filled()
    result = cli.invoke(app, ["show", "--store", store, "--min-confidence", "0.2"])
    assert "arrest" not in result.stdout
    assert "31 % sure" in " ".join(result.stdout.split())
    assert "1 event of 2 in tocsin.db; rows at least 0.2 sure" in result.stderr
    for command in (["export"], ["report"], ["code", "strike.txt", "--published", "2021-03-05"]):
        options = [] if command[0] == "code" else ["--store", store]
        result = cli.invoke(app, [*command, *options, "--min-confidence", "0.2"])
        assert "1 event left out, less sure than 0.2; --min-confidence 0 shows all" in result.stderr
        assert "left out" not in cli.invoke(app, [*command, *options, "--min-confidence", "0"]).stderr


def test_a_share_above_1_is_wrong_usage() -> None:
    assert cli.invoke(app, ["show", "--min-confidence", "40"]).exit_code == 2
