"""Documents read ahead, so that a progress bar knows how many there are."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator

from tocsin.vocabulary import Document, Failed, Skipped

# Up to so many bytes stay in memory, more go to a temporary file.
IN_MEMORY = 64_000_000

Read = Document | Skipped | Failed


class Spool:
    """What was read, counted, in order, in bounded memory. Iterate over it once."""

    def __init__(self, documents: Iterable[Read], progress: Callable[[int], object]) -> None:
        """Read all; ``progress`` is told how many so far."""
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (closed by __exit__)
        self._count = 0
        for document in documents:
            pickle.dump(document, self._file, pickle.HIGHEST_PROTOCOL)
            self._count += 1
            progress(self._count)
        self._file.seek(0)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Read]:
        for _ in range(self._count):
            document: Read = pickle.load(self._file)  # written by this process a moment ago
            yield document

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()
