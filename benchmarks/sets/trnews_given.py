"""TR-News: world news, gold names given and resolved."""

from benchmarks.geoparsing import predict_given as predict

SCORER = "score_geo.py"
GOLD = "trnews"

__all__ = ["GOLD", "SCORER", "predict"]
