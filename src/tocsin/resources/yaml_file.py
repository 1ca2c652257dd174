"""Opens a YAML file under data/ and says in one line what is wrong with it."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml

from tocsin.errors import DataError


def read_yaml(place: str) -> Any:
    """What YAML makes of a file.

    Args:
        place: the file's path inside the package, 'data/lexicons/en/dates.yaml'.

    Raises:
        DataError: the file is missing or is no YAML.
    """
    try:
        return yaml.safe_load(resources.files("tocsin").joinpath(place).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError(f"{place} is missing. Reinstall tocsin, or add the file for that language.") from error
    except yaml.YAMLError as error:
        raise DataError(f"{place} is not YAML: {' '.join(str(error).split())}. Mend that line.") from error
