"""PolNeAR: who says, thinks, wants or attacks what in US political news.

The set counts stances and hopes as attributions, so the broad reading of ``choose`` is asked for; the relative pronoun
that stands between a source and its cue ('Novak, who said') is part of its sources, not of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.extract.attribution import choose
from tocsin.extract.attribution_frames import Frame
from tocsin.parse import load_parser, parse_document
from tocsin.resources.cue_lexicon import load_cue_lexicon
from tocsin.vocabulary import Block, Document, Parse, Span

SCORER = "score_attribution.py"

_LINE = re.compile(r"[^\n]+")
_RELATIVE = re.compile(r"\s*,?\s*(?:who|which|that)\b")


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """An attribution for each saying of a record, in the scorer's shape."""
    parser = load_parser()
    for record in records:
        parse = parse_document(document_of(record["text"]), parser)
        yield {"id": record["id"], "attributions": attributions(parse)}


def document_of(text: str) -> Document:
    """The text with a block for each line that is not blank."""
    lines = (match for match in _LINE.finditer(text) if match.group().strip())
    return Document(
        text, language="en", blocks=tuple(Block(Span(line.start(), line.end()), language="en") for line in lines)
    )


def attributions(parse: Parse) -> list[dict[str, list[list[int]]]]:
    """Source, cue and content spans of the broad reading."""
    return [
        {
            "source": source_of(parse, candidate.frame),
            "cue": [[candidate.frame.cue.start, candidate.frame.cue.end]],
            "content": [[span.start, span.end] for span in candidate.frame.content],
        }
        for candidate, _ in choose(parse, load_cue_lexicon(), broad=True)
    ]


def source_of(parse: Parse, frame: Frame) -> list[list[int]]:
    """The source as the set draws it."""
    if frame.source is None:
        return []
    end = frame.source.end
    if frame.link in ("antecedent", "shared") and (relative := _RELATIVE.match(parse.document.text, end)):
        end = relative.end()
    return [[frame.source.start, end]]
