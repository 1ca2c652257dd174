"""How often what looks like this is right: scores of events and values -> confidence, as measured on gold."""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from tocsin.extract.member import logit, weigh
from tocsin.vocabulary import Claim, EventReport, Field

Curve = Mapping[str, Any]
"""Platt's: 'slope' and 'offset' on the score's log-odds. Isotonic: 'scores', rising, and the 'chances' at them."""

# Where several claims stand in one field, a row is right by all of them together; these fields make a row.
ROW_FIELDS = (Field.FACTUALITY, Field.DATE, Field.PLACE, Field.INITIATOR, Field.QUANTITY)

# No confidence counts as less: one doubtful field must not outweigh all others without bound.
_LEAST = 0.001


def rate_reports(reports: Iterable[EventReport], settings: Mapping[str, Any] | None) -> tuple[EventReport, ...]:
    """Give each report and claim its confidence.

    Args:
        reports: with scores.
        settings: 'event' and the fields' names, a curve each; 'row', weights of ``row_features``. Fitted by
            training/fit_confidence.py. None, or a missing name, leaves that confidence unknown.

    Returns:
        The reports in the order given. A claim that differs has none: it is not the report's own reading.
    """
    if not settings:
        return tuple(reports)
    return tuple(_rate(report, settings) for report in reports)


def _rate(report: EventReport, settings: Mapping[str, Any]) -> EventReport:
    claims = tuple(dataclasses.replace(claim, confidence=_of_claim(claim, settings)) for claim in report.claims)
    rated = dataclasses.replace(report, claims=claims, confidence=_rounded(report.score, settings.get("event")))
    if "row" not in settings or rated.confidence is None:
        return rated
    row = weigh(row_features(rated), settings["row"])
    # A row is right only if its event is.
    return dataclasses.replace(rated, row_confidence=round(min(row, rated.confidence), 4))


def row_features(report: EventReport) -> dict[str, float]:
    """What speaks for every field of a report's row being right at once, from confidences already given.

    Returns:
        'whole': the logarithm of the chance that the event and the least sure claim of each of ``ROW_FIELDS`` were
        right if they were independent; 'no_' and the field's name: 1 where it has no claim, for the text may tell one.
    """
    features = {"whole": math.log(max(report.confidence or 0.0, _LEAST))}
    own = sorted((c for c in report.claims if not c.differs), key=lambda claim: claim.field)
    told = {field: list(claims) for field, claims in groupby(own, key=lambda claim: claim.field)}
    for field in ROW_FIELDS:
        sure = [claim.confidence for claim in told.get(field, ()) if claim.confidence is not None]
        if sure:
            features["whole"] += math.log(max(min(sure), _LEAST))
        elif field not in told:
            features[f"no_{field.value}"] = 1.0
    return features


def _of_claim(claim: Claim, settings: Mapping[str, Any]) -> float | None:
    return None if claim.differs else _rounded(claim.score, settings.get(claim.field.value))


def _rounded(score: float | None, curve: Curve | None) -> float | None:
    return None if score is None or curve is None else round(read_curve(score, curve), 4)


def read_curve(score: float, curve: Curve) -> float:
    """The share right among what was scored so: between two points of an isotonic curve, on the line that joins them."""
    if "slope" in curve:
        return weigh({"score": logit(score)}, {"bias": curve["offset"], "score": curve["slope"]})
    scores: Sequence[float] = curve["scores"]
    chances: Sequence[float] = curve["chances"]
    after = bisect_right(scores, score)
    if after == 0:
        return chances[0]
    if after == len(scores):
        return chances[-1]
    low, high = scores[after - 1], scores[after]
    share = (score - low) / (high - low)
    return chances[after - 1] + share * (chances[after] - chances[after - 1])
