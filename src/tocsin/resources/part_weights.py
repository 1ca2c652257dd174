"""How much each evidence counts for one act being part of another: data/parts.json, the same for every language."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from importlib import resources

from tocsin.errors import DataError

PLACE = "data/parts.json"


@functools.cache
def load_part_weights() -> Mapping[str, float]:
    """Read and check the weights, once.

    Raises:
        DataError: the file is missing, or holds something that is no weight.
    """
    try:
        raw = json.loads(resources.files("tocsin").joinpath(PLACE).read_text(encoding="utf-8"))
        return {str(name): float(value) for name, value in raw["weights"].items()}
    except FileNotFoundError as error:
        raise DataError(f"{PLACE} is missing. Run: python -m training.train_parts") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{PLACE} cannot be read: {error!r}. Run: python -m training.train_parts") from error
