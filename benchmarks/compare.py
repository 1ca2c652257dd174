"""Every event gained and lost and every field changed between two commits, to be read: a change is judged by reading.

Both commits code the visible e2e dev and dev_b, whose gold says what is right, and a sample of other visible articles.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.whole import Record, load_scorer, paired, read_records, right_fields

SEED = 20261123
SAMPLED = 200
SAMPLE_SETS = ("glocon_doc", "india_police_events", "polnear")
CACHE = Path("out/compare")

Events = Mapping[str, list[dict[str, Any]]]
"""Document id -> its coded events."""
Code = Callable[[str, Sequence[Record]], Events]
"""Takes a commit and records, gives what the commit makes of them."""


@dataclass(frozen=True)
class Change:
    """One difference. ``verdict`` is what gold says of it: 'right', 'wrong', or '' where there is no gold.

    ``kind`` is 'gained', 'lost' or 'changed'; ``what`` says it in words; ``sentence`` is what the event stands in.
    """

    document: str
    kind: str
    what: str
    sentence: str
    verdict: str = ""


def main(shared: Path, one: str, other: str, size: int = SAMPLED) -> int:
    """Print the differences of two commits, by document, and totals."""
    commits = [_commit(revision) for revision in (one, other)]
    records = gather(shared, size)
    before, after = (coded(commit, records, code_commit) for commit in commits)
    scorer = load_scorer(shared)
    for line in report(records, before, after, scorer):
        print(line)
    return 0


def gather(shared: Path, size: int) -> list[Record]:
    """The e2e articles with their gold, then the sample without; each id once."""
    records = [record for split in ("dev", "dev_b") for record in read_records(shared / "e2e" / f"{split}.jsonl")]
    pool = [
        {
            "id": r["id"],
            "text": r["text"],
            "published": r.get("published") or r.get("date"),
            "publisher": r.get("publisher"),
        }
        for name in SAMPLE_SETS
        for r in read_records(shared / name / "train.jsonl")
    ]
    pool.sort(key=lambda record: str(record["id"]))
    known = {record["text"] for record in records}
    free = [record for record in pool if record["text"] not in known]
    chosen = random.Random(SEED).sample(free, min(size, len(free)))
    return list({str(record["id"]): record for record in [*records, *chosen]}.values())


def coded(commit: str, records: Sequence[Record], code: Code, cache: Path = CACHE) -> Events:
    """What a commit makes of the records; taken from the cache if it has coded just these before."""
    wanted = hashlib.sha256(
        json.dumps([[r["id"], r["text"], r.get("published")] for r in records]).encode()
    ).hexdigest()
    path = cache / f"{commit[:16]}-{wanted[:8]}.json"
    if path.exists():
        kept: Events = json.loads(path.read_text(encoding="utf-8"))
        return kept
    made = code(commit, records)
    cache.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    part.replace(path)
    return made


def code_commit(commit: str, records: Sequence[Record]) -> Events:
    """Code with a commit's own source and data, in a worktree that is gone afterwards; this interpreter, its packages."""
    inputs = "".join(
        json.dumps({key: r.get(key) for key in ("id", "text", "published", "publisher")}, ensure_ascii=False) + "\n"
        for r in records
    )
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        _git("worktree", "add", "--detach", "--quiet", str(tree), commit)
        try:
            if not (tree / "src" / "tocsin" / "pipeline.py").exists():
                # Python would quietly take the installed package in its place.
                raise SystemExit(f"benchmarks: {commit[:8]} cannot code articles yet. Name a later commit.")
            print(f"coding {len(records)} articles with {commit[:8]} …", file=sys.stderr, flush=True)
            done = subprocess.run(
                [sys.executable, str(Path(__file__).with_name("code_records.py").resolve())],
                input=inputs,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                check=False,
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(tree / "src")},
            )
        finally:
            _git("worktree", "remove", "--force", str(tree))
    if done.returncode:
        raise SystemExit(f"benchmarks: {commit[:8]} could not code the articles; its own message stands above.")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    failed = sum("problem" in one for one in told)
    if failed:
        first = next(one["problem"] for one in told if "problem" in one)
        print(f"{commit[:8]}: {failed} articles not coded, the first: {first}", file=sys.stderr)
    return {str(one["id"]): one["events"] for one in told}


