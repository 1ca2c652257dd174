"""Text -> blocks: headings, paragraphs, posts, captions and page furniture. The text itself is never changed."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from tocsin.read.furniture import cut_furniture
from tocsin.read.paragraphs import ends_sentence, split_paragraphs
from tocsin.resources.furniture import FurniturePattern, load_furniture
from tocsin.vocabulary import Block, BlockKind, Span

_HEADING_CHARACTERS = 140
_SUBHEADING_CHARACTERS = 80
_SUBHEADING_WORDS = 12
_POST_CHARACTERS = 320
"""A post of the usual networks with its author and date; a paragraph of news in another script is longer."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What embedded posts end with: '— Name (@account) August 13, 2020'.
_SIGNED = re.compile(
    rf"[—–-]{{1,2}}\s*(?P<name>[^—–\n]{{0,80}}?)\s*\((?P<account>@\w{{1,30}})\)\s+(?:{_MONTHS})\s+\d{{1,2}},\s+\d{{4}}\Z"
)
_POST_LINK = re.compile(r"\bpic\.twitter\.com/\w+|\bhttps?://t\.co/\w+")
_ASCII_LETTER = re.compile("[A-Za-z]")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")


def split_blocks(
    text: str, title: str | None = None, patterns: Sequence[FurniturePattern] | None = None
) -> tuple[Block, ...]:
    """Cut a text into blocks.

    Args:
        text: any text; wrapped wire copy and a paragraph a line are told apart.
        title: if the text opens with it, that much is a heading.
        patterns: page furniture and captions; those of data/lexicons if left out.

    Returns:
        Blocks in text order. They never overlap, begin and end with a character that is not white space, and together
        hold every such character.
    """
    patterns = load_furniture() if patterns is None else patterns
    parts: list[tuple[Span, BlockKind | None]] = []
    for paragraph in _without_title(text, split_paragraphs(text), title, parts):
        parts.extend(cut_furniture(text, paragraph, patterns))
    script = _main_script(text)
    blocks: list[Block] = []
    first = True
    words = [span for span, kind in parts if kind is None]
    after = dict(itertools.pairwise(words))  # the next stretch of the article itself, furniture left out
    for span, kind in parts:
        if kind is not None:
            blocks.append(Block(span, kind))
        else:
            _add(blocks, _classify(text, span, after.get(span), first, script), text)
        first = first and kind == BlockKind.FURNITURE
    return tuple(blocks)


def _without_title(
    text: str, paragraphs: list[Span], title: str | None, parts: list[tuple[Span, BlockKind | None]]
) -> list[Span]:
    """Move a title that opens the text into ``parts``; return the paragraphs that are left."""
    words = (title or "").split()
    if not paragraphs or len("".join(words)) < 8:
        return paragraphs
    first = paragraphs[0]
    pattern = r"\s+".join(map(re.escape, words)) + r"[.!?:]?(?=\s|\Z)"
    match = re.compile(pattern, re.IGNORECASE).match(text, first.start, first.end)
    if match is None:
        return paragraphs
    parts.append((Span(first.start, match.end()), BlockKind.HEADING))
    left = match.end() + len(text[match.end() : first.end]) - len(text[match.end() : first.end].lstrip())
    return ([Span(left, first.end)] if left < first.end else []) + paragraphs[1:]


def _classify(text: str, span: Span, following: Span | None, first: bool, script: str | None) -> Block:
    words = span.of(text)
    if len(words) <= _POST_CHARACTERS * 2 and (signed := _SIGNED.search(words)):
        return Block(span, BlockKind.POST, account=signed["account"])
    if len(words) <= _POST_CHARACTERS and (_POST_LINK.search(words) or _in_another_script(words, script)):
        return Block(span, BlockKind.POST)
    if following is not None and _is_heading(words, following.of(text), first):
        return Block(span, BlockKind.HEADING)
    return Block(span, BlockKind.PARAGRAPH)


def _add(blocks: list[Block], block: Block, text: str) -> None:
    """Append a block; a line that only signs a post takes the post above it in."""
    alone = block.kind == BlockKind.POST and block.account and _SIGNED.match(block.span.of(text))
    if alone and blocks and blocks[-1].kind in (BlockKind.PARAGRAPH, BlockKind.POST) and not blocks[-1].account:
        above = blocks[-1].span
        if len(above) <= _POST_CHARACTERS:
            blocks[-1] = Block(Span(above.start, block.span.end), BlockKind.POST, account=block.account)
            return
    blocks.append(block)


def _is_heading(words: str, following: str, first: bool) -> bool:
    if _MARKDOWN_HEADING.match(words):
        return True
    letter = next((character for character in words if character.isalpha()), "")
    # Some archives hold everything in lower case: there a short line is a short paragraph.
    if not letter or letter.islower() or "\n" in words or ends_sentence(words) or words[-1] in ",-–—|":
        return False
    if first:
        return len(words) <= _HEADING_CHARACTERS
    return (
        len(words) <= _SUBHEADING_CHARACTERS
        and len(words.split()) <= _SUBHEADING_WORDS
        and len(following) > 1.5 * len(words)
        and ends_sentence(following)
    )


def _main_script(text: str) -> str | None:
    """The script of at least seven letters in ten, None in a text without one."""
    return _script_of(text[:100_000])


def _in_another_script(words: str, script: str | None) -> bool:
    """Outlets write in one script; a short paragraph in another is what is left of an embedded post."""
    own = _script_of(words)
    return script is not None and own is not None and own != script


def _script_of(words: str) -> str | None:
    if words.isascii():
        return "LATIN" if len(_ASCII_LETTER.findall(words)) >= 8 else None
    counts = Counter(_script(character) for character in words if character.isalpha())
    if not counts:
        return None
    script, count = counts.most_common(1)[0]
    return script if count >= 0.7 * counts.total() and counts.total() >= 8 else None


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    # The names begin with the script: 'CYRILLIC SMALL LETTER A'. Japanese mixes three, all told apart from Latin.
    name = unicodedata.name(letter, "UNKNOWN").split(maxsplit=1)[0]
    return "CJK" if name in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL") else name
