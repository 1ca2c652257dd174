"""WikiWars: time expressions of war histories, anchored on one another rather than on the creation time."""

from __future__ import annotations

from benchmarks.sets.tempeval3 import SCORER, predict

__all__ = ["SCORER", "predict"]
