"""No name of a private person leaves Tocsin, in any output, in any form."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from factory import evidence, make_claim, make_document, make_report
from typer.testing import CliRunner

from tocsin.cli import app
from tocsin.cli.tables import event_table, heading
from tocsin.errors import ExportError
from tocsin.export import document_record, export_documents, mask_names, person_words
from tocsin.store import open_store
from tocsin.vocabulary import (
    Actor,
    ActorKind,
    Attribution,
    BlockKind,
    Coded,
    Demand,
    EventReport,
    EventType,
    Field,
    Person,
    Place,
    PlacePrecision,
    Quantity,
    QuantityRole,
    SourceKind,
    Span,
)
from tocsin.web.report import render_report, report_data

TEXT = (
    "Mayor Nika Turk said police held the turner Anže Kovač-Zupan on Friday. Kovač-Zupan's wife, Li Horvat, wept.\n\n"
    "HORVAT said the Kovač-Zupans want Anže back. Andrej Turk, a witness, saw it."
)
PRIVATE = ("Kovač", "Kovac", "Zupan", "Anže", "Anze", "Horvat", "HORVAT", "Andrej")


def spans(*words: str) -> tuple[Span, ...]:
    return tuple(Span(*found.span()) for word in words for found in re.finditer(re.escape(word), TEXT))


def held() -> Coded:
    document = make_document(
        TEXT,
        title="Turner Kovač-Zupan held; Li Horvat speaks",
        url="https://example.org/2021/anze-kovac-zupan-held?by=ANZE",
        name="news/Kovac_Zupan.html",
        publisher="Blog of Andrej Turk",
    )
    blocks = tuple(
        dataclasses.replace(block, kind=BlockKind.POST, account="@andrejturk85") for block in document.blocks
    )
    document = dataclasses.replace(document, blocks=blocks)
    name = "Anže Kovač-Zupan"
    arrest = make_report(
        document,
        EventType.ARREST,
        trigger="held",
        place=Place("the flat of Li Horvat", PlacePrecision.SITE, country="SI"),
        initiators=[Actor("police", ActorKind.POLICE)],
        targets=[Actor(f"the turner {name}", ActorKind.WORKERS, identity="kovac zupan", country="SI")],
        employer="Horvat and Sons",
        quantities=[Quantity(QuantityRole.DETAINED, 1, 1, name)],
        claims=(
            make_claim(Field.DEMAND, Demand("want Anže back"), evidence(document, "want Anže back")),
            make_claim(Field.TARGET, Actor("Kovač-Zupan"), evidence(document, "Kovač-Zupan"), differs=True),
            make_claim(Field.UNION, "Union of Andrej Turk", reason="words of Andrej Turk"),
        ),
        sources=(
            Attribution(SourceKind.OFFICIAL, evidence(document, "Mayor Nika Turk"), evidence(document, "said")),
            Attribution(
                SourceKind.NAMED_PERSON,
                evidence(document, "Kovač-Zupan's wife, Li Horvat"),
                evidence(document, "wept"),
                evidence(document, "the Kovač-Zupans want Anže back"),
            ),
        ),
        evidence=(evidence(document, TEXT.split("\n")[0]),),
    )
    people = (
        Person("Nika Turk", True, "role: mayor", spans("Nika Turk")),
        Person(name, False, "", (*spans("Anže Kovač-Zupan"), *spans("Kovač-Zupan's")[:0], *spans("Kovač-Zupan"), *spans("Anže"))),
        Person("Li Horvat", False, "", (*spans("Li Horvat"), *spans("HORVAT"))),
        Person("Andrej Turk", False, "", spans("Andrej Turk")),
    )  # fmt: skip
    return Coded(document, (arrest,), ("a note on Anže",), people)


def leaks(text: str) -> list[str]:
    return [name for name in PRIVATE if name.casefold() in text.casefold()]


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_no_export_holds_a_private_name(tmp_path: Path, format: str) -> None:
    target = tmp_path / ("events.jsonl" if format == "jsonl" else "tables")
    export_documents([held()], format, target)
    for path in [target] if target.is_file() else list(target.iterdir()):
        told = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_text(encoding="utf-8")
        assert not leaks(told), path
    assert "masked" in (target if format == "jsonl" else target / "README.md").read_text(encoding="utf-8")


def test_no_page_and_no_table_holds_a_private_name() -> None:
    page = render_report([held()])
    assert not leaks(page)
    assert "private person 1" in page
    assert not leaks(json.dumps(report_data([held()]), ensure_ascii=False))
    masked = mask_names(held())
    assert not leaks(heading(masked.document, 1).plain)
    assert event_table([(masked.document, report) for report in masked.reports], 120).row_count == 1


def test_public_persons_keep_their_names() -> None:
    record = document_record(held())
    assert record["events"][0]["sources"][0]["text"] == "Mayor Nika Turk"
    assert "Mayor Nika Turk said" in record["text"]


def test_values_say_private_person_with_a_number_that_holds_for_the_document() -> None:
    (event,) = document_record(held())["events"]
    assert event["target"][0]["text"] == "the turner private person 1"
    assert event["target"][0]["identity"] is None
    assert event["sources"][1]["text"] == "private person 1's wife, private person 2"
    assert event["place"]["name"] == "the flat of private person 2"


def test_every_offset_still_holds_and_quotes_are_as_long_as_before() -> None:
    coded, masked = held(), mask_names(held())
    assert len(masked.document.text) == len(TEXT)
    for before, after in zip(coded.reports, masked.reports, strict=True):
        after.check(masked.document)
        spans_of = [[found.span for found in report.all_evidence()] for report in (before, after)]
        assert spans_of[0] == spans_of[1]


def test_ids_stay_so_that_masked_and_unmasked_tables_can_be_joined() -> None:
    coded, masked = held(), mask_names(held())
    assert masked.document.id == coded.document.id
    assert [report.id for report in masked.reports] == [report.id for report in coded.reports]


def test_masking_twice_changes_nothing() -> None:
    assert mask_names(mask_names(held())) == mask_names(held())


def test_unmask_shows_the_names_and_says_so(tmp_path: Path) -> None:
    record = document_record(held(), unmask=True)
    assert record["private_names"] == "shown"
    assert record["text"] == TEXT
    export_documents([held()], "csv", tmp_path, unmask=True)
    assert "SHOWN" in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))["private_names"] == "shown"
    assert "are shown (--unmask)" in render_report([held()], unmask=True)


def test_events_of_a_document_whose_names_nobody_looked_for_are_not_written() -> None:
    coded = dataclasses.replace(held(), people=None)
    with pytest.raises(ExportError, match="Code it again"):
        document_record(coded)


def test_a_document_without_events_that_nobody_read_for_names_gives_no_words() -> None:
    record = document_record(Coded(held().document))
    assert (record["text"], record["title"], record["url"]) == ("", None, None)
    assert "withheld" in record["notes"][-1]


@pytest.mark.parametrize(
    ("masked", "read"),
    [
        ("█1█ █1███ was held", "private person 1 was held"),
        ("█1█ █. █1███'s wife, █2████", "private person 1's wife, private person 2"),
        ("██", "private person"),
        ("█1██-█1██ and █12██", "private person 1 and private person 12"),
        ("no mask here", "no mask here"),
    ],
)
def test_masks_read_as_words(masked: str, read: str) -> None:
    assert person_words(masked) == read


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "t.db"
    with open_store(path, create=True) as kept:
        kept.save(kept.open_run({"code": "1"}, {}), [held()])
    return str(path)


@pytest.mark.parametrize("command", [["show"], ["show", "--json"], ["export"]])
def test_commands_mask_unless_told_not_to(store: str, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    cli = CliRunner()
    masked = cli.invoke(app, [*command, "--store", store])
    shown = cli.invoke(app, [*command, "--store", store, "--unmask"])
    assert (masked.exit_code, shown.exit_code) == (0, 0)
    assert "private person 1" in masked.stdout
    assert not leaks(masked.stdout)
    assert leaks(shown.stdout)
    assert "shown" in shown.stdout
    assert not leaks(masked.stderr)


def test_the_report_command_masks_unless_told_not_to(store: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    CliRunner().invoke(app, ["report", "--store", store, "-o", str(page)])
    assert not leaks(page.read_text(encoding="utf-8"))
    CliRunner().invoke(app, ["report", "--store", store, "-o", str(page), "--unmask"])
    assert leaks(page.read_text(encoding="utf-8"))


def test_the_store_keeps_the_original_names(store: str) -> None:
    with open_store(Path(store)) as kept:
        (loaded,) = kept.load(kept.runs()[0])
    assert loaded == held()


def test_reports_hold_no_private_name_in_any_field() -> None:
    def words(report: EventReport) -> str:
        return repr(dataclasses.asdict(dataclasses.replace(report, kept_id=None)))

    assert all(not leaks(words(report)) for report in mask_names(held()).reports)
