from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from factory import full_coded
from fake_coder import FakeCoder
from typer.testing import CliRunner

import tocsin.cli
import tocsin.pipeline
from tocsin.cli import COMMANDS, app
from tocsin.cli.export import Format
from tocsin.export import FORMATS
from tocsin.store import open_store
from tocsin.vocabulary import Document, EventReport

cli = CliRunner()
TEXT = full_coded().document.text


def as_factory(document: Document) -> tuple[EventReport, ...]:
    """The factory's events in the factory's document, none in others; 'BREAK' breaks."""
    if "BREAK" in document.text:
        raise ValueError("broken on purpose")
    return full_coded().reports if document.id == full_coded().document.id else ()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with one article, and with a coder that needs no model."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(tocsin.pipeline, "load_coder", lambda **options: FakeCoder(as_factory))
    Path("strike.txt").write_text(TEXT, encoding="utf-8")
    Path("broken.txt").write_text("BREAK this, coder, if you can.", encoding="utf-8")
    Path("other.txt").write_text("Nothing of note happened in Maribor this week.", encoding="utf-8")
    return tmp_path


def filled() -> str:
    """A store with the article's two events."""
    cli.invoke(app, ["run", "strike.txt", "--published", "2021-03-05", "--store", "tocsin.db"])
    return "tocsin.db"


# --- code ---


def test_code_writes_json_lines_into_a_pipe() -> None:
    result = cli.invoke(app, ["code", "strike.txt", "other.txt", "--published", "2021-03-05", "--publisher", "Courier"])
    assert result.exit_code == 0
    first, second = map(json.loads, result.stdout.splitlines())
    assert [event["type"] for event in first["events"]] == ["strike", "arrest"]
    assert (first["publisher"], second["events"]) == ("Courier", [])
    assert "2 articles: 2 coded, 0 skipped, 0 failed" in result.stderr


def test_code_prints_a_table_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.cli.console.on_terminal", lambda: True)
    result = cli.invoke(app, ["code", "strike.txt", "other.txt", "--published", "2021-03-05"])
    for words in ("4 Mar 2021", "Clinic of Maribor", "nurses", "360–440 took part", "the union Sestre", "no events"):
        assert words in result.stdout
    assert "but The clinic: “no more" in result.stdout


def test_code_reads_standard_input() -> None:
    result = cli.invoke(app, ["code", "--published", "2021-03-05"], input=TEXT)
    assert len(json.loads(result.stdout)["events"]) == 2


def test_code_writes_to_a_file() -> None:
    assert cli.invoke(app, ["code", "strike.txt", "-o", "events.jsonl"]).stdout == ""
    assert json.loads(Path("events.jsonl").read_text(encoding="utf-8"))["text"] == TEXT


def test_one_bad_article_does_not_cost_the_others() -> None:
    result = cli.invoke(app, ["code", "broken.txt", "missing.txt", "strike.txt", "--json"])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert "failed  broken.txt: ValueError: broken on purpose" in result.stderr
    assert "failed  missing.txt: no such file" in result.stderr
    assert "3 articles: 1 coded, 0 skipped, 2 failed" in result.stderr
    assert "1 coded article has no published date" in result.stderr


@pytest.mark.parametrize("command", ["code", "run"])
def test_the_exit_status_is_1_only_if_nothing_could_be_coded(command: str) -> None:
    assert cli.invoke(app, [command, "broken.txt"]).exit_code == 1
    assert cli.invoke(app, [command, "broken.txt", "other.txt"]).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["code", "strike.txt", "--published", "last week"],
        ["show", "--type", "party"],
        ["show", "--since", "August"],
        ["show", "--country", "Belarus"],
        ["show", "--limit", "-1"],
        ["export", "--format", "xls"],
        ["dance"],
    ],
)
def test_wrong_usage_is_status_2_and_says_what_is_wrong(arguments: list[str]) -> None:
    result = cli.invoke(app, arguments)
    assert result.exit_code == 2
    assert "Usage" in result.stderr
    assert "Traceback" not in result.stderr


# --- run ---


def test_run_fills_a_store_and_sums_up() -> None:
    Path("copy.txt").write_text(TEXT, encoding="utf-8")
    result = cli.invoke(app, ["run", "strike.txt", "copy.txt", "broken.txt", "other.txt", "--store", "a.db"])
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "4 articles: 2 coded, 1 skipped, 1 failed" in result.stderr
    assert "skipped copy.txt: same text and date as strike.txt" in result.stderr
    assert "2 coded articles have no published date" in result.stderr


def test_run_writes_a_summary_that_adds_up_for_programs() -> None:
    arguments = ["run", "strike.txt", "broken.txt", "--published", "2021-03-05", "--json"]
    summary = json.loads(cli.invoke(app, arguments).stdout)
    assert summary["documents"] == summary["coded"] + summary["skipped"] + summary["failed"] == 2
    assert (summary["events"], summary["undated"], summary["before"]) == (2, 0, 0)
    assert [problem["name"] for problem in summary["problems"]] == ["broken.txt"]
    again = json.loads(cli.invoke(app, arguments).stdout)
    assert (again["run"], again["before"], again["events"]) == (summary["run"], 1, 2)


