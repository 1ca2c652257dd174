"""Keeps documents, runs, reports and incidents, and gives them back as they were."""

from tocsin.store.base import Counts, Ended, Run, Selection, Store
from tocsin.store.sqlite import open_store

__all__ = ["Counts", "Ended", "Run", "Selection", "Store", "open_store"]
