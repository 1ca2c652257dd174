"""How each mention tells its act, and on which day: what both the record and its explanation start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tocsin.extract.certainty import choose_factuality
from tocsin.extract.detect import TriggerMention
from tocsin.extract.encode import Reading
from tocsin.extract.member import Chosen
from tocsin.extract.when import WeighedDate, weigh_dates
from tocsin.resources.knowledge import Knowledge
from tocsin.vocabulary import Factuality, Mentions, Parse


def weigh_told(
    parse: Parse,
    mentions: Mentions,
    read: Sequence[tuple[TriggerMention, Reading]],
    settings: Mapping[str, Any],
    knowledge: Knowledge,
) -> list[tuple[Chosen[Factuality], tuple[WeighedDate, ...]]]:
    """For each trigger of a document its factuality and every date that it may have.

    Args:
        parse: the document.
        mentions: of the document.
        read: its triggers with their windows; what one says of its date, the others hear.
        settings: of the model's card: 'factuality', 'date', 'date_again'.
        knowledge: codebook and lexicons.
    """
    told = [
        choose_factuality(parse, trigger, reading, mentions.sayings, knowledge.factuality, settings["factuality"])
        for trigger, reading in read
    ]
    acts = [(trigger, reading, one.value) for (trigger, reading), one in zip(read, told, strict=True)]
    dates = weigh_dates(
        parse,
        acts,
        mentions.dates,
        knowledge.bounded,
        knowledge.remembered,
        settings["date"],
        settings["date_again"],
    )
    return list(zip(told, dates, strict=True))
