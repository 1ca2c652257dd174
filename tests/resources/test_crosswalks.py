from __future__ import annotations

import pytest

from tocsin.errors import DataError
from tocsin.resources.crosswalks import (
    TABLES,
    CaseType,
    CrosswalkRow,
    load_crosswalks,
    parse_actors,
    parse_case,
    parse_table,
)
from tocsin.vocabulary import EventType

WALKS = load_crosswalks()
CUED = [(table, row) for table in TABLES for rows in WALKS.tables[table].values() for row in rows if row.cues]


@pytest.mark.parametrize(("table", "row"), CUED, ids=lambda value: getattr(value, "finds", value))
def test_every_row_with_cues_finds_its_sentence_and_skips_the_other(table: str, row: CrosswalkRow) -> None:
    assert row.fits(str(row.finds), row.inside), table
    assert not row.fits(str(row.skips), row.inside), table


@pytest.mark.parametrize("case", WALKS.case_types, ids=lambda case: case.code)
def test_every_case_type_finds_its_sentence_and_skips_the_other(case: CaseType) -> None:
    assert case.count(case.finds) > 0
    assert case.count(case.skips) == 0


def test_an_entry_of_the_case_types_without_a_key_is_named() -> None:
    with pytest.raises(DataError, match="entry 1: needs exactly"):
        parse_case([{"code": "GRENADE"}])


@pytest.mark.parametrize("table", ["plover", "cameo", "acled"])
def test_every_event_type_has_a_row_in_each_scheme(table: str) -> None:
    assert set(WALKS.tables[table]) == {kind.value for kind in EventType}


def test_a_march_is_coded_by_what_happened_at_it() -> None:
    assert WALKS.row("acled", "demonstration").mode == "Peaceful protest"
    assert WALKS.row("acled", "demonstration", parts=["arrest"]).mode == "Protest with intervention"
    assert WALKS.row("acled", "demonstration", parts=["arrest", "killing"]).mode == "Excessive force against protesters"


def test_a_strike_without_a_rally_is_no_acled_event() -> None:
    assert WALKS.row("acled", "strike").code is None
    assert WALKS.row("acled", "strike", parts=["demonstration"]).code == "Protests"


def test_every_root_in_use_has_a_quad() -> None:
    roots = {row.code for rows in WALKS.tables["plover"].values() for row in rows} | set(WALKS.tables["plover_cameo"])
    assert roots <= set(WALKS.plover_quads)
    assert len(WALKS.case_types) == 30


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([], "needs 'of'"),
        ({"of": "plover", "rows": [{"type": "AID"}]}, "entry 1: needs type and code"),
        ({"of": "plover", "rows": [{"type": "AID", "code": "070", "cues": ["rice"]}]}, "need a sentence"),
        ({"of": "plover", "rows": [{"type": "AID", "code": "070", "inside": ["strife"]}]}, "strife is no event type"),
        ({"of": "plover", "rows": [{"type": "AID", "code": "070", "inside": ["strike"]}]}, "Add one that always holds"),
        ({"of": "plover", "rows": [{"type": "AID", "code": "1"}, {"type": "AID", "code": "2"}]}, "Move it before"),
        ({"of": "codebook", "rows": [{"type": "strike", "code": "143"}]}, "is missing or no event type"),
    ],
)
def test_a_wrong_table_is_named(entries: object, message: str) -> None:
    with pytest.raises(DataError, match=r"sample\.yaml") as caught:
        parse_table(entries, "sample.yaml")
    assert message in str(caught.value)


def test_a_kind_of_actor_that_is_missing_is_named() -> None:
    with pytest.raises(DataError, match="protesters"):
        parse_actors({})
