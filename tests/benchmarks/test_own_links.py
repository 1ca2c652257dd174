"""The invented articles that linking is measured on: how they are read, and how links are counted."""

from __future__ import annotations

from pathlib import Path

from factory import make_report, settlement

from benchmarks.own_links import Article, measure, read_articles
from tocsin.vocabulary import Coded, EventReport


def articles(folder: Path, *texts: str) -> list[Article]:
    path = folder / "a.txt"
    entries = [f"## Paper {number}, 2024-03-0{number}\n{text}\n" for number, text in enumerate(texts, 1)]
    path.write_text("# head\n" + "\n".join(entries), encoding="utf-8")
    return list(read_articles(path))


def coded(article: Article, town: str) -> Coded:
    words = article.marks[0][0].of(article.document.text)
    report: EventReport = make_report(article.document, trigger=words, place=settlement(town))
    return Coded(article.document, (report,))


def test_marks_are_taken_out_of_the_text_and_point_at_their_words(tmp_path: Path) -> None:
    (one,) = articles(tmp_path, "Bakers [a-strike: walked out] in Ptuj.")
    assert one.document.text == "Bakers walked out in Ptuj."
    assert (one.document.publisher, str(one.document.published)) == ("Paper 1", "2024-03-01")
    assert [(span.of(one.document.text), key) for span, key in one.marks] == [("walked out", "a-strike")]


def test_split_and_mixed_occurrences_are_named(tmp_path: Path) -> None:
    read = articles(
        tmp_path, "Bakers [a: struck] in Ptuj.", "Bakers [a: struck] in Ptuj.", "Cooks [b: struck] in Ptuj."
    )
    apart = measure(read, [coded(one, town) for one, town in zip(read, ("Ptuj", "Celje", "Kranj"), strict=True)])
    assert (apart.marks, apart.found, apart.pair_f1) == (3, 3, 0.0)
    assert apart.wrong == ("split  a: 1 + 1",)


def test_every_occurrence_of_the_shipped_articles_is_told_twice_or_more() -> None:
    keys = [key for article in read_articles() for _, key in article.marks]
    assert len(keys) >= 60
    assert min(keys.count(key) for key in keys) >= 2
