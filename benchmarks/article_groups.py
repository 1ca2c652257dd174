"""Which articles tell one incident: the answer of the sets that ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tocsin.link import group_articles
from tocsin.vocabulary import Document

Record = Mapping[str, Any]


def predict_groups(records: Iterable[Record], document_of: Callable[[Record], Document]) -> Iterator[dict[str, Any]]:
    """The number of each record's group, as score_coref takes it.

    Args:
        records: all of the set together: an article's group depends on the others.
        document_of: a record's input fields as a document.
    """
    found = list(records)
    for number, group in enumerate(group_articles([document_of(record) for record in found])):
        for position in group:
            yield {"id": found[position]["id"], "cluster": str(number)}
