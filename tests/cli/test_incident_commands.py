from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tellers import count, paper
from typer.testing import CliRunner

from tocsin.cli import app
from tocsin.errors import InputError
from tocsin.pipeline import link_run
from tocsin.store import open_store
from tocsin.tellings import Rule
from tocsin.vocabulary import Coded, SourceKind

cli = CliRunner()
UNION = ("the Sestre Nurses' Union", SourceKind.ORGANISATION)
POLICE = ("the city police", SourceKind.OFFICIAL)
EMPLOYER = {"employer": "Clinic of Maribor", "initiators": ["nurses of Sestre"]}


def papers() -> list[Coded]:
    text = "Nurses of Sestre walked out at the Clinic of Maribor on Thursday, {}. They sang {} at the gate until the evening."
    return [
        paper(
            "Courier",
            text.format("said the Sestre Nurses' Union", "loudly"),
            sources=[UNION],
            numbers=[(count(2000, None), 0)],
            **EMPLOYER,
        ),
        paper(
            "Post",
            text.format("said the city police", "quietly"),
            sources=[POLICE],
            numbers=[(count(400, 600), 0)],
            **EMPLOYER,
        ),
    ]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store of two papers that tell one strike, not linked yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    with open_store("tocsin.db", create=True) as store:
        store.save(store.open_run({"code": "fake"}, {}), papers())
    return tmp_path


def ids() -> list[str]:
    return [report.id for one in papers() for report in one.reports]


def linked() -> list[tuple[str, ...]]:
    with open_store("tocsin.db") as store:
        run = store.latest_run()
        assert run is not None
        return [incident.members for incident in store.incidents(run)]


def test_link_links_what_is_not_linked_and_says_what_it_did() -> None:
    result = cli.invoke(app, ["link", "--json"])
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert (record["events"], record["new"], record["incidents"], record["told_by_several"]) == (2, 2, 1, 1)
    assert "2 new events linked, 1 incident new or changed" in result.stderr


def test_linking_twice_changes_nothing() -> None:
    cli.invoke(app, ["link"])
    before = linked()
    for again in (["link"], ["link", "--anew"]):
        assert "0 new events linked, 0 incidents new or changed" in cli.invoke(app, again).stderr
        assert linked() == before


def test_a_judgement_parts_two_events_survives_linking_anew_and_can_be_taken_back() -> None:
    cli.invoke(app, ["link"])
    left, right = ids()
    result = cli.invoke(app, ["link", "--different", left[:8], right[:8], "--who", "Ana", "--note", "two shifts"])
    assert "are two occurrences, says Ana" in result.stderr
    assert len(linked()) == 2
    cli.invoke(app, ["link", "--anew"])
    assert len(linked()) == 2
    cli.invoke(app, ["link", "--take-back", left, right, "--who", "Ana"])
    assert len(linked()) == 1


def test_incidents_can_be_judged_the_same_by_their_ids() -> None:
    cli.invoke(app, ["link"])
    cli.invoke(app, ["link", "--different", *ids(), "--who", "Ana"])
    with open_store("tocsin.db") as store:
        run = store.latest_run()
        assert run is not None
        one, other = (incident.id for incident in store.incidents(run))
    assert "one occurrence, says Eva" in cli.invoke(app, ["link", "--same", one, other, "--who", "Eva"]).stderr
    assert len(linked()) == 1


def test_two_judgements_at_once_are_refused() -> None:
    assert cli.invoke(app, ["link", "--same", "a", "b", "--different", "a", "b"]).exit_code == 2


def test_an_id_that_nothing_has_is_named() -> None:
    cli.invoke(app, ["link"])
    with pytest.raises(InputError, match="no incident or event begins with 'zz'"):
        cli.invoke(app, ["show", "zz"], catch_exceptions=False)


def test_incidents_lists_what_is_contested() -> None:
    cli.invoke(app, ["link"])
    result = cli.invoke(app, ["incidents", "--several", "--contested"])
    for words in ("strike", "2 reports", "happened", "took part", "Maribor"):
        assert words in result.stdout
    assert "1 incident of 1 in tocsin.db" in result.stderr
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_incidents_says_what_is_not_linked_yet() -> None:
    result = cli.invoke(app, ["incidents"])
    assert result.stdout == ""
    assert "2 events not linked yet: tocsin link" in result.stderr


@pytest.mark.parametrize("rule", Rule)
def test_a_consolidated_value_names_its_rule(rule: Rule) -> None:
    cli.invoke(app, ["link"])
    (line,) = cli.invoke(app, ["incidents", "--json", "--consolidate", rule]).stdout.splitlines()
    assert json.loads(line)["consolidated"]["rule"] == rule
    assert f"By the rule {rule}" in cli.invoke(app, ["show", ids()[0], "--consolidate", rule]).stdout
    cli.invoke(app, ["incidents", "-o", "out", "--consolidate", rule])
    (row,) = csv.DictReader(Path("out/incidents.csv").read_text(encoding="utf-8").splitlines())
    assert row["rule"] == rule


def test_show_incident_has_who_says_what_side_by_side_in_80_columns() -> None:
    cli.invoke(app, ["link"])
    told = cli.invoke(app, ["show", ids()[0][:8]]).stdout
    for words in (
        "Took part  contested: the numbers cannot both hold",
        "2,000 or more",
        " │ ",
        "Held together by",
    ):
        assert words in told
    assert max(map(len, told.splitlines())) <= 80


def test_show_incident_as_json_is_the_record_of_the_list() -> None:
    cli.invoke(app, ["link"])
    listed = cli.invoke(app, ["incidents", "--json"]).stdout
    assert cli.invoke(app, ["show", ids()[0], "--json"]).stdout == listed


def test_a_rule_that_there_is_not_is_wrong_usage() -> None:
    assert cli.invoke(app, ["incidents", "--consolidate", "average"]).exit_code == 2


def test_linking_that_was_stopped_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:

        def stop(*given: object) -> None:
            raise KeyboardInterrupt

        patch.setattr("tocsin.pipeline.link_new", stop)
        result = cli.invoke(app, ["link"])
    assert (result.exit_code, "the same command goes on" in result.stderr) == (130, True)
    assert "2 new events linked" in cli.invoke(app, ["link"]).stderr


def test_the_library_links_as_the_command_does() -> None:
    cli.invoke(app, ["link"])
    before = linked()
    with open_store("tocsin.db") as store:
        run = store.latest_run()
        assert run is not None
        link_run(store, run)
    assert linked() == before
