"""Words that tell persons and their public roles: data/lexicons/<lang>/person_roles.yaml and person_words.yaml."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.errors import DataError
from tocsin.resources.dated import check_keys, texts
from tocsin.resources.yaml_file import read_yaml

LISTS = (
    *("titles", "sayings", "relations", "introduce", "harm", "media", "bodies", "firms"),
    *("heads", "sites", "crews", "owned", "surnames", "no_names"),
)


@dataclass(frozen=True, slots=True)
class RoleCue:
    """Words that make a person public; ``speaks``: only one who speaks in that role."""

    cues: tuple[str, ...]
    speaks: bool
    finds: str
    skips: str


@dataclass(frozen=True, slots=True)
class PersonLexicon:
    """``roles``: the entries; ``by_words``: the entry of each role's words; ``lists``: the word lists by name."""

    roles: tuple[RoleCue, ...]
    by_words: Mapping[tuple[str, ...], RoleCue]
    lists: Mapping[str, frozenset[str]]
    longest: int

    def role_at_end(self, words: tuple[str, ...]) -> tuple[str, RoleCue] | None:
        """The longest role that the words end with: 'the deputy mayor' is a deputy mayor."""
        for length in range(min(self.longest, len(words)), 0, -1):
            cue = self.by_words.get(words[-length:])
            if cue is not None:
                return " ".join(words[-length:]), cue
        return None


@functools.cache
def load_person_lexicon(language: str = "en") -> PersonLexicon:
    """Read and check a language's two files, once.

    Raises:
        DataError: a file is missing or an entry is wrong; the message names file, entry and next step.
    """
    folder = f"data/lexicons/{language}"
    return check_person_lexicon(
        read_yaml(f"{folder}/person_roles.yaml"), read_yaml(f"{folder}/person_words.yaml"), folder
    )


def check_person_lexicon(roles: Any, lists: Any, folder: str) -> PersonLexicon:
    """Turn the parsed files into a PersonLexicon.

    Args:
        roles: what YAML makes of person_roles.yaml.
        lists: what YAML makes of person_words.yaml.
        folder: what messages call the files' folder.

    Raises:
        DataError: an entry or a list is wrong.
    """
    place = f"{folder}/person_words.yaml"
    check_keys(lists, place, LISTS, ())
    words = {name: frozenset(word.lower() for word in texts(lists, name, place)) for name in LISTS}
    place = f"{folder}/person_roles.yaml"
    if not isinstance(roles, list) or not roles:
        raise DataError(f"{place}: no entries in it. Write '- cues: [...]' with finds and skips.")
    entries: list[RoleCue] = []
    by_words: dict[tuple[str, ...], RoleCue] = {}
    for number, entry in enumerate(roles, 1):
        where = f"{place}, entry {number}"
        check_keys(entry, where, ("cues", "finds", "skips"), ("speaks",))
        cue = RoleCue(texts(entry, "cues", where), bool(entry.get("speaks")), str(entry["finds"]), str(entry["skips"]))
        entries.append(cue)
        for cue_words in cue.cues:
            key = tuple(cue_words.replace("-", " ").split())
            if by_words.setdefault(key, cue) is not cue:
                raise DataError(f"{where}: '{cue_words}' stands in another entry too. Keep one of them.")
    return PersonLexicon(tuple(entries), by_words, words, max(map(len, by_words)))
