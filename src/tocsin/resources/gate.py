"""The gate's weights: which words tell that a sentence may tell an act."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from tocsin.errors import DataError

FILE = Path(str(files("tocsin"))) / "data" / "models" / "gate" / "gate.json"


@dataclass(frozen=True, slots=True)
class GateModel:
    """A linear model over the words of a sentence, and the scores that let text through.

    ``weights``: a word, two words in a row, or the beginning of a word ('protes*') -> weight. ``document``: the score that
    one sentence of a document must reach for the document to be read on. ``glance``: the probability that the encoder must
    then give one of its most telling sentences, read alone. ``sure``: from here on a glance settles it; below, ``look`` is
    the probability that the encoder must give a sentence in the windows that hold them.
    """

    bias: float
    weights: Mapping[str, float]
    document: float
    glance: float
    sure: float
    look: float
    version: str


@functools.cache
def load_gate(path: Path = FILE) -> GateModel:
    """Load the gate.

    Raises:
        DataError: the file is missing, or a part of it is missing or no number.
    """
    place = f"data/models/gate/{path.name}"
    try:
        content = path.read_bytes()
        record: Any = json.loads(content)
    except FileNotFoundError:
        raise DataError(f"{place} is missing. Install tocsin again, or run training/train_gate.py.") from None
    except ValueError as error:
        raise DataError(f"{place} is not JSON: {error}. Run training/train_gate.py.") from None
    version = f"gate {hashlib.sha256(content).hexdigest()[:12]}"
    try:
        weights = {str(name): float(weight) for name, weight in record["weights"].items()}
        numbers = [float(record[key]) for key in ("bias", "document", "glance", "sure", "look")]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = f"{type(error).__name__} {error}"
        raise DataError(f"{place} is no gate: {problem}. Run training/train_gate.py.") from None
    bias, document, glance, sure, look = numbers
    return GateModel(bias, weights, document, glance, sure, look, version)
