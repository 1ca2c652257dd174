"""EventReports of many documents -> Incidents: which reports tell one occurrence, and why we think so."""

from tocsin.link.incidents import link_reports

__all__ = ["link_reports"]
