"""Leaves out events that are less sure than asked for, and counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tocsin.cli.summary import left_out_line
from tocsin.vocabulary import Coded

if TYPE_CHECKING:
    from rich.console import Console


class Sieve:
    """What --min-confidence does: a store and a run keep everything, only what is shown or written is sifted."""

    def __init__(self, least: float) -> None:
        """``least``: the row confidence that passes."""
        self.least = least
        self.left_out = 0

    def pass_on(self, coming: Iterable[Coded]) -> Iterator[Coded]:
        """Each document, with the events that are sure enough."""
        for coded in coming:
            kept = coded.at_least(self.least)
            self.left_out += len(coded.reports) - len(kept.reports)
            yield kept

    def tell(self, console: Console) -> None:
        """Say how many were left out, if any."""
        if self.left_out:
            console.print(left_out_line(self.left_out, self.least), style="quiet", soft_wrap=True)
