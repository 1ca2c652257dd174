from __future__ import annotations

import re

from tellers import count, paper

from tocsin.export import mask_names
from tocsin.tellings import Agreement
from tocsin.vocabulary import Coded, Incident, SourceKind
from tocsin.web import report_data
from tocsin.web.incidents import agreement_words, told_incidents, view_incident
from tocsin.web.report import render_report

UNION = ("the Sestre Nurses' Union", SourceKind.ORGANISATION)
POLICE = ("the city police", SourceKind.OFFICIAL)


def papers() -> list[Coded]:
    return [
        paper("Courier", sources=[UNION], numbers=[(count(2000, None), 0)]),
        paper("Post & Sons", day=6, sources=[POLICE], numbers=[(count(400, 600), 0)]),
    ]


def incident(both: list[Coded]) -> Incident:
    return Incident(both[0].reports[0].type, tuple(sorted(report.id for one in both for report in one.reports)))


def test_the_page_shows_both_counts_side_by_side_with_who_gives_them() -> None:
    both = papers()
    page = render_report(both, incidents=[incident(both)])
    section = page[page.index('class="incidents"') : page.index("</main>")]
    for words in (
        "2,000 or more",
        "400–600",
        "Sestre Nurses",
        "city police",
        "contested: the numbers cannot both hold",
    ):
        assert words in section
    assert "Post &amp; Sons" in section
    assert len(re.findall(r'class="side against"', section)) == 2
    assert page.count(f'href="#i{incident(both).id}"') == 2


def test_what_one_article_tells_and_nobody_contests_is_in_no_section() -> None:
    one = paper("Courier")
    assert 'class="incidents"' not in render_report(
        [one], incidents=[Incident(one.reports[0].type, (one.reports[0].id,))]
    )


def test_the_pages_data_has_every_account() -> None:
    both = papers()
    (record,) = report_data(both, [incident(both)])["incidents"]
    assert [side["voices"] for field in record["fields"] if field["field"] == "quantity" for side in field["sides"]]
    assert report_data(both)["incidents"] == []


def test_a_view_puts_contested_fields_first_and_says_in_which_document_a_voice_stands() -> None:
    both = papers()
    (telling,) = told_incidents([incident(both)], both, unmask=False)
    view = view_incident(telling)
    (field,) = view.apart
    assert (field.name, field.agreement) == ("Took part", Agreement.CONTESTED)
    assert {line.where for side in field.sides for line in side.lines} == {
        ("in Courier, 5 Mar",),
        ("in Post & Sons, 6 Mar",),
    }
    assert {agreement_words(one) for one in view.together} <= {"", "agreed"}
    assert view.title == "Strike, Maribor SI, 4 Mar 2021"


def test_masked_documents_are_told_as_they_are() -> None:
    both = [mask_names(one) for one in papers()]
    (telling,) = told_incidents([incident(both)], both, unmask=False)
    assert len(telling.documents) == 2
