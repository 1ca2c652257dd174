"""What the user names -> files: paths, folders, globs, and '-' for standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tocsin.vocabulary import Failed, Skipped

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class File:
    """Something to open: a path, or '-'."""

    name: str


def find_files(sources: Iterable[str | Path], extensions: Collection[str]) -> Iterator[File | Skipped | Failed]:
    """Every file that the sources name, folders and globs opened up and sorted.

    Args:
        sources: paths, folders, glob patterns, or '-'.
        extensions: those read inside folders, with their dot, in lower case.
    """
    for source in sources:
        name = str(source)
        if name == STANDARD_INPUT or Path(name).is_file():
            yield File(name)
        elif Path(name).is_dir():
            yield from _folder(name, extensions)
        elif glob.has_magic(name):
            yield from _glob(name, extensions)
        elif Path(name).exists() or Path(name).is_symlink():
            yield File(name)
        else:
            yield Failed(name, f"{name}: no such file. Check the path.")


def extension(name: str) -> str:
    """The extension in lower case that tells the format: '.warc' of 'crawl.warc.gz'."""
    return Path(name.lower().removesuffix(".gz")).suffix


def _glob(pattern: str, extensions: Collection[str]) -> Iterator[File | Skipped | Failed]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
    if not found:
        yield Failed(pattern, f"{pattern}: no file matches this pattern. Check it, or name the files.")
    for name in found:
        if Path(name).is_file():
            yield File(name)
        elif not pattern.rstrip("/").endswith("**"):  # `**` lists the files below by itself
            yield from _folder(name, extensions)


def _folder(folder: str, extensions: Collection[str]) -> Iterator[File | Skipped | Failed]:
    problems: list[OSError] = []
    any_file = False
    for here, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            any_file = True
            path = str(Path(here) / name)
            kind = extension(name)
            if kind in extensions:
                yield File(path)
            else:
                yield Skipped(
                    path, f"the extension {kind!r} is none that Tocsin reads; name the file to read it all the same"
                )
        while problems:
            problem = problems.pop()
            yield Failed(
                str(problem.filename), f"{problem.filename}: {problem.strerror}. Give this user the right to read it."
            )
    while problems:
        problem = problems.pop()
        yield Failed(
            str(problem.filename), f"{problem.filename}: {problem.strerror}. Give this user the right to read it."
        )
    if not any_file:
        yield Skipped(folder, "the folder holds no files")
