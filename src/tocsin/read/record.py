"""Named fields -> Document: what JSON, CSV, front matter and feeds have in common."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.errors import InputError, NoText, UnreadableInput
from tocsin.read.blocks import split_blocks
from tocsin.read.dates import parse_published
from tocsin.read.limits import TEXT_CHARACTERS, in_words
from tocsin.vocabulary import Block, Document

# The first name that holds something wins. The second row is news-please's, whose articles come with a
# `source_domain` and a `date_publish`; its `description` is read only where its `maintext` is empty.
FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "maintext", "description"),
    "title": ("title",),
    "published": ("published", "date", "date_publish"),
    "publisher": ("publisher", "source", "source_domain"),
    "language": ("language", "lang"),
    "url": ("url",),
    "id": ("id",),
}
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ReadDefaults:
    """What to take where a document does not say it itself."""

    published: dt.date | None = None
    publisher: str | None = None
    language: str | None = None


def from_fields(fields: Mapping[str, object], place: str, name: str, defaults: ReadDefaults) -> Document:
    """Make a document of a record.

    Args:
        fields: the record; names are matched without regard to case, unknown ones are ignored.
        place: where the record stands, for the message: 'news.jsonl:12'.
        name: the document's name unless the record has an id: 'news.jsonl#12'.
        defaults: fill what the record leaves out.

    Raises:
        InputError: no text, text over the limit, or a date that is none; the message begins with the place.
    """
    known = {str(key).strip().lower(): value for key, value in fields.items()}
    text = _first(known, "text", place)
    if text is None and not any(key in known for key in FIELDS["text"]):
        found = ", ".join(repr(str(key)[:40]) for key in list(fields)[:12]) or "none"
        raise UnreadableInput(
            f"{place}: no text field. It may be named {_listed('text')}; the fields found are {found}."
        )
    identity = _first(known, "id", place)
    return make_document(
        text or "",
        place=place,
        name=f"{name.rpartition('#')[0]}#{identity}" if identity and "#" in name else name,
        published=next((known[key] for key in FIELDS["published"] if known.get(key) not in (None, "")), None),
        publisher=_first(known, "publisher", place),
        title=_first(known, "title", place),
        url=_first(known, "url", place),
        language=_first(known, "language", place),
        defaults=defaults,
    )


def make_document(
    text: str,
    *,
    place: str,
    name: str,
    defaults: ReadDefaults,
    published: object = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    language: str | None = None,
    blocks: tuple[Block, ...] | None = None,
) -> Document:
    """Check the parts and put them together; blocks are cut from the text unless the format knows them."""
    if not text.strip():
        raise NoText("empty")
    if len(text) > TEXT_CHARACTERS:
        raise UnreadableInput(
            f"{place}: the text has {in_words(len(text))} characters, the limit for one document is "
            f"{in_words(TEXT_CHARACTERS)}. Split it into its articles, one a file or one a line of JSON Lines."
        )
    # One character for one, so that offsets made elsewhere still hold.
    text = _NO_CHARACTER.sub("\ufffd", text)
    try:
        date = parse_published(published)
    except InputError as error:
        raise type(error)(f"{place}: published date {error}") from None
    title = _clean(title)
    return Document(
        text=text,
        published=date or defaults.published,
        publisher=_clean(publisher) or defaults.publisher,
        title=title,
        url=_clean(url),
        language=primary_language(language) or defaults.language,
        name=name,
        blocks=split_blocks(text, title) if blocks is None else blocks,
    )


def primary_language(tag: str | None) -> str | None:
    """'en' of 'en-GB' or 'en_US'; None of what is no language tag."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*\Z)", tag or "")
    return match.group(1).lower() if match else None


def _clean(value: str | None) -> str | None:
    return " ".join(_NO_CHARACTER.sub("\ufffd", value).split()) or None if value else None


def _first(known: Mapping[str, object], field: str, place: str) -> str | None:
    for key in FIELDS[field]:
        value = known.get(key)
        if value is None or value == "":
            continue
        if isinstance(value, (str, int)) and not (field == "text" and not isinstance(value, str)):
            if str(value).strip():
                return str(value)
        elif field in ("text", "title"):
            raise UnreadableInput(
                f"{place}: the field {key!r} holds a {type(value).__name__}, not text. Make it a string."
            )
    return None


def _listed(field: str) -> str:
    *most, last = (repr(key) for key in FIELDS[field])
    return f"{', '.join(most)} or {last}" if most else last
