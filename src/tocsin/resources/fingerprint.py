"""What decides what comes out of coding, as short hashes: a run keeps them, so that a changed coder shows."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable

# Packages and modules that take part in coding a document; reading, storing and showing do not change an event.
CODING = ("errors.py", "extract", "locate", "parse", "resources", "vocabulary.py")

# Data that takes no part in it; the models give their own version.
NOT_CODING = frozenset({"linking", "linking.yaml", "map", "models"})


@functools.cache
def code_version() -> str:
    """12 hex digits of the source that codes documents: two builds of one version number may code differently."""
    package = resources.files("tocsin")
    return _digest(_files(package / part for part in CODING), ".py")


@functools.cache
def data_versions() -> dict[str, str]:
    """12 hex digits for each part of data/ that coding rests on, by name: 'lexicons', 'gazetteer' ..."""
    data = resources.files("tocsin") / "data"
    parts = sorted((part for part in data.iterdir() if part.name not in NOT_CODING), key=lambda part: part.name)
    # Which doers cannot both have done an act decides what differs within a document, too.
    accounts = {"accounts.yaml": _digest(_files([data / "linking" / "accounts.yaml"]))}
    return {part.name: _digest(_files([part])) for part in parts if not part.name.startswith((".", "__"))} | accounts


@functools.cache
def linking_version(sentences: str = "") -> str:
    """12 hex digits each of the source and data that link reports: what was linked by others has to be linked anew.

    ``sentences`` is the version of the encoder that linked across languages, if one did.
    """
    package = resources.files("tocsin")
    data = package / "data"
    code = _digest(
        _files([package / "link", package / "resources" / "linking.py", package / "resources" / "sentences.py"]), ".py"
    )
    found = f"{code}.{_digest(_files([data / 'linking', data / 'linking.yaml']))}"
    return f"{found}.{sentences}" if sentences else found


def _files(parts: Iterable[Traversable], path: str = "") -> Iterator[tuple[str, Traversable]]:
    for part in sorted(parts, key=lambda part: part.name):
        name = f"{path}/{part.name}"
        if part.is_dir():
            if part.name != "__pycache__":
                yield from _files(part.iterdir(), name)
        else:
            yield name, part


def _digest(files: Iterable[tuple[str, Traversable]], ending: str = "") -> str:
    digest = hashlib.sha256()
    for name, file in files:
        if name.endswith(ending):
            content = hashlib.sha256(file.read_bytes()).digest()
            digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:12]
