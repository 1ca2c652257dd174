"""Join our stand-off annotation of news articles with their texts, which lie beside the project.

``annotations/news.jsonl`` names an article of a visible train or dev split and says where in its text what stands: offsets and
labels, no words of the articles. A part of it (``held`` in the file) is never trained on: settings are fitted on it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tocsin.read import read_text

ANNOTATIONS = Path(__file__).parent / "annotations" / "news.jsonl"

# Articles that nobody annotated, of a set of which e2e has none; the day stands in their datelines ('SAN SALVADOR, 3 JAN 90').
PLAIN = "muc4/train.jsonl"
DATELINE = re.compile(r"\b(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]* (\d\d)\b")
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


def texts_of(rows: Sequence[Mapping[str, Any]], shared: Path) -> dict[str, str]:
    """The texts of annotated articles, by the annotation's id, as the reader of files would give them.

    Raises:
        SystemExit: an article is not where its annotation says.
    """
    wanted: dict[str, dict[str, str]] = {}
    for row in rows:
        wanted.setdefault(row["file"], {})[row["id"].split(":", 1)[1]] = row["id"]
    texts = {}
    for name, ids in wanted.items():
        path = shared / "benchmarks" / name
        with path.open(encoding="utf-8") as lines:
            for article in map(json.loads, lines):
                if article["id"] in ids:
                    texts[ids[article["id"]]] = read_text(article["text"]).text
        lost = set(ids.values()) - set(texts)
        if lost:
            raise SystemExit(f"{path}: {', '.join(sorted(lost))} are annotated in {ANNOTATIONS} and not there")
    return texts


def event_record(event: Mapping[str, Any], text: str) -> dict[str, Any]:
    """One event with its words in place of their offsets."""

    def words(span: Sequence[int] | None) -> str:
        return text[span[0] : span[1]] if span else ""

    date, place = event["date"], event["place"]
    return {
        **{name: event[name] for name in ("id", "type", "factuality", "part_of")},
        "trigger": words(event["trigger"]),
        "date": {
            "start": date[0],
            "end": date[1],
            "precision": date[2],
            "evidence": words(date[3]) or None,
        },
        "place": {
            "name": place[0],
            "country": place[1],
            "precision": place[2],
            "evidence": words(place[3]) or None,
        },
        **{
            role: [{"text": words(actor[:2]), "kind": actor[2]} for actor in event[role]]
            for role in ("initiator", "target")
        },
        **{name: words(event[name]) or None for name in ("employer", "union")},
        "quantities": [
            {"role": q[2], "low": q[3], "high": q[4], "evidence": words(q[:2])} for q in event["quantities"]
        ],
        "demands": [{"text": words(d[:2]), "issue": d[2]} for d in event["demands"]],
        "sources": [
            {"text": words(source[0]), "kind": source[1], "cue": words(source[2]) or None}
            for source in event["sources"]
        ],
        "evidence": [words(span) for span in event["evidence"]],
    }


def read_news(shared: Path, *, held: bool) -> list[dict[str, Any]]:
    """The annotated articles that are trained on, or those that are held back, as records: id, published, publisher, text, events."""
    with ANNOTATIONS.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["held"] == held]
    texts = texts_of(rows, shared)
    return [
        {
            **{name: row[name] for name in ("id", "published", "publisher")},
            "text": texts[row["id"]],
            "events": [event_record(event, texts[row["id"]]) for event in row["events"]],
        }
        for row in rows
    ]


def read_plain(shared: Path) -> list[dict[str, Any]]:
    """The dated articles of PLAIN that nobody annotated, as records without events, marked ``plain``: students learn from what teachers read in them."""
    with ANNOTATIONS.open(encoding="utf-8") as lines:
        known = {json.loads(line)["id"].split(":", 1)[1] for line in lines}
    records = []
    with (shared / "benchmarks" / PLAIN).open(encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            text = read_text(article["text"]).text
            told = DATELINE.search(text[:220])
            if article["id"] in known or told is None:
                continue
            day, month, year = told.groups()
            published = dt.date(1900 + int(year), MONTHS.index(month) + 1, int(day)).isoformat()
            record = {"id": article["id"], "published": published, "publisher": None, "text": text, "events": []}
            records.append(record | {"plain": True})
    return records
