"""Posts and captions inside an HTML page, carried through the extraction of its main text.

The extraction keeps paragraphs and drops frames and figures. So each post and caption becomes a paragraph that opens
with a mark; where a mark comes out again, we know what the paragraph was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from tocsin.read.markup import pieces
from tocsin.vocabulary import BlockKind

_POST_CLASS = re.compile(
    r"(?:^|[\s_-])(?:twitter-(?:tweet|video)|instagram-media|telegram-post|tgme_widget_message|fb-post|fb-xfbml-parse-ignore|"
    r"tiktok-embed|bluesky-embed|mastodon-embed|reddit-(?:card|embed-bq)|vk_post)(?:\s|$)"
)
_ACCOUNT = re.compile(r"(?<![\w.])@[\w.]{1,40}\w")
_CREDITED = re.compile(r"(?:shared by|posted by|from)\s+(.{2,60}?)(?:\s+(?:on|at)\b|\s*\(|$)", re.IGNORECASE)
_CREDIT = re.compile(
    r"[\s(|/]*(?:©|\b(?:photo|photograph|image|picture|credit|source|foto|bild|quelle|crédit|imagen|фото|источник)\s*:).*",
    re.IGNORECASE,
)
_CAPTION_CHARACTERS = 400
_CAPTION_WORDS = 8
"""Shorter ones are titles and credits more often than news."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a marked paragraph is."""

    kind: BlockKind
    account: str | None = None


def mark_embedded(tree: Any, mark: str) -> list[Embedded]:
    """Replace posts and captions by paragraphs '⟨mark⟩0⟨mark⟩ words'; the number indexes the list returned."""
    found: list[Embedded] = []
    for element in [*tree.iter("blockquote", "div", "figcaption")]:
        if not _attached(element, tree):
            continue
        if element.tag == "figcaption":
            _mark_caption(element, mark, found)
        elif _POST_CLASS.search(element.get("class") or ""):
            _mark(
                element,
                "\n".join(text for text, _ in pieces(element)),
                Embedded(BlockKind.POST, _account(element)),
                mark,
                found,
            )
        elif element.tag == "blockquote" and (author := _author(element)):
            _mark(
                element, "\n".join(text for text, _ in pieces(element)), Embedded(BlockKind.POST, author), mark, found
            )
    return found


def _mark(element: Any, words: str, what: Embedded, mark: str, found: list[Embedded]) -> None:
    words = " ".join(words.split())
    if not words:
        return
    paragraph = etree.Element("p")
    paragraph.text = f"{mark}{len(found)}{mark} {words}"
    paragraph.tail = element.tail
    element.getparent().replace(element, paragraph)
    found.append(what)


def _mark_caption(element: Any, mark: str, found: list[Embedded]) -> None:
    words = _CREDIT.split(" ".join(" ".join(text for text, _ in pieces(element)).split()), maxsplit=1)[0].strip()
    figure = next((outer for outer in element.iterancestors("figure")), None)
    if figure is None or figure.getparent() is None or len(words) > _CAPTION_CHARACTERS:
        return
    if len(words.split()) < _CAPTION_WORDS:
        return
    paragraph = etree.Element("p")
    paragraph.text = f"{mark}{len(found)}{mark} {words}"
    paragraph.tail, figure.tail = figure.tail, None
    figure.getparent().insert(figure.getparent().index(figure) + 1, paragraph)
    found.append(Embedded(BlockKind.CAPTION))


def _account(element: Any) -> str | None:
    """Who posted: an @name outside the post's own words, else the name that the frame credits."""
    if telegram := element.get("data-telegram-post"):
        return str(telegram).split("/", maxsplit=1)[0]
    own = " ".join(" ".join(paragraph.itertext()) for paragraph in element.iter("p"))
    signature = " ".join(" ".join(element.itertext()).split())
    frame = signature.replace(" ".join(own.split()), " ", 1)
    for words in (frame, signature.rpartition("—")[2]):
        if match := _ACCOUNT.search(words):
            return match.group()
    match = _CREDITED.search(frame) or _CREDITED.search(signature)
    return match.group(1).strip() if match else None


def _author(element: Any) -> str | None:
    """The author a quotation names in a cite or footer of its own."""
    for child in element.iter("cite", "footer"):
        words = " ".join(" ".join(child.itertext()).split()).lstrip("—–- ")
        if 2 <= len(words) <= 80:
            match = _ACCOUNT.search(words)
            return match.group() if match else words
    return None


def _attached(element: Any, tree: Any) -> bool:
    return element is not tree and element.getparent() is not None and element.getroottree().getroot() is tree
