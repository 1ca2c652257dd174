"""GeoVirus: WikiNews on outbreaks, toponyms found and resolved."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from benchmarks.geoparsing import predict_found

SCORER = "score_geo.py"

# The gold takes Wikipedia's coordinates of a country or region; where its label stands more than 161 km from GeoNames'.
WIKIPEDIA = {
    "Australia": (-25.0, 133.0),
    "Brazil": (-10.0, -52.0),
    "Canada": (60.0, -95.0),
    "China": (35.0, 103.0),
    "Germany": (51.0, 9.0),
    "Japan": (35.0, 136.0),
    "Nigeria": (8.0, 10.0),
    "Niger": (16.0, 8.0),
    "Russia": (60.0, 90.0),
    "Mali": (17.0, -4.0),
    "Botswana": (-22.0, 24.0),
    "Sudan": (15.0, 32.0),
    "Somalia": (10.0, 49.0),
    "South Sudan": (8.0, 30.0),
    "Malaysia": (2.5, 112.5),
    "Saudi Arabia": (24.0, 45.0),
    "Sweden": (63.0, 16.0),
    "Norway": (61.0, 8.0),
    "United Kingdom": (55.0, -3.0),
    "United States": (40.0, -100.0),
    "Alberta": (55.0, -115.0),
    "Queensland": (-23.0, 143.0),
    "Quebec": (53.0, -70.0),
    "Europe": (51.0, 17.5),
    "European Union": (51.0, 17.5),
    "Florida": (28.1, -81.6),
    "Newfoundland and Labrador": (53.23, -59.99),
}


def predict(records: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Predictions with Wikipedia's label points."""
    return predict_found(records, WIKIPEDIA, demonyms=False)
