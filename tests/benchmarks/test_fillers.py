from __future__ import annotations

import re

import numpy as np

from benchmarks.fillers import ROLES, bare, find_mentions, group_mentions
from tocsin.vocabulary import Span

TEXT = (
    "SAN MIGUEL, 3 MAY 90 -- GUERRILLAS OF THE POPULAR ROAD FRONT (FCP) BLEW UP THE PUENTE HONDO BRIDGE. THE FCP "
    "KILLED MAYOR TOMAS RIVAS AND A GUARD. RIVAS WAS HIT BY RIFLE FIRE."
)


def mentions_of(**marked: str) -> list[tuple[str, str]]:
    """Role and text of what is found where these words are surely of these roles."""
    return [(ROLES[m.role], m.text) for m in find_mentions(TEXT, *spans_and_chances(marked))]


def spans_and_chances(marked: dict[str, str]) -> tuple[list[Span], np.ndarray]:
    spans = [Span(*match.span()) for match in re.finditer(r"\w+|[^\w\s]", TEXT)]
    chances = np.full((len(spans), len(ROLES)), 0.01, np.float32)
    for role, words in marked.items():
        for part in words.split("/"):
            for found in re.finditer(re.escape(part), TEXT):
                inside = [i for i, s in enumerate(spans) if found.start() <= s.start < found.end()]
                chances[inside, ROLES.index(role)] = 0.9
    return spans, chances


def test_a_run_of_pieces_is_a_mention_without_article_and_title() -> None:
    assert mentions_of(Target="THE PUENTE HONDO BRIDGE") == [("Target", "puente hondo bridge")]
    assert ("Victim", "tomas rivas") in mentions_of(Victim="MAYOR TOMAS RIVAS")


def test_brackets_and_the_word_and_part_two_mentions() -> None:
    assert set(mentions_of(PerpOrg="POPULAR ROAD FRONT (FCP)")) >= {
        ("PerpOrg", "popular road front"),
        ("PerpOrg", "fcp"),
    }
    assert set(mentions_of(Victim="TOMAS RIVAS AND A GUARD")) >= {("Victim", "tomas rivas"), ("Victim", "guard")}


def test_a_name_its_letters_and_its_last_word_are_one_entity() -> None:
    spans, chances = spans_and_chances({"PerpOrg": "POPULAR ROAD FRONT/FCP", "Victim": "TOMAS RIVAS/RIVAS"})
    entities = group_mentions(TEXT, find_mentions(TEXT, spans, chances))
    assert sorted((ROLES[e.role], len({m.text for m in e.mentions})) for e in entities) == [
        ("PerpOrg", 2),
        ("Victim", 2),
    ]


def test_bare_text_has_no_articles_and_no_punctuation() -> None:
    assert bare('The  "Santa Ana" farm, A-1') == "santa ana farm a1"


def test_a_message_without_pieces_has_no_mentions() -> None:
    assert find_mentions("", [], np.zeros((0, len(ROLES)), np.float32)) == []
