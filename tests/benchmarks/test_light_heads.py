from __future__ import annotations

import numpy as np

from benchmarks.light import chance, log_softmax
from benchmarks.ngrams import pair_grams, plain_grams, rarity_of, weighed
from tocsin.vocabulary import Span
from training.fit_light import fit_any_of, fit_one_of, fit_words_one_of

TEXTS = [
    "Nurses marched in Faro.",
    "Nurses rallied in Beja.",
    "A bomb hit Jos.",
    "A bomb fell on Gao.",
    "Envoys met in Bern.",
]
LABELS = np.array([0, 0, 1, 1, 2])


def test_words_of_few_texts_are_learned() -> None:
    head = fit_words_one_of([plain_grams(text) for text in TEXTS], LABELS, 3, 0.01)
    told = log_softmax(head([plain_grams(text) for text in ["Nurses sang.", "The bomb was large.", "Envoys left."]]))
    assert told.argmax(1).tolist() == [0, 1, 2]
    assert np.allclose(np.exp(told).sum(1), 1, atol=1e-5)


def test_dense_columns_may_lie_far_from_zero() -> None:
    random = np.random.default_rng(1)
    x = random.normal(50, 3, (200, 4)).astype(np.float32)
    labels = (x[:, 1] > 50).astype(np.int64)
    assert (fit_one_of(x, labels, 2, 0.1)(x).argmax(1) == labels).mean() > 0.97
    either = np.stack([x[:, 0] > 50, x[:, 2] > 50], axis=1).astype(np.float32)
    assert ((chance(fit_any_of(x, either, 0.1)(x)) > 0.5) == either).mean() > 0.97


def test_grams_of_a_pair_hide_the_names_and_tell_active_from_passive() -> None:
    text = "Chad was condemned by Togo."
    grams = pair_grams(text, Span(22, 26), Span(0, 4))
    assert "passive:condemned" in grams
    assert not {"chad", "togo"} & set(grams)
    assert "active:condemned" in pair_grams("Togo condemned Chad.", Span(0, 4), Span(15, 19))
    assert pair_grams(text, None, None) == plain_grams(text)


def test_rows_have_length_one_and_an_empty_text_none() -> None:
    table = np.array([[1, 2, 0], [0, 1, 0], [0, 0, 0]], np.float32)
    lengths = np.linalg.norm(weighed(table, rarity_of(table)), axis=1)
    assert np.allclose(lengths, [1, 1, 0])
