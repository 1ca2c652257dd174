"""The least row confidence that is shown when nobody asks for another: fitted, and kept in the model's card."""

from __future__ import annotations

import functools
import json
from importlib.resources import files


@functools.cache
def default_min_confidence() -> float:
    """What training/fit_confidence.py chose; 0, which shows everything, where the card has none."""
    card = json.loads((files("tocsin") / "data" / "models" / "events" / "card.json").read_text(encoding="utf-8"))
    return float(card["settings"].get("confidence", {}).get("least", 0.0))
