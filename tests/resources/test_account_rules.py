from __future__ import annotations

import copy
from typing import Any

import pytest

from tocsin.errors import DataError
from tocsin.resources.accounts import PLACE, load_account_rules, parse_account_rules
from tocsin.resources.yaml_file import read_yaml

RULES = load_account_rules()


@pytest.mark.parametrize("agency", RULES.agencies, ids=lambda agency: agency.name)
def test_each_agency_is_found_where_it_is_credited_and_only_there(agency: Any) -> None:
    assert RULES.agency_of(agency.finds) == agency.name
    assert RULES.agency_of(agency.skips) is None


def test_an_agency_that_publishes_is_known_by_its_name() -> None:
    assert RULES.agency_of("Bakers closed their shops.", "afp") == "AFP"
    assert RULES.agency_of("Bakers closed their shops.", "Beira Courier") is None


def test_no_type_is_part_of_its_own_parts() -> None:
    wholes = {
        part: {w for rule in RULES.part_of if part in rule.parts for w in rule.wholes} - {part}
        for rule in RULES.part_of
        for part in rule.parts
    }
    for start in wholes:
        seen, ahead = set(), set(wholes[start])
        while ahead:
            kind = ahead.pop()
            assert kind is not start
            seen.add(kind)
            ahead |= wholes.get(kind, set()) - seen


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("near_copy", 2, "near_copy: 2 is no share"),
        ("near_copy", "much", "near_copy: 'much' is not a number"),
        ("growing", ["dead"], "growing: 'dead' is not one of"),
        ("growing", [], "growing: needs a list"),
        ("camps", {"state": ["cops"]}, "camps, state: 'cops' is not one of"),
        ("camps", None, "camps: needs a list"),
        ("waves", ["tide"], "waves: 'tide' is not one of"),
        ("part_of", [{"parts": ["strike"]}], "part_of entry 1: needs the keys"),
        ("agencies", [{"agency": "X"}], "agencies entry 1: needs the keys"),
    ],
)
def test_a_wrong_entry_is_named(key: str, value: object, message: str) -> None:
    raw = copy.deepcopy(read_yaml(PLACE))
    raw[key] = value
    with pytest.raises(DataError, match=r"accounts\.yaml") as caught:
        parse_account_rules(raw)
    assert message in str(caught.value)


def test_a_file_without_keys_is_refused() -> None:
    with pytest.raises(DataError, match="holds no keys"):
        parse_account_rules(["near_copy"])
