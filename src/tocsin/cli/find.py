"""Finds an incident by what a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.errors import InputError

if TYPE_CHECKING:
    from tocsin.store import Run, Store
    from tocsin.vocabulary import Incident


def find_incident(store: Store, run: Run, wanted: str) -> Incident:
    """The incident whose id, or a report's of it, begins so; InputError where there is none, or several."""
    found = store.find_incidents(run, wanted.casefold())
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(f"{store.name}: no incident or event begins with {wanted!r}. List them with: tocsin incidents")
    listed = ", ".join(f"{one.id} ({one.type.value})" for one in found[:5])
    raise InputError(f"{store.name}: several incidents begin with {wanted!r}: {listed}. Write more of the id.")
