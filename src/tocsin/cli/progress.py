"""How fast it goes."""

from __future__ import annotations

from rich.progress import ProgressColumn, Task
from rich.text import Text


class RateColumn(ProgressColumn):
    """Articles a second; a minute where that is less than one a second."""

    def render(self, task: Task) -> Text:
        """'3.2 a second'."""
        speed = task.speed
        if not speed:
            return Text("")
        return Text(f"{speed:.1f} a second" if speed >= 1 else f"{speed * 60:.1f} a minute")
