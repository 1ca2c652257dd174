"""Pages for people: what was coded, on one self-contained HTML page."""

from __future__ import annotations

from tocsin.web.report import report_data, write_report

__all__ = ["report_data", "write_report"]
