from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest

from benchmarks import compare
from benchmarks.compare import Record, coded, gather, report

TEXT = "Bakers struck in Split on Monday. Police held two men."


def event(type: str = "strike", trigger: str = "struck", **fields: Any) -> dict[str, Any]:
    return {
        "type": type,
        "trigger": trigger,
        "factuality": "actual",
        "date": {"start": None, "end": None, "precision": "unknown"},
        "place": {"name": None, "country": None},
        "initiator": [],
        "target": [],
        "quantities": [],
        "evidence": [sentence for sentence in TEXT.split(". ") if trigger in sentence],
        **fields,
    }


def _pair(gold: list[Record], found: list[Record], text: str, loose: bool) -> list[tuple[int, int]]:
    return [(i, j) for i, g in enumerate(gold) for j, p in enumerate(found) if g["trigger"] == p["trigger"]]


def _same(one: Any, other: Any) -> bool:
    return bool(one == other)


SCORER = cast(
    ModuleType,
    SimpleNamespace(
        pair=_pair,
        date_right=_same,
        place_right=_same,
        country_right=_same,
        actor_right=_same,
        kinds_right=_same,
        quantities_hit=lambda g, p: sum(one in p for one in g),
        ROW_ROLES=("killed",),
    ),
)
SPLIT = {"name": "Split", "country": "HR"}
GOLD: Record = {"id": "a", "text": TEXT, "events": [event(place=SPLIT)]}
PLAIN: Record = {"id": "b", "text": TEXT}


def lines(before: list[dict[str, Any]], after: list[dict[str, Any]], record: Record = GOLD) -> list[str]:
    return list(report([record], {record["id"]: before}, {record["id"]: after}, SCORER))


def test_the_same_events_are_no_difference() -> None:
    assert lines([event()], [event()])[0] == "# totals"


def test_a_gained_event_that_gold_has_is_marked_right_and_its_sentence_shown() -> None:
    told = lines([], [event(place=SPLIT)])
    assert told[:3] == [
        "## a",
        "+ strike 'struck': Split HR   [right]",
        "    Bakers [struck] in Split on Monday",
    ]
    assert "gained      1: 1 right, 0 wrong, 0 neither or without gold" in told


def test_a_lost_event_that_gold_lacks_was_wrong() -> None:
    assert "- arrest 'held'" in lines([event("arrest", "held")], [])[1]
    assert lines([event("arrest", "held")], [])[1].endswith("[was wrong]")


def test_a_changed_field_is_judged_before_and_after() -> None:
    told = lines([event()], [event(place=SPLIT)])
    assert told[1] == "~ strike 'struck', place: none → Split HR   [now right]"
    assert lines([event(place=SPLIT)], [event()])[1].endswith("[now wrong]")


def test_without_gold_nothing_is_called_right_or_wrong() -> None:
    told = lines([], [event()], PLAIN)
    assert told[1] == "+ strike 'struck': "
    assert "gained      1: 0 right, 0 wrong, 1 neither or without gold" in told


def test_what_a_commit_made_is_kept_until_the_articles_change(tmp_path: Path) -> None:
    asked: list[str] = []

    def code(commit: str, records: Sequence[Record]) -> dict[str, list[dict[str, Any]]]:
        asked.append(commit)
        return {str(record["id"]): [event()] for record in records}

    for records in ([GOLD], [GOLD], [GOLD, PLAIN]):
        made = coded("abc", records, code, tmp_path)
        assert set(made) == {record["id"] for record in records}
    assert asked == ["abc", "abc"]


def test_the_sample_is_the_same_each_time_and_leaves_gold_articles_out(tmp_path: Path) -> None:
    def write(path: str, *records: str) -> None:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("\n".join(records), encoding="utf-8")

    write("e2e/dev.jsonl", '{"id": "g", "text": "gold", "events": []}')
    write("e2e/dev_b.jsonl", "")
    for name in compare.SAMPLE_SETS:
        write(f"{name}/train.jsonl", *(f'{{"id": "{name}{i}", "text": "{name} {i}"}}' for i in range(20)))
    write("polnear/train.jsonl", '{"id": "copy", "text": "gold"}')
    ids = [record["id"] for record in gather(tmp_path, 5)]
    assert ids == [record["id"] for record in gather(tmp_path, 5)]
    assert (ids[0], len(ids)) == ("g", 6)
    assert "copy" not in [record["id"] for record in gather(tmp_path, 1000)]


def test_a_commit_is_coded_with_its_own_source_and_its_worktree_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*arguments: str) -> str:
        options = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        return subprocess.run(["git", *options, *arguments], check=True, capture_output=True, text=True).stdout

    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")
    fake = Path("src/tocsin")
    (fake / "read").mkdir(parents=True)
    (fake / "read/__init__.py").write_text("def parse_published(day): return day\n", encoding="utf-8")
    git("commit", "--quiet", "--allow-empty", "-m", "empty")
    (fake / "pipeline.py").write_text("", encoding="utf-8")
    for word in ("old", "new"):
        (fake / "__init__.py").write_text(
            "from types import SimpleNamespace\n"
            "class TocsinError(Exception): pass\n"
            "class Coded: pass\n"
            "class Failed: pass\n"
            "def read_text(text, **about): return text\n"
            "def load_coder(): return SimpleNamespace(code_document=lambda document: Coded())\n"
            f"def document_record(coded): return {{'events': [{{'type': '{word}'}}]}}\n",
            encoding="utf-8",
        )
        git("add", ".")
        git("commit", "--quiet", "-m", word)
    commit = compare._commit("HEAD~1")
    assert compare.code_commit(commit, [PLAIN]) == {"b": [{"type": "old"}]}
    assert len(git("worktree", "list").splitlines()) == 1
    with pytest.raises(SystemExit, match="cannot code articles yet"):
        compare.code_commit(compare._commit("HEAD~2"), [PLAIN])
    assert len(git("worktree", "list").splitlines()) == 1
    with pytest.raises(SystemExit, match="no such commit"):
        compare._commit("nowhere")
