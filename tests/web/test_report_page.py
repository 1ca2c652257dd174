from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from factory import full_coded
from web_reports import TEXT, article, at, coded

from tocsin.errors import EvidenceMismatch, ExportError
from tocsin.vocabulary import Coded, EventReport, EventType, Evidence, Incident, Span
from tocsin.web import report_data, write_report
from tocsin.web.report import embed_json, render_report

HOSTILE = '</script><script>alert("x")</script><b onclick=y>&amp;'


class Reader(HTMLParser):
    """Collects what the tests ask of a page: elements, text, links, and whether tags close."""

    VOID = frozenset({"meta", "input", "col", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.script = ""
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "script" and self.elements[-1][1].get("type") == "application/json":
            self.script += data
        elif self.open and self.open[-1] not in ("script", "style"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def count(self, tag: str, **attributes: str) -> int:
        return sum(t == tag and attributes.items() <= a.items() for t, a in self.elements)


@pytest.fixture(scope="module")
def page() -> Reader:
    return Reader(render_report([coded()], "Trams"))


def test_every_tag_closes(page):
    assert page.open == []


def test_the_page_holds_a_row_and_a_section_for_each_event(page):
    rows = [a for t, a in page.elements if t == "tr" and "data-n" in a]
    assert [row["data-type"] for row in rows] == ["strike", "arrest"]
    assert page.count("article", id="e0") == page.count("article", id="e1") == 1


def test_the_table_reads_without_a_script(page):
    for words in ("4 Mar 2024", "Brno, South Moravian", "Tram drivers", "12 people", "detained 12", "their union"):
        assert words in page.text


def test_the_whole_article_stands_on_the_page(page):
    assert " ".join(TEXT.split()) in page.text


def test_a_claim_that_differs_stands_beside_with_its_source(page):
    assert page.count("div", **{"class": "claim differs"}) == 1
    assert "nothing more than a meeting" in page.text
    assert "1 of them differs" in page.text


def test_every_link_inside_the_page_leads_somewhere_and_no_id_is_given_twice(page):
    ids = [a["id"] for _, a in page.elements if a.get("id")]
    assert len(ids) == len(set(ids))
    links = [a["href"] for t, a in page.elements if t == "a" and (a.get("href") or "").startswith("#")]
    assert {link[1:] for link in links} <= set(ids)


def test_the_page_asks_nothing_of_the_network(page):
    policy = next(a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert not [t for t, a in page.elements if t in ("link", "img", "iframe") or "src" in a]
    css = render_report([coded()])
    assert not re.search(r"url\(|@import", css)


def test_an_event_without_point_or_date_is_listed_beside_map_and_timeline(page):
    assert "No point: 1 event" in page.text
    assert "Date not told: 1 event" in page.text


def test_hostile_words_stay_words():
    document = article(f"Drivers struck. {HOSTILE}", title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)")
    report = EventReport(document.id, EventType.STRIKE, at(document, "struck"), (at(document, HOSTILE),))
    page = Reader(render_report([Coded(document, (report,), (HOSTILE,), ())], HOSTILE))
    assert page.open == []
    assert page.count("script") == 3  # the class switch, the data, the page's own
    assert not [a for _, a in page.elements if "onclick" in a or (a.get("href") or "").startswith("javascript")]
    assert json.loads(page.script)["documents"][0]["text"] == document.text


def test_json_can_stand_in_a_script_element():
    text = str(embed_json({"a": "</script><!-- \u2028"}))
    assert "<" not in text
    assert json.loads(text) == {"a": "</script><!-- \u2028"}


def test_the_twin_says_what_the_page_says(page):
    twin = report_data([coded()])
    assert json.loads(page.script) == json.loads(json.dumps(twin))
    assert [event["type"] for event in twin["events"]] == ["strike", "arrest"]
    assert twin["counts"] == {"documents": 1, "events": 2, "countries": 1, "claims": 6, "differing": 1}
    first = twin["events"][0]
    span = first["trigger"]["span"]
    assert twin["documents"][0]["text"][span["start"] : span["end"]] == "struck"
    assert first["place"]["country"] == "CZ"
    assert first["date"] == {"start": "2024-03-04", "end": "2024-03-04", "precision": "day"}


def test_the_same_article_twice_is_shown_once():
    assert report_data([coded(), coded()])["counts"]["documents"] == 1


def test_reports_of_one_incident_lead_to_each_other():
    other = coded(TEXT + "\n\nMore follows.", publisher="Other Paper")
    item = coded()
    incident = Incident(EventType.STRIKE, (item.reports[0].id, other.reports[0].id))
    page = Reader(render_report([item, other], incidents=[incident]))
    assert page.text.count("Also told by") == 2
    assert page.text.count("told 2 times") == 2
    twin = report_data([item, other], [incident])
    assert [event["incident"] for event in twin["events"]] == [incident.id, incident.id, None, None]


def test_a_report_of_nothing_is_a_page_that_says_so():
    page = Reader(render_report([]))
    assert page.open == []
    assert "No events were coded in 0 articles." in page.text


def test_write_report_writes_one_file(tmp_path: Path):
    target = tmp_path / "report.html"
    write_report([coded()], target, title="Trams & more")
    assert "<title>Trams &amp; more</title>" in target.read_text(encoding="utf-8")


def test_broken_characters_do_not_stop_the_page(tmp_path: Path):
    document = article("A lone \ud83d and a null \x00 stood here.")
    write_report([Coded(document, people=())], tmp_path / "report.html")
    assert "stood here" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path: Path):
    with pytest.raises(ExportError, match="cannot write the report"):
        write_report([coded()], tmp_path / "none" / "report.html")


def test_a_quote_that_the_article_does_not_read_like_is_refused(tmp_path: Path):
    item = coded()
    wrong = dataclasses.replace(item.reports[0], trigger=Evidence(Span(0, 4), "Bus "))
    with pytest.raises(EvidenceMismatch):
        write_report([Coded(item.document, (wrong,), people=())], tmp_path / "report.html")


def test_a_page_says_how_sure_a_row_and_its_values_are() -> None:
    told = full_coded()
    rated = dataclasses.replace(
        told.reports[0],
        confidence=0.84,
        row_confidence=0.31,
        claims=tuple(dataclasses.replace(claim, confidence=0.995) for claim in told.reports[0].claims),
    )
    page = render_report([dataclasses.replace(told, reports=(rated, told.reports[1]))], unmask=True)
    assert "Such events are there: 84 %; such rows are wholly right: 31 %" in page
    assert page.count("such rows are wholly right") == 1
    assert "99 % sure · test" in page
