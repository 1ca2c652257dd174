"""HTML pages: trafilatura finds the main text, htmldate the date; posts and captions stay known for what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import html as lxml_html  # type: ignore[import-untyped]
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from tocsin.errors import MissingExtra, NoText, UnreadableInput
from tocsin.read.embedded import Embedded, mark_embedded
from tocsin.read.encoding import decode
from tocsin.read.furniture import cut_furniture
from tocsin.read.limits import PAGE_BYTES, TEXT_CHARACTERS, in_words
from tocsin.read.markup import pieces
from tocsin.read.reader import Input, Read, Reader
from tocsin.read.record import ReadDefaults, make_document
from tocsin.resources.furniture import load_furniture
from tocsin.vocabulary import Block, BlockKind, Document, Span

_CHARSET = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HTML_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
# htmldate would take today for the last day possible, and so answer differently tomorrow.
_DATES = {"original_date": True, "extensive_search": True, "min_date": "1990-01-01", "max_date": "2100-01-01"}
_LAST_PART = re.compile(r"(?P<title>.{8,})\s+[-–—|·:]+\s+(?P<last>[^-–—|]{2,60})\Z", re.DOTALL)
_PLACEHOLDER = re.compile(r"\A(?:\[?(?:no[- ])?title\]?|untitled|home)\Z", re.IGNORECASE)


def read(source: Input, defaults: ReadDefaults) -> Iterator[Read]:
    """One document a page."""
    data = source.read_all(PAGE_BYTES, "Save the article alone, or its text.")
    yield page_document(decode_page(data, source.name), source.name, source.name, defaults)


def decode_page(data: bytes, name: str, declared: str | None = None) -> str:
    """The page as text; ``declared`` is the encoding of the HTTP header, else the page's own meta tag is asked."""
    match = _CHARSET.search(data[:4096])
    return decode(data, name, declared or (match.group(1).decode("ascii") if match else None))


def page_document(page: str, place: str, name: str, defaults: ReadDefaults, url: str | None = None) -> Document:
    """The article of a page.

    Raises:
        NoText: nothing in the page is text of its own.
        MissingExtra: the installation lacks a part of trafilatura.
    """
    bare_extraction = _trafilatura()
    tree = _tree(page)
    if tree is None:
        raise NoText("the page holds no text")
    length = sum(len(words) for words in tree.itertext("p", "div", "li", "td", "span", "body"))
    if length > TEXT_CHARACTERS * 2:  # far too long already: do not spend half a minute on finding the main text
        raise UnreadableInput(
            f"{place}: the page has {in_words(length)} characters of text, the limit for one document is "
            f"{in_words(TEXT_CHARACTERS)}. Save its articles one by one."
        )
    mark = "⟦"
    while mark in page:
        mark += "⟦"
    language = _language(tree)
    embedded = mark_embedded(tree, mark)
    found = bare_extraction(
        tree, url=url, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_DATES
    )
    if found is None or found.body is None:
        raise NoText("the page holds no main text: only navigation, or text that scripts would load")
    text, blocks = _assemble(found.body, mark, embedded)
    if all(block.kind == BlockKind.FURNITURE for block in blocks):
        raise NoText("the page holds no main text: only navigation, or text that scripts would load")
    return make_document(
        text,
        place=place,
        name=name,
        defaults=defaults,
        published=found.date,
        publisher=found.sitename,
        title=_title(found.title or "", found.sitename or "", url or found.url or ""),
        url=url or found.url,
        language=language,
        blocks=blocks,
    )


def _assemble(body: Any, mark: str, embedded: list[Embedded]) -> tuple[str, tuple[Block, ...]]:
    """Text and blocks of an extracted body: pieces two line ends apart."""
    marked = re.compile(rf"{re.escape(mark)}(\d+){re.escape(mark)}\s*")
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece, heading in pieces(body):
        what = embedded[int(match.group(1))] if (match := marked.match(piece)) else None
        words = marked.sub("", piece)
        if not words.strip():
            continue
        span = Span(at, at + len(words))
        if what is not None:
            blocks.append(Block(span, what.kind, account=what.account))
        elif heading:
            blocks.append(Block(span, BlockKind.HEADING))
        else:
            blocks.append(Block(span))
        parts.append(words)
        at += len(words) + 2
    text = "\n\n".join(parts)
    return text, tuple(refined for block in blocks for refined in _refine(text, block))


def _refine(text: str, block: Block) -> Iterator[Block]:
    """Cut furniture out of a paragraph or heading; what the markup knew stands."""
    if block.kind in (BlockKind.POST, BlockKind.CAPTION):
        yield block
        return
    for span, kind in cut_furniture(text, block.span, load_furniture()):
        yield Block(span, kind or block.kind)


def _tree(page: str) -> Any:
    try:
        # Bytes, since lxml refuses text whose declaration names another encoding.
        parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True)
        return lxml_html.document_fromstring(page.replace("\0", " ").encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError):
        return None


def _title(title: str, site: str, url: str) -> str | None:
    """The article's own title: 'Harbour strike' of 'Harbour strike - Courier' on a page of the Courier."""
    if match := _LAST_PART.match(title):
        last = _letters(match["last"])
        if last and (last == _letters(site) or last in _letters(urlsplit(url).hostname or "")):
            title = match["title"]
    return None if _PLACEHOLDER.match(title) else title


def _letters(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())


def _language(tree: Any) -> str | None:
    for path in (
        "/html/@lang",
        "/html/@xml:lang",
        "//meta[@property='og:locale']/@content",
        "//meta[@http-equiv='content-language']/@content",
    ):
        for value in tree.xpath(path):
            return str(value)
    return None


def _trafilatura() -> Any:
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingExtra(
            f"HTML needs a package that is not installed ({' '.join(str(error).split())}). Run: pip install trafilatura lxml_html_clean"
        ) from None
    return bare_extraction


def _sniff(head: bytes) -> bool:
    return _HTML_START.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


READER = Reader("html", (".html", ".htm", ".xhtml"), _sniff, read)
