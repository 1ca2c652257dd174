from __future__ import annotations

import pytest
from factory import full_coded, make_document, make_report, settlement
from rich.console import Console

from tocsin.cli.console import THEME, plain, shorten
from tocsin.cli.tables import event_table
from tocsin.vocabulary import Document, EventReport, Factuality, Quantity, QuantityRole


def printed(*rows: tuple[Document, EventReport], width: int = 140) -> str:
    console = Console(width=width, theme=THEME, record=True, file=None, quiet=False, force_terminal=False)
    with console.capture() as capture:
        console.print(event_table(rows, width))
    return capture.get()


@pytest.mark.parametrize("width", [80, 99, 100, 140, 200])
def test_a_table_fits_its_terminal_and_loses_no_value(width: int) -> None:
    coded = full_coded()
    text = printed(*((coded.document, report) for report in coded.reports), width=width)
    assert max(len(line) for line in text.splitlines()) <= width
    together = " ".join(text.split())
    for words in ("4 Mar 2021", "strike", "nurses", "360–440"):
        assert words in together


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (250, 250, "250 took part"),
        (1, 1, "1 took part"),
        (360, 440, "360–440 took part"),
        (10_001, None, "≥ 10,001 took part"),
        (None, 500, "≤ 500 took part"),
    ],
)
def test_numbers_are_told_as_the_intervals_they_are(low: int | None, high: int | None, words: str) -> None:
    document = make_document()
    report = make_report(document, quantities=[Quantity(QuantityRole.PARTICIPANTS, low, high, "")])
    assert words in " ".join(printed((document, report)).split())


def test_what_did_not_surely_happen_says_so() -> None:
    document = make_document()
    for factuality in Factuality:
        text = printed((document, make_report(document, factuality=factuality)))
        assert (factuality.replace("_", " ") in text) == (factuality is not Factuality.ACTUAL)


def test_an_event_without_actors_is_told_in_its_own_words() -> None:
    document = make_document()
    report = make_report(document, initiators=[], trigger="walked out at the Clinic")
    assert "“walked out at the Clinic”" in printed((document, report))


def test_text_from_documents_is_shown_and_not_obeyed() -> None:
    document = make_document("[red]nurses[/red]\x1b[2J struck.")
    report = make_report(document, initiators=["[red]nurses[/red]\x1b[2J"], place=settlement("[link=x]Maribor[/link]"))
    text = printed((document, report))
    assert "[red]nurses[/red]" in text
    assert "\x1b" not in text


def test_lines_are_shortened_at_a_word() -> None:
    assert shorten("a short line", 20) == "a short line"
    assert shorten("workers of the large tractor plant", 22) == "workers of the large…"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"
    assert plain("a\r\n\tb\x07") == "a b"
