"""Document -> Parse: language of each block, sentences, tokens with syntax, entities and quotations."""

from tocsin.parse.document import Parser, load_parser, parse_document
from tocsin.parse.language import identify_language
from tocsin.parse.quotes import find_quotations

__all__ = ["Parser", "find_quotations", "identify_language", "load_parser", "parse_document"]
