"""What is told of incidents, against invented ones (``invented/incidents.yaml``): hierarchy, voices, consolidated values.

Which reports make an incident is given: this measures what ``tell_incidents`` and ``consolidate`` make of them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tocsin.link import consolidate, tell_incidents
from tocsin.tellings import Telling
from tocsin.vocabulary import (
    Actor,
    ActorKind,
    Attribution,
    Claim,
    Coded,
    DateInterval,
    DatePrecision,
    Document,
    EventReport,
    EventType,
    Evidence,
    Factuality,
    Field,
    Incident,
    Place,
    PlacePrecision,
    Quantity,
    QuantityRole,
    SourceKind,
)

CASES = Path(__file__).parent / "invented" / "incidents.yaml"
_KINDS = {"police": ActorKind.POLICE, "militia": ActorKind.MILITIA}


@dataclass
class Tally:
    """How many expected parts, voices and values were told, how many were told in all, and what was wrong."""

    right: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def compare(self, what: str, case: str, wanted: object, told: object) -> None:
        """Count one comparison; None stands for nothing wanted or told."""
        self.wanted[what] += wanted is not None
        self.told[what] += told is not None
        self.right[what] += wanted is not None and wanted == told
        if wanted != told:
            self.wrong.append(f"{case}: {what} should be {wanted}, is {told}")


def read_cases(path: Path = CASES) -> list[dict[str, Any]]:
    """The cases of the file."""
    cases: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return cases


def measure(cases: Sequence[Mapping[str, Any]]) -> Tally:
    """Tell the incidents of each case by themselves and compare."""
    tally = Tally()
    for case in cases:
        tellings = _tell(case["reports"])
        name_of = {telling.incident.id: name for name, telling in tellings.items()}
        expect = case["expect"]
        for name, telling in tellings.items():
            if "parts" in expect:
                whole = name_of[telling.part_of.whole] if telling.part_of else None
                tally.compare("part of", case["case"], expect["parts"].get(name), whole)
            if name in expect.get("voices", {}):
                tally.compare("voices", case["case"], expect["voices"][name], telling.independent)
            for rule, values in expect.get("values", {}).get(name, {}).items():
                found = {one.role: one.values[0] for one in consolidate(telling, rule) if one.role}
                for role, ends in values.items():
                    value = found.get(QuantityRole(role))
                    told = [value.low, value.high] if isinstance(value, Quantity) else None
                    tally.compare("values", f"{case['case']} ({rule})", ends, told)
    return tally


def main() -> int:
    """Print precision and recall of parts, and how many voices and values are right."""
    cases = read_cases()
    tally = measure(cases)
    incidents = sum(len({report[0] for report in case["reports"]}) for case in cases)
    print(f"# incidents: {len(cases)} invented cases, {incidents} incidents; which reports make an incident is given")
    for what in ("part of", "voices", "values"):
        print(f"{what:8s} right {tally.right[what]}, told {tally.told[what]}, wanted {tally.wanted[what]}")
    for line in tally.wrong:
        print(line)
    return 0


def _tell(rows: Sequence[Sequence[Any]]) -> dict[str, Telling]:
    coded = list(_coded(rows))
    members: dict[str, list[EventReport]] = {}
    for row, one in coded:
        members.setdefault(row[0], []).append(one.reports[-1])
    incidents = {
        name: Incident(reports[0].type, tuple(sorted(report.id for report in reports)))
        for name, reports in members.items()
    }
    documents: dict[str, Coded] = {}
    for _, one in coded:
        there = documents.get(one.document.id)
        documents[one.document.id] = Coded(one.document, ((*there.reports, *one.reports) if there else one.reports))
    tellings = tell_incidents(incidents.values(), documents.values())
    by_id = {telling.incident.id: telling for telling in tellings}
    return {name: by_id[incident.id] for name, incident in incidents.items()}


def _coded(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[Sequence[Any], Coded]]:
    """Each row with its document and report; what one paper prints on one day is one document where a row asks for it."""
    made: dict[str, EventReport] = {}
    shared = {(row[1], row[2]) for row in rows if len(row) > 8 and "in" in row[8]}
    for row in rows:
        together = (
            [one for one in rows if (one[1], one[2]) == (row[1], row[2])] if (row[1], row[2]) in shared else [row]
        )
        document = _document(row, together)
        wholes = {name: report.id for name, report in made.items() if report.document_id == document.id}
        report = _report(document, row, wholes)
        made[row[0]] = report
        yield row, Coded(document, (report,))


def _document(row: Sequence[Any], together: Sequence[Sequence[Any]]) -> Document:
    told = [
        (one[8] if len(one) > 8 else {}).get("text") or f"{one[0]} {one[1]}: {_trigger(one)} {_says(one)[1]}".strip()
        for one in together
    ]
    if not any(len(one) > 8 and "text" in one[8] for one in together):
        # Papers that say the same in the same words would be taken for copies of one text.
        told.append(" ".join(f"{row[1].casefold().replace(' ', '')}{row[2]}{number}" for number in range(12)))
    return Document(". ".join(told), dt.date(2024, 3, row[2]), row[1], language="en")


def _trigger(row: Sequence[Any]) -> str:
    return f"{row[7]} at {row[4]} in the {row[3]}"


def _says(row: Sequence[Any]) -> tuple[str, str]:
    kind, _, name = str((row[8] if len(row) > 8 else {}).get("says", "")).partition(": ")
    return kind, name


def _report(document: Document, row: Sequence[Any], wholes: Mapping[str, str]) -> EventReport:
    _, _, _, kind, where, first, last, who, *rest = row
    more: Mapping[str, Any] = rest[0] if rest else {}
    town, _, country = where.rpartition(" ")
    place = (
        Place(town, PlacePrecision.SETTLEMENT, town, country=country)
        if town
        else Place(where, PlacePrecision.COUNTRY, country=country)
    )
    actor = Actor(who, ActorKind(more.get("kind", _KINDS.get(who, ActorKind.WORKERS))))
    spoken, speaker = _says(row)
    sources = (Attribution(SourceKind.AUTHOR),)
    if spoken:
        start = document.text.index(speaker)
        sources += (Attribution(SourceKind(spoken), Evidence.at(document, start, start + len(speaker))),)
    days = DateInterval(dt.date(2024, 3, first), dt.date(2024, 3, last), DatePrecision.DAY)
    claims = [
        Claim(found, value, None, sources=(0,), reason="invented")
        for found, value in (
            (Field.FACTUALITY, Factuality(more.get("told", "actual"))),
            (Field.DATE, days),
            (Field.PLACE, place),
            (Field.INITIATOR, actor),
        )
    ]
    for role in QuantityRole:
        if role.value in more:
            low, high = more[role.value]
            number = Quantity(role, low, high, f"{low} to {high}")
            claims.append(Claim(Field.QUANTITY, number, None, sources=(len(sources) - 1,), reason="invented"))
    start = max(0, document.text.find(_trigger(row)))
    trigger = Evidence.at(document, start, min(len(document.text), start + len(_trigger(row))))
    return EventReport(
        document.id,
        EventType(kind),
        trigger,
        claims=tuple(claims),
        sources=sources,
        evidence=(trigger,),
        reason="invented",
        part_of=wholes.get(more.get("in", "")),
    )
