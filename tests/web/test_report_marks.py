from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from web_reports import article, at, coded

from tocsin.vocabulary import Block, BlockKind, Document, Span
from tocsin.web.marks import ROLES, Mark, cut_document, report_marks


def words_of(document: Document, marks: list[Mark]) -> dict[str, set[tuple[int, str]]]:
    stretches = cut_document(document, marks)
    return {segment.text: set(segment.uses) for stretch in stretches for segment in stretch.segments}


# A block stands for a masked name, and is read as one.
@given(st.text(st.characters(exclude_characters="█"), max_size=80), st.data())
def test_cutting_and_joining_gives_the_text_back(text, data):
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    drawn = data.draw(st.lists(st.tuples(spans, st.integers(0, 3), st.sampled_from(ROLES)), max_size=6))
    marks = [Mark(Span(start, end), event, role) for (start, end), event, role in drawn if start < end]
    blocks = (Block(Span(0, len(text))),) if text else ()
    stretches = cut_document(Document(text=text, blocks=blocks), marks)
    segments = [segment for stretch in stretches for segment in stretch.segments]
    assert "".join(segment.text for segment in segments) == text
    for segment in segments:
        inside = {(m.event, m.role) for m in marks if m.span.start <= segment.start < m.span.end}
        assert set(segment.uses) == inside


def test_offsets_count_code_points_after_an_emoji():
    document = article("Trams 🚋🚋 stopped in Brno.")
    found = words_of(document, [Mark(at(document, "stopped").span, 0, "trigger")])
    assert found["stopped"] == {(0, "trigger")}


def test_marks_inside_each_other_become_runs_with_both_uses():
    document = article("The governor of Brno denied it.")
    marks = [Mark(at(document, "The governor of Brno").span, 0, "source"), Mark(at(document, "Brno").span, 0, "place")]
    assert words_of(document, marks) == {
        "The governor of ": {(0, "source")},
        "Brno": {(0, "source"), (0, "place")},
        " denied it.": set(),
    }


def test_the_strongest_role_comes_first():
    document = article("Drivers struck.")
    marks = [Mark(Span(0, 15), 0, "evidence"), Mark(at(document, "struck").span, 0, "trigger")]
    uses = [segment.data for stretch in cut_document(document, marks) for segment in stretch.segments]
    assert uses == ["0:evidence", "0:trigger 0:evidence", "0:evidence"]


def test_without_blocks_empty_lines_part_paragraphs():
    stretches = cut_document(Document(text="One.\n\nTwo.\n \n\nThree."), [])
    assert ["".join(s.text for s in stretch.segments) for stretch in stretches] == ["One.", "Two.", "Three."]


def test_blocks_keep_their_kind_and_text_between_them_is_not_lost():
    text = "Head\n\nBetween.\n\nA post"
    blocks = (
        Block(Span(0, 4), BlockKind.HEADING),
        Block(Span(16, 22), BlockKind.POST, language="es", account="@vecinos"),
    )
    stretches = cut_document(Document(text=text, blocks=blocks), [])
    assert [stretch.kind.value for stretch in stretches] == ["heading", "paragraph", "post"]
    assert (stretches[2].language, stretches[2].account) == ("es", "@vecinos")


def test_every_quote_of_a_report_is_marked_in_its_role():
    item = coded()
    marks = list(report_marks(item.reports[0], 7))
    found = {(mark.role, mark.span.of(item.document.text)) for mark in marks}
    assert {("trigger", "struck"), ("place", "Brno"), ("source", "their union"), ("cue", "said")} <= found
    assert {mark.event for mark in marks} == {7}
