import pytest

from tocsin.errors import DataError
from tocsin.resources.codebook import _entry, load_codebook, load_wholes
from tocsin.resources.part_weights import load_part_weights
from tocsin.vocabulary import EventType


def test_every_type_has_an_entry_in_its_own_group():
    assert {kind: entry.group for kind, entry in load_codebook().items()} == {kind: kind.group for kind in EventType}


def test_what_comes_after_an_act_is_part_of_nothing():
    wholes = load_wholes()
    assert [kind for kind in EventType if not wholes[kind]] == [
        EventType.LOCKOUT,
        EventType.AGREEMENT,
        EventType.RELEASE,
    ]


def test_every_pair_of_types_was_learnt():
    pairs = {f"pair:{kind}>{whole}" for kind, above in load_wholes().items() for whole in above}
    assert pairs == {name for name in load_part_weights() if name.startswith("pair:")}


def test_a_wrong_part_of_names_file_and_known_types():
    data = {"type": "riot", "group": "contention", "means": "m", "is": "i", "is_not": "n", "part_of": ["strikes"]}
    with pytest.raises(DataError, match=r"data/codebook/riot.yaml, part_of: 'strikes' is not an event type.*strike"):
        _entry("data/codebook/riot.yaml", EventType.RIOT, data)


def test_a_missing_key_names_the_keys_that_are_needed():
    with pytest.raises(DataError, match="needs exactly the keys type, group"):
        _entry("data/codebook/riot.yaml", EventType.RIOT, {"type": "riot"})
