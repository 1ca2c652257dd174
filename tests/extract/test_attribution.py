"""Who says what: sources, cues, contents, and what kind of source each is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.extract.attribution import candidates, find_sayings
from tocsin.parse import load_parser, parse_document
from tocsin.resources.cue_lexicon import load_cue_lexicon
from tocsin.vocabulary import Block, Document, Parse, Saying, SourceKind, Span

LEXICON = load_cue_lexicon()


def parse(text: str) -> Parse:
    blocks = (Block(Span(0, len(text)), language="en"),)
    return parse_document(Document(text, language="en", blocks=blocks), load_parser())


def sayings(text: str, *, broad: bool = False) -> tuple[Saying, ...]:
    return find_sayings(parse(text), broad=broad)


def told(text: str) -> list[tuple[str | None, str, list[str]]]:
    """Source, cue and contents as words."""
    return [
        (
            saying.attribution.source.quote if saying.attribution.source else None,
            saying.attribution.cue.quote if saying.attribution.cue else "",
            [span.of(text) for span in saying.content],
        )
        for saying in sayings(text)
    ]


@pytest.mark.parametrize("group", LEXICON.groups, ids=lambda group: f"{group.kind}-{group.part}")
def test_cues_are_found_and_skipped_as_their_entry_says(group):
    def found(text: str) -> list[str]:
        """Cues of this group by the reading that takes its kind: thoughts and stances only the broad one takes."""
        broad = group.kind in ("think", "stance")
        starts = {saying.attribution.cue.span.start for saying in sayings(text, broad=broad) if saying.attribution.cue}
        return [
            candidate.frame.head.lemma
            for candidate in candidates(parse(text), LEXICON)
            if candidate.kind == group.kind
            and candidate.frame.part == group.part
            and candidate.frame.cue.start in starts
        ]

    assert found(group.finds)
    assert not found(group.skips)


@pytest.mark.parametrize(
    "group", LEXICON.source_groups, ids=lambda group: f"{group.kind}{'-weak' if group.weak else ''}"
)
def test_kinds_of_sources_are_found_and_skipped_as_their_entry_says(group):
    assert [saying.attribution.kind for saying in sayings(group.finds)][:1] == [group.kind]
    assert [saying.attribution.kind for saying in sayings(group.skips)][:1] != [group.kind]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Police said that two men had died in Brest.", "Police", "said", "that two men had died in Brest"),
        ('"We will not go back to work," Marta Ruiz said.', "Marta Ruiz", "said", '"We will not go back to work,"'),
        ('Marta Ruiz said: "We will not go back to work."', "Marta Ruiz", "said", '"We will not go back to work."'),
        ("“We will not go back to work,” said Marta Ruiz.", "Marta Ruiz", "said", "“We will not go back to work,”"),
        ("``We will not go back to work,'' Marta Ruiz said.", "Marta Ruiz", "said", "``We will not go back to work,''"),
        ("According to the ministry, 40 men were held.", "the ministry", "According to", "40 men were held."),
        ("Marta Ruiz told reporters that the gate was shut.", "Marta Ruiz", "told", "that the gate was shut"),
        ("The gate, the mayor said, was shut.", "the mayor", "said", "The gate"),
        ("Claims by the union that 300 men walked out were doubted.", "the union", "Claims", "that 300 men walked out"),
        (
            "The Herald quoted the clerk as saying that the gate was shut.",
            "the clerk",
            "saying",
            "that the gate was shut",
        ),
    ],
)
def test_source_cue_and_content_are_found(text, source, cue, content):
    assert (source, cue, content) in [(one, two, three[0]) for one, two, three in told(text)]


def test_a_quotation_goes_on_after_its_source():
    text = '"They came at night," Marta Ruiz said. "They broke the door of our house."'
    ((source, _, contents),) = told(text)
    assert source == "Marta Ruiz"
    assert contents == ['"They came at night,"', '"They broke the door of our house."']


@pytest.mark.parametrize(
    ("text", "hedge", "denial"),
    [
        ("It is alleged that guards beat the men.", True, False),
        ("Three men were reportedly beaten.", True, False),
        ("The ministry denied that guards beat the men.", False, True),
        ("The ministry said that guards beat the men.", False, False),
    ],
)
def test_hedges_and_denials_are_marked(text, hedge, denial):
    saying = sayings(text)[0]
    assert (saying.hedge, saying.denial) == (hedge, denial)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The interior ministry said that 12 men were held.", SourceKind.OFFICIAL),
        ("Interior Minister Pavel Dorn said that 12 men were held.", SourceKind.OFFICIAL),
        ("A spokesman for the police said that 12 men were held.", SourceKind.OFFICIAL),
        ("The dockers' union said that 12 men were held.", SourceKind.ORGANISATION),
        ("A spokesman for the company said that 12 men were held.", SourceKind.ORGANISATION),
        ("Marta Ruiz said that 12 men were held.", SourceKind.NAMED_PERSON),
        ("Union leader Marta Ruiz said that 12 men were held.", SourceKind.NAMED_PERSON),
        ("Reuters reported that 12 men were held.", SourceKind.MEDIA),
        ("An eyewitness said that 12 men were held.", SourceKind.WITNESS),
        ("Sources said that 12 men were held.", SourceKind.UNNAMED),
        ("police commissioner k v rao said that 12 men were held.", SourceKind.OFFICIAL),
    ],
)
def test_a_source_has_the_kind_of_the_codebook(text, kind):
    assert sayings(text)[0].attribution.kind is kind


def test_a_pronoun_stands_for_the_person_named_before():
    text = "Interior Minister Pavel Dorn spoke on Monday. He said that 12 men were held."
    saying = sayings(text)[-1]
    assert saying.attribution.source is not None
    assert saying.attribution.source.quote == "Pavel Dorn"
    assert saying.attribution.kind is SourceKind.OFFICIAL
    assert "'he' is the last person named" in saying.reason


def test_a_source_inside_what_another_says_is_nested():
    text = "The Herald reported that the union said that the gate was shut."
    found = sayings(text)
    inner = next(saying for saying in found if saying.attribution.source and "union" in saying.attribution.source.quote)
    assert inner.nested is not None
    outer = found[inner.nested].attribution.source
    assert outer is not None
    assert outer.quote == "The Herald"


def test_a_dateline_is_no_part_of_a_source():
    text = "LODZ, June 2 - The Textile Workers Union said that 300 weavers walked out."
    assert told(text)[0][0] == "The Textile Workers Union"


def test_evidence_reads_like_the_document():
    text = 'The mayor told the council: "The square is closed." She denied that anyone was hurt.'
    document = parse(text).document
    for saying in sayings(text):
        for evidence in (saying.attribution.source, saying.attribution.cue, saying.attribution.content):
            if evidence is not None:
                evidence.check(document)


def test_hopes_count_only_in_the_broad_reading():
    text = "The driver hopes that the road will open."
    assert not sayings(text)
    assert sayings(text, broad=True)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "he",
                "said",
                '"',
                "“",
                "”",
                "''",
                "``",
                ".",
                ",",
                "that",
                "the",
                "mayor",
                "according",
                "to",
                "denied",
                "reportedly",
                "claims",
                "by",
                "\n",
                ":",
                "İ",
                "42",
            ]
        ),
        max_size=14,
    )
)
def test_no_text_makes_it_raise(words):
    text = " ".join(words)
    found = sayings(text, broad=True)
    for index, saying in enumerate(found):
        assert saying.nested is None or (saying.nested != index and saying.nested < len(found))
        assert all(span.end <= len(text) for span in saying.content)
