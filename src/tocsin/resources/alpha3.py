"""Country codes of three letters: data/gazetteer/alpha3.yaml."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from tocsin.errors import DataError
from tocsin.resources.yaml_file import read_yaml

_PLACE = "data/gazetteer/alpha3.yaml"


@functools.cache
def load_alpha3() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 -> alpha-3.

    Raises:
        DataError: the file is missing, or is not one text of pairs.
    """
    raw = read_yaml(_PLACE)
    codes = raw.split() if isinstance(raw, str) else []
    pairs = dict(zip(codes[::2], codes[1::2], strict=False))
    if not pairs or any(len(two) != 2 or len(three) != 3 for two, three in pairs.items()):
        raise DataError(f"{_PLACE}: not a text of pairs 'AD AND AE ARE'. Mend the pair that is out of step.")
    return MappingProxyType(pairs)
