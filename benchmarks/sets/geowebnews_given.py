"""GeoWebNews: web news, gold names given and resolved."""

from benchmarks.geoparsing import predict_given as predict

SCORER = "score_geo.py"
GOLD = "geowebnews"

__all__ = ["GOLD", "SCORER", "predict"]
