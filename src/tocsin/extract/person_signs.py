"""Signs of a person that more than one reader of names looks for."""

from __future__ import annotations

import re

AGE = re.compile(r"\s*(?:,\s*(?:aged\s+)?\d{1,2}\b|\(\d{1,2}\))")
"""', 34' or ', aged 34' or '(34)' right after a name."""
