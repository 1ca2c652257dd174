"""GeoVirus: WikiNews on outbreaks, gold names given and resolved."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from benchmarks.geoparsing import predict_given
from benchmarks.sets.geovirus import WIKIPEDIA

SCORER = "score_geo.py"
GOLD = "geovirus"


def predict(records: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Predictions with Wikipedia's label points."""
    return predict_given(records, WIKIPEDIA)
