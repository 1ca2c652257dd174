"""Incidents in a terminal: a table of many, and one with who says what, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tocsin.cli.console import plain, shorten
from tocsin.tellings import Agreement, Stand
from tocsin.web.incidents import FieldView, IncidentView, Line, SideView, agreement_words
from tocsin.web.words import plain_words

_STYLES = {
    Stand.HAPPENED: "",
    Stand.DISPUTED: "denied",
    Stand.UNCONFIRMED: "possible",
    Stand.DENIED: "denied",
    Stand.PLANNED: "planned",
    Stand.CALLED_FOR: "planned",
    Stand.NOT_REPORTED: "possible",
}
_AGREEMENT = {
    Agreement.SINGLE: "quiet",
    Agreement.AGREE: "quiet",
    Agreement.DIFFER: "differs",
    Agreement.CONTESTED: "denied",
}
_QUOTE = 90  # characters
_MOST_SIDES = 3  # side by side; more stand below each other
_NAMES = 10  # characters for the name of a field
_LEAST_WIDTH = 60  # a narrower terminal has no room for columns
NARROW = 100


def incident_table(views: Iterable[IncidentView], width: int) -> Table:
    """When, where, what, how many reports and independent voices, standing, contested fields."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True, header_style="bold")
    table.expand = True
    narrow = width < NARROW
    table.add_column("incident", width=8)
    table.add_column("when, where", ratio=5) if narrow else None
    if not narrow:
        table.add_column("when", ratio=2)
        table.add_column("where", ratio=4)
    table.add_column("what", ratio=3)
    table.add_column("told", width=11 if narrow else 22)
    table.add_column("stands", width=12)
    table.add_column("contested", ratio=3)
    for view in views:
        telling = view.telling
        when, where = Text(view.when), Text(shorten(view.where, 60))
        what = Text(view.what, style=telling.incident.type.group)
        if telling.part_of is not None:
            what.append(f"\npart of {telling.part_of.whole[:8]}", style="quiet")
        if telling.parts:
            what.append(f"\n{_number(len(telling.parts), 'part')}", style="quiet")
        reports, voices = _number(len(telling.members), "report"), _number(telling.independent, "voice")
        contested = [field.name.lower() for field in view.fields if field.agreement is Agreement.CONTESTED]
        table.add_row(
            Text(telling.incident.id[:8], style="quiet"),
            *((Text("\n").join((when, where)),) if narrow else (when, where)),
            what,
            Text(f"{reports}\n{voices}" if narrow else f"{reports}, {voices}"),
            Text(view.stand, style=_STYLES[telling.standing.stand]),
            Text(", ".join(contested) or "–", style="denied" if contested else "quiet"),
        )
    return table


def incident_lines(view: IncidentView, width: int) -> Iterator[RenderableType]:
    """One incident: what it is, where it stands, then each field with who says what."""
    telling = view.telling
    yield Text(plain(view.title), style=f"bold {telling.incident.type.group}")
    yield Text.assemble((f"{telling.incident.id}  ", "quiet"), view.counts)
    yield Text.assemble((view.stand, _STYLES[telling.standing.stand] or "bold"), ": ", telling.standing.reason)
    if telling.part_of is not None:
        whole = telling.part_of
        yield Text.assemble(f"part of {plain_words(whole.whole_type)} ", (whole.whole, "quiet"), f": {whole.reason}")
    for part in telling.parts:
        yield Text.assemble(f"has part {plain_words(part.part_type)} ", (part.part, "quiet"), f": {part.reason}")
    yield Text()
    for field in (*view.apart, *view.together):
        yield _field(field, width)
    yield Text()
    if view.rule:
        yield Text.assemble(("By the rule ", "bold"), (view.rule, "bold"))
        for name, value in view.consolidated:
            yield Text.assemble((f"  {name:<11}", "quiet"), plain(value))
        if not view.consolidated:
            yield Text("  nothing: nobody whom the rule admits says anything", style="quiet")
        yield Text()
    yield Text("Told by", style="bold")
    for document, report in telling.members:
        published = str(document.published) if document.published else "no published date"
        name = plain(document.title or document.name or "")
        yield Padding(
            Text.assemble(
                plain(document.publisher or "unknown publisher"),
                (f", {published}  {report.id}\n", "quiet"),
                (shorten(f"“{name}”", max(20, width - 6)) if name else "", "quiet"),
            ),
            (0, 0, 0, 2),
        )
    if telling.incident.links:
        yield Text("\nHeld together by", style="bold")
        for link in telling.incident.links:
            line = Text.assemble(
                (f"{link.left[:8]} – {link.right[:8]}  {link.score:.2f}  ", ""), (link.reason, "quiet")
            )
            yield Padding(line, (0, 0, 0, 2))


def _field(field: FieldView, width: int) -> RenderableType:
    """A field over which voices differ in columns, one a side; any other on a line or two."""
    apart = field.agreement in (Agreement.CONTESTED, Agreement.DIFFER)
    if apart and 1 < len(field.sides) <= _MOST_SIDES and width >= _LEAST_WIDTH:
        head = Text.assemble((field.name, "bold"), "  ", (agreement_words(field), _AGREEMENT[field.agreement]))
        return Group(head, Padding(_beside(field.sides), (0, 0, 1, 2)))
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=_NAMES)
    table.add_column(ratio=1)
    for number, side in enumerate(field.sides):
        told = Text(plain(side.head), style="denied" if side.contested else "bold")
        if apart and number == 0:
            told.append(f"  {agreement_words(field)}", style=_AGREEMENT[field.agreement])
        for line in side.lines:
            told.append("\n").append(_said(line, side.head, quoted=apart))
        table.add_row(Text("" if number else field.name, style="bold"), told)
    return table


def _beside(sides: Sequence[SideView]) -> Table:
    table = Table(box=box.MINIMAL, show_header=False, show_edge=False, pad_edge=False, expand=True)
    for _ in sides:
        table.add_column(ratio=1)
    table.add_row(*(Text(plain(side.head), style="denied" if side.contested else "bold") for side in sides))
    table.add_row(*(Text("\n").join(_said(line, side.head) for line in side.lines) for side in sides))
    return table


def _said(line: Line, head: str, *, quoted: bool = True) -> Text:
    """Who holds a value, in which words where they are asked for, and where it stands."""
    text = Text(plain(line.voice), style="quiet" if line.replaced else "")
    if line.kind and quoted:
        text.append(f", {line.kind}", style="quiet")
    if line.replaced:
        text.append(", earlier", style="quiet")
    if line.value != head:
        text.append(f": {plain(line.value)}")
    if quoted and line.quote and len(line.quote) <= _QUOTE:
        text.append(f" “{plain(line.quote)}”", style="quiet")
    return text.append(f" ({plain('; '.join(line.where))})", style="quiet") if line.where else text


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
