"""Every error Tocsin raises on purpose.

TocsinError
├── InputError              a file or record that cannot become a Document
│   ├── UnreadableInput     not there, binary, broken, or in no format we read
│   ├── NoText              read, but nothing in it can be coded
│   └── BadDate             a date that is none
├── DataError               a file under data/ that says something wrong
├── EvidenceMismatch        a document no longer reads like a report's quote
├── StoreError              the store cannot be opened, is newer than this code, or is not ours
├── ExportError             the format is unknown or the target cannot be written
└── MissingExtra            a feature needs a package that is not installed

A message names the thing, the place in it, and the next step.
"""

from __future__ import annotations


class TocsinError(Exception):
    """The root: catch this to catch whatever Tocsin raises on purpose."""


class InputError(TocsinError):
    """A file or record cannot become a Document. It never costs the other documents."""


class UnreadableInput(InputError):
    """The input is missing, binary, broken, or in no format that Tocsin reads."""


class NoText(InputError):
    """The input was read, and holds nothing that could be coded."""


class BadDate(InputError):
    """A published date that is not an ISO date, or lies outside 1500 to 9999."""


class DataError(TocsinError):
    """A file under data/ (lexicon, codebook, gazetteer, model) is missing or wrong."""


class EvidenceMismatch(TocsinError):
    """A document no longer reads like the words a report quotes from it."""


class StoreError(TocsinError):
    """The store cannot be opened, was written by newer code, or is not a Tocsin store."""


class ExportError(TocsinError):
    """An export format is unknown, or its target cannot be written."""


class MissingExtra(TocsinError):
    """A feature needs a package that the base install leaves out."""
