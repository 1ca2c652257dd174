from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from fake_encoder import FakeEncoder

from tocsin.extract.gate import MOST_GLANCES, STEPS, cut_sentences, features, find_signs, glance, look, steps
from tocsin.resources.gate import GateModel, load_gate
from tocsin.vocabulary import Block, BlockKind, Span

MODEL = GateModel(-2.0, {"strike": 3.0, "air strike": -3.0, "protes*": 2.5}, 0.0, 0.3, 0.999, 0.5, "test")


def score(text: str) -> float:
    return find_signs(text, (), MODEL).score


def test_words_pairs_and_beginnings_of_words_add_up() -> None:
    assert features("Protesters met 300 times") == {
        "protesters",
        "met",
        "0",
        "times",
        "protesters met",
        "met 0",
        "0 times",
        "prote*",
    }
    assert score("Dockers in Gdynia went on strike.") == pytest.approx(1.0)
    assert score("An air strike hit the depot near Gdynia.") == pytest.approx(-2.0)


def test_the_most_telling_sentence_decides() -> None:
    text = "The mayor opened a bridge on Monday. Dockers in Gdynia went on strike. Rain is forecast for the week."
    signs = find_signs(text, (), MODEL)
    assert signs.score == pytest.approx(1.0)
    assert any("strike" in span.of(text) for span in signs.telling)
    assert len(signs.telling) <= MOST_GLANCES


@pytest.mark.parametrize("text", ["", "   \n ", "Rain is forecast for the whole of the week."])
def test_a_text_without_signs_has_no_telling_sentences(text: str) -> None:
    assert find_signs(text, (), MODEL).telling == ()


def test_furniture_gives_no_sign() -> None:
    text = "Dockers went on strike in Gdynia today."
    furniture = Block(Span(0, len(text)), BlockKind.FURNITURE)
    assert find_signs(text, (furniture,), MODEL).telling == ()
    assert find_signs(text, (Block(Span(0, len(text))),), MODEL).telling != ()


def test_rough_sentences_cover_the_text_in_order_and_do_not_overlap() -> None:
    text = "Mr. Nowak spoke.\n\nDockers in Gdynia went on strike; nurses followed them on Friday. 'No!' they said. ok"
    spans = list(cut_sentences(text, 0, len(text)))
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    assert "".join(span.of(text) for span in spans).split() == text.split()


def test_a_glance_asks_the_encoder_about_the_telling_sentences_only() -> None:
    text = (
        "The mayor opened a bridge on Monday. Dockers in Gdynia marched over the strike. Rain is forecast for the week."
    )
    signs = find_signs(text, (), MODEL)
    assert glance(text, signs, FakeEncoder({"marched": "demonstration"})) > 0.5
    assert glance(text, signs, FakeEncoder({})) < 0.3


def test_a_look_reads_the_windows_that_hold_the_telling_sentences_and_stops_when_it_has_seen_enough() -> None:
    filler = "The mayor opened a bridge on Monday and spoke at length about roads. " * 12
    text = f"{filler}Dockers in Gdynia marched over the strike. {filler}Nurses marched and went on strike. {filler}"
    signs = find_signs(text, (), MODEL)
    encoder = Counting({"marched": "demonstration"})
    assert look(text, signs, encoder) > 0.5
    patient, encoder.runs = encoder.runs, 0
    assert look(text, signs, encoder, enough=0.5) > 0.5
    assert encoder.runs < patient < len(signs.sentences) / 4


class Counting(FakeEncoder):
    runs = 0

    def run(self, *batch: Any) -> tuple[Any, ...]:
        self.runs += 1
        return super().run(*batch)


@pytest.mark.parametrize(
    ("text", "named", "passed"),
    [
        ("The mayor opened a bridge on Monday.", "bridge", 0),
        ("Dockers in Gdynia talked about the strike.", "marched", 1),
        ("Dockers in Gdynia marched over the strike.", "marched", STEPS),
    ],
)
def test_a_document_passes_one_step_after_the_other(text: str, named: str, passed: int) -> None:
    assert steps(text, (), MODEL, FakeEncoder({named: "demonstration"})) == passed


@pytest.mark.parametrize(
    "text",
    [
        "Nurses at the Tembisa hospital went on strike on Tuesday over unpaid overtime.",
        "Police fired tear gas at students who marched through Nakuru.",
        "hundreds of farmers blocked the highway near patiala on monday.",
    ],
)
def test_the_shipped_gate_lets_acts_through_in_any_case(text: str) -> None:
    assert find_signs(text, (), load_gate()).telling
    assert find_signs(text.lower(), (), load_gate()).telling


@pytest.mark.parametrize(
    "text",
    [
        "The index closed 1.2 percent higher in Frankfurt as carmakers reported better earnings.",
        "Morning fog patches are expected along the coast, otherwise partly cloudy and mild.",
    ],
)
def test_the_shipped_gate_drops_markets_and_weather(text: str) -> None:
    assert not find_signs(text, (), load_gate()).telling
    assert np.isfinite(find_signs(text, (), load_gate()).score)
