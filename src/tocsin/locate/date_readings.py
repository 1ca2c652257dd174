"""Every rule that turns a matched cue into days, by the name that dates.yaml calls it."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.locate import date_read_calendar, date_read_counted, date_read_days, date_read_events, date_read_lengths
from tocsin.locate.date_setting import READINGS as _REGISTERED
from tocsin.locate.date_setting import Reading

# Importing the modules registers their rules; naming them here keeps the imports from looking idle.
SOURCES = (date_read_calendar, date_read_days, date_read_counted, date_read_events, date_read_lengths)

READINGS: Mapping[str, Reading] = dict(_REGISTERED)
# These need the days of the text's events, which are known only once its other expressions have been read.
EVENT_READINGS = frozenset(("event_day", "event_counted", "event_nth"))
