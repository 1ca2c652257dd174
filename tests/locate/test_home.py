from __future__ import annotations

import pytest

from tocsin.locate.home import home_country
from tocsin.places import find_places
from tocsin.resources.gazetteer import load_gazetteer
from tocsin.vocabulary import country_of


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("Marchers met in Leeds and Hull. A ban was asked for.", "United Kingdom"),
        ("Marchers met in Leeds and Hull. Britain waits.", None),
        ("Marchers met in Leeds and Hull. British ministers wait.", None),
        ("Marchers met. A ban was asked for.", None),
    ],
)
def test_home_is_where_most_places_lie_unless_words_name_it(text: str, home: str | None) -> None:
    found = home_country(find_places(text), load_gazetteer())
    assert (found.name if found else None) == home


def test_most_places_decide() -> None:
    assert country_of(find_places("Marches in Lyon, Lille and Leeds.")) == "FR"
