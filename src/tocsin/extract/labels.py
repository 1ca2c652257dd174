"""The order of the encoder's labels. Each list is the meaning of one output's last axis: only ever append."""

from __future__ import annotations

from tocsin.vocabulary import (
    ActorKind,
    DatePrecision,
    EventType,
    Factuality,
    Issue,
    PlacePrecision,
    QuantityRole,
    SourceKind,
)

TYPES = tuple(kind.value for kind in EventType)
FACTUALITIES = tuple(value.value for value in Factuality)
KINDS = tuple(kind.value for kind in ActorKind)
SOURCE_KINDS = tuple(kind.value for kind in SourceKind)
PRECISIONS = tuple(value.value for value in DatePrecision)
PLACE_PRECISIONS = tuple(value.value for value in PlacePrecision)
ISSUES = tuple(issue.value for issue in Issue)

# What a piece of an argument window may be for the marked event.
ARGUMENTS = (
    "initiator",
    "target",
    "place",
    "date",
    "employer",
    "union",
    "demand",
    "source",
    "cue",
    *(role.value for role in QuantityRole),
)

# Heads over a whole argument window: name -> labels. One-of heads are read with softmax, the others label by label.
HEADS = {
    "valid": ("valid",),
    "factuality": FACTUALITIES,
    "initiator_kind": KINDS,
    "target_kind": KINDS,
    "source_kind": SOURCE_KINDS,
    "date_precision": PRECISIONS,
    "place_precision": PLACE_PRECISIONS,
    "issue": ISSUES,
}
# What the argument reader says beside that. ``date_told``: whether words tell the act's date, or it is of the published date
# although none says so, or the text does not tell it, or it follows from the text in another way; ``lasting``: the act goes
# on at the published date.
DATES_TOLD = ("words", "published", "unknown", "other")
READER_HEADS = HEADS | {"date_told": DATES_TOLD, "lasting": ("lasting",)}

ONE_OF = ("factuality", "date_precision", "place_precision", "date_told")
