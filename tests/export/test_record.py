from __future__ import annotations

import datetime as dt
import json
from typing import Any

from factory import full_coded, full_report, make_document, make_report

from tocsin.export import document_record, report_record
from tocsin.export.record import event_ids
from tocsin.vocabulary import Coded


def spans(record: Any) -> list[tuple[str, list[int]]]:
    """Every (quote, span) that stands side by side in a record."""
    found = []
    if isinstance(record, dict):
        pairs = [("trigger", "trigger_span"), ("evidence", "span"), ("text", "span"), ("cue", "cue_span")]
        pairs += [("employer", "employer_span")]
        found += [(record[quote], record[span]) for quote, span in pairs if record.get(span) and record.get(quote)]
        found += (
            list(zip(record["evidence"], record["evidence_spans"], strict=True)) if "evidence_spans" in record else []
        )
    parts = record.values() if isinstance(record, dict) else record if isinstance(record, list) else ()
    return found + [pair for part in parts for pair in spans(part)]


def test_a_report_becomes_the_benchmarks_record() -> None:
    event = report_record(full_report(), {full_report().id: "e1"})
    assert {key: event[key] for key in ("id", "type", "factuality", "trigger", "employer", "union", "part_of")} == {
        "id": "e1",
        "type": "strike",
        "factuality": "actual",
        "trigger": "walked out",
        "employer": "Clinic of Maribor",
        "union": None,
        "part_of": None,
    }
    assert {key: event["date"][key] for key in ("start", "end", "precision")} == {
        "start": "2021-03-04",
        "end": "2021-03-04",
        "precision": "day",
    }
    place = ("name", "admin1", "country", "lat", "lon", "precision")
    assert [event["place"][key] for key in place] == ["Clinic of Maribor", "Maribor", "SI", 46.55, 15.65, "site"]
    assert [(actor["text"], actor["kind"]) for actor in event["initiator"]] == [("nurses", "workers")]
    assert event["target"] == []
    (quantity,) = event["quantities"]
    assert [quantity[key] for key in ("role", "low", "high", "evidence")] == [
        "participants",
        360,
        440,
        "Some 400 nurses",
    ]
    assert [(demand["text"], demand["issue"]) for demand in event["demands"]] == [("higher pay", "wages")]
    assert [(source["text"], source["kind"], source["cue"]) for source in event["sources"]] == [
        ("", "author", None),
        ("the union Sestre", "organisation", "said"),
        ("The clinic", "organisation", "spoke of"),
    ]
    assert event["evidence"] == ["walked out"]


def test_a_differing_claim_stands_beside_the_reading_with_its_source() -> None:
    event = report_record(full_report(), {})
    (differing,) = event["differing"]
    assert differing["field"] == "factuality"
    assert differing["value"] == {"text": "denied"}
    assert differing["evidence"] == "no more than a long break"
    assert event["sources"][differing["sources"][0]]["text"] == "The clinic"
    assert event["factuality"] == "actual"


def test_every_quote_stands_where_its_span_says() -> None:
    record = document_record(full_coded())
    found = spans(record)
    assert len(found) > 10
    assert all(record["text"][start:end] == quote for quote, (start, end) in found)


def test_events_are_numbered_and_parts_point_at_their_whole() -> None:
    record = document_record(full_coded())
    assert [(event["id"], event["part_of"]) for event in record["events"]] == [("e1", None), ("e2", "e1")]


def test_a_whole_that_is_not_exported_keeps_its_full_id() -> None:
    strike, arrest = full_coded().reports
    assert report_record(arrest, event_ids([arrest]))["part_of"] == strike.id


def test_what_the_text_does_not_tell_is_null_or_empty() -> None:
    document = make_document("Strike!", None, publisher=None)
    record = document_record(Coded(document, (make_report(document, date=None, place=None, initiators=[]),), people=()))
    (event,) = record["events"]
    assert record["published"] is record["publisher"] is None
    assert event["date"]["start"] is None
    assert event["date"]["precision"] == event["place"]["precision"] == "unknown"
    assert event["place"]["name"] is None
    assert event["initiator"] == event["quantities"] == []


def test_a_record_is_plain_json_and_names_incidents_only_where_linked() -> None:
    coded = full_coded()
    assert "incident" not in document_record(coded)["events"][0]
    record = document_record(coded, {coded.reports[0].id: "abc"})
    assert [event["incident"] for event in record["events"]] == ["abc", None]
    assert json.loads(json.dumps(record)) == record
    assert record["published"] == dt.date(2021, 3, 5).isoformat()
