"""Tocsin: from articles to a database of attributed events.

    >>> import tocsin
    >>> for report in tocsin.code("Teachers marched through Lima on Friday.", published="2020-08-14"):
    ...     print(report.date.start, report.place.name, report.type, report.trigger.quote)

This is the library's front door; what stands in ``__all__`` is what users may rely on. Nothing is loaded before
it is used: ``import tocsin`` takes milliseconds, the first ``code`` some seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.errors import TocsinError
from tocsin.vocabulary import (
    Actor,
    Attribution,
    Claim,
    Coded,
    DateInterval,
    Demand,
    Document,
    EventReport,
    EventType,
    Evidence,
    Factuality,
    Failed,
    Field,
    Incident,
    Outcome,
    Place,
    Quantity,
    Skipped,
    Span,
)

if TYPE_CHECKING:
    from tocsin.export import document_record, export_documents, report_record
    from tocsin.link import link_reports
    from tocsin.pipeline import Coder, RunSummary, code, code_documents, load_coder, run_documents
    from tocsin.read import ReadDefaults, read_documents, read_text
    from tocsin.store import Selection, Store, open_store

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "Attribution",
    "Claim",
    "Coded",
    "Coder",
    "DateInterval",
    "Demand",
    "Document",
    "EventReport",
    "EventType",
    "Evidence",
    "Factuality",
    "Failed",
    "Field",
    "Incident",
    "Outcome",
    "Place",
    "Quantity",
    "ReadDefaults",
    "RunSummary",
    "Selection",
    "Skipped",
    "Span",
    "Store",
    "TocsinError",
    "__version__",
    "code",
    "code_documents",
    "document_record",
    "export_documents",
    "link_reports",
    "load_coder",
    "open_store",
    "read_documents",
    "read_text",
    "report_record",
    "run_documents",
]

# Where each name that is loaded on first use lives.
_LATER = {
    "tocsin.export": ("document_record", "export_documents", "report_record"),
    "tocsin.link": ("link_reports",),
    "tocsin.pipeline": ("Coder", "RunSummary", "code", "code_documents", "load_coder", "run_documents"),
    "tocsin.read": ("ReadDefaults", "read_documents", "read_text"),
    "tocsin.store": ("Selection", "Store", "open_store"),
}
_HOME = {name: module for module, names in _LATER.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'tocsin' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
