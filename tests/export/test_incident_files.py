from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tellers import count, paper

from tocsin.errors import ExportError
from tocsin.export import incident_record, mask_names, mask_telling, write_incidents
from tocsin.export.incidents import ACCOUNT_COLUMNS, INCIDENT_COLUMNS
from tocsin.link import consolidate, tell_incidents
from tocsin.tellings import Rule, Telling
from tocsin.vocabulary import Coded, Incident, Person, SourceKind, Span

ANA = ("Ana Kos, who leads the nurses", SourceKind.NAMED_PERSON)
EVA = ("Eva Zid, who cleans there", SourceKind.NAMED_PERSON)
POLICE = ("the city police", SourceKind.OFFICIAL)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def with_people(one: Coded, *names: str) -> Coded:
    text = one.document.text
    found = [Person(name, False, "test", (Span(text.index(name), text.index(name) + len(name)),)) for name in names]
    return Coded(one.document, one.reports, people=tuple(found))


def telling(*papers: Coded, unmask: bool = False) -> Telling:
    members = tuple(sorted(report.id for one in papers for report in one.reports))
    (told,) = tell_incidents([Incident(papers[0].reports[0].type, members)], papers)
    return mask_telling(told, {one.document.id: mask_names(one, unmask=unmask) for one in papers})


@pytest.fixture
def papers() -> list[Coded]:
    return [
        with_people(paper("Courier", sources=[ANA], numbers=[(count(900, 900), 0)]), "Ana Kos"),
        with_people(
            paper("Post", day=6, sources=[EVA, POLICE], numbers=[(count(30, 30), 0), (count(400, 400), 1)]), "Eva Zid"
        ),
    ]


@pytest.mark.parametrize("part", ["Kos", "kos", "Zid", "zid", "Ana", "Eva"])
def test_no_private_name_stands_in_a_record_not_even_in_a_key(papers: list[Coded], part: str) -> None:
    told = telling(*papers)
    values = consolidate(told, Rule.INTERVAL_HULL)
    assert part not in json.dumps(incident_record(told, values, rule=Rule.INTERVAL_HULL), ensure_ascii=False)


def test_private_persons_of_two_papers_stay_two_voices() -> None:
    both = [
        with_people(paper("Courier", sources=[ANA], numbers=[(count(900, 900), 0)]), "Ana Kos"),
        with_people(paper("Post", day=6, sources=[EVA], numbers=[(count(30, 30), 0)]), "Eva Zid"),
    ]
    names = {voice.name for voice in telling(*both).voices.values()}
    assert {"private person 1 (Courier)", "private person 1 (Post)"} <= names


def test_unmasked_names_are_shown_and_the_record_says_so(papers: list[Coded]) -> None:
    record = incident_record(telling(*papers, unmask=True), unmask=True)
    assert "Ana Kos" in {voice["name"] for voice in record["voices"]}
    assert record["private_names"] == "shown"


def test_a_record_names_the_rule_beside_every_account(papers: list[Coded]) -> None:
    told = telling(*papers)
    record = incident_record(told, consolidate(told, "official-only"), rule="official-only")
    assert record["consolidated"]["rule"] == "official-only"
    (number,) = (one for one in record["consolidated"]["fields"] if one["field"] == "quantity")
    assert (number["values"][0]["low"], number["accounts"]) == (
        400,
        [[papers[1].reports[0].id, number["accounts"][0][1]]],
    )
    told_counts = [one for one in record["fields"] if one["field"] == "quantity"]
    assert {a["value"]["low"] for side in told_counts[0]["sides"] for a in side["accounts"]} == {900, 30, 400}
    assert incident_record(told)["consolidated"] is None


def test_a_folder_gets_two_tables_that_say_what_their_columns_mean(papers: list[Coded], tmp_path: Path) -> None:
    told = telling(*papers)
    target = tmp_path / "out"
    assert write_incidents([(told, consolidate(told, "interval-hull"))], target, rule="interval-hull") == 1
    (incident,) = rows(target / "incidents.csv")
    accounts = rows(target / "accounts.csv")
    assert list(incident) == list(INCIDENT_COLUMNS)
    assert (incident["rule"], incident["numbers"], incident["contested"]) == (
        "interval-hull",
        "participants 30-900",
        "participants",
    )
    assert list(accounts[0]) == list(ACCOUNT_COLUMNS)
    assert len(accounts) == sum(len(field.accounts) for field in told.fields)
    words = (target / "incidents.md").read_text(encoding="utf-8")
    assert all(f"`{column}`" in words for column in (*INCIDENT_COLUMNS, *ACCOUNT_COLUMNS))
    assert "`interval-hull`" in words


def test_without_a_rule_nothing_is_chosen(papers: list[Coded], tmp_path: Path) -> None:
    write_incidents([(telling(*papers), ())], tmp_path / "out")
    (incident,) = rows(tmp_path / "out" / "incidents.csv")
    assert (incident["rule"], incident["date_start"], incident["numbers"]) == ("", "", "")


def test_a_target_that_cannot_be_written_is_named(papers: list[Coded], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match="file"):
        write_incidents([(telling(*papers), ())], tmp_path / "file" / "deep.jsonl")


def test_nobody_is_shown_where_nobody_looked_for_persons() -> None:
    one = paper("Courier")
    with pytest.raises(ExportError, match="names cannot be masked"):
        telling(Coded(one.document, one.reports, people=None))
