"""Parse and Mentions -> EventReports with their Claims."""

from tocsin.extract.events import extract_reports

__all__ = ["extract_reports"]
