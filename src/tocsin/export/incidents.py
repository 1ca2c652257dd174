"""Incidents with all their accounts -> JSON Lines, or two CSV tables. Values chosen by a rule stand beside, and name it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from tocsin.errors import ExportError
from tocsin.export.files import replacing
from tocsin.export.masking import MASKED, SHOWN
from tocsin.export.record import Record, value_fields
from tocsin.tellings import Account, Consolidated, FieldAccounts, Telling
from tocsin.vocabulary import Quantity

INCIDENT_COLUMNS: Mapping[str, str] = {
    "incident": "Key: 16 hex digits that follow from its reports",
    "type": "Event type of the codebook: what most reports call it",
    "group": "contention, repression, violence, labour or settlement",
    "stand": "happened, disputed, unconfirmed, denied, planned, called_for or not_reported",
    "stand_reason": "The documents that moved it, by day",
    "outcome": "The incident that became of a plan or call, where it is told apart",
    "part_of": "The incident that it is part of; both count as incidents of their own",
    "part_reason": "Why",
    "reports": "How many event reports tell it",
    "documents": "How many documents tell it, copies of one text among them",
    "independent": "How many voices tell it that do not rest on each other",
    "contested": "Fields that voices contradict each other about, joined with '; '",
    "rule": "The rule that the columns after it were chosen by; empty: none, and so are they",
    "date_start": "First day, by the rule",
    "date_end": "Last day, by the rule",
    "place": "Place as written, by the rule",
    "settlement": "Town or village by the gazetteer",
    "country": "ISO 3166-1 alpha-2",
    "latitude": "Degrees north, WGS 84",
    "longitude": "Degrees east, WGS 84",
    "initiator": "Who acts, by the rule, joined with '; '",
    "target": "Against whom, by the rule, joined with '; '",
    "numbers": "Numbers by the rule: what is counted, low-high; an end left out is open",
    "private_names": "masked or shown",
}
ACCOUNT_COLUMNS: Mapping[str, str] = {
    "incident": "The incident",
    "field": "Field of the codebook",
    "role": "What a number counts",
    "side": "Accounts of one side can hold together; side 1 has most voices",
    "agreement": "Of the field: single, agree, differ or contested",
    "value": "As written",
    "low": "At least, for numbers",
    "high": "At most; empty beside a low end: open",
    "date_start": "First day, for dates",
    "date_end": "Last day, for dates",
    "voice": "Who says so: who is quoted last, or the outlet",
    "voice_kind": "The kind of source; author: the outlet itself",
    "organiser": "true: the voice speaks for those who act",
    "through": "Who passes it on, outermost first, joined with ' > '",
    "said": "Published date of the document",
    "replaced": "true: the same voice has said it anew since",
    "quote": "The words",
    "document": "The document",
    "event": "The event report",
    "claim": "The number of the claim in the report, from 1",
}


def incident_record(
    telling: Telling, consolidated: Sequence[Consolidated] = (), *, rule: str | None = None, unmask: bool = False
) -> Record:
    """A telling, from ``mask_telling``, as plain JSON values; the values of a rule, if one was asked for, under its name."""
    standing, part = telling.standing, telling.part_of
    return {
        "incident": telling.incident.id,
        "type": telling.incident.type.value,
        "group": telling.incident.type.group,
        "standing": {
            "stand": standing.stand.value,
            "reason": standing.reason,
            "outcome": standing.outcome,
            "steps": [
                {
                    "told": step.told.value,
                    "said": _day(step.said),
                    "document": step.document,
                    "report": step.report,
                    "voice": step.voice,
                }
                for step in standing.steps
            ],
        },
        "part_of": {"incident": part.whole, "reason": part.reason} if part else None,
        "parts": [{"incident": one.part, "reason": one.reason} for one in telling.parts],
        "reports": [report.id for _, report in telling.members],
        "documents": [
            {"id": one.id, "publisher": one.publisher, "published": _day(one.published), "title": one.title}
            for one in telling.documents
        ],
        "independent": telling.independent,
        "voices": [
            {
                "voice": key,
                "name": voice.name,
                "kind": voice.kind.value,
                "organiser": voice.organiser,
                "documents": list(voice.documents),
            }
            for key, voice in telling.voices.items()
        ],
        "fields": [_field_record(field) for field in telling.fields],
        "consolidated": {
            "rule": rule,
            "fields": [
                {
                    "field": one.field.value,
                    "role": one.role.value if one.role else None,
                    "values": [value_fields(value) for value in one.values],
                    "accounts": [[account.report, account.claim + 1] for account in one.accounts],
                }
                for one in consolidated
            ],
        }
        if rule
        else None,
        "links": [
            {"left": one.left, "right": one.right, "score": one.score, "reason": one.reason}
            for one in telling.incident.links
        ],
        "private_names": SHOWN if unmask else MASKED,
    }


def write_incidents(
    tellings: Iterable[tuple[Telling, Sequence[Consolidated]]],
    path: str | Path | None,
    *,
    rule: str | None = None,
    unmask: bool = False,
) -> int:
    """Write incidents with all their accounts.

    Args:
        tellings: from ``mask_telling``, each with the values that the rule makes of it.
        path: a file ending in .jsonl; another name is a folder for incidents.csv and accounts.csv; None or '-' is
            standard output, as JSON Lines.
        rule: the name of the rule, None where none was asked for.
        unmask: whether names of private persons are shown.

    Returns:
        How many incidents were written.

    Raises:
        ExportError: the target cannot be written.
    """
    if path is None or str(path) == "-":
        return sum(_write_line(one, sys.stdout, rule, unmask) for one in tellings)
    target = Path(path)
    try:
        if target.suffix in (".jsonl", ".json"):
            with replacing(target) as part, part.open("w", encoding="utf-8", newline="\n") as out:
                return sum(_write_line(one, out, rule, unmask) for one in tellings)
        return _write_tables(tellings, target, rule, unmask)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(
            f"{path}: cannot be written: {error.strerror or error}. Check the folder, or name another with -o."
        ) from error


def _write_line(found: tuple[Telling, Sequence[Consolidated]], out: TextIO, rule: str | None, unmask: bool) -> int:
    record = incident_record(found[0], found[1], rule=rule, unmask=unmask)
    out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return 1


def _write_tables(
    tellings: Iterable[tuple[Telling, Sequence[Consolidated]]], folder: Path, rule: str | None, unmask: bool
) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    with (
        replacing(folder / "incidents.csv") as one,
        replacing(folder / "accounts.csv") as other,
        one.open("w", encoding="utf-8", newline="") as incidents_out,
        other.open("w", encoding="utf-8", newline="") as accounts_out,
    ):
        incidents = csv.DictWriter(incidents_out, list(INCIDENT_COLUMNS))
        accounts = csv.DictWriter(accounts_out, list(ACCOUNT_COLUMNS))
        incidents.writeheader()
        accounts.writeheader()
        for telling, consolidated in tellings:
            incidents.writerow(_incident_row(telling, consolidated, rule, unmask))
            accounts.writerows(_account_rows(telling))
            number += 1
    with replacing(folder / "incidents.md") as part:
        part.write_text("\n".join(_dictionary(rule, unmask)), encoding="utf-8")
    return number


def _dictionary(rule: str | None, unmask: bool) -> Iterator[str]:
    yield "# Incidents, and who says what of them\n"
    chosen = f"Values in `incidents.csv` were chosen by the rule `{rule}`" if rule else "No values were chosen"
    yield f"{chosen}; all that is claimed stands in `accounts.csv`. Names of private persons are "
    yield f"{SHOWN if unmask else MASKED}. Places: GeoNames (https://www.geonames.org), CC BY 4.0.\n"
    for name, columns in (("incidents", INCIDENT_COLUMNS), ("accounts", ACCOUNT_COLUMNS)):
        yield f"## {name}.csv\n"
        yield "| column | what stands in it |\n| --- | --- |"
        yield from (f"| `{column}` | {told} |" for column, told in columns.items())
        yield ""


def _incident_row(telling: Telling, consolidated: Sequence[Consolidated], rule: str | None, unmask: bool) -> Record:
    part = telling.part_of
    values = {one.field.value: [value_fields(value) for value in one.values] for one in consolidated}
    date, place = (next(iter(values.get(name, [])), {}) for name in ("date", "place"))
    numbers = [value for one in consolidated for value in one.values if isinstance(value, Quantity)]
    return {
        "incident": telling.incident.id,
        "type": telling.incident.type.value,
        "group": telling.incident.type.group,
        "stand": telling.standing.stand.value,
        "stand_reason": telling.standing.reason,
        "outcome": telling.standing.outcome,
        "part_of": part.whole if part else None,
        "part_reason": part.reason if part else None,
        "reports": len(telling.members),
        "documents": len(telling.documents),
        "independent": telling.independent,
        "contested": "; ".join(_field_name(field) for field in telling.contested),
        "rule": rule,
        "date_start": date.get("start"),
        "date_end": date.get("end"),
        "place": place.get("name"),
        "settlement": place.get("settlement"),
        "country": place.get("country"),
        "latitude": place.get("lat"),
        "longitude": place.get("lon"),
        "initiator": "; ".join(value["text"] for value in values.get("initiator", [])),
        "target": "; ".join(value["text"] for value in values.get("target", [])),
        "numbers": "; ".join(f"{one.role.value} {_end(one.low)}-{_end(one.high)}" for one in numbers),
        "private_names": SHOWN if unmask else MASKED,
    }


def _account_rows(telling: Telling) -> Iterator[Record]:
    for field in telling.fields:
        for number, side in enumerate(field.sides, 1):
            for account in side.accounts:
                fields = value_fields(account.value)
                text = account.value.text if isinstance(account.value, Quantity) else fields.get("text")
                voice = telling.voices[account.voice]
                yield {
                    "incident": telling.incident.id,
                    "field": field.field.value,
                    "role": field.role.value if field.role else None,
                    "side": number,
                    "agreement": field.agreement.value,
                    "value": text or fields.get("name"),
                    "low": fields.get("low"),
                    "high": fields.get("high"),
                    "date_start": fields.get("start"),
                    "date_end": fields.get("end"),
                    "voice": voice.name,
                    "voice_kind": voice.kind.value,
                    "organiser": str(voice.organiser).lower(),
                    "through": " > ".join(telling.voices[key].name for key in account.through),
                    "said": _day(account.said),
                    "replaced": str(account.replaced).lower(),
                    "quote": account.quote,
                    "document": account.document,
                    "event": account.report,
                    "claim": account.claim + 1,
                }


def _field_record(field: FieldAccounts) -> Record:
    return {
        "field": field.field.value,
        "role": field.role.value if field.role else None,
        "agreement": field.agreement.value,
        "reason": field.reason,
        "against": [list(pair) for pair in field.against],
        "sides": [
            {"voices": list(side.voices), "accounts": [_account_record(one) for one in side.accounts]}
            for side in field.sides
        ],
    }


def _account_record(account: Account) -> Record:
    return {
        "value": value_fields(account.value),
        "quote": account.quote,
        "voice": account.voice,
        "through": list(account.through),
        "said": _day(account.said),
        "document": account.document,
        "report": account.report,
        "claim": account.claim + 1,
        "differs": account.differs,
        "replaced": account.replaced,
    }


def _field_name(field: FieldAccounts) -> str:
    return field.role.value if field.role else field.field.value


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _end(number: int | None) -> str:
    return "" if number is None else str(number)
