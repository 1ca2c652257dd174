"""CSV with a row of column names: comma, semicolon or tab between cells."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator

from tocsin.errors import InputError, NoText, UnreadableInput
from tocsin.read.json_lines import check_decoded, open_text
from tocsin.read.limits import LINE_CHARACTERS, in_words
from tocsin.read.reader import Input, Read, Reader
from tocsin.read.record import FIELDS, ReadDefaults, from_fields
from tocsin.vocabulary import Failed, Skipped

_CELL_CHARACTERS = LINE_CHARACTERS


def read(source: Input, defaults: ReadDefaults) -> Iterator[Read]:
    """An outcome a row; rows are numbered as a spreadsheet does, the names being row 1."""
    # The csv module knows only a limit for the whole process; ours is raised, never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), _CELL_CHARACTERS))
    lines = _lines(source)
    header = next(lines, "")
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(itertools.chain([header], lines), delimiter=delimiter)
    number = 1
    try:
        names = [cell.strip() for cell in next(rows, [])]
        _check_columns(names, source.name)
        for number, cells in enumerate(rows, start=2):
            if any(cell.strip() for cell in cells):
                yield _row(names, cells, source.name, number, defaults)
    except csv.Error as error:
        raise UnreadableInput(
            f"{source.name}: after row {number} the table cannot be read ({error}). "
            "Is a quotation mark opened there and never closed?"
        ) from None


def _row(names: list[str], cells: list[str], file: str, number: int, defaults: ReadDefaults) -> Read:
    place, name = f"{file}, row {number}", f"{file}#{number}"
    try:
        for cell in cells:
            check_decoded(cell, place)
        if len(cells) > len(names):
            raise UnreadableInput(
                f"{place}: {len(cells)} cells under {len(names)} column names. Put cells with a separator in quotation marks."
            )
        # A short row leaves its last cells empty, as spreadsheets write it.
        return from_fields(dict(zip(names, cells, strict=False)), place, name, defaults)
    except NoText as error:
        return Skipped(name, str(error))
    except InputError as error:
        return Failed(name, str(error))


def _check_columns(names: list[str], file: str) -> None:
    if not any(name.lower() in FIELDS["text"] for name in names):
        found = ", ".join(repr(name[:40]) for name in names[:20] if name) or "none"
        raise UnreadableInput(
            f"{file}, row 1: no column for the text. The columns are {found}; name one of them "
            f"{' or '.join(repr(name) for name in FIELDS['text'])}."
        )


def _lines(source: Input) -> Iterator[str]:
    stream = open_text(source, newline="")
    while line := stream.readline(LINE_CHARACTERS):
        if len(line) == LINE_CHARACTERS:
            raise UnreadableInput(
                f"{source.name}: a line is longer than {in_words(LINE_CHARACTERS)} characters, the limit. "
                "Is it CSV, with a document a row?"
            )
        yield line


READER = Reader("csv", (".csv", ".tsv"), lambda head: False, read)