def report(records: Sequence[Record], before: Events, after: Events, scorer: ModuleType) -> Iterator[str]:
    """The lines to read: documents with differences, then totals."""
    totals: Counter[tuple[str, str]] = Counter()
    for record in records:
        identity = str(record["id"])
        changes = compare(record, before.get(identity, []), after.get(identity, []), scorer)
        if changes:
            yield f"## {identity}"
            for change in changes:
                totals[change.kind, change.verdict] += 1
                mark = {"gained": "+", "lost": "-", "changed": "~"}[change.kind]
                yield f"{mark} {change.what}" + (f"   [{change.verdict}]" if change.verdict else "")
                yield f"    {change.sentence}"
            yield ""
    yield "# totals"
    for kind, good, bad in (
        ("gained", "right", "wrong"),
        ("lost", "was right", "was wrong"),
        ("changed", "now right", "now wrong"),
    ):
        count = sum(number for (own, _), number in totals.items() if own == kind)
        told = ", ".join(f"{totals[kind, verdict]} {verdict}" for verdict in (good, bad))
        rest = sum(n for (own, verdict), n in totals.items() if own == kind and verdict not in (good, bad))
        yield f"{kind:8} {count:4}: {told}, {rest} neither or without gold"


def compare(
    record: Record, before: list[dict[str, Any]], after: list[dict[str, Any]], scorer: ModuleType
) -> list[Change]:
    """The differences in one document."""
    gold = "events" in record
    was, now = (paired(scorer, record, events) if gold else {} for events in (before, after))
    # The same pairing finds the event of one commit in the other's.
    same = scorer.pair(before, after, record["text"], False)
    first, second = {i for i, _ in same}, {j for _, j in same}
    identity = str(record["id"])
    changes = [
        Change(identity, "lost", headline(e), sentence(e), ("was right" if i in was else "was wrong") if gold else "")
        for i, e in enumerate(before)
        if i not in first
    ]
    changes += [
        Change(identity, "gained", headline(e), sentence(e), ("right" if j in now else "wrong") if gold else "")
        for j, e in enumerate(after)
        if j not in second
    ]
    for i, j in sorted(same, key=lambda pair: pair[1]):
        for field in FIELDS:
            old, new = shown(before[i], field), shown(after[j], field)
            if old != new:
                what = f"{after[j]['type']} '{after[j]['trigger']}', {field}: {old} → {new}"
                verdict = _verdict(scorer, field, was.get(i), before[i], now.get(j), after[j])
                changes.append(Change(identity, "changed", what, sentence(after[j]), verdict))
    return changes


FIELDS = ("factuality", "date", "place", "initiator", "target", "quantities")


def _verdict(
    scorer: ModuleType, field: str, gold: Record | None, old: Record, other: Record | None, new: Record
) -> str:
    """What gold says of a changed field; '' where the event is not matched in both."""
    if gold is None or other is None:
        return ""
    before, after = _right(scorer, field, gold, old), _right(scorer, field, other, new)
    if before == after:
        return "still right" if after else "still wrong"
    return "now right" if after else "now wrong"


def _right(scorer: ModuleType, field: str, gold: Record, event: Record) -> bool:
    fields = right_fields(scorer, gold, event)
    return fields["place"] and fields["country"] if field == "place" else fields[field]


def shown(event: Record, field: str) -> str:
    """A field's value in short; what is compared is what is shown."""
    value: Any = event.get(field)
    match field:
        case "date":
            days = dict.fromkeys(day for day in ((value or {}).get("start"), (value or {}).get("end")) if day)
            return (
                "–".join(days) + ("" if value.get("precision") == "day" else f" ({value['precision']})")
                if days
                else "none"
            )
        case "place":
            name = (value or {}).get("name")
            return f"{name} {value.get('country') or ''}".strip() if name else "none"
        case "initiator" | "target":
            return "; ".join(f"{actor['text']} ({actor['kind']})" for actor in value or []) or "none"
        case "quantities":
            return "; ".join(f"{q['role']} {_end(q['low'])}–{_end(q['high'])}" for q in value or []) or "none"
        case _:
            return str(value)


def _end(number: int | None) -> str:
    return "" if number is None else str(number)


def headline(event: Record) -> str:
    """An event in a line."""
    told = "" if event.get("factuality") == "actual" else f" {event.get('factuality')}"
    parts = [shown(event, field) for field in ("initiator", "place", "date")]
    return f"{event['type']}{told} '{event['trigger']}': " + ", ".join(part for part in parts if part != "none")


def sentence(event: Record) -> str:
    """The sentence that tells it, with its trigger in brackets, on one line."""
    told = next((quote for quote in event.get("evidence") or [] if event["trigger"] in quote), event["trigger"])
    return " ".join(told.replace(event["trigger"], f"[{event['trigger']}]", 1).split())


def _commit(revision: str) -> str:
    return _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        told = " ".join(done.stderr.split()) or "there is no such commit"
        raise SystemExit(f"benchmarks: git {' '.join(arguments)}: {told}")
    return done.stdout.strip()
