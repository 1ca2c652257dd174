"""GeoWebNews: web news, toponyms found and resolved."""

from benchmarks.geoparsing import predict_found as predict

SCORER = "score_geo.py"

__all__ = ["SCORER", "predict"]
