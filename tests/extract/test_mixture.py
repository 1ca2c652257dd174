from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.extract.encode import Reading
from tocsin.extract.labels import ARGUMENTS
from tocsin.extract.mixture import mix, mix_readings
from tocsin.vocabulary import Span

probabilities = st.floats(0.001, 0.999)


def reading(words: dict[tuple[int, int], float], **heads: Any) -> Reading:
    """``words``: span of a piece -> how probably it is the date."""
    arguments = np.full((len(words), len(ARGUMENTS)), 0.01, np.float32)
    arguments[:, ARGUMENTS.index("date")] = list(words.values())
    evidence = heads.pop("evidence", {0: 0.5})
    told = {name: np.array(values, np.float32) for name, values in heads.items()}
    return Reading(told, tuple(Span(*span) for span in words), arguments, evidence)


@given(probabilities, probabilities, st.floats(0, 1))
def test_a_mixture_lies_between_its_two(one, other, share):
    mixed = float(mix(np.array(one), np.array(other), share))
    assert min(one, other) - 1e-4 <= mixed <= max(one, other) + 1e-4


@given(probabilities, probabilities)
def test_a_share_of_nothing_leaves_the_reader_and_of_all_the_encoder(one, other):
    assert float(mix(np.array(one), np.array(other), 0.0)) == pytest.approx(one, abs=1e-4)
    assert float(mix(np.array(one), np.array(other), 1.0)) == pytest.approx(other, abs=1e-4)


def test_words_that_only_the_reader_sees_keep_what_it_says_of_them():
    reader = reading({(0, 4): 0.9, (5, 9): 0.2}, valid=[0.8], date_told=[0.7, 0.1, 0.1, 0.1], evidence={0: 0.9, 3: 0.6})
    encoder = reading({(5, 9): 0.8}, valid=[0.4], evidence={0: 0.1})
    mixed = mix_readings(reader, encoder, 0.5)
    assert mixed.over(Span(0, 4), "date") == pytest.approx(0.9)
    assert mixed.over(Span(5, 9), "date") == pytest.approx(0.5)
    assert mixed.heads["date_told"].tolist() == pytest.approx([0.7, 0.1, 0.1, 0.1])
    assert 0.4 < float(mixed.heads["valid"][0]) < 0.8
    assert mixed.evidence == {0: pytest.approx(0.5), 3: 0.6}


def test_labels_of_which_one_holds_still_sum_to_one():
    reader = reading({(0, 4): 0.5}, factuality=[0.9, 0.05, 0.03, 0.01, 0.01])
    encoder = reading({(0, 4): 0.5}, factuality=[0.2, 0.1, 0.6, 0.05, 0.05])
    told = mix_readings(reader, encoder, 0.4).heads["factuality"]
    assert float(told.sum()) == pytest.approx(1.0)
    assert int(told.argmax()) == 0
