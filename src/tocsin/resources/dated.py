"""What held for a time: 'president 1994-07-20/', read from the files under data/actors/."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.errors import DataError

_TERM = re.compile(r"(?P<what>.+?)(?:\s+(?P<start>[\d-]*)/(?P<end>[\d-]*))?$")


@dataclass(frozen=True, slots=True)
class Term:
    """A word with the days on which it held, both inclusive; an open side is None."""

    what: str
    start: dt.date | None = None
    end: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether it held on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def read_terms(value: Any, where: str) -> tuple[Term, ...]:
    """Terms written as one text or as a list of them.

    Raises:
        DataError: one is no text, or its dates are no dates.
    """
    return tuple(_term(item, where) for item in (value if isinstance(value, list) else [value]))


def _term(item: Any, where: str) -> Term:
    found = _TERM.fullmatch(item) if isinstance(item, str) else None
    if found is None:
        raise DataError(f"{where}: {item!r} is no term. Write 'president 1994-07-20/' or 'president 2001/2005-06'.")
    try:
        start, end = _day(found["start"], first=True), _day(found["end"], first=False)
    except ValueError:
        raise DataError(f"{where}: {item!r} has a date that is none. Write YYYY, YYYY-MM or YYYY-MM-DD.") from None
    if start and end and start > end:
        raise DataError(f"{where}: {item!r} ends before it begins. Swap the dates, or mend one.")
    return Term(found["what"], start, end)


def _day(text: str | None, *, first: bool) -> dt.date | None:
    """A date's first or last day: '2001' begins on 1 January and ends on 31 December."""
    if not text:
        return None
    year, *rest = (int(part) for part in text.split("-"))
    if len(rest) == 2:
        return dt.date(year, *rest)
    if first:
        return dt.date(year, rest[0] if rest else 1, 1)
    month = rest[0] if rest else 12
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def check_keys(entry: Any, where: str, needed: Sequence[str], optional: Sequence[str]) -> None:
    """Raise DataError unless an entry is a mapping with all keys needed and no unknown ones."""
    if not isinstance(entry, dict):
        raise DataError(f"{where}: not a mapping. Write '{{{needed[0]}: ...}}'.")
    if missing := [key for key in needed if not entry.get(key)]:
        raise DataError(f"{where}: '{missing[0]}' is missing. Each entry needs {', '.join(needed)}.")
    if unknown := sorted(str(key) for key in entry if key not in (*needed, *optional)):
        raise DataError(f"{where}: '{unknown[0]}' is not a key. There are {', '.join((*needed, *optional))}.")


def texts(entry: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of texts under a key, () if there is none; YAML reads a bare 'no' as a truth value."""
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise DataError(f"{where}: '{key}' is no list of names. Write {key}: [one, another], in quotes if need be.")
    return tuple(values)
