"""HTML elements -> pieces of text: a piece a paragraph, heading, list item or table row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import html  # type: ignore[import-untyped]
from lxml.etree import LxmlError  # type: ignore[import-untyped]

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "head"}
_BLOCKS = _HEADINGS | {
    "p", "div", "section", "article", "header", "footer", "main", "aside", "blockquote", "quote", "pre", "ul", "ol", "dl",
    "li", "dt", "dd", "list", "item", "table", "thead", "tbody", "tfoot", "tr", "row", "figure", "figcaption", "address",
    "form", "fieldset", "nav", "hr", "body",
}  # fmt: skip
_SILENT = {"script", "style", "template", "noscript", "svg", "iframe", "graphic"}
_CELLS = {"td", "th", "cell"}
_BREAKS = {"br", "lb"}


def pieces(root: Any) -> Iterator[tuple[str, bool]]:
    """Each piece's text, and whether it is a heading. White space is folded; a line break stays one."""
    waiting: list[str] = []
    heading = False

    def flush() -> Iterator[tuple[str, bool]]:
        text = "\n".join(folded for line in "".join(waiting).split("\0") if (folded := " ".join(line.split())))
        waiting.clear()
        if text:
            yield text, heading

    # A walk by hand: pages nested deeper than Python's stack are not rare.
    stack: list[tuple[Any, Any]] = [(root, iter(root))]
    waiting.append(root.text or "")
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if element.tag in _BLOCKS:
                yield from flush()
                heading = any(outer.tag in _HEADINGS for outer, _ in stack)
            if element.tag in _CELLS:
                waiting.append(" ")
            if stack:
                waiting.append((element.tail or "").replace("\0", " "))
            continue
        if not isinstance(child.tag, str) or child.tag in _SILENT:
            waiting.append(child.tail or "")
            continue
        if child.tag in _BLOCKS:
            yield from flush()
            heading = heading or child.tag in _HEADINGS
        if child.tag in _BREAKS:
            waiting.append("\0")
        waiting.append((child.text or "").replace("\0", " "))
        stack.append((child, iter(child)))
    yield from flush()


def fragment_text(markup: str) -> str:
    """The text of a fragment of HTML, as feeds carry it, paragraphs two line ends apart."""
    try:
        return "\n\n".join(text for text, _ in pieces(html.fragment_fromstring(markup, create_parent="div")))
    except (LxmlError, ValueError):
        return markup