def test_a_language_given_by_hand_is_a_setting_of_the_run() -> None:
    plain, set_by_hand = (
        json.loads(cli.invoke(app, ["run", "other.txt", "--json", *more]).stdout) for more in ([], ["--language", "en"])
    )
    assert plain["run"] != set_by_hand["run"]
    assert set_by_hand["settings"] == {"language": "en"}


def test_ctrl_c_leaves_a_store_that_the_same_command_completes(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(document: Document) -> tuple[EventReport, ...]:
        if document.name == "strike.txt":
            raise KeyboardInterrupt
        return ()

    with monkeypatch.context() as patch:
        patch.setattr(tocsin.pipeline, "load_coder", lambda **options: FakeCoder(stops))
        result = cli.invoke(app, ["run", "other.txt", "strike.txt", "--published", "2021-03-05"])
    assert result.exit_code == 130
    assert "the same command goes on from there" in result.stderr
    result = cli.invoke(app, ["run", "other.txt", "strike.txt", "--published", "2021-03-05"])
    assert "2 articles: 2 coded, 0 skipped, 0 failed; 1 of them in an earlier run" in result.stderr


# --- show, export, report ---


def test_show_prints_the_events_selected() -> None:
    result = cli.invoke(app, ["show", "--store", filled(), "--type", "strike", "--country", "si", "--says", "sestre"])
    assert result.exit_code == 0
    assert "Clinic of Maribor" in result.stdout
    assert "arrest" not in result.stdout
    assert "1 event of 2 in tocsin.db" in result.stderr


def test_show_json_is_the_record_of_the_export() -> None:
    store = filled()
    (record,) = map(json.loads, cli.invoke(app, ["show", "--store", store, "--json"]).stdout.splitlines())
    (exported,) = map(json.loads, cli.invoke(app, ["export", "--store", store]).stdout.splitlines())
    assert record["events"] == exported["events"]
    assert all(event["incident"] for event in record["events"])


def test_show_says_when_more_is_there() -> None:
    assert "these are the latest 1" in cli.invoke(app, ["show", "--store", filled(), "--limit", "1"]).stderr


def test_show_of_nothing_prints_no_table() -> None:
    result = cli.invoke(app, ["show", "--store", filled(), "--where", "Lima"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 events of 2" in result.stderr


def test_an_older_run_is_shown_by_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled()
    with open_store(store) as kept:
        (old,) = kept.runs()
    monkeypatch.setattr(
        tocsin.pipeline, "load_coder", lambda **options: FakeCoder(lambda document: (), {"code": "newer"})
    )
    cli.invoke(app, ["run", "strike.txt", "--store", store])
    assert "0 events of 0" in cli.invoke(app, ["show"]).stderr
    assert "2 events of 2" in cli.invoke(app, ["show", "--run", old.id[:6]]).stderr
    with pytest.raises(tocsin.TocsinError, match="no run begins with 'zz'"):
        cli.invoke(app, ["show", "--run", "zz"], catch_exceptions=False)


@pytest.mark.parametrize("format", FORMATS)
def test_export_writes_every_format(here: Path, format: str) -> None:
    result = cli.invoke(app, ["export", "--store", filled(), "--format", format, "-o", "out"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 events written to out" in result.stderr
    assert (here / "out").exists()


def test_the_formats_of_the_command_are_those_of_the_library() -> None:
    assert {format.value for format in Format} == set(FORMATS)


def test_report_writes_a_page() -> None:
    result = cli.invoke(app, ["report", "--store", filled(), "-o", "report.html"])
    assert "2 events on report.html" in result.stderr
    assert "Clinic of Maribor" in Path("report.html").read_text(encoding="utf-8")


# --- the whole program ---


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from tocsin.cli import main; main()", *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def test_data_is_utf_8_whatever_the_locale() -> None:
    store = filled()
    result = program("export", "--store", store, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert json.loads(result.stdout)["text"] == TEXT
    assert "→" in program("show", "--store", store, PYTHONIOENCODING="ascii", LC_ALL="C").stdout


def test_an_error_is_one_line_on_stderr_with_status_2() -> None:
    Path("not.db").write_text("no store", encoding="utf-8")
    for arguments in (["show", "--store", "not.db"], ["export", "--store", "no.db"]):
        result = program(*arguments)
        assert (result.returncode, result.stdout) == (2, "")
        (line,) = result.stderr.splitlines()
        assert line.startswith("tocsin: no")


def test_help_and_version_load_no_model_and_come_at_once() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = program("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Processor time, since the machine may be busy with other things; 0.15 s where this was written.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5
    assert all(name in result.stdout for name in COMMANDS)
    assert program("--version").stdout == f"tocsin {tocsin.__version__}\n"
    heavy = (
        "import sys, tocsin.cli; print([name for name in ('spacy', 'sqlalchemy', 'pyarrow') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_has_examples_that_name_it(command: str) -> None:
    result = cli.invoke(app, [command, "--help"])
    assert "Example" in result.stdout
    assert f"tocsin {command}" in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_in_the_reference(command: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert f"## tocsin {command}" in page
    module = COMMANDS[command]
    for example in module.EXAMPLES.splitlines():
        if example.startswith("tocsin ") or " | tocsin" in example:
            assert example in page
